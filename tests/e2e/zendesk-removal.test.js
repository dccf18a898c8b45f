// Removing associated users: who may leave, the line in their notes, and the undo.
import assert from 'node:assert/strict';
import { addTicket, addUser } from '../standins/world-build.js';
import { atOneDesk } from './steps/desk.js';
import { addAsking, contactsOf, ORGANIZATION, USER, user, writes } from './steps/people.js';
import { end, linesOf, listShows, problemOf } from './steps/tasks.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */
/** @typedef {import('./steps/panel.js').Panel} Panel */

const LIST = 'Contacts to remove';
const HENRY = USER + 2301;
const IRIS = USER + 2302;

/** Opens a ticket with the panel open, until the contacts are known. @param {Desk} desk @param {number} ticket @param {number} count */
async function lookAt(desk, ticket, count) {
  const agent = await desk.openTicket(ticket);
  const panel = await desk.openPanel();
  await panel.showsTicket(ticket);
  await listShows(panel, LIST, `${count} contacts are known`, (all) => all.length === count);
  return { agent, panel };
}

/** The line of somebody, once it says so. @param {Panel} panel @param {string} name @param {string} words */
async function saysOf(panel, name, words) {
  const lines = await listShows(panel, LIST, `${name}: ${words}`, (all) =>
    all.some(({ label, text }) => label.startsWith(name) && text.includes(words)),
  );
  return lines.find(({ label }) => label.startsWith(name))?.text ?? '';
}

/** What the card says where `Remove contacts` must not be offered, neither alone nor as a step of a plan. @param {Panel} panel */
async function saysWithoutRemoving(panel) {
  const { sections } = await panel.settled();
  assert.deepEqual(
    await panel.page.$$eval(
      '[data-command="remove_contacts"], #plan-remove_contacts, #plan-remove_contacts-step',
      (all) => all.map((one) => one.outerHTML),
    ),
    [],
    'Remove contacts is offered',
  );
  return sections['Next step'] ?? '';
}

/** What is put into the notes. @param {number} ticket */
const lineOf = (ticket) =>
  `De-associated as per https://gitlab.zendesk.com/agent/tickets/${ticket}`;

