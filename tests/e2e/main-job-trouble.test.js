// If a site does not answer as it should, the panel says so in plain words, records nothing false, and offers a way on.
import assert from 'node:assert/strict';
import { CASES, noteOf, written } from './steps/cases.js';
import { atDesk, atOneDesk } from './steps/desk.js';

/** Tether's own question for a ticket; the agent page asks for groups as well. @param {number} ticket */
const ticketRead = (ticket) => `/api/v2/tickets/${ticket}?include=users,organizations`;

atOneDesk('a site in trouble', {}, (add) => {
  add(
    'signed out of Zendesk in the middle: plain words, and after signing in Try again goes on',
    async (desk) => {
      const { ticket, proof, order, account } = CASES.renewals;
      const agent = await desk.openTicket(ticket);
      const panel = await desk.openPanel();
      await panel.showsTicket(ticket);
      const portal = await desk.openPortal(proof);
      await portal.visit(`order/${order}`);
      await panel.holds(`order/${order}`);
      desk.zendesk.signOut();
      await portal.visit(`billing_account/${account}`);
      const failed = await panel.shows('the failure', ({ alerts }) =>
        alerts.some((alert) => alert.startsWith('Reading the organization failed')),
      );
      assert.deepEqual(
        failed.alerts.map((alert) => alert.replace(/ Try again$/, '')),
        [
          'Reading the organization failed: You are signed out of Zendesk. Sign in to Zendesk in this browser, then try again.',
        ],
      );
      assert.ok(failed.verdict.startsWith('Incomplete'));
      assert.equal(failed.note.split('\n').at(-1), '- Organization: not found');
      desk.zendesk.signIn();
      await panel.press('Try again');
      await panel.says('Entitled');
      await panel.press('Add internal note');
      await panel.saysTheNoteStands(ticket);
      assert.deepEqual(await agent.composer(ticket), written(noteOf(CASES.renewals)));
      assert.equal(desk.requests.counts()['GET gitlab.zendesk.com/api/v2/search'], 2);
    },
  );

  for (const [signedOutTo, chain] of /** @type {const} */ ([
    ['sign_in', CASES.plain],
    ['okta', CASES.withNotes],
  ])) {
    add.inTurn(
      `signed out of the portal in the middle (${signedOutTo}): nothing false is recorded, and after signing in it goes on`,
      async (desk) => {
        desk.sites.portal.options.signedOutTo = signedOutTo;
        const { ticket, proof, subscription, order, account } = chain;
        await desk.openTicket(ticket);
        const panel = await desk.openPanel();
        await panel.showsTicket(ticket);
        const portal = await desk.openPortal();
        await portal.openLicense(Number(proof.split('/')[1]));
        await panel.holds(proof);
        const before = await panel.read();
        desk.sites.portal.signOut();
        await portal.visit(`order/${order}`);
        await portal.shows(signedOutTo === 'okta' ? 'Example Okta' : 'Sign in to the admin panel');
        await portal.signIn();
        const after = await panel.read();
        assert.deepEqual(
          [after.records, after.verdict, after.alerts],
          [before.records, before.verdict, before.alerts],
        );
        await portal.openOrder(subscription, order);
        await panel.holds(`order/${order}`);
        await portal.openBillingAccount();
        await panel.holds(`billing_account/${account}`);
        assert.equal((await panel.says('Entitled')).note, noteOf(chain).join('\n'));
        desk.sites.portal.signIn();
      },
    );
  }

  add.inTurn(
    'signed out before the first look: the next step says so, and Try again reads the ticket',
    async (desk) => {
      await desk.browser.closePanel();
      await desk.openTicket(1001);
      desk.zendesk.signOut();
      const panel = await desk.openPanel();
      const { sections } = await panel.shows('the next step', ({ sections: said }) =>
        (said['Next step'] ?? '').includes('Sign in to Zendesk'),
      );
      assert.ok(
        sections['Next step']?.includes('You’re signed out of Zendesk. Sign in, then try again.'),
      );
      desk.zendesk.signIn();
      await panel.press('Try again');
      await panel.showsTicket(1001);
    },
  );

  add.inTurn(
    'too many requests: it waits as long as the site asks and continues by itself',
    async (desk) => {
      const panel = await desk.openPanel();
      desk.zendesk.faults.add({
        match: ticketRead(1003),
        status: 429,
        headers: { 'Retry-After': '2' },
        body: { error: 'APIRateLimitExceeded' },
        times: 1,
      });
      // Looked for from the start: the page may take longer to load than the wait lasts.
      await Promise.all([
        panel.shows('the wait', ({ alerts }) =>
          alerts.some((alert) =>
            /^Zendesk asks to wait: the ticket will be read in [12] seconds?, by itself\.$/.test(
              alert,
            ),
          ),
        ),
        desk.openTicket(1003),
      ]);
      await panel.showsTicket(1003);
      const asked = desk.requests
        .ofTether()
        .filter(({ path }) => /^\/api\/v2\/tickets\/1003(?:\?|$)/.test(path));
      assert.deepEqual(
        asked.map(({ status }) => status),
        [429, 200],
      );
      const [first, second] = asked.map(({ time }) => time);
      assert.ok(
        (second ?? 0) - (first ?? 0) >= 2000,
        `asked again after ${(second ?? 0) - (first ?? 0)} ms`,
      );
    },
  );

  add.inTurn('not allowed: it says so, and asks again only when told', async (desk) => {
    const panel = await desk.openPanel();
    const fault = desk.zendesk.faults.add({
      match: ticketRead(1004),
      status: 403,
      body: { error: { title: 'Forbidden', message: 'no' } },
    });
    await desk.openTicket(1004);
    const { alerts } = await panel.shows(
      'the refusal',
      ({ alerts: said, title }) => title === 'Ticket #1004' && said.length > 0,
    );
    assert.deepEqual(alerts, [
      'Reading the ticket failed: Your account may not read this in Zendesk. Ask for access, or continue by hand.',
    ]);
    await desk.openTicket(1005);
    await panel.showsTicket(1005);
    assert.equal(fault.hits(), 1);
    fault.remove();
  });

  for (const [says, fault, words] of /** @type {const} */ ([
    [
      'a server error',
      { status: 500, body: '<!doctype html><title>500</title>' },
      'Zendesk failed (status 500).',
    ],
    [
      'an answer that is no data',
      { status: 200, body: '<!doctype html><title>Maintenance</title>' },
      'Zendesk answered with something other than data.',
    ],
    [
      'an answer of another form',
      { status: 200, body: { ticket: { id: 'x' } } },
      'Zendesk’s answer has an unknown form:',
    ],
  ])) {
    add.inTurn(`${says}: it says so, and Try again reads the ticket`, async (desk) => {
      const ticket = {
        'a server error': 1007,
        'an answer that is no data': 1008,
        'an answer of another form': 1009,
      }[says];
      const panel = await desk.openPanel();
      desk.zendesk.faults.add({ match: ticketRead(ticket), ...fault, times: 1 });
      await desk.openTicket(ticket);
      const { alerts } = await panel.shows(
        'the failure',
        ({ alerts: said, title }) => title === `Ticket #${ticket}` && said.length > 0,
      );
      assert.ok(alerts[0]?.startsWith(`Reading the ticket failed: ${words}`), alerts[0]);
      await panel.press('Try again');
      await panel.showsTicket(ticket);
    });
  }

  add.inTurn('the background stopped while it reads: the next event reads again', async (desk) => {
    const panel = await desk.openPanel();
    const fault = desk.zendesk.faults.add({ match: ticketRead(1010), hang: true });
    await desk.openTicket(1010);
    await panel.shows('it reads', ({ title, busy }) => title === 'Ticket #1010' && busy);
    await desk.browser.stopWorker();
    fault.remove();
    await desk.openPortal(CASES.nameOnly.proof);
    await panel.showsTicket(1010);
    await panel.holds(CASES.nameOnly.proof);
  });
});

