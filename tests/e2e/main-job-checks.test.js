// What the checks say about unusual cases, and what the engineer can do.
import assert from 'node:assert/strict';
import { CASES, noteOf, written } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';

/**
 * Presses `Add internal note` and compares what the editor of the ticket holds with the lines, to the letter.
 * @param {import('./steps/panel.js').Panel} panel
 * @param {import('./steps/agent.js').AgentPage} agent
 * @param {number} ticket
 * @param {string[]} lines
 */
async function writes(panel, agent, ticket, lines) {
  assert.equal((await panel.settled()).note, lines.join('\n'));
  await panel.press('Add internal note');
  await panel.saysTheNoteStands(ticket);
  assert.deepEqual(await agent.composer(ticket), written(lines));
}

atOneDesk('checks', { turn: 'chromium' }, (add) => {
  add('a trial is not entitled, and the note gives the reason', async (desk) => {
    const { agent, panel } = await desk.fillCase(CASES.trial);
    const { verdict, checks } = await panel.says('Not entitled');
    assert.deepEqual(
      [checks['Not a trial']?.answer, checks['Sold-to matches']?.answer],
      ['failed', 'passed'],
    );
    assert.equal(verdict, 'Not entitled: the license is a trial');
    await writes(
      panel,
      agent,
      1003,
      noteOf(CASES.trial, ['- Failed validation: the license is a trial, not a paid subscription']),
    );
  });

  add('a requester who writes from a free mail provider is not entitled', async (desk) => {
    const { agent, panel } = await desk.fillCase(CASES.freeMail);
    const { checks } = await panel.says('Not entitled');
    assert.equal(checks['Company email']?.answer, 'failed');
    await writes(
      panel,
      agent,
      1017,
      noteOf(CASES.freeMail, [
        '- Failed validation: the requester writes from gmail.com, a free or disposable mail provider',
      ]),
    );
  });

  add(
    'a Sold-to of somebody else is not entitled, and the note gives both addresses',
    async (desk) => {
      const { agent, panel } = await desk.fillCase(CASES.mismatch);
      const { checks } = await panel.says('Not entitled');
      assert.deepEqual(
        [checks['Not a trial']?.answer, checks['Sold-to matches']?.answer],
        ['passed', 'failed'],
      );
      await writes(
        panel,
        agent,
        1004,
        noteOf(CASES.mismatch, [
          '- Failed validation: Sold to (procurement@reseller.example.org) is not the ticket’s Subscription Email (diego.ramirez@logistica.example.com)',
        ]),
      );
    },
  );

  add(
    "of the orders that Contains finds, one of another subscription waits for a choice; the panel's own link finds the right one alone",
    async (desk) => {
      const { ticket, proof, subscription, order, account } = CASES.prefix;
      const agent = await desk.openTicket(ticket);
      const panel = await desk.openPanel();
      await panel.showsTicket(ticket);
      const portal = await desk.openPortal(proof);
      await panel.holds(proof);

      await portal.openList('Orders');
      await portal.filterBy('Subscription name', subscription);
      assert.deepEqual(await portal.rowsOf('subscription_name'), [
        'XA-S00055512',
        'A-S000555120',
        'A-S00055512',
      ]);
      await portal.showRow('700402', 'Details for Order');
      const choice = await panel.shows('the conflict is shown', ({ buttons }) =>
        buttons.includes('Use 700402'),
      );
      assert.ok(
        choice.text.includes(
          'License 410239 is for subscription A-S00055512, and Order 700402 is for A-S000555120.',
        ),
        choice.text,
      );
      assert.deepEqual(choice.records, [proof]);
      await panel.press('Keep the records');
      const kept = await panel.shows(
        'the choice is gone',
        ({ buttons }) => !buttons.includes('Use 700402'),
      );
      assert.deepEqual(kept.records, [proof]);

      const orders = await desk.portalOpenedBy(() => panel.press('Open orders'));
      await orders.shows('List of Orders');
      assert.deepEqual(await orders.rowsOf('subscription_name'), [subscription]);
      await orders.showRow(String(order), 'Details for Order');
      await panel.holds(`order/${order}`);
      const billing = await desk.portalOpenedBy(() =>
        panel.press(`Open billing account ${account}`),
      );
      await billing.shows('Details for Billing account');
      await panel.says('Entitled');

      await portal.page.bringToFront();
      await portal.visit('order/700403');
      const again = await panel.shows('the other conflict is shown', ({ buttons }) =>
        buttons.includes('Use 700403'),
      );
      assert.match(
        again.text,
        new RegExp(`Which order counts\\?.*In this ticketOrder ${order}.*You openedOrder 700403`),
      );
      assert.ok(again.buttons.includes(`Keep ${order}`));
      assert.ok(
        again.verdict.startsWith('Incomplete'),
        'a record that waits keeps the verdict open',
      );
      await panel.press('Use 700403');
      await panel.holds('order/700403');
      const { checks } = await panel.says('Not entitled');
      assert.deepEqual(checks['Records belong together'], {
        name: 'Records belong together',
        answer: 'failed',
        why: 'License 410239 is of A-S00055512, Order 700403 of XA-S00055512; Order 700403 leads to billing account 9026, not to Billing account 9005',
      });
      await panel.press('Remove order 700403');
      await panel.says('Incomplete');
      assert.deepEqual((await panel.settled()).records, [proof, `billing_account/${account}`]);
      assert.deepEqual(await agent.composer(ticket), { lines: [], links: [] });
    },
  );

  add(
    'an expired license fails until the engineer decides, and the decision goes into the note',
    async (desk) => {
      const { agent, panel } = await desk.fillCase(CASES.expired);
      const year = desk.sites.world.year - 1;
      const { checks } = await panel.says('Not entitled');
      assert.deepEqual(checks['Not expired'], {
        name: 'Not expired',
        answer: 'failed',
        why: `the license expired on ${year}-03-31`,
      });
      await panel.press('Decide “Not expired” yourself');
      await panel.press('Accept');
      await panel.shows('a reason is asked for', ({ alerts }) =>
        alerts.includes('Say why: the reason goes into the note.'),
      );
      await panel.fill('Reason', 'renewal is being signed');
      await panel.press('Accept');
      await panel.says('Entitled');
      await writes(
        panel,
        agent,
        1007,
        noteOf(CASES.expired, [
          `- Decision: Not expired accepted (the license expired on ${year}-03-31): renewal is being signed`,
        ]),
      );
      await panel.press(/^Undo decision/);
      await panel.says('Not entitled');
    },
  );

  add('a trial that the page leaves open is unknown, and never passes by itself', async (desk) => {
    const { panel } = await desk.fillCase(CASES.trialUnknown);
    const { checks } = await panel.says('Incomplete');
    assert.equal(checks['Not a trial']?.answer, 'can’t be read');
    await panel.press('Decide “Not a trial” yourself');
    await panel.fill('Reason', 'Salesforce shows a paid subscription');
    await panel.press('Accept');
    await panel.says('Entitled');
  });

  add(
    'without Subscription Email the engineer picks an address that the requester wrote',
    async (desk) => {
      const { agent, panel } = await desk.fillCase(CASES.noSubscriptionEmail);
      const { checks, sections } = await panel.says('Incomplete');
      assert.equal(checks['Sold-to matches']?.answer, 'needs your decision');
      for (const address of [
        'achats@twoletters.example.com',
        'it@twoletters.example.com',
        'zoe.lefevre@twoletters.example.com',
      ]) {
        assert.ok(sections['Next step']?.includes(address), address);
      }
      assert.equal(
        sections['Next step']?.includes('support@agents.example.com'),
        false,
        'an agent wrote that one',
      );
      await panel.choose('it@twoletters.example.com');
      await panel.press('Compare');
      await panel.says('Not entitled');
      await panel.press('Compare another address');
      await panel.says('Incomplete');
      await panel.choose('achats@twoletters.example.com');
      await panel.press('Compare');
      await panel.says('Entitled');
      await writes(
        panel,
        agent,
        1011,
        noteOf(CASES.noSubscriptionEmail, [
          '- Decision: Sold-to compared with achats@twoletters.example.com, picked out of 2 that the requester named',
        ]),
      );
      assert.equal(desk.requests.counts()['GET gitlab.zendesk.com/api/v2/tickets/#/comments'], 1);
    },
  );

  add(
    'of several organizations the engineer chooses one, and the choice goes into the note',
    async (desk) => {
      const { agent, panel } = await desk.fillCase(CASES.twoOrganizations);
      const { checks, sections } = await panel.says('Incomplete');
      assert.equal(checks['Records belong together']?.answer, 'needs your decision');
      assert.match(
        sections['Next step'] ?? '',
        /^.*Choose the organization ?Both have the Salesforce account/,
      );
      await panel.choose('Twin Works Ltd (EMEA)');
      await panel.press('Choose organization');
      await panel.says('Entitled');
      await writes(
        panel,
        agent,
        1009,
        noteOf(
          CASES.twoOrganizations,
          [
            '- Decision: organization 361000000059 (Twin Works Ltd (EMEA)) chosen among several with this Salesforce account',
          ],
          361000000059,
        ),
      );
    },
  );

  for (const [chain, says] of /** @type {const} */ ([
    [CASES.noOrganization, 'no organization for the Salesforce account'],
    [CASES.letterCase, 'an organization whose id differs in letter case'],
  ])) {
    add(
      `${says} is none: the next step says what to look at, and the note says not found`,
      async (desk) => {
        const { panel } = await desk.fillCase(chain);
        const { checks, sections, note } = await panel.says('Incomplete');
        assert.deepEqual(checks['Records belong together'], {
          name: 'Records belong together',
          answer: 'waiting',
          why: 'missing: no organization carries this Salesforce account',
        });
        assert.match(
          sections['Next step'] ?? '',
          /In Salesforce, check that 0014M\w+ shows the subscription/,
        );
        assert.equal(note.split('\n').at(-1), '- Organization: not found');
        assert.equal(
          desk.requests.counts()['GET gitlab.zendesk.com/api/v2/search'],
          2,
          'both fields were searched',
        );
      },
    );
  }

  add(
    'a Sold-to that is a name only leads to its contact, whose email address is compared',
    async (desk) => {
      const { agent, panel } = await desk.fillCase(CASES.nameOnly);
      const { checks } = await panel.says('Incomplete');
      assert.equal(checks['Sold-to matches']?.answer, 'needs your decision');
      const contact = await desk.portalOpenedBy(() => panel.press('open the Sold-to contact'));
      await contact.shows('Details for Billing account contact');
      await panel.says('Entitled');
      await writes(panel, agent, 1010, noteOf(CASES.nameOnly));
    },
  );
});
