// The plan: after the verdict one press does what is left, and a stop of the background in the middle makes nothing twice.
import assert from 'node:assert/strict';
import { atOneDesk } from './steps/desk.js';
import {
  contactsOf,
  fieldOf,
  ORGANIZATION,
  PROBLEM_TYPE,
  ticketOf,
  USER,
  user,
  writes,
} from './steps/people.js';
import { reload } from './steps/situations.js';
import { Stops } from './steps/stops.js';
import { AT_WORK, beside, PROOFS } from './steps/trace.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */

/** The internal notes of a ticket. @param {Desk} desk @param {number} ticket */
const notesOf = (desk, ticket) =>
  ticketOf(desk, ticket).comments.filter((one) => one.public === false);

/** The plan is over. @param {import('./steps/panel.js').Panel} panel @param {string} status */
const over = (panel, status) =>
  panel.shows(
    'the plan is over',
    ({ sections, busy }) =>
      !busy && (sections['Next step'] ?? '').includes(`Submit the reply as ${status}`),
  );

atOneDesk('the plan', AT_WORK, (add) => {
  add('finishes a license ticket with one press, in one write into the ticket', async (desk) => {
    const { ticket } = PROOFS.id;
    const { agent, panel } = await beside(desk, ticket);
    await panel.press('Trace');
    await panel.says('Entitled');
    await panel.press('Run 4 steps');
    await reload(panel);
    await over(panel, 'Solved');
    const requester = USER + ticket - 1000;
    assert.equal(user(desk, requester).organization_id, ORGANIZATION + 33);
    assert.equal(fieldOf(desk, ticket, PROBLEM_TYPE.field), PROBLEM_TYPE.value);
    const made = writes(desk).filter((one) => one.includes(`/tickets/${ticket}`));
    assert.deepEqual(made, [`PUT /api/v2/tickets/${ticket} 200`]);
    const notes = notesOf(desk, ticket);
    assert.equal(notes.length, 1);
    assert.equal(await agent.channel(ticket), 'public');
    const draft = await agent.composer(ticket);
    assert.ok(draft.lines.length > 1);
    // The page was reloaded first, so it isn't refused.
    await agent.submit(ticket, 'solved');
    assert.equal(ticketOf(desk, ticket).status, 'solved');
    assert.equal(writes(desk).filter((one) => one.endsWith('409')).length, 0);
  });

  add('makes nothing twice while the background is stopped at every turn', async (desk) => {
    const { ticket } = PROOFS.code;
    const { agent, panel } = await beside(desk, ticket);
    await panel.press('Trace');
    await panel.says('Entitled');
    const stops = new Stops(desk, panel);
    await stops.press('Run 4 steps');
    await reload(panel, (name) => stops.press(name));
    await over(panel, 'Solved');
    assert.ok((await stops.end()) > 2, `${stops.count} stops`);
    assert.equal(notesOf(desk, ticket).length, 1);
    assert.equal(await agent.channel(ticket), 'public');
    const requester = USER + ticket - 1000;
    assert.equal(user(desk, requester).organization_id, ORGANIZATION + 934);
    const made = writes(desk);
    assert.equal(made.filter((one) => one.includes('/users/')).length, 1, made.join());
    assert.equal(made.filter((one) => one.includes('/tickets/')).length, 1, made.join());
  });

  add(
    'drafts in an outdated page if that is wanted, and the draft outlives a refresh',
    async (desk) => {
      const { ticket } = PROOFS.key;
      const { agent, panel } = await beside(desk, ticket);
      await panel.press('Trace');
      await panel.says('Entitled');
      await panel.press('Run 4 steps');
      await reload(panel, () => panel.press('Draft anyway'));
      await over(panel, 'Solved');
      const draft = await agent.composer(ticket);
      // Zendesk refuses it, and wants the ticket refreshed first.
      await agent.submit(ticket, 'solved');
      assert.equal(writes(desk).filter((one) => one.endsWith('409')).length, 1);
      const sent = ticketOf(desk, ticket).comments.at(-1);
      assert.equal(sent?.public, true);
      assert.ok(draft.lines[0] && sent?.plain_body.includes(draft.lines[0]));
    },
  );

  add('adds two contacts with one press, and takes the drafted reply out again', async (desk) => {
    const { agent, panel } = await beside(desk, 1018);
    await panel.press('Run 3 steps');
    await reload(panel);
    await over(panel, 'Solved');
    assert.equal(contactsOf(desk, ORGANIZATION + 18).length, 5);
    assert.equal(writes(desk).filter((one) => /\/users/.test(one)).length, 2, writes(desk).join());
    assert.equal(notesOf(desk, 1018).length, 0);
    assert.equal(await agent.channel(1018), 'public');
    const draft = await agent.data(1018);
    await panel.press('Undo: Draft reply');
    await panel.shows('the reply is offered again', ({ buttons }) =>
      buttons.includes('Run 1 step'),
    );
    assert.equal(await agent.data(1018), '');
    await panel.press('Run 1 step');
    await over(panel, 'Solved');
    assert.equal(await agent.data(1018), draft);
    assert.equal(contactsOf(desk, ORGANIZATION + 18).length, 5);
  });
});
