// Writes the main lines of a run between two marks in the README.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../tools/project.js';
import { asMarkdown } from './table.js';

const README = path.join(ROOT, 'README.md');
const BEGIN = '<!-- ./build.sh bench --readme writes from here -->';
const END = '<!-- to here -->';

/**
 * @param {Date} date
 * @param {import('./machine.js').Machine} on
 * @param {import('./row.js').Row[]} rows
 */
export function intoReadme(date, on, rows) {
  const text = readFileSync(README, 'utf8');
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`README.md lacks the marks ${BEGIN} and ${END}`);
  const said = `Measured on ${date.toISOString().slice(0, 10)} with ${on.cores} cores (${on.model}), Chromium ${on.chromium} and Firefox ${on.firefox}, on the
stand-ins. ${on.load} programs wanted to run on average when it began, so compare the ratios; times of a machine at rest are shorter.`;
  writeFileSync(README, `${text.slice(0, from + BEGIN.length)}\n${said}\n\n${asMarkdown(rows)}\n${text.slice(to)}`);
}
