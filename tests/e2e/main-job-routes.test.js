// The main job from end to end: browse the chain, click once, and the note is in the ticket.
import assert from 'node:assert/strict';
import { CASES, noteOf, written } from './steps/cases.js';
import { atDesk, atOneDesk } from './steps/desk.js';

const LICENSE = noteOf(CASES.license);
const ACTIVATION = noteOf(CASES.activation);

/** What the whole main job may ask Zendesk for, the pre-checks' two included. */
const ONE_EACH = {
  'GET gitlab.zendesk.com/api/v2/organizations/#': 1,
  'GET gitlab.zendesk.com/api/v2/organizations/#/users': 1,
  'GET gitlab.zendesk.com/api/v2/tickets/#': 1,
  'GET gitlab.zendesk.com/api/v2/tickets/#/comments': 1,
  'GET gitlab.zendesk.com/api/v2/ticket_fields': 1,
  'GET gitlab.zendesk.com/api/v2/search': 1,
};

/**
 * Steps 6 to 12 with a license, by clicking.
 * @param {import('./steps/desk.js').Desk} desk
 * @param {() => Promise<void>} [between] done between every two steps
 */
async function licenseRoute(desk, between = async () => undefined) {
  const { ticket, proof, subscription, order, account } = CASES.license;
  const agent = await desk.openTicket(ticket);
  await agent.type(ticket, 'Looking into it.');
  const panel = await desk.openPanel();
  await panel.showsTicket(ticket);
  await between();
  const portal = await desk.openPortal();
  await between();
  await portal.openLicense(410233);
  await panel.holds(proof);
  await between();
  await portal.openList('Orders');
  await between();
  await portal.filterBy('Subscription name', subscription);
  await between();
  await portal.showRow(String(order), 'Details for Order');
  await panel.holds(`order/${order}`);
  await between();
  await portal.openBillingAccount();
  await panel.holds(`billing_account/${account}`);
  await panel.says('Entitled');
  const reading = await panel.settled();
  const { checks } = reading;
  assert.deepEqual([...new Set(Object.values(checks).map(({ answer }) => answer))], ['passed']);
  assert.equal(reading.note, LICENSE.join('\n'));
  await between();
  await panel.press('Add internal note');
  await panel.saysTheNoteStands(ticket);
  await between();
  assert.deepEqual(await agent.composer(ticket), {
    ...written(LICENSE),
    lines: ['Looking into it.', ...LICENSE],
  });
  assert.equal(await agent.channel(ticket), 'internal');
  assert.deepEqual(desk.requests.counts(), ONE_EACH);
  return agent;
}

for (const version of /** @type {const} */ (['v3', 'v2'])) {
  atDesk(
    `license route under ${version === 'v3' ? 'Turbo' : 'pjax'}, 18 characters: the note stands in the ticket to the letter, and one undo takes it away`,
    { portal: { version }, ...(version === 'v2' && { turn: 'chromium' }) },
    async (desk) => {
      const agent = await licenseRoute(desk);
      await agent.undo(1001);
      assert.deepEqual(await agent.composer(1001), { lines: ['Looking into it.'], links: [] });
    },
  );
}

atDesk(
  'license route with the background stopped between every two steps: the same to the letter',
  { turn: 'firefox' },
  async (desk) => {
    let stops = 0;
    await licenseRoute(desk, async () => {
      // It ends when the background is gone; what happens next in the browser may wake it at once.
      await desk.browser.stopWorker();
      stops += 1;
    });
    assert.equal(stops, 8);
  },
);

