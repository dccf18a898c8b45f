// A panel that opens after a pause shows the last state of the ticket in front at once, before the core has started, and nothing of it can be
// used until the core has confirmed it.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { bringAxe, violations } from './steps/axe.js';
import { CASES } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';
import { firstSight, forget, makeHoldable, reopen, stored } from './steps/reopening.js';
import { AT_WORK, beside, PROOFS } from './steps/trace.js';

/** What a panel shows that has no view to show yet. */
const NOTHING = { title: '', verdict: '', says: '', inert: false, busy: false, focusable: false };

/** What axe misses: a screen reader finds neither the main landmark nor its heading as long as they can't be used. */
const OF_WHAT_IS_HIDDEN = /^(?:landmark-one-main|page-has-heading-one):/;

/** By how much what was shown has moved, as browsers measure it; Chromium alone does. @param {import('puppeteer-core').Page} page */
const shifted = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) resolve(0);
        const sum = (/** @type {PerformanceEntry[]} */ entries) =>
          entries.reduce((all, entry) => all + Number(Reflect.get(entry, 'value')), 0);
        const observer = new PerformanceObserver(() => undefined);
        observer.observe({ type: 'layout-shift', buffered: true });
        // What was buffered is there in the next task.
        setTimeout(() => resolve(sum(observer.takeRecords())));
      }),
  );

atOneDesk('The first view', AT_WORK, (it) => {
  it('is the last state of the ticket in front, which can be used once the core confirms it', async (desk) => {
    await makeHoldable(desk.folder);
    const { ticket } = PROOFS.id;
    const { panel } = await beside(desk, ticket);
    await panel.press('Trace');
    const { verdict } = await panel.says('Entitled');
    await stored(panel.page, ticket);
    // What is stored last is what was shown last.
    await until('the verdict is stored', () =>
      panel.page.evaluate(
        async (key, says) => {
          /** @type {typeof chrome} */
          const api = Reflect.get(globalThis, 'browser') ?? chrome;
          const { html } = /** @type {any} */ ((await api.storage.session.get(key))[key]);
          const { body } = new DOMParser().parseFromString(html, 'text/html');
          return body.querySelector('#verdict')?.textContent === says;
        },
        `view:gitlab.zendesk.com:${ticket}`,
        verdict,
      ),
    );

    const letGo = await reopen(desk.browser, panel.page);
    await until('something is shown', async () => (await firstSight(panel.page)).title !== '');
    assert.deepEqual(await firstSight(panel.page), {
      title: `Ticket #${ticket}`,
      verdict,
      says: 'Refreshing…',
      inert: true,
      busy: true,
      focusable: false,
    });
    await bringAxe(panel.page);
    assert.deepEqual(
      (await violations(panel.page)).filter((one) => !OF_WHAT_IS_HIDDEN.test(one)),
      [],
    );
    const pressed = await panel.page.evaluate(() => {
      const run = [...document.querySelectorAll('button')].find((one) =>
        one.textContent?.startsWith('Run '),
      );
      run?.click();
      return run?.getAttribute('aria-busy');
    });
    assert.equal(pressed, null, 'a click of a script does nothing either');
    // Firefox starts the background for the tab that the panel is in here; the panel's messages wait all the same.
    if (desk.browser.kind === 'chromium')
      assert.equal(await desk.browser.backgroundRunning(), false, 'no core has seen any of it');

    await letGo();
    await panel.settled();
    const now = await firstSight(panel.page);
    assert.deepEqual(now, {
      title: `Ticket #${ticket}`,
      verdict,
      says: '',
      inert: false,
      busy: false,
      focusable: true,
    });
    const shift = await shifted(panel.page);
    assert.ok(shift <= 0.05, `what is shown moved by ${shift}`);
    await panel.press('Copy note');
    await panel.shows('it was pressed', ({ text }) => /copied/i.test(text));
  });

  it('is never that of another ticket, nor of one that is not in front', async (desk) => {
    await makeHoldable(desk.folder);
    const { ticket } = CASES.license;
    await desk.openTicket(ticket);
    const panel = await desk.openPanel();
    await panel.showsTicket(ticket);
    await stored(panel.page, ticket);
    const other = await desk.openTicket(CASES.mismatch.ticket);
    await panel.showsTicket(CASES.mismatch.ticket);
    await stored(panel.page, CASES.mismatch.ticket);

    const letGoOther = await reopen(desk.browser, panel.page);
    await until('something is shown', async () => (await firstSight(panel.page)).title !== '');
    assert.equal((await firstSight(panel.page)).title, `Ticket #${CASES.mismatch.ticket}`);
    await letGoOther();
    await panel.settled();

    // A ticket whose view is not stored.
    await forget(panel.page, CASES.mismatch.ticket);
    const letGoNone = await reopen(desk.browser, panel.page);
    await drawn(panel.page);
    assert.deepEqual(await firstSight(panel.page), NOTHING);
    await letGoNone();
    await panel.showsTicket(CASES.mismatch.ticket);

    // A page that is no ticket.
    await desk.openPortal();
    await panel.settled();
    await stored(panel.page, ticket);
    const letGoPortal = await reopen(desk.browser, panel.page);
    await drawn(panel.page);
    assert.deepEqual(await firstSight(panel.page), NOTHING);
    await letGoPortal();
    await panel.settled();

    // Another ticket comes to the front while the panel waits.
    await other.page.bringToFront();
    await panel.showsTicket(CASES.mismatch.ticket);
    await stored(panel.page, CASES.mismatch.ticket);
    const letGo = await reopen(desk.browser, panel.page);
    await until('something is shown', async () => (await firstSight(panel.page)).title !== '');
    await desk.browser.newPage('https://gitlab.zendesk.com/agent/dashboard');
    await until('what is no longer in front is gone', async () => {
      const { title, inert } = await firstSight(panel.page);
      return title !== `Ticket #${CASES.mismatch.ticket}` || !inert;
    });
    await letGo();
  });

  it('goes with a sign-out', async (desk) => {
    const { ticket } = CASES.license;
    await desk.openTicket(ticket);
    const panel = await desk.openPanel();
    await panel.showsTicket(ticket);
    await stored(panel.page, ticket);
    desk.zendesk.signOut();
    await panel.page.evaluate(async (about) => {
      await (Reflect.get(globalThis, 'browser') ?? chrome).runtime.sendMessage({
        kind: 'command',
        name: 'refresh',
        fields: {},
        case: { host: 'gitlab.zendesk.com', ticket: about },
        window: (await (Reflect.get(globalThis, 'browser') ?? chrome).windows.getCurrent()).id,
      });
    }, ticket);
    await stored(panel.page, ticket, false);
  });
});

atOneDesk('The first view', { browsers: ['firefox'] }, (it) => {
  it('goes when access to the site is taken away', async (desk) => {
    const { ticket } = CASES.license;
    await desk.openTicket(ticket);
    const panel = await desk.openPanel();
    await panel.showsTicket(ticket);
    await stored(panel.page, ticket);
    await desk.browser.setHostAccess(false);
    await stored(panel.page, ticket, false);
    await desk.browser.setHostAccess(true);
  });
});

/** Whatever a panel shows by itself is drawn by then. @param {import('puppeteer-core').Page} page */
const drawn = (page) =>
  page.evaluate(async () => {
    const api = Reflect.get(globalThis, 'browser') ?? chrome;
    for (let n = 0; n < 10; n += 1) {
      await api.tabs.query({ active: true });
      await api.storage.session.get('view');
    }
  });
