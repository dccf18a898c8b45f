// What changes between the engineer's look and their press: a colleague changes the requester, the organization, the notes.
import assert from 'node:assert/strict';
import { addUser } from '../standins/world-build.js';
import { CASES } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';
import {
  addAsking,
  chainOf,
  changeTicket,
  contactsOf,
  ORGANIZATION,
  USER,
  user,
  writes,
} from './steps/people.js';
import { end, listShows, problemOf } from './steps/tasks.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */
/** @typedef {import('./steps/panel.js').Panel} Panel */

/** The line that removing a contact puts into their notes. @param {number} ticket */
const lineOf = (ticket) =>
  `De-associated as per https://gitlab.zendesk.com/agent/tickets/${ticket}`;

/** That there are 30 contacts now, and not that 30 are allowed. */
const COUNTED = /30 of 30|now 30|(?<!of )\b30 contacts/;

/** Others join an organization. @param {Desk} desk @param {number} organization @param {number} count */
function join(desk, organization, count) {
  for (let n = 0; n < count; n += 1) {
    const id = organization * 100 + n;
    addUser(desk.sites.world, {
      id,
      name: `Joiner ${n}`,
      email: `joiner${n}@crowd${organization}.example.com`,
      organization,
    });
  }
}

/** Opens a ticket of a contact who has two people removed, and removes the one. @param {Desk} desk @param {number} ticket @param {string} notes */
async function removeLeaver(desk, ticket, notes) {
  const { domain, organization } = addAsking(
    desk,
    ticket,
    (at) => `Hello,\n\nplease remove leaver@${at} as a contact, they left us.\n\nMary`,
  );
  const leaver = USER + ticket * 100;
  addUser(desk.sites.world, {
    id: leaver,
    name: 'Leo Leaver',
    email: `leaver@${domain}`,
    organization,
    notes,
  });
  await desk.openTicket(ticket);
  const panel = await desk.openPanel();
  await panel.showsTicket(ticket);
  await listShows(panel, 'Contacts to remove', 'the contacts are known', (all) => all.length === 2);
  await panel.choose('Leo');
  await listShows(panel, 'Contacts to remove', 'Leo may go', (all) =>
    all.some(({ text }) => text.includes('no open tickets')),
  );
  await panel.press('Remove contacts');
  await end(panel, 'Contacts', ['done']);
  assert.equal(user(desk, leaver).organization_id, null);
  assert.equal(user(desk, leaver).notes, [notes, lineOf(ticket)].filter(Boolean).join('\n'));
  return { panel, leaver, organization };
}

atOneDesk('changed meanwhile', {}, (add) => {
  add(
    'another requester between the look and the press: nobody is associated, and the panel names the new one',
    async (desk) => {
      const { panel } = await desk.fillCase(CASES.license);
      await panel.says('Entitled');
      changeTicket(desk, 1001, { requester_id: USER + 32 });
      await panel.press('Associate');
      await panel.shows(
        'the new requester is named',
        ({ text, busy }) => !busy && text.includes(user(desk, USER + 32).name),
      );
      assert.deepEqual(writes(desk), []);
      assert.equal(user(desk, USER + 1).organization_id, null);
      assert.equal(user(desk, USER + 32).organization_id, null);
    },
  );

  add(
    'an organization that reached its limit between the look and the press: nobody is associated, and the panel counts anew',
    async (desk) => {
      const { panel } = await desk.fillCase(CASES.activation);
      await panel.says('Entitled');
      join(desk, ORGANIZATION + 2, 30);
      await panel.press('Associate');
      await panel.shows('30 contacts are counted', ({ text, busy }) => !busy && COUNTED.test(text));
      assert.deepEqual(writes(desk), []);
      assert.equal(user(desk, USER + 2).organization_id, null);
    },
  );

  add(
    'an organization that reached its limit meanwhile takes no contacts who were asked for',
    async (desk) => {
      await desk.openTicket(1018);
      const panel = await desk.openPanel();
      await panel.showsTicket(1018);
      await listShows(
        panel,
        'Addresses to add',
        'both are known',
        (all) => all.length === 2 && !all.some(({ says }) => /look(?:ed|ing) up/.test(says)),
      );
      const count = contactsOf(desk, ORGANIZATION + 18).length;
      join(desk, ORGANIZATION + 18, 30 - count);
      await panel.press('Add contacts');
      await panel.shows('30 contacts are counted', ({ text, busy }) => !busy && COUNTED.test(text));
      assert.deepEqual(writes(desk), []);
      assert.equal(contactsOf(desk, ORGANIZATION + 18).length, 30);
    },
  );

  add(
    'an Organization field that a colleague filled is left as it is, and the panel says what it shows',
    async (desk) => {
      const { agent, panel } = await desk.fillCase(chainOf(1032));
      await panel.says('Entitled');
      // The colleague's choice is in the page that Tether will use; Zendesk itself does not have it yet.
      user(desk, USER + 32).organization_id = ORGANIZATION + 1;
      const page = await desk.browser.newPage(
        `https://gitlab.zendesk.com/agent/users/${USER + 32}`,
      );
      const field = ':is(#user_organization, [data-test-id="user-organization-input"])';
      await page.waitForFunction(
        (which) =>
          /** @type {HTMLInputElement | null} */ (document.querySelector(which))?.value ===
          'Lindqvist Widgets AB',
        { polling: 50 },
        field,
      );
      user(desk, USER + 32).organization_id = null;
      await agent.page.bringToFront();
      await panel.showsTicket(1032);
      await panel.press('Associate');
      assert.match(await problemOf(panel, 'Association'), /Lindqvist Widgets AB/);
      assert.deepEqual(writes(desk), []);
      assert.equal(
        await page.$eval(field, (one) => /** @type {HTMLInputElement} */ (one).value),
        'Lindqvist Widgets AB',
      );
      assert.equal(user(desk, USER + 32).organization_id, null);
    },
  );

  add(
    "Undo takes Tether's own line out of the notes and leaves what a colleague wrote meanwhile",
    async (desk) => {
      const { panel, leaver, organization } = await removeLeaver(desk, 1071, 'Prefers e-mail.');
      user(desk, leaver).notes += '\nCalled on Monday.';
      await panel.press(/^Undo: Remove Leo/);
      await end(panel, 'Contacts', ['done', 'undone']);
      assert.equal(user(desk, leaver).notes, 'Prefers e-mail.\nCalled on Monday.');
      assert.equal(user(desk, leaver).organization_id, organization);
    },
  );

  add("Undo refuses where a colleague changed Tether's line", async (desk) => {
    const { panel, leaver } = await removeLeaver(desk, 1072, '');
    const notes = `${lineOf(1072)} (checked by a colleague)`;
    user(desk, leaver).notes = notes;
    await panel.press(/^Undo: Remove Leo/);
    await problemOf(panel, 'Contacts');
    assert.equal(user(desk, leaver).notes, notes);
    assert.equal(writes(desk).length, 1);
  });
});