atOneDesk('removing contacts', { turn: 'chromium' }, (add) => {
  add(
    'one with an open ticket is refused; the other leaves, with a line under what stood in the notes, and Undo brings all back',
    async (desk) => {
      user(desk, IRIS).notes = 'Prefers e-mail.\nSpeaks Italian.';
      const { panel } = await lookAt(desk, 1023, 4);
      assert.deepEqual(
        (await linesOf(panel, LIST)).slice(0, 2).map(({ label }) => label.split(' ')[0]),
        ['Henry', 'Iris'],
        'those who were named come first',
      );
      await panel.choose('Henry');
      const why = await saysOf(panel, 'Henry', '1 open ticket');
      assert.match(why, /1 open ticket: #1123 \(\w+\)/);
      await panel.choose('Iris');
      await saysOf(panel, 'Iris', 'no open tickets');
      assert.match(
        await saysWithoutRemoving(panel),
        /Can’t remove contacts yet: Henry .* has tickets that are not closed\./,
      );
      assert.deepEqual(writes(desk), []);

      await panel.choose('Henry');
      await panel.press('Remove contacts');
      await end(panel, 'Contacts', ['done']);
      assert.equal(user(desk, IRIS).organization_id, null);
      assert.equal(user(desk, IRIS).notes, `Prefers e-mail.\nSpeaks Italian.\n${lineOf(1023)}`);
      assert.equal(user(desk, HENRY).organization_id, ORGANIZATION + 23);
      assert.deepEqual(writes(desk), [`PUT /api/v2/users/${IRIS} 200`]);
      assert.deepEqual(contactsOf(desk, ORGANIZATION + 23).length, 3);

      await panel.press(/^Undo: Remove Iris/);
      await end(panel, 'Contacts', ['done', 'undone']);
      assert.equal(user(desk, IRIS).organization_id, ORGANIZATION + 23);
      assert.equal(user(desk, IRIS).notes, 'Prefers e-mail.\nSpeaks Italian.');
      assert.equal(writes(desk).length, 2);
    },
  );

  add(
    'one with an open ticket is removed once the engineer decided, and the reason goes into the note',
    async (desk) => {
      const { domain, organization } = addAsking(desk, 1071, (own) => `Please remove lea@${own}.`);
      addUser(desk.sites.world, {
        id: USER + 7101,
        name: 'Lea Gone',
        email: `lea@${domain}`,
        organization,
      });
      addTicket(desk.sites.world, {
        id: 1171,
        subject: 'A pipeline hangs',
        requester: USER + 7101,
        subscriptionEmail: null,
        says: ['It hangs.'],
      });
      const { panel } = await lookAt(desk, 1071, 2);
      await panel.choose('Lea');
      await saysOf(panel, 'Lea', '1 open ticket: #1171');
      await panel.press('Remove anyway');
      await panel.fill('Reason', 'the ticket is taken over by Mary');
      await panel.press(/^Allow removal: Lea Gone/);
      await saysOf(panel, 'Lea', 'Removed anyway: the ticket is taken over by Mary');
      await panel.press('Remove contacts');
      await end(panel, 'Contacts', ['done']);
      assert.equal(user(desk, USER + 7101).organization_id, null);
      assert.equal(user(desk, USER + 7101).notes, lineOf(1071), 'nothing stood there before');
      const { note } = await panel.settled();
      assert.match(
        note,
        /Lea Gone .*removed with ticket #1171 not closed: the ticket is taken over by Mary/,
      );
      assert.deepEqual(writes(desk), [`PUT /api/v2/users/${USER + 7101} 200`]);
    },
  );

  add('two leave with one press, each written once though it was pressed twice', async (desk) => {
    const { domain, organization } = addAsking(
      desk,
      1072,
      (own) => `Please remove lea@${own} and leo@${own}.`,
    );
    ['Lea', 'Leo'].forEach((name, at) => {
      addUser(desk.sites.world, {
        id: USER + 7201 + at,
        name,
        email: `${name.toLowerCase()}@${domain}`,
        organization,
      });
    });
    const { panel } = await lookAt(desk, 1072, 3);
    await panel.choose('Lea');
    await panel.choose('Leo');
    await saysOf(panel, 'Lea', 'no open tickets');
    await saysOf(panel, 'Leo', 'no open tickets');
    await panel.press('Remove contacts', { count: 2 });
    await end(panel, 'Contacts', ['done', 'done']);
    assert.deepEqual(contactsOf(desk, organization), [`mary@${domain}`]);
    assert.deepEqual(
      writes(desk),
      [7201, 7202].map((n) => `PUT /api/v2/users/${USER + n} 200`),
    );
  });

  add('an answer that got lost is looked up: removed and noted once', async (desk) => {
    const { domain, organization } = addAsking(desk, 1073, (own) => `Please remove lea@${own}.`);
    addUser(desk.sites.world, {
      id: USER + 7301,
      name: 'Lea',
      email: `lea@${domain}`,
      organization,
    });
    const { panel } = await lookAt(desk, 1073, 2);
    desk.zendesk.faults.add({
      match: `/api/v2/users/${USER + 7301}`,
      method: 'PUT',
      loseAnswer: true,
      times: 1,
    });
    await panel.choose('Lea');
    await saysOf(panel, 'Lea', 'no open tickets');
    await panel.press('Remove contacts');
    await end(panel, 'Contacts', ['done']);
    assert.equal(user(desk, USER + 7301).organization_id, null);
    assert.equal(user(desk, USER + 7301).notes, lineOf(1073));
    assert.equal(writes(desk).length, 1);
  });

  add('one who left the organization meanwhile is not touched', async (desk) => {
    const { domain, organization } = addAsking(desk, 1074, (own) => `Please remove lea@${own}.`);
    addUser(desk.sites.world, {
      id: USER + 7401,
      name: 'Lea',
      email: `lea@${domain}`,
      organization,
    });
    const { panel } = await lookAt(desk, 1074, 2);
    await panel.choose('Lea');
    await saysOf(panel, 'Lea', 'no open tickets');
    user(desk, USER + 7401).organization_id = ORGANIZATION + 1;
    await panel.press('Remove contacts');
    assert.equal(
      await problemOf(panel, 'Contacts'),
      'The user’s organization is not what it was: someone changed it. Nothing was written. Look at the user.',
    );
    assert.deepEqual(
      [user(desk, USER + 7401).organization_id, user(desk, USER + 7401).notes, writes(desk)],
      [ORGANIZATION + 1, '', []],
    );
  });
});
