// Every text of every record of both sites is hostile. The main job still works, and none of the text runs.
import assert from 'node:assert/strict';
import { linksOf, noteOf } from './steps/cases.js';
import { atDesk } from './steps/desk.js';
import { assertHarmless, INVISIBLE, makeHostile } from './steps/hostile.js';
import { contactsOf, fieldOf, ORGANIZATION, PROBLEM_TYPE, USER, user } from './steps/people.js';
import { end, problemOf } from './steps/tasks.js';
import { AT_WORK, beside, PROOFS } from './steps/trace.js';

/** @typedef {import('./steps/panel.js').Panel} Panel */

/**
 * What the composer holds is the note, line by line; hostile text stands in a line as text.
 * @param {{lines: string[], links: string[]}} held
 * @param {string[]} note
 */
function assertNote({ lines, links }, note) {
  assert.deepEqual(lines.slice(0, note.length), note);
  assert.ok(
    lines.slice(note.length).every((line) => line.startsWith('- Decision: ')),
    lines.join('\n'),
  );
  assert.deepEqual(links, linksOf(note));
  assert.doesNotMatch(lines.join('\n'), INVISIBLE);
}

atDesk(
  'in a world of hostile text the work is done and none of it comes to life',
  { ...AT_WORK, turn: 'firefox' },
  async (desk) => {
    const changed = makeHostile(desk.sites.world);
    for (const field of [
      'tickets.subject',
      'tickets.comments.plain_body',
      'tickets.comments.html_body',
      'tickets.comments.attachments.file_name',
      'tickets.tags',
      'users.name',
      'users.notes',
      'organizations.name',
      'organizations.domain_names',
      'groups.name',
      'macros.title',
      'ticketFields.title',
      'ticketFields.custom_field_options.name',
      'licenses.company',
      'licenses.plan_code',
      'orders.gl_namespace_name',
      'billingAccounts.zuora_account_name',
      'contacts.first_name',
      'customers.company',
    ])
      assert.ok(
        changed.has(field),
        `${field} is hostile, as ${[...changed.keys()].join(', ')} are`,
      );
    // Notes would ask to be read, in every case: hostile ones have a test of their own.
    for (const organization of desk.sites.world.organizations)
      Object.assign(organization, { notes: '', details: '' });

    const { ticket } = PROOFS.id;
    const { agent, panel, portal } = await beside(desk, ticket);
    const pages = [agent.page, portal.page];
    await assertHarmless(panel, pages);
    await panel.press('Set problem type');
    await end(panel, 'Metadata', ['done']);
    assert.equal(
      fieldOf(desk, ticket, PROBLEM_TYPE.field),
      PROBLEM_TYPE.value,
      'the right option among the hostile ones',
    );
    await panel.press('Trace');
    const { note, text } = await panel.says('Entitled');
    assert.doesNotMatch(text, INVISIBLE);
    assert.deepEqual(note.split('\n'), noteOf(PROOFS.id));
    await assertHarmless(panel, pages);
    await panel.press('Add internal note');
    await panel.saysTheNoteStands(ticket);
    assertNote(await agent.composer(ticket), noteOf(PROOFS.id));
    await agent.submit(ticket);
    await panel.press('Associate');
    // No field offers a name with line breaks in it exactly as it is, and nothing less than exactly is chosen.
    assert.equal(
      await problemOf(panel, 'Association'),
      'The field does not offer the organization’s exact name. Nothing was changed.',
    );
    await panel.press('Use the API');
    await end(panel, 'Association', ['done']);
    assert.equal(user(desk, USER + ticket - 1000).organization_id, ORGANIZATION + ticket - 1000);
    await panel.press('Draft reply');
    await panel.shows(
      'the reply is in the composer',
      ({ text, busy }) => !busy && text.includes('Reply drafted in the composer of #'),
    );
    const { links } = await agent.composer(ticket);
    assert.deepEqual(
      links.filter(
        (link) => !/^https:\/\/(?:docs\.example\.com|evil\.example\.com\/1$)/.test(link),
      ),
      [],
    );
    await assertHarmless(panel, pages);

    // People with hostile names, added and removed.
    const asking = await desk.openTicket(1018);
    await panel.showsTicket(1018);
    await panel.press('Add contacts');
    await end(panel, 'Contacts', ['done', 'done']);
    assert.equal(contactsOf(desk, ORGANIZATION + 18).length, 5);
    await assertHarmless(panel, [...pages, asking.page]);

    // Groups with hostile names to hand over to, a file with a hostile name.
    for (const other of [1008, PROOFS.file.ticket, 1024]) {
      const page = await desk.openTicket(other);
      await panel.showsTicket(other);
      await panel.settled();
      await assertHarmless(panel, [...pages, page.page]);
      assert.doesNotMatch((await panel.read()).text, INVISIBLE);
    }
  },
);
