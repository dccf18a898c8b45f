// What an engineer's hand does in the five main situations, with Tether and as the handbook describes it.

import { BY_HAND, sumOf } from '../../e2e/steps/by-hand.js';
import { withDesk } from '../../e2e/steps/desk.js';
import { WITH_TETHER } from '../../e2e/steps/situations.js';
import { AT_WORK } from '../../e2e/steps/trace.js';
import { atMostTimes, exactly } from '../kit/row.js';

/** @typedef {import('../kit/row.js').Row} Row */
/** @typedef {keyof typeof BY_HAND} Situation */

/** @type {Record<Situation, string>} */
const TITLES = {
  license: 'a license, its ID in the ticket',
  activation: 'a cloud activation, its code in the ticket',
  adding: 'two contacts added',
  dotCom: 'GitLab.com, the app associates',
  removal: 'one contact removed',
};
/** Presses in the app, which Tether does not take over. */
const IN_THE_APP = 3;
const LIMIT = 0.1;

/** @returns {Promise<Row[]>} */
export const presses = () =>
  withDesk('chromium', AT_WORK, async (desk) => {
    /** @type {Row[]} */
    const rows = [];
    let withTether = 0;
    let byHand = 0;
    for (const situation of /** @type {Situation[]} */ (Object.keys(TITLES))) {
      const before = new Set(await desk.browser.pages());
      const { clicks, keys } = await WITH_TETHER[situation](desk);
      for (const page of await desk.browser.pages()) if (!before.has(page)) await page.close();
      const all = clicks + keys + (situation === 'dotCom' ? IN_THE_APP : 0);
      const hand = sumOf(BY_HAND[situation]);
      withTether += all;
      byHand += hand.clicks + hand.keys;
      const row = {
        figure: `presses: ${TITLES[situation]}`,
        where: /** @type {const} */ ('Chromium'),
        unit: /** @type {const} */ ('count'),
        value: exactly(all),
        against: { what: 'by hand', value: exactly(hand.clicks + hand.keys) },
      };
      rows.push({ ...row, goals: [atMostTimes(LIMIT, row)] });
    }
    const row = {
      figure: 'presses: all five',
      where: /** @type {const} */ ('Chromium'),
      unit: /** @type {const} */ ('count'),
      value: exactly(withTether),
      against: { what: 'by hand', value: exactly(byHand) },
    };
    return [...rows, { ...row, goals: [atMostTimes(LIMIT, row)] }];
  });
