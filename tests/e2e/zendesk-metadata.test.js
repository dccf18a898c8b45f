// Step 1: the ticket's form and its problem type, looked at and set from the panel.
import assert from 'node:assert/strict';
import { atOneDesk } from './steps/desk.js';
import { changeTicket, fieldOf, PROBLEM_TYPE, ticketOf, writes } from './steps/people.js';
import { end, goOn, linesOf, problemOf } from './steps/tasks.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */

/** Opens a ticket with the panel open. @param {Desk} desk @param {number} ticket */
async function lookAt(desk, ticket) {
  const agent = await desk.openTicket(ticket);
  const panel = await desk.openPanel();
  const shown = await panel.shows(
    'the ticket and its fields',
    ({ title, facts, busy }) =>
      title === `Ticket #${ticket}` && 'Problem type' in (facts['Requester'] ?? {}) && !busy,
  );
  return { agent, panel, facts: shown.facts['Requester'] ?? {} };
}

/** Whether the problem type can be set anywhere in the panel. @param {import('./steps/panel.js').Panel} panel */
const canBeSet = async (panel) =>
  (await panel.page.$('[data-command="set_problem_type"]')) !== null;

const title = `Set problem type to “${PROBLEM_TYPE.name}”`;

atOneDesk('metadata', { turn: 'chromium' }, (add) => {
  add(
    'an empty problem type is set to the option of the right name, and read back',
    async (desk) => {
      const { panel, facts } = await lookAt(desk, 1028);
      assert.deepEqual(
        [facts['Problem type'], facts['Product type'], facts['Subscription Email']],
        ['empty', 'Self-Managed', 'xenia@mirror.example.com'],
      );
      await panel.press('Set problem type');
      await end(panel, 'Metadata', ['done']);
      assert.equal(fieldOf(desk, 1028, PROBLEM_TYPE.field), PROBLEM_TYPE.value);
      const after = await panel.settled();
      assert.equal(after.facts['Requester']?.['Problem type'], PROBLEM_TYPE.name);
      assert.equal(await canBeSet(panel), false);
      assert.deepEqual(writes(desk), ['PUT /api/v2/tickets/1028 200']);
    },
  );

  add('pressed twice it is set once', async (desk) => {
    const { panel } = await lookAt(desk, 1029);
    await panel.press('Set problem type', { count: 2 });
    await end(panel, 'Metadata', ['done']);
    assert.deepEqual(writes(desk), ['PUT /api/v2/tickets/1029 200']);
  });

  add('a ticket that was filled as it should be shows no button for it', async (desk) => {
    const { panel, facts } = await lookAt(desk, 1032);
    assert.equal(facts['Problem type'], PROBLEM_TYPE.name);
    assert.equal(await canBeSet(panel), false);
    assert.deepEqual(writes(desk), []);
  });

  add('what is not filled is said', async (desk) => {
    const { facts } = await lookAt(desk, 1027);
    assert.deepEqual(
      [facts['Problem type'], facts['Product type'], facts['Subscription Email']],
      ['empty', 'empty', 'empty'],
    );
  });

  add(
    'a ticket that was changed meanwhile is not written: the panel says what changed, asks again, and then writes',
    async (desk) => {
      const { panel } = await lookAt(desk, 1030);
      changeTicket(desk, 1030, { status: 'pending', subject: 'Another subject' });
      await panel.press('Set problem type');
      assert.equal(
        await problemOf(panel, 'Metadata'),
        'Nothing was written, because something changed since you pressed: the status is “pending” now, it was “open”;' +
          ' the subject is another. Look at it, then continue or leave it.',
      );
      assert.notEqual(fieldOf(desk, 1030, PROBLEM_TYPE.field), PROBLEM_TYPE.value);
      assert.deepEqual(writes(desk), []);
      await panel.press(goOn(title));
      await end(panel, 'Metadata', ['done']);
      assert.equal(fieldOf(desk, 1030, PROBLEM_TYPE.field), PROBLEM_TYPE.value);
      assert.deepEqual(writes(desk), ['PUT /api/v2/tickets/1030 200']);
      assert.deepEqual(
        [ticketOf(desk, 1030).status, ticketOf(desk, 1030).subject],
        ['pending', 'Another subject'],
      );
    },
  );

  add('on a ticket of another form it says so and refuses to go on', async (desk) => {
    const { panel } = await lookAt(desk, 1026);
    const { alerts, sections } = await panel.shows(
      'the form',
      ({ alerts: said }) => said.length > 0,
    );
    assert.match(
      alerts[0] ?? '',
      /^This ticket was filed with the form “.+”, which isn’t for association\. Tether stops here: change the form in Zendesk, then refresh\.$/,
    );
    assert.match(sections['Next step'] ?? '', /^Stopped: Change the ticket’s form/);
    assert.deepEqual(
      await panel.page.$$eval(
        ':is([data-command="set_problem_type"], [data-command="associate"], [data-command="run_plan"]):not(:disabled, [aria-disabled=true])',
        (all) => all.map((one) => one.outerHTML),
      ),
      [],
      'nothing of the plan can be done, neither alone nor together',
    );
    assert.deepEqual(await linesOf(panel, 'Metadata'), []);
    assert.deepEqual(writes(desk), []);
  });
});