for (const version of /** @type {const} */ (['v2', 'v3'])) {
  atDesk(
    `cloud activation route under ${version === 'v3' ? 'Turbo' : 'pjax'}, 15 characters, from the panel's own form: the note stands in the ticket to the letter`,
    { portal: { version }, ...(version === 'v3' && { turn: 'firefox' }) },
    async (desk) => {
      const { ticket, proof, subscription, order, account } = CASES.activation;
      const code = 'hQ7mZ2vKx9RbT4nLc8WdYp3s';
      const agent = await desk.openTicket(ticket);
      const panel = await desk.openPanel();
      await panel.showsTicket(ticket);
      await panel.fill('Cloud activation code', code);
      const portal = await desk.portalOpenedBy(() => panel.press('Search activation'));
      await portal.showRow('30011', 'Details for Cloud activation');
      await panel.holds(proof);
      await portal.openOrder(subscription, order);
      await panel.holds(`order/${order}`);
      await portal.openBillingAccount();
      await panel.holds(`billing_account/${account}`);
      const reading = await panel.says('Entitled');
      assert.equal(reading.text.includes(code), false, 'the code is masked');
      assert.equal(reading.note, ACTIVATION.join('\n'));
      await panel.press('Add internal note');
      await panel.saysTheNoteStands(ticket);
      assert.deepEqual(await agent.composer(ticket), written(ACTIVATION));
      assert.equal(await agent.channel(ticket), 'internal');
      assert.deepEqual(desk.requests.counts(), ONE_EACH);
      const stored = await panel.page.evaluate(() =>
        /** @type {typeof chrome} */ (Reflect.get(globalThis, 'browser') ?? chrome).storage.session
          .get(null)
          .then((all) => JSON.stringify(all)),
      );
      assert.equal(stored.includes(code), false, 'the code is not kept');
    },
  );
}

atOneDesk('Validate License', { turn: 'chromium' }, (add) => {
  for (const [validation, { ticket, proof }] of /** @type {const} */ ([
    ['json', CASES.license],
    ['yaml', CASES.mismatch],
    ['table', CASES.prefix],
  ])) {
    add(
      `the result of Validate License (${validation}) makes the next step lead to the license`,
      async (desk) => {
        desk.sites.portal.options.validation = validation;
        const id = Number(proof.split('/')[1]);
        await desk.openTicket(ticket);
        const panel = await desk.openPanel();
        await panel.showsTicket(ticket);
        const portal = await desk.portalOpenedBy(() => panel.press('Open Validate License'));
        const key = desk.sites.world.licenses.find((one) => one.id === id)?.license_key ?? '';
        await portal.validate(key);
        const reading = await panel.shows('the next step names the license', ({ buttons }) =>
          buttons.includes(`Open license ${id}`),
        );
        assert.equal(reading.text.includes(key.slice(0, 40)), false, 'the key is not shown');
        assert.deepEqual(reading.records, [], 'a validated key is no record yet');
        const license = await desk.tabOpenedBy(() => panel.press(`Open license ${id}`));
        assert.equal(license.url(), `https://customers.gitlab.com/admin/license/${id}`);
        await panel.holds(proof);
      },
    );
  }
});

atDesk(
  'while the panel is closed nothing is asked; what was browsed meanwhile is in the case when it opens',
  { turn: 'chromium' },
  async (desk) => {
    const { ticket, proof, order, account } = CASES.license;
    await desk.openTicket(1002);
    await desk.openTicket(ticket);
    const portal = await desk.openPortal(proof);
    await portal.shows('Details for License');
    await portal.visit(`order/${order}`);
    await portal.shows('Details for Order');
    await portal.visit(`billing_account/${account}`);
    await portal.shows('Details for Billing account');
    assert.deepEqual(desk.requests.counts(), {});
    const panel = await desk.openPanel();
    await panel.says('Entitled');
    await panel.settled();
    // Counted at the end as well: a question asked too early would be one too many, of the other ticket too.
    assert.deepEqual(desk.requests.counts(), ONE_EACH);
    const tickets = desk.requests
      .ofTether()
      .filter(({ path }) => path.includes('/tickets/'))
      .map(({ path }) => /\d+/.exec(path.slice(8))?.[0]);
    assert.deepEqual([...new Set(tickets)], [String(ticket)]);

    await desk.browser.closePanel();
    await desk.openTicket(1003);
    // The first portal tab belongs to the ticket that was in front when it opened.
    const other = await desk.openPortal('license/410234');
    await other.shows('Details for License');
    const again = await desk.openPanel();
    const trial = await again.says('Not entitled');
    assert.deepEqual(trial.records, ['license/410234']);
    await again.settled();
    assert.deepEqual(desk.requests.counts(), {
      ...ONE_EACH,
      'GET gitlab.zendesk.com/api/v2/tickets/#': 2,
      'GET gitlab.zendesk.com/api/v2/tickets/#/comments': 2,
    });
  },
);
