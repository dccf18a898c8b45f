// One line of the table.

/**
 * @typedef {import('./numbers.js').Spread} Spread
 * @typedef {'ms' | 'bytes' | 'count' | 'kB'} Unit
 *
 * A figure's goal. Without `met` it has none: the number is only reported.
 * @typedef {{says: string, met: boolean}} Goal
 *
 * @typedef {object} Row
 * @property {string} figure  what was measured
 * @property {'Chromium' | 'Firefox' | 'native' | ''} where
 * @property {Unit} unit
 * @property {Spread} value
 * @property {{what: string, value: Spread}} [against]  measured in the same run
 * @property {Goal[]} goals
 */

/** A number that is what it is. @param {number} value @returns {Spread} */
export const exactly = (value) => ({ median: value, p90: value, samples: 1 });

/** @param {Pick<Row, 'value' | 'against'>} row @returns {number | undefined} */
export const ratioOf = ({ value, against }) =>
  against && against.value.median > 0 ? value.median / against.value.median : undefined;

/** @param {string} what @param {number} limit @param {string} unit @param {number | undefined} value @returns {Goal} */
export const atMost = (what, limit, unit, value) => ({
  says: `${what === '' ? '' : `${what} `}≤ ${limit.toLocaleString('en')}${unit === '' ? '' : ` ${unit}`}`,
  met: value !== undefined && value <= limit,
});

/** At most this multiple of the value that it is compared with. @param {number} limit @param {Pick<Row, 'value' | 'against'>} row */
export const atMostTimes = (limit, row) => atMost('', limit, 'times', ratioOf(row));

/** @param {number} value @param {Unit} unit */
export function shown(value, unit) {
  if (Number.isNaN(value)) return '–';
  if (unit === 'bytes' || unit === 'count') return Math.round(value).toLocaleString('en');
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
