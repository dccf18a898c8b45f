// The time from the opening of the panel's page until it shows something useful, with the background stopped; and until the core has confirmed
// it, so that it can be used. A page of the extension with a line of text and a stylesheet is opened in turn: no panel can be faster.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { goTo, stored } from '../../e2e/steps/reopening.js';
import { shipped } from '../kit/extensions.js';
import { inTurn, spread } from '../kit/numbers.js';
import { beside, NAMES, open } from '../kit/open.js';
import { atMost } from '../kit/row.js';
import { stopper } from '../kit/worker.js';

const TICKET = 1033;
const ROUNDS = 15;

const PANEL = 'panel/panel.html';
const BARE = 'bench/bare.html';

/** @typedef {{shown: number, usable: number}} Times */

/**
 * Tether with a panel that notes when a case was drawn, and when it could be used, ms since its page was asked for.
 * @param {import('../../tools/project.js').Browser} browser
 */
async function watched(browser) {
  const made = await shipped(browser);
  const file = path.join(made.folder, 'panel', 'panel.js');
  const watch = await readFile(path.join(made.folder, 'bench', 'watch.js'), 'utf8');
  // In the panel's own script, because one more file would be waited for, too.
  await writeFile(file, `${watch}\n${await readFile(file, 'utf8')}`);
  return made;
}

/** @param {import('../bench.js').Context} context @returns {Promise<import('../kit/row.js').Row[]>} */
export const panelOpened = ({ browsers }) =>
  beside({}, async (sites) => {
    /** @type {import('../kit/row.js').Row[]} */
    const rows = [];
    for (const name of browsers) {
      const { browser, close } = await open(name, watched, sites.proxyPort);
      try {
        await browser.newPage(`https://gitlab.zendesk.com/agent/tickets/${TICKET}`);
        const panel = await browser.openPanel();
        await stored(panel, TICKET);
        const stop = await stopper(browser, panel);
        /** @param {string} page */
        const opened = async (page) => {
          await goTo(browser, panel, 'icons/tether.svg');
          await stop();
          await goTo(browser, panel, page);
          const wait = await panel.waitForFunction(
            () => {
              const { shown, usable } = Reflect.get(globalThis, '__times') ?? {};
              return shown && usable ? { shown, usable } : undefined;
            },
            { polling: 50 },
          );
          return /** @type {Times} */ (await wait.jsonValue());
        };
        /** @type {number[]} */
        const usable = [];
        const { shown, bare } = await inTurn(ROUNDS, {
          shown: async () => {
            const times = await opened(PANEL);
            usable.push(times.usable);
            // Until what the core showed is stored anew.
            await new Promise((resolve) => {
              setTimeout(resolve, 300);
            });
            return times.shown;
          },
          bare: async () => (await opened(BARE)).shown,
        });
        const where = NAMES[name];
        rows.push(
          {
            figure: 'panel opened → something useful shown, background stopped',
            where,
            unit: 'ms',
            value: shown,
            against: { what: 'a line of text in a bare page', value: bare },
            goals: [atMost('median', 50, 'ms', shown.median)],
          },
          {
            figure: 'panel opened → it can be used, background stopped',
            where,
            unit: 'ms',
            // The first round warms up.
            value: spread(usable.slice(1)),
            goals: [],
          },
        );
      } finally {
        await close();
      }
    }
    return rows;
  });
