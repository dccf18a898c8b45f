// Text that would do harm if a page showed it unescaped stays text, on its own line.
import assert from 'node:assert/strict';
import { HOSTILE } from '../standins/world-scenarios.js';
import { CASES, linksOf, noteOf, written } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';
import { assertHarmless, INVISIBLE } from './steps/hostile.js';

atOneDesk('hostile text', { turn: 'firefox' }, (add) => {
  add('hostile text in every field shows as text, and the note holds none of it', async (desk) => {
    const { image, script, link } = HOSTILE;
    const agent = await desk.openTicket(1006);
    const panel = await desk.openPanel();
    const first = await panel.showsTicket(1006);
    const portal = await desk.openPortal();
    for (const record of ['license/410606', 'order/700606', 'billing_account/9006']) {
      await portal.visit(record);
      await panel.holds(record);
    }
    const reading = await panel.shows(
      'the organization',
      ({ sections, busy }) => !busy && (sections['Records'] ?? '').includes('361000000006'),
    );
    for (const [what, text] of /** @type {const} */ ([
      ['the subject', first.text],
      ['the requester', reading.facts['Requester']?.['Name']],
      ['the licensee', reading.facts['License']?.['Licensee']],
      ["the account's name", reading.facts['Billing account']?.['Name']],
      ['the Sold-to', reading.facts['Billing account']?.['Sold-to']],
      ['the organization', reading.sections['Records']],
    ])) {
      assert.ok(text?.includes(image), `${what} is shown as it is: ${text}`);
    }
    assert.ok(
      reading.facts['Order']?.['Subscription']?.includes(script),
      'a subscription name that is none is shown and not used',
    );
    assert.ok(reading.facts['Billing account']?.['Name']?.includes(link));
    assert.doesNotMatch(reading.text, INVISIBLE);
    assert.ok(reading.verdict.startsWith('Incomplete'));
    await assertHarmless(panel, [agent.page, portal.page]);

    // A second order and its account, hostile too, wait for a choice; and so does the activation.
    for (const record of ['order/700605', 'billing_account/9027', 'cloud_activation/30606']) {
      await portal.visit(record);
      const number = record.split('/')[1];
      await panel.shows(`${record} waits`, ({ buttons }) =>
        buttons.some((name) => name.startsWith('Use ') && name.endsWith(` ${number}`)),
      );
      await assertHarmless(panel, [portal.page]);
    }
    await panel.press(/^Keep /);

    const lines = [
      '- License: https://customers.gitlab.com/admin/license/410606',
      '- Order: https://customers.gitlab.com/admin/order/700606',
      '- Billing account: https://customers.gitlab.com/admin/billing_account/9006',
      '- Sold-to: not found',
      '- Salesforce ID: 0014M00001hOsTiQAK',
      '- Organization: https://gitlab.zendesk.com/agent/organizations/361000000006',
    ];
    await panel.press('Add internal note');
    await panel.saysTheNoteStands(1006);
    assert.deepEqual(await agent.composer(1006), written(lines));
    await assertHarmless(panel, [agent.page, portal.page]);
  });

  add(
    'a name, an address or a reason can not forge a line of the note nor a link in it',
    async (desk) => {
      const forged = '- Organization: https://evil.example.com/agent/organizations/1';
      const { world } = desk.sites;
      const contact = world.contacts.find(
        ({ work_email: email }) => email === 'siobhan@twinworks.example.com',
      );
      const organization = world.organizations.find(({ id }) => id === 361000000059);
      const account = world.billingAccounts.find(({ id }) => id === CASES.twoOrganizations.account);
      assert.ok(contact && organization && account);
      // A name only, so that the note shows it.
      account.sold_to_form = 'contact_name';
      contact.first_name = `Siobhán\u2028${forged}\n${HOSTILE.image}`;
      organization.name = `Twin\r\n${forged}\u2029${HOSTILE.script}${HOSTILE.rtl}`;

      const { agent, panel, portal } = await desk.fillCase(CASES.twoOrganizations);
      await panel.says('Incomplete');
      await panel.choose('Twin - Organization');
      await panel.press('Choose organization');
      await panel.fill('Reason', `${HOSTILE.image} ${forged}`);
      await panel.press('Accept');
      const { note } = await panel.says('Entitled');
      assert.equal(note.split('\n').length, 8, note);
      await panel.press('Add internal note');
      await panel.saysTheNoteStands(1009);
      const { lines, links } = await agent.composer(1009);
      assert.deepEqual(lines, note.split('\n'));
      const [soldTo = ''] = lines.filter((line) => line.startsWith('- Sold-to: '));
      assert.ok(soldTo.startsWith(`- Sold-to: Siobhán ${forged} ${HOSTILE.image}`), soldTo);
      assert.deepEqual(
        lines.filter((line) => line.startsWith('- Organization: ')),
        ['- Organization: https://gitlab.zendesk.com/agent/organizations/361000000059'],
      );
      assert.deepEqual(links, linksOf(noteOf(CASES.twoOrganizations, [], 361000000059)));
      assert.doesNotMatch(lines.join('\n'), INVISIBLE);
      await assertHarmless(panel, [agent.page, portal.page]);
    },
  );
});
