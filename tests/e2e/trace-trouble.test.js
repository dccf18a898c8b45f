// If something goes wrong during Trace, what was found stays, and there is a way on.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { FILES_HOST } from '../standins/zendesk/attachments.js';
import { CASES, noteOf } from './steps/cases.js';
import { atDesk, atOneDesk } from './steps/desk.js';
import { Portal } from './steps/portal.js';
import { AT_WORK, askedOfPortal, beside, LICENSE_WALK, PROOFS } from './steps/trace.js';

/** What is said of the proof and the walk. @param {import('./steps/panel.js').Reading} reading */
const evidence = ({ sections }) =>
  ['Next step', 'Records', 'Single steps'].map((name) => sections[name] ?? '').join(' ');

atOneDesk('Trace in trouble', { ...AT_WORK, turn: 'chromium' }, (add) => {
  for (const signedOutTo of /** @type {const} */ (['sign_in', 'okta'])) {
    add(
      `signed out in the middle (${signedOutTo}): the sign-in page opens, and after signing in it goes on by itself`,
      async (desk) => {
        const ticket = signedOutTo === 'okta' ? PROOFS.file : PROOFS.id;
        const { panel } = await beside(desk, ticket.ticket);
        desk.sites.portal.options.signedOutTo = signedOutTo;
        const remove = desk.sites.portal.faults.add({ match: /^\/admin\/order\?/, hang: true });
        const before = new Set(await desk.browser.pages());
        await panel.page.bringToFront();
        await (await panel.control('Trace')).click();
        await until('the orders are asked for', () =>
          Promise.resolve(desk.sites.portal.faults.hanging > 0),
        );
        desk.sites.portal.signOut();
        remove();
        const page = await until('the sign-in page is open', async () =>
          (await desk.browser.pages()).find((one) => !before.has(one)),
        );
        await page.waitForFunction(
          () => document.readyState === 'complete' && location.href !== 'about:blank',
        );
        const reading = await panel.shows('it says so', ({ sections }) =>
          (sections['Next step'] ?? '').includes('Sign in to the Customers portal'),
        );
        assert.ok(reading.records.includes(ticket.proof), 'what was found stays');
        await new Portal(page, 'v3').signIn();
        await panel.holds(`billing_account/${ticket.account}`);
        assert.equal((await panel.says('Entitled')).note, noteOf(ticket).join('\n'));
        assert.equal(askedOfPortal(desk)['GET customers.gitlab.com/admin/license/#'], 1);
        desk.sites.portal.options.signedOutTo = 'sign_in';
      },
    );
  }

  for (const [says, ticket, fault, words] of /** @type {const} */ ([
    [
      'not allowed',
      { ticket: 1032, proof: 'license/410265', order: 700_332 },
      { status: 403, body: '' },
      'Your account may not read this in the portal.',
    ],
    [
      'a server error',
      PROOFS.key,
      { status: 500, body: '<html>' },
      'The portal failed (status 500).',
    ],
    [
      'a page of another kind',
      { ticket: 1030, proof: 'license/410263', order: 700_330 },
      { status: 200, body: '<!doctype html><title>Maintenance</title>' },
      'not what its address says',
    ],
    ['no connection', PROOFS.export, { reset: true }, 'The portal could not be reached.'],
  ])) {
    add(
      `${says}: it says so and keeps what was found, and Try again asks only for what is missing`,
      async (desk) => {
        const { panel } = await beside(desk, ticket.ticket);
        await panel.shows(
          'the proof',
          (reading) => !reading.busy && reading.buttons.includes('Trace'),
        );
        const remove = desk.sites.portal.faults.add({
          match: new RegExp(`^/admin/order/${ticket.order}`),
          ...fault,
        });
        await panel.press('Trace');
        const reading = await panel.shows('the failure', ({ alerts }) =>
          alerts.some((one) => one.includes(words)),
        );
        assert.ok(
          reading.records.includes(ticket.proof) && reading.buttons.includes('Open the order'),
        );
        remove();
        await panel.press('Try again');
        await panel.says('Entitled');
        // A browser repeats by itself what failed on a connection that was used before.
        const { 'GET customers.gitlab.com/admin/order/#': orders, ...rest } = askedOfPortal(desk);
        const { 'GET customers.gitlab.com/admin/order/#': _one, ...once } = LICENSE_WALK;
        assert.deepEqual(rest, once);
        assert.ok('reset' in fault ? (orders ?? 0) >= 2 : orders === 2, String(orders));
      },
    );
  }

  add(
    'stopped by the engineer: the late answer changes nothing, and Trace goes on',
    async (desk) => {
      const { panel } = await beside(desk, 1028);
      const remove = desk.sites.portal.faults.add({
        match: /^\/admin\/license\/410261/,
        hang: true,
      });
      await (await panel.control('Trace')).click();
      await until('the license is asked for', () =>
        Promise.resolve(desk.sites.portal.faults.hanging > 0),
      );
      await (await panel.control('Stop')).click();
      await panel.shows('it is stopped', (reading) =>
        evidence(reading).includes('Stopped. What was found stays.'),
      );
      remove();
      await panel.press('Trace');
      await panel.says('Entitled');
    },
  );

  add(
    'the background stopped in the middle: with the next event it goes on by itself',
    async (desk) => {
      const { panel, portal } = await beside(desk, PROOFS.code.ticket);
      const remove = desk.sites.portal.faults.add({ match: /^\/admin\/order\/700334/, hang: true });
      await (await panel.control('Trace')).click();
      await until('the order is asked for', () =>
        Promise.resolve(desk.sites.portal.faults.hanging > 0),
      );
      await desk.browser.stopWorker();
      remove();
      await portal.page.bringToFront();
      await panel.holds(`billing_account/${PROOFS.code.account}`);
      await panel.says('Entitled');
    },
  );

  add(
    'several orders: the active one is taken, all are shown, and another can be chosen',
    async (desk) => {
      const { panel } = await beside(desk, CASES.renewals.ticket);
      await panel.press('Trace');
      const reading = await panel.says('Entitled');
      assert.equal(reading.note, noteOf(CASES.renewals).join('\n'));
      assert.match(evidence(reading), /Order 700203: \d{4}-11-01 to \d{4}-11-01 \(active\)/);
      assert.match(evidence(reading), /Order 700202: \d{4}-11-01 to \d{4}-11-01(?! \(active\))/);
      await panel.choose('Order 700202');
      await panel.press('Use this order');
      await panel.holds('order/700202');
      assert.equal(
        askedOfPortal(desk)['GET customers.gitlab.com/admin/order'],
        1,
        'the list is not asked for again',
      );
    },
  );

  add(
    'Validate License is filled with the key and left to the engineer, and its result counts',
    async (desk) => {
      const { panel } = await beside(desk, PROOFS.key.ticket);
      await desk.openTicket(1043);
      await panel.showsTicket(1043);
      await desk.openTicket(1035);
      await panel.showsTicket(1035);
      const page = await desk.tabOpenedBy(() => panel.press('Open Validate License with this key'));
      await page.waitForFunction(
        () => document.querySelector('textarea')?.value.startsWith('eyJkYXRhIjoi'),
        { polling: 50 },
      );
      assert.equal(
        await page.evaluate(() => document.querySelector('h3') === null),
        true,
        'nothing was pressed',
      );
    },
  );

  add('the entry for a selection is there, and what is selected counts', async (desk) => {
    const { panel } = await beside(desk, 1022);
    const there = await desk.browser.evaluateInWorker(async () => {
      const api = Reflect.get(globalThis, 'browser') ?? chrome;
      await api.contextMenus.update('use-as-proof', {});
      return true;
    });
    assert.equal(there, true);
    if (desk.browser.kind === 'firefox') return;
    await desk.browser.evaluateInWorker(async () => {
      const [tab] = await chrome.tabs.query({
        url: 'https://gitlab.zendesk.com/agent/tickets/1022',
      });
      /** @type {any} */ (chrome.contextMenus.onClicked).dispatch(
        { menuItemId: 'use-as-proof', selectionText: 'license ID 410255' },
        tab,
      );
    });
    await panel.shows('it is found', (reading) =>
      evidence(reading).includes('selected on the page'),
    );
  });
});

/** The host for files is asked once, without a cookie. @param {import('./steps/desk.js').Desk} desk */
function assertNoCookieThere(desk) {
  const there = desk.sites.log.entries().filter(({ host }) => host === FILES_HOST);
  assert.equal(there.length, 1, 'the file was asked for once');
  assert.equal(there[0]?.cookie, false);
}

atDesk(
  "a file on Zendesk's host for files is fetched once access is allowed in a click, and not before",
  { ...AT_WORK, browsers: ['firefox'], zendesk: { attachmentRedirect: true }, asks: [FILES_HOST] },
  async (desk) => {
    const { panel } = await beside(desk, 1039);
    const reading = await panel.shows('it says so', ({ buttons }) =>
      buttons.includes('Allow access to files'),
    );
    assert.equal(reading.buttons.includes('Trace'), false);
    assert.ok(evidence(reading).includes('is on Zendesk’s host for files'));
    assert.equal(
      desk.sites.log.entries().some(({ host }) => host === FILES_HOST),
      false,
    );
    await panel.press('Allow access to files');
    await panel.shows('it is fetched', (now) => evidence(now).includes('Forger & Friends'));
    assertNoCookieThere(desk);
  },
);
