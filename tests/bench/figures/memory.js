// The memory of background and panel after a long day: 200 cases, and again after a second look at each, which adds nothing.

import { createWorld, salesforce18 } from '../../standins/world.js';
import { numberedCase } from '../../standins/world-usual.js';
import { shipped } from '../kit/extensions.js';
import { beside, open } from '../kit/open.js';
import { atMost, atMostTimes, exactly } from '../kit/row.js';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('puppeteer-core').CDPSession} Session
 * @typedef {import('../kit/row.js').Row} Row
 * @typedef {{background: number, panel: number, kept: number}} Held  kB; kept: the cases as texts, for the browser's session
 */

const CASES = 200;
const FIRST = 2001;

/** A world with additional tickets, each with its whole chain. */
function busyWorld() {
  const world = createWorld();
  for (let n = 0; n < CASES; n += 1) {
    numberedCase(world, {
      ticket: FIRST + n,
      company: `Company ${n}`,
      first: 'Jo',
      last: `Number ${n}`,
      email: `jo@company-${n}.example.com`,
      domain: `company-${n}.example.com`,
      salesforce: salesforce18(`0014M0000${String(n).padStart(6, '0')}`),
    });
  }
  return world;
}

/** Only what is still in use counts: JavaScript's objects, the document's, and the WebAssembly's memory. @param {Session} session */
async function held(session) {
  // What a first collection frees may hold what a second one frees.
  for (let time = 0; time < 3; time += 1) await session.send('HeapProfiler.collectGarbage');
  const usage = /** @type {{usedSize: number, embedderHeapUsedSize?: number}} */ (
    await session.send('Runtime.getHeapUsage')
  );
  const { result } = await session.send('Runtime.evaluate', {
    expression: 'WebAssembly.Memory.prototype',
  });
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId ?? '',
  });
  const { result: bytes } = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    returnByValue: true,
    functionDeclaration:
      'function () { return this.reduce((sum, one) => sum + one.buffer.byteLength, 0); }',
  });
  for (const { objectId } of [result, objects])
    if (objectId !== undefined) await session.send('Runtime.releaseObject', { objectId });
  return (usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + Number(bytes.value)) / 1000;
}

/** @param {Page} panel @param {number} ticket */
const shows = (panel, ticket) =>
  panel.waitForFunction(
    (wanted) =>
      document.querySelector('h1')?.textContent === wanted &&
      document.querySelector('[aria-busy=true]') === null,
    { polling: 20 },
    `Ticket #${ticket}`,
  );

/** @returns {Promise<Row[]>} */
export function memory() {
  /** @type {{handle: import('../../standins/proxy.js').Handle} | undefined} */
  let zendesk;
  /** Zendesk without its heavy page: only the address of a ticket matters here. @type {import('../../standins/proxy.js').Handle} */
  const light = (request, response) => {
    if (!/^\/agent\/tickets\/2\d{3}$/.test(request.url ?? ''))
      return zendesk?.handle(request, response);
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(
      '<!doctype html><html lang="en"><title>Ticket</title><link rel="icon" href="data:,"></html>',
    );
  };
  return beside({ world: busyWorld(), hosts: { 'gitlab.zendesk.com': light } }, async (sites) => {
    zendesk = /** @type {any} */ (sites.zendesk);
    const { browser, close } = await open('chromium', shipped, sites.proxyPort);
    try {
      const page = await browser.newPage('https://gitlab.zendesk.com/agent/dashboard');
      const panel = await browser.openPanel();
      await page.bringToFront();
      const target = await browser.puppeteer.waitForTarget(
        (one) => one.type() === 'service_worker',
      );
      const worker = (await target.worker())?.client;
      if (!worker) throw new Error('the background does not run');
      const panelSession = await panel.createCDPSession();
      /** @param {number} from @param {number} to */
      const look = async (from, to) => {
        for (let n = from; n < to; n += 1) {
          await page.goto(`https://gitlab.zendesk.com/agent/tickets/${FIRST + n}`);
          await shows(panel, FIRST + n);
        }
      };
      /** @returns {Promise<Held>} */
      const now = async () => ({
        background: await held(worker),
        panel: await held(panelSession),
        kept:
          (await panel.evaluate(async () =>
            Object.entries(await chrome.storage.session.get(null))
              .filter(([key]) => key.startsWith('case:'))
              .reduce((sum, [, text]) => sum + String(text).length, 0),
          )) / 1000,
      });
      await look(0, 1);
      const first = await now();
      await look(1, CASES);
      const many = await now();
      await look(0, CASES);
      const again = await now();
      return rowsOf(first, many, again);
    } finally {
      await close();
    }
  });
}

/** @param {Held} first @param {Held} many @param {Held} again @returns {Row[]} */
function rowsOf(first, many, again) {
  /** @param {string} figure @param {number} kB @param {Row['against']} against @param {Row['goals']} goals @returns {Row} */
  const row = (figure, kB, against, goals) => ({
    figure,
    where: 'Chromium',
    unit: 'kB',
    value: exactly(kB),
    ...(against ? { against } : {}),
    goals,
  });
  const inPanel = many.panel - first.panel;
  const own = {
    value: exactly(many.background - first.background),
    against: { what: 'the cases, as they are kept', value: exactly(many.kept - first.kept) },
  };
  return [
    row(
      `memory of the background after ${CASES} cases`,
      many.background,
      { what: 'after the first', value: exactly(first.background) },
      [],
    ),
    row('… grown by', own.value.median, own.against, [atMostTimes(1, own)]),
    row('… grown by looking at all of them again', again.background - many.background, undefined, [
      atMost('', Math.round(many.background * 0.02), 'kB', again.background - many.background),
    ]),
    row(
      `memory of the panel after ${CASES} cases`,
      many.panel,
      { what: 'after the first', value: exactly(first.panel) },
      [],
    ),
    row('… grown by', inPanel, undefined, []),
    row('… grown by looking at all of them again', again.panel - many.panel, undefined, [
      atMost('', Math.round(many.panel * 0.02), 'kB', again.panel - many.panel),
    ]),
  ];
}
