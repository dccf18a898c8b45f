// The time from the opening of the panel's page until it shows something useful, with the background stopped; and until the core has confirmed
// it, so that it can be used.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { goTo, stored } from '../../e2e/steps/reopening.js';
import { shipped } from '../kit/extensions.js';
import { spread } from '../kit/numbers.js';
import { beside, NAMES, open } from '../kit/open.js';
import { atMost } from '../kit/row.js';
import { stopper } from '../kit/worker.js';

const TICKET = 1033;
const ROUNDS = 15;

/**
 * Tether with a panel that notes when a case was drawn, and when it could be used, ms since its page was asked for.
 * @param {import('../../tools/project.js').Browser} browser
 */
async function watched(browser) {
  const made = await shipped(browser);
  const file = path.join(made.folder, 'panel', 'panel.html');
  const html = await readFile(file, 'utf8');
  await writeFile(
    file,
    html.replace('<script', '<script src="../bench/watch.js"></script>\n    <script'),
  );
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
        /** @type {{shown: number[], usable: number[]}} */
        const samples = { shown: [], usable: [] };
        for (let round = -2; round < ROUNDS; round += 1) {
          await goTo(browser, panel, 'icons/tether.svg');
          await stop();
          await goTo(browser, panel, 'panel/panel.html');
          const wait = await panel.waitForFunction(
            () => {
              const { shown, usable } = Reflect.get(globalThis, '__times') ?? {};
              return shown && usable ? { shown, usable } : undefined;
            },
            { polling: 50 },
          );
          const { shown, usable } = /** @type {{shown: number, usable: number}} */ (
            await wait.jsonValue()
          );
          if (round < 0) continue;
          samples.shown.push(shown);
          samples.usable.push(usable);
          // Until what the core showed is stored anew.
          await new Promise((resolve) => {
            setTimeout(resolve, 300);
          });
        }
        const shown = spread(samples.shown);
        rows.push({
          figure: 'panel opened → something useful shown, background stopped',
          where: NAMES[name],
          unit: 'ms',
          value: shown,
          against: { what: 'until it can be used', value: spread(samples.usable) },
          goals: [atMost('median', 50, 'ms', shown.median)],
        });
      } finally {
        await close();
      }
    }
    return rows;
  });
