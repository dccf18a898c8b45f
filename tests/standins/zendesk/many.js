// Lists in a request: never empty, and 100 at most.

import { listed, Refusal } from './answers.js';

/** @param {unknown} list  @param {string} name  @returns {Record<string, any>[]} */
export function manyOf(list, name) {
  if (!Array.isArray(list) || !list.length)
    throw new Refusal(listed(400, 'MissingParameter', 'Missing parameter', `${name} is required`));
  if (list.length > 100)
    throw new Refusal(listed(400, 'TooManyValues', 'Too many values', `${name}: 100 at most`));
  return list;
}
