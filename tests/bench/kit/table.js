// All rows as one table.

import { ratioOf, shown } from './row.js';

/** @typedef {import('./row.js').Row} Row */

const UNITS = { ms: ' ms', kB: ' kB', bytes: ' bytes', count: '' };

/** @param {Row} row */
function cells(row) {
  const { value, against, unit } = row;
  const ratio = ratioOf(row);
  const met = row.goals.length === 0 ? '' : row.goals.every((goal) => goal.met) ? 'yes' : 'NO';
  return {
    figure: row.figure,
    where: row.where,
    median: `${shown(value.median, unit)}${UNITS[unit]}`,
    p90: value.samples > 1 ? shown(value.p90, unit) : '',
    against: against ? `${against.what}: ${shown(against.value.median, unit)}` : '',
    ratio: ratio === undefined ? '' : ratio.toFixed(2),
    goal: row.goals.map((goal) => goal.says).join('; '),
    met,
  };
}

const HEAD = {
  figure: 'figure',
  where: 'in',
  median: 'median',
  p90: 'p90',
  against: 'against',
  ratio: 'ratio',
  goal: 'goal',
  met: 'met',
};
/** @typedef {keyof typeof HEAD} Column */
const COLUMNS = /** @type {Column[]} */ (Object.keys(HEAD));
/** @type {Set<Column>} */
const NUMBERS = new Set(/** @type {Column[]} */ (['median', 'p90', 'ratio']));

/** @param {Row[]} rows @returns {string} */
export function asText(rows) {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = new Map(
    COLUMNS.map((column) => [column, Math.max(...lines.map((line) => line[column].length))]),
  );
  /** @param {typeof HEAD} line */
  const drawn = (line) =>
    COLUMNS.map((column) => {
      const width = widths.get(column) ?? 0;
      return NUMBERS.has(column) ? line[column].padStart(width) : line[column].padEnd(width);
    })
      .join('  ')
      .trimEnd();
  const rule = COLUMNS.map((column) => '─'.repeat(widths.get(column) ?? 0)).join('  ');
  return [drawn(HEAD), rule, ...lines.slice(1).map(drawn)].join('\n');
}