atDesk(
  "without the browser's permission for the hosts a button asks for it, and once granted the ticket is read",
  { browsers: ['firefox'], grantHosts: false },
  async (desk) => {
    const agent = await desk.openTicket(1001);
    const panel = await desk.openPanel();
    const { text } = await panel.shows('the request', ({ buttons }) =>
      buttons.includes('Allow access'),
    );
    assert.ok(
      text.includes(
        'Tether can’t read these sites yet:customers.gitlab.comlicenses, orders, and billing accountsgitlab.zendesk.comtickets, and the changes you start',
      ),
      text,
    );
    const asks = await (await panel.control('Allow access')).evaluate((button) =>
      button.getAttribute('data-grant'),
    );
    assert.equal(asks, 'https://customers.gitlab.com/* https://gitlab.zendesk.com/*');
    assert.deepEqual(desk.requests.counts(), {});
    await desk.browser.setHostAccess(true);
    await panel.showsTicket(1001);
    assert.equal((await panel.read()).buttons.includes('Allow access'), false);
    await desk.openPortal(CASES.license.proof);
    await panel.holds(CASES.license.proof);
    await panel.press('Add internal note');
    await panel.saysTheNoteStands(1001);
    assert.equal((await agent.composer(1001)).lines[0], noteOf(CASES.license)[0]);
  },
);
