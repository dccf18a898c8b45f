// Which rows a list shows: filters, search, sorting and pages, as rails_admin does them.

import { cell } from './values.js';

/**
 * @typedef {import('./models.js').Model} Model
 * @typedef {import('./models.js').Field} Field
 * @typedef {import('./models.js').Row} Row
 * @typedef {{field: Field, key: string, operator: string, value: string}} Filter
 * @typedef {{rows: Row[], total: number, page: number, pages: number, filters: Filter[], query: string}} Listing
 */

/** A filter on a field that the list does not have; the portal answers 500. */
export class UnknownField extends Error {}

/**
 * @param {import('./values.js').Context} context
 * @param {Model} model
 * @param {URLSearchParams} params
 * @returns {Listing}
 */
export function listing(context, model, params) {
  const filters = readFilters(model, params);
  const query = params.get('query') ?? '';
  const kept = model
    .rows()
    .filter(
      (row) =>
        filters.every((filter) => passes(context, filter, row)) &&
        (query.trim() === '' || found(context, model, row, query)),
    );
  const sorted = sort(model, kept, params);
  if (params.get('all') === 'true')
    return { rows: sorted, total: sorted.length, page: 1, pages: 1, filters, query };
  const per = Math.max(1, Number.parseInt(params.get('per') ?? '', 10) || 20);
  const page = Math.max(1, Number.parseInt(params.get('page') ?? '', 10) || 1);
  return {
    rows: sorted.slice((page - 1) * per, page * per),
    total: sorted.length,
    page,
    pages: Math.ceil(sorted.length / per),
    filters,
    query,
  };
}

/** @param {Model} model @param {URLSearchParams} params @returns {Filter[]} */
function readFilters(model, params) {
  /** @type {Map<string, Filter>} */
  const filters = new Map();
  for (const [name, value] of params) {
    const parts = /^f\[([^\]]*)\]\[([^\]]*)\]\[([ov])\](?:\[\])?$/.exec(name);
    if (!parts) continue;
    const [, fieldName = '', key = '', which] = parts;
    const field = model.list.find((one) => one.name === fieldName);
    if (!field) throw new UnknownField(`${model.name} has no column ${fieldName}`);
    const filter = filters.get(`${fieldName} ${key}`) ?? {
      field,
      key,
      operator: 'default',
      value: '',
    };
    if (which === 'o') filter.operator = value;
    else filter.value = value;
    filters.set(`${fieldName} ${key}`, filter);
  }
  return [...filters.values()];
}

/** @param {import('./values.js').Context} context @param {Filter} filter @param {Row} row */
function passes(context, { field, operator, value }, row) {
  const held = field.value(row);
  const text =
    held === null || held === undefined
      ? null
      : field.type === 'belongs_to_association'
        ? cell(context, field, row).text
        : String(held);
  switch (operator) {
    case '_present':
    case '_not_null':
      return text !== null && text !== '';
    case '_blank':
    case '_null':
      return text === null || text === '';
    default:
  }
  if (value.trim() === '') return true;
  if (field.type === 'boolean') return text === value;
  if (field.type === 'integer') return text === value.trim();
  if (text === null) return operator === 'not_like';
  switch (operator) {
    case 'is':
    case '=':
      return text === value;
    case 'starts_with':
      return like(text, `${value}%`);
    case 'ends_with':
      return like(text, `%${value}`);
    case 'not_like':
      return !like(text, `%${value}%`);
    default:
      return like(text, `%${value}%`);
  }
}

/** @param {import('./values.js').Context} context @param {Model} model @param {Row} row @param {string} query */
function found(context, model, row, query) {
  return model.list.some((field) => {
    if (field.type === 'string' || field.type === 'text') {
      const held = field.value(row);
      return held !== null && held !== undefined && like(String(held), `%${query}%`);
    }
    if (field.type === 'integer') return String(field.value(row)) === query.trim();
    return (
      field.type === 'belongs_to_association' && like(cell(context, field, row).text, `%${query}%`)
    );
  });
}

/**
 * SQL's LIKE without regard to letter case: `%` is anything, `_` is one character.
 * @param {string} text
 * @param {string} pattern
 */
export function like(text, pattern) {
  const parts = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[^]*')
    .replaceAll('_', '[^]');
  return new RegExp(`^${parts}$`, 'iu').test(text);
}

/** @param {Model} model @param {Row[]} rows @param {URLSearchParams} params */
function sort(model, rows, params) {
  const field = model.list.find((one) => one.name === params.get('sort'));
  const backwards = field
    ? params.get('sort_reverse') === 'true'
    : params.get('sort_reverse') !== 'true';
  const of = field ? field.value : (/** @type {Row} */ row) => row.id;
  const sorted = [...rows].sort((left, right) => {
    const [a, b] = [of(left), of(right)];
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : String(a ?? '').localeCompare(String(b ?? ''), 'en');
    return order === 0 ? left.id - right.id : order;
  });
  return backwards ? sorted.reverse() : sorted;
}
