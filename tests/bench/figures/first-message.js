// The first message to a background that the browser has stopped, as when the panel is opened after a pause: until its answer.

import { bare, idleCore, shipped, withoutCore } from '../kit/extensions.js';
import { inTurn } from '../kit/numbers.js';
import { ask, beside, NAMES, open } from '../kit/open.js';
import { atMost, atMostTimes } from '../kit/row.js';
import { stopper } from '../kit/worker.js';

/** What the panel says first; the background answers when the core has started and seen all that was kept. */
const MESSAGE = { kind: 'panel_opened' };
const ROUNDS = 20;

/** @param {import('../bench.js').Context} context @returns {Promise<import('../kit/row.js').Row[]>} */
export const firstMessage = ({ browsers }) =>
  beside({}, async (sites) => {
    const rows = [];
    for (const name of browsers) {
      /** @type {Awaited<ReturnType<typeof open>>[]} */
      const opened = [];
      try {
        /** @param {typeof shipped} make */
        const cold = async (make) => {
          const one = await open(name, make, sites.proxyPort);
          opened.push(one);
          const page = await one.benchPage();
          const stop = await stopper(one.browser, page);
          return async () => {
            await stop();
            return ask(page, MESSAGE);
          };
        };
        const times = await inTurn(ROUNDS, {
          tether: await cold(shipped),
          idle: await cold(idleCore),
          withoutCore: await cold(withoutCore),
          bare: await cold(bare),
        });
        const first = {
          figure: 'first message to a stopped background',
          where: NAMES[name],
          unit: /** @type {const} */ ('ms'),
          value: times.tether,
          against: { what: 'the same without the core', value: times.withoutCore },
        };
        rows.push({
          ...first,
          goals: [atMostTimes(1.5, first), atMost('median', 40, 'ms', times.tether.median)],
        });
        rows.push({
          figure: '… with the core loaded and never asked',
          where: NAMES[name],
          unit: /** @type {const} */ ('ms'),
          value: times.idle,
          against: first.against,
          goals: [],
        });
        rows.push({
          figure: '… beside a background that does nothing',
          where: NAMES[name],
          unit: /** @type {const} */ ('ms'),
          value: times.tether,
          against: { what: 'answers at once', value: times.bare },
          goals: [],
        });
      } finally {
        for (const one of opened) await one.close();
      }
    }
    return rows;
  });
