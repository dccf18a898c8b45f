// The time that an extension's scripts take in pages of both sites: while a page loads and rests, and while it changes all the time.

import puppeteer from 'puppeteer-core';
import { chromiumArguments } from '../../harness/chromium.js';
import { bare, shipped } from '../kit/extensions.js';
import { spread } from '../kit/numbers.js';
import { beside } from '../kit/open.js';
import { CHANGES, change, grow } from '../kit/page.js';
import { atMost } from '../kit/row.js';
import { callsDuring, sumOf } from '../kit/trace.js';

/** @typedef {'tether' | 'empty' | 'none'} Variant */
/** @typedef {{quiet: number[], changing: number[], idle: number[]}} Samples */

const VARIANTS = /** @type {const} */ ({ tether: shipped, empty: bare, none: undefined });
/** How long the page stands still after its load, and how long it changes then, ms. */
const REST = 200;
const CHANGING = 400;
/** Without an extension there is nothing to measure: some rounds show that the method says so. */
const ROUNDS_WITHOUT = 2;

/**
 * @typedef {object} Place
 * @property {string} figure
 * @property {string} from  the page before, of the same site, as it is when somebody works there
 * @property {string} url
 * @property {'around' | 'inside'} grown
 * @property {import('../../standins/portal/options.js').PortalOptions} portal
 * @property {number} rounds  beside the first, which warms up
 * @property {boolean} hasGoal
 */

const ADMIN = 'https://customers.gitlab.com/admin';
const ZENDESK = 'https://gitlab.zendesk.com/agent';
/** @type {Place[]} */
const PLACES = [
  {
    figure: "script in a record's page",
    from: `${ADMIN}/`,
    url: `${ADMIN}/license/410266`,
    grown: 'around',
    portal: {},
    rounds: 20,
    hasGoal: true,
  },
  {
    figure: 'script in another page of the portal',
    from: `${ADMIN}/`,
    url: `${ADMIN}/license`,
    grown: 'around',
    portal: {},
    rounds: 6,
    hasGoal: true,
  },
  {
    figure: "script in a record's page under pjax",
    from: `${ADMIN}/`,
    url: `${ADMIN}/license/410266`,
    grown: 'around',
    portal: { version: 'v2' },
    rounds: 6,
    hasGoal: false,
  },
  {
    figure: "script in a record's page with all elements in the record",
    from: `${ADMIN}/`,
    url: `${ADMIN}/license/410266`,
    grown: 'inside',
    portal: {},
    rounds: 6,
    hasGoal: false,
  },
  {
    figure: 'script in a page of Zendesk',
    from: `${ZENDESK}/dashboard`,
    url: `${ZENDESK}/tickets/1033`,
    grown: 'around',
    portal: {},
    rounds: 6,
    hasGoal: true,
  },
];

/** A page of Zendesk that does nothing by itself. @type {import('../../standins/proxy.js').Handle} */
const plainZendesk = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(
    '<!doctype html><html lang="en"><title>Zendesk</title><link rel="icon" href="data:,"><main></main>',
  );
};

/** @param {Variant} variant @param {number} proxyPort */
async function start(variant, proxyPort) {
  const extension = await VARIANTS[variant]?.('chromium');
  const browser = await puppeteer.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    pipe: true,
    defaultViewport: null,
    ...(extension ? { enableExtensions: [extension.folder] } : {}),
    args: chromiumArguments(proxyPort),
  });
  return {
    browser,
    async close() {
      await browser.close();
      await extension?.remove();
    },
  };
}

/** @param {import('puppeteer-core').Page} page @param {Place} place @param {Samples} samples */
async function sample(page, place, samples) {
  await page.goto(place.from);
  const { calls, marks } = await callsDuring(page, async () => {
    await page.goto(place.url);
    await page.evaluate(
      (ms) =>
        new Promise((resolve) => {
          setTimeout(resolve, ms);
        }),
      REST,
    );
    await page.evaluate(() => void performance.mark('bench:changes'));
    await change(page, CHANGING);
  });
  const began = marks.get('bench:changes');
  if (began === undefined) throw new Error('the trace does not tell when the changes began');
  const before = calls.filter(({ at }) => at < began);
  samples.quiet.push(sumOf(before));
  samples.changing.push(sumOf(calls));
  samples.idle.push(calls.length - before.length);
}

/** @param {Place} place @returns {Promise<Record<Variant, Samples>>} */
const measured = (place) =>
  beside({ portal: place.portal, hosts: { 'gitlab.zendesk.com': plainZendesk } }, async (sites) => {
    const names = /** @type {Variant[]} */ (Object.keys(VARIANTS));
    const started = [];
    /** @type {Record<Variant, Samples>} */
    const samples = { tether: none(), empty: none(), none: none() };
    try {
      const pages = [];
      for (const name of names) {
        const one = await start(name, sites.proxyPort);
        started.push(one);
        const page = await one.browser.newPage();
        await grow(page, place.grown);
        pages.push({ name, page });
      }
      for (let round = -1; round < place.rounds; round += 1) {
        for (const { name, page } of pages) {
          if (name !== 'none' || round < ROUNDS_WITHOUT)
            await sample(page, place, round < 0 ? none() : samples[name]);
        }
      }
    } finally {
      for (const one of started) await one.close();
    }
    return samples;
  });

/** @returns {Samples} */
const none = () => ({ quiet: [], changing: [], idle: [] });

/** @returns {Promise<import('../kit/row.js').Row[]>} */
export async function pageTime() {
  /** @type {import('../kit/row.js').Row[]} */
  const rows = [];
  for (const place of PLACES) {
    const { tether, empty, none: without } = await measured(place);
    if (without.changing.some((ms) => ms > 0))
      throw new Error('the trace shows an extension although there is none');
    for (const [kind, says] of /** @type {const} */ ([
      ['quiet', ''],
      ['changing', `, ${CHANGES} changes a second`],
    ])) {
      const value = spread(tether[kind]);
      rows.push({
        figure: `${place.figure}${says}`,
        where: 'Chromium',
        unit: 'ms',
        value,
        against: { what: 'empty script', value: spread(empty[kind]) },
        goals: place.hasGoal
          ? [atMost('median', 0.5, 'ms', value.median), atMost('p90', 1, 'ms', value.p90)]
          : [],
      });
    }
    rows.push({
      figure: `… calls of it while the page changes`,
      where: 'Chromium',
      unit: 'count',
      value: spread(tether.idle),
      goals: place.portal.version === 'v2' ? [] : [atMost('', 0, '', Math.max(...tether.idle))],
    });
  }
  return rows;
}
