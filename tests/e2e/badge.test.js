// The badge on the toolbar button shows the case's state as a sign and in words.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { CASES } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';

/**
 * Waits for the badge.
 * @param {import('./steps/desk.js').Desk} desk
 * @param {string} sign
 * @param {string} words the tooltip
 */
async function shows(desk, sign, words) {
  let last = { sign: '', words: '' };
  await until(`the badge shows ${sign} and says ${words}`, async () => {
    last = await desk.browser.evaluateInWorker(async () => {
      /** @type {typeof chrome} */
      const api = Reflect.get(globalThis, 'browser') ?? chrome;
      return { sign: await api.action.getBadgeText({}), words: await api.action.getTitle({}) };
    });
    return last.sign === sign && last.words === words;
  }).catch((error) => assert.fail(`${error}; it shows ${JSON.stringify(last)}`));
}

atOneDesk('The badge', {}, (it) => {
  it('follows a case from its first record to the verdict, and the ticket in front', async (desk) => {
    const entitled = await desk.openTicket(CASES.license.ticket);
    const panel = await desk.openPanel();
    await panel.showsTicket(CASES.license.ticket);
    await shows(desk, '', 'Tether: #1001');
    const portal = await desk.openPortal(CASES.license.proof);
    await panel.holds(CASES.license.proof);
    await shows(desk, '…', 'Tether: #1001 is incomplete');
    await desk.look(panel, portal, CASES.license);
    await shows(desk, '✓', 'Tether: #1001 is entitled');
    await desk.openTicket(CASES.mismatch.ticket);
    await panel.showsTicket(CASES.mismatch.ticket);
    await shows(desk, '', 'Tether: #1004');
    // The first portal tab belongs to the ticket that was in front when it opened.
    await desk.look(panel, await desk.openPortal(), CASES.mismatch);
    await shows(desk, '✕', 'Tether: #1004 is not entitled');
    await entitled.page.bringToFront();
    await shows(desk, '✓', 'Tether: #1001 is entitled');
  });
});
