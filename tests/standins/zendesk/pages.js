// Lists in pages: by cursor when `page[size]` is asked for, else by offset.

import { listed, Refusal } from './answers.js';

/**
 * @template T
 * @typedef {{items: T[], rest: Record<string, unknown>}} Page
 */

/**
 * The address with other values in its query.
 * @param {URL} url
 * @param {Record<string, string>} values
 */
function withQuery(url, values) {
  const next = new URL(url);
  for (const [key, value] of Object.entries(values)) next.searchParams.set(key, value);
  return next.href;
}

/** @param {number} index */
const cursorAt = (index) => Buffer.from(`after:${index}`).toString('base64url');

/** @param {string} cursor */
function indexOf(cursor) {
  const found = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!found?.[1])
    throw new Refusal(
      listed(400, 'InvalidPaginationParameter', 'Invalid cursor', 'page[after] is not valid'),
    );
  return Number(found[1]);
}

/**
 * @template T
 * @param {URL} url
 * @param {T[]} all
 * @param {{perPage?: number, most?: number, cursors?: boolean}} [options]  `most`: offset pages end there; `cursors`: false where a list
 *   has offset pages alone
 * @returns {Page<T>}
 */
export function pageOf(url, all, { perPage = 100, most = Infinity, cursors = true } = {}) {
  const asked = url.searchParams.get('page[size]');
  if (asked !== null && !cursors) {
    throw new Refusal(
      listed(
        400,
        'InvalidPaginationParameter',
        'Invalid parameter',
        'page[size] is not supported by this endpoint',
      ),
    );
  }
  if (asked !== null) {
    const size = Number(asked);
    if (!Number.isInteger(size) || size < 1 || size > 100) {
      throw new Refusal(
        listed(
          400,
          'InvalidPaginationParameter',
          'Invalid page size',
          'page[size] must be a number from 1 to 100',
        ),
      );
    }
    const from = indexOf(url.searchParams.get('page[after]') ?? cursorAt(0));
    const to = Math.min(from + size, all.length);
    const more = to < all.length;
    return {
      items: all.slice(from, to),
      rest: {
        meta: {
          has_more: more,
          after_cursor: to > from ? cursorAt(to) : null,
          before_cursor: to > from ? cursorAt(from) : null,
        },
        // Even the last page names a next one: only `has_more` says whether there is one.
        links: {
          next: to > from ? withQuery(url, { 'page[after]': cursorAt(to) }) : null,
          prev: null,
        },
      },
    };
  }
  const size = Math.min(Number(url.searchParams.get('per_page') ?? perPage) || perPage, 100);
  const number = Math.max(1, Number(url.searchParams.get('page') ?? 1) || 1);
  if (number * size > most) {
    throw new Refusal(
      listed(
        422,
        'InvalidPaginationParameter',
        'Too many results',
        `Search gives ${most} results at most`,
      ),
    );
  }
  const reachable = all.slice(0, most);
  return {
    items: reachable.slice((number - 1) * size, number * size),
    rest: {
      count: all.length,
      next_page:
        number * size < reachable.length ? withQuery(url, { page: String(number + 1) }) : null,
      previous_page: number > 1 ? withQuery(url, { page: String(number - 1) }) : null,
    },
  };
}
