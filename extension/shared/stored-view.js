// The last view of a ticket, as the background stores it for the session and a panel that opens reads it.

/**
 * @typedef {import('./boundary.js').CaseKey} CaseKey
 * @typedef {{host: string, ticket: number, html: string, at: number}} StoredView at: when it was shown, in ms since 1970
 */

const PREFIX = 'view:';

/** @param {string} key of an entry of the session's storage */
export const isViewKey = (key) => key.startsWith(PREFIX);

/** @param {CaseKey} key */
export const viewKeyOf = ({ host, ticket }) => `${PREFIX}${host}:${ticket}`;

/**
 * @param {unknown} entry
 * @returns {entry is StoredView}
 */
export function isStoredView(entry) {
  if (typeof entry !== 'object' || entry === null) return false;
  /** @type {Partial<Record<keyof StoredView, unknown>>} */
  const { host, ticket, html, at } = entry;
  return (
    typeof host === 'string' &&
    typeof ticket === 'number' &&
    typeof html === 'string' &&
    typeof at === 'number'
  );
}
