// A browser to play with: a ticket, the portal and Tether, until it is closed.

import { launch } from '../harness/browser.js';
import { openTicket, PORTAL, ZENDESK } from './engineer.js';

/**
 * @param {import('./play.js').StandIns} standIns
 * @param {import('./play.js').Places} places
 */
export async function explore(standIns, { extension }) {
  const browser = await launch({
    browser: 'chromium',
    extension,
    proxyPort: standIns.proxyPort,
    headless: false,
    width: 1480,
    height: 960,
  }).catch((error) => {
    throw new Error(
      `Chromium did not start on this display; ./build.sh demo --play needs none (${error instanceof Error ? error.message : error})`,
    );
  });
  const closed = new Promise((resolve) =>
    browser.puppeteer.once('disconnected', () => resolve(undefined)),
  );
  try {
    const blank = await browser.pages();
    await browser.newPage(`${PORTAL}/admin/license`);
    const ticket = await openTicket(browser, 1001);
    await Promise.all(blank.map((page) => page.close()));
    await ticket.bringToFront();
    // The harness gives the panel the size that tests want; a person's panel has the size of the browser's side.
    await (await browser.openPanel()).setViewport(null);
    console.log(guide(standIns.world.scenarios));
    await closed;
  } finally {
    await browser.close();
  }
}

/** @param {Record<string, string>} scenarios @returns {string} */
function guide(scenarios) {
  const tickets = Object.entries(scenarios).map(([ticket, shows]) => `  ${ticket}  ${shows}`);
  return `
Chromium is open with ticket 1001, the portal's licenses and Tether's side panel. Both sites are stand-ins: nothing leaves this machine.

  1. The panel has found the license ID in what the requester wrote: press "Trace".
  2. Press "Run 4 steps": the problem type, the internal note and the association. Then
     "Reload ticket": the reply is drafted. Read and submit it.
  3. Or browse by yourself: the portal's licenses are in the first tab, and the case fills itself while you look at the records.
  Alt+Shift+Y closes and opens the panel, Alt+Shift+O adds the note.

Tickets to try, at ${ZENDESK}/agent/tickets/<number>:
${tickets.join('\n')}

The demo ends when the browser is closed, or with Ctrl+C.`;
}
