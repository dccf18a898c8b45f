// Step 2: a contact names others who are to be contacts too. Who they are, and how they are put into the organization.
import assert from 'node:assert/strict';
import { addUser } from '../standins/world-build.js';
import { atOneDesk } from './steps/desk.js';
import {
  addAsking,
  contactsOf,
  isUnderWay,
  isUser,
  ORGANIZATION,
  only,
  USER,
  user,
  writes,
} from './steps/people.js';
import { end, goOn, listShows, problemOf } from './steps/tasks.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */
/** @typedef {import('./steps/panel.js').Panel} Panel */

const LIST = 'Addresses to add';

/** Opens a ticket with the panel open, until it is known who the addresses belong to. @param {Desk} desk @param {number} ticket @param {number} count */
async function lookAt(desk, ticket, count) {
  const agent = await desk.openTicket(ticket);
  const panel = await desk.openPanel();
  await panel.showsTicket(ticket);
  const lines = await listShows(
    panel,
    LIST,
    `${count} addresses are known`,
    (all) => all.length === count && !all.some(({ says }) => /look(?:ed|ing) up/.test(says)),
  );
  return { agent, panel, lines };
}

/** Each address with the beginning of its mark, and whether it is ticked or locked. @param {import('./steps/tasks.js').Line[]} lines */
const marks = (lines) =>
  lines.map(
    ({ label, says, ticked, locked }) =>
      `${label}: ${says.replace(/:.*$/, '')}${ticked ? ', ticked' : ''}${locked ? ', locked' : ''}`,
  );

/** What the card says where `Add contacts` must not be offered, neither alone nor as a step of a plan. @param {Panel} panel */
async function saysWithoutAdding(panel) {
  const { sections } = await panel.settled();
  assert.deepEqual(
    await panel.page.$$eval(
      '[data-command="add_contacts"], #plan-add_contacts, #plan-add_contacts-step',
      (all) => all.map((one) => one.outerHTML),
    ),
    [],
    'Add contacts is offered',
  );
  return sections['Next step'] ?? '';
}

/** @param {Panel} panel @param {string} words */
const says = (panel, words) =>
  panel.shows(words, ({ text, busy }) => !busy && text.includes(words));

/** The request of three. @param {string} domain */
const three = (domain) =>
  `Hello,\n\nplease add one@${domain}, two@${domain} and three@${domain}.\n\nMary`;

/** How many users have an address. @param {Desk} desk @param {string} email */
const countOf = (desk, email) => desk.sites.world.users.filter((one) => one.email === email).length;

atOneDesk('adding contacts', {}, (add) => {
  add(
    'the addresses that a contact asks for are found, copied, and put into the organization: one user is made, one is changed',
    async (desk) => {
      const { panel, lines } = await lookAt(desk, 1018, 2);
      assert.deepEqual(marks(lines), [
        'alice@settled.example.com: new user, ticked',
        'bob@settled.example.com: no organization, ticked',
      ]);
      for (const other of [
        'office@settled.example.com',
        'contacts@agents.example.com',
        'agent.two@example.com',
      ]) {
        assert.equal(
          (await panel.read()).sections['Next step']?.includes(other),
          false,
          `${other} of the signature or the quoted mail`,
        );
      }
      await panel.press('Copy emails');
      await says(panel, 'Copied');
      assert.equal(
        await desk.browser.readClipboard(),
        'alice@settled.example.com, bob@settled.example.com',
      );
      assert.deepEqual(writes(desk), []);

      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done', 'done']);
      const alice = user(desk, 'alice@settled.example.com');
      assert.deepEqual(
        [alice.name, alice.role, alice.organization_id],
        ['Alice', 'end-user', ORGANIZATION + 18],
      );
      assert.equal(user(desk, USER + 1803).organization_id, ORGANIZATION + 18);
      assert.deepEqual(
        contactsOf(desk, ORGANIZATION + 18),
        ['alice', 'anais', 'bob', 'carla', 'deniz'].map((name) => `${name}@settled.example.com`),
      );
      assert.deepEqual(writes(desk), [
        'POST /api/v2/users 201',
        `PUT /api/v2/users/${USER + 1803} 200`,
      ]);
      const after = await listShows(panel, LIST, 'both are contacts', (all) =>
        all.every(({ says: mark }) => mark.startsWith('already a contact')),
      );
      assert.ok(after.every(({ ticked }) => !ticked));

      await panel.press('Undo: Add bob@settled.example.com to Settled Pty');
      await end(panel, 'Contacts', ['done', 'undone', 'done']);
      assert.equal(user(desk, USER + 1803).organization_id, null);
      assert.equal(alice.organization_id, ORGANIZATION + 18);
      assert.equal(writes(desk).length, 3);
    },
  );

  add.inTurn(
    "each address is marked: contacts, others' users, agents, suspended, malformed and free mail ones are not ticked",
    async (desk) => {
      const { panel, lines } = await lookAt(desk, 1021, 9);
      assert.deepEqual(marks(lines).sort(), [
        'Ingrid.Berg@manyfold.example.com: already a contact, locked',
        'agent.two@example.com: agent, locked',
        'jo@: malformed, locked',
        'kari.nordmann.invented@gmail.com: free mail',
        'lise.dahl@manyfold.example.com: new user, ticked',
        'olav.lie@manyfold.example.com: new user, ticked',
        'per.holm@manyfold.example.com: in another organization, locked',
        'svein.moe@manyfold.example.com: suspended, locked',
        'tuva.ness@manyfold.example.com: new user, ticked',
      ]);
      const said = (/** @type {string} */ email) =>
        lines.find(({ label }) => label === email)?.says;
      assert.equal(
        said('per.holm@manyfold.example.com'),
        'in another organization: In 361000000921. Adding would move them',
      );
      assert.equal(
        (await panel.read()).text.includes('desk@agents.example.com'),
        false,
        'what an agent wrote is not offered',
      );
      assert.deepEqual(writes(desk), []);
    },
  );

  add.inTurn(
    'the engineer unticks, edits, takes off and enters addresses, and the copied list follows',
    async (desk) => {
      const { panel } = await lookAt(desk, 1021, 9);
      await panel.choose('olav.lie@manyfold.example.com');
      await panel.press('Edit list');
      const shown = await panel.page.$eval('#contact-addresses', (area) =>
        area instanceof HTMLTextAreaElement ? area.value.split('\n') : [],
      );
      assert.ok(
        shown.includes('jo@') && shown.includes('tuva.ness@manyfold.example.com'),
        `${shown}`,
      );
      const kept = shown
        .filter((email) => email !== 'tuva.ness@manyfold.example.com')
        .map((email) => (email === 'jo@' ? 'jo.berg@manyfold.example.com' : email));
      await panel.replace(
        'Addresses to add',
        [
          ...kept,
          'Foss, Nils <nils.foss@manyfold.example.com>; marit.foss@manyfold.example.com, not-an-address',
        ].join('\n'),
      );
      await panel.press('Save list');
      const lines = await listShows(
        panel,
        LIST,
        'the list is another',
        (all) => all.length === 10 && !all.some(({ says: mark }) => /look(?:ed|ing) up/.test(mark)),
      );
      const ticked = lines
        .filter((one) => one.ticked)
        .map(({ label }) => label)
        .sort();
      assert.deepEqual(ticked, [
        'jo.berg@manyfold.example.com',
        'lise.dahl@manyfold.example.com',
        'nils.foss@manyfold.example.com',
      ]);
      assert.ok(
        lines.some(
          ({ label, says: mark }) =>
            label === 'marit.foss@manyfold.example.com' && mark.startsWith('already a contact'),
        ),
      );
      assert.ok(
        (await panel.read()).alerts.some((alert) => alert.includes('not-an-address')),
        'what was not taken is said',
      );
      await panel.press('Copy emails');
      await says(panel, 'Copied');
      assert.deepEqual((await desk.browser.readClipboard()).split(', ').sort(), ticked);
      assert.deepEqual(writes(desk), []);
    },
  );

  add.inTurn(
    'more than the organization may have are not added: with one less they are',
    async (desk) => {
      const { panel } = await lookAt(desk, 1022, 2);
      const { checks } = await panel.shows(
        'the limit',
        ({ checks: now }) => now['Contact limit']?.answer === 'failed',
      );
      assert.equal(
        checks['Contact limit']?.why,
        '29 of 30 contacts, 2 to add: the organization would have 31',
      );
      assert.match(
        await saysWithoutAdding(panel),
        /has 29 contacts, and the limit is 30\. Adding 2 makes 31\./,
      );
      await panel.choose('fabio.conti@nearlyfull.example.com');
      await panel.shows(
        'the limit is kept',
        ({ checks: now }) => now['Contact limit']?.answer === 'passed',
      );
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done']);
      assert.equal(
        user(desk, 'elena.riva@nearlyfull.example.com').organization_id,
        ORGANIZATION + 22,
      );
      assert.equal(isUser(desk, 'fabio.conti@nearlyfull.example.com'), false);
      assert.deepEqual(writes(desk), ['POST /api/v2/users 201']);
    },
  );

  add.inTurn('the contacts of all pages count, suspended users and agents do not', async (desk) => {
    const { domain, organization } = addAsking(desk, 1059, (own) => `Please add one@${own}.`);
    for (let n = 1; n <= 130; n += 1) {
      addUser(desk.sites.world, {
        id: USER + 590_000 + n,
        name: `User ${n}`,
        email: `user${n}@${domain}`,
        organization,
        suspended: n <= 100,
      });
      if (n > 120) user(desk, USER + 590_000 + n).role = 'agent';
    }
    const { panel } = await lookAt(desk, 1059, 1);
    const { checks } = await panel.shows(
      'the limit',
      ({ checks: now }) => now['Contact limit']?.answer === 'passed',
    );
    assert.equal(checks['Contact limit']?.why, '21 of 30 contacts, 1 to add');
    assert.deepEqual(writes(desk), []);
  });

  add.inTurn(
    'too many requests in the middle: it waits as long as told, goes on by itself, and each is written once',
    async (desk) => {
      const { domain, organization } = addAsking(desk, 1051, three);
      const { panel } = await lookAt(desk, 1051, 3);
      desk.zendesk.faults.add({
        match: only(2, 'POST', '/api/v2/users'),
        status: 429,
        headers: { 'Retry-After': '2' },
        body: { error: 'APIRateLimitExceeded' },
      });
      await panel.press('Add contacts');
      const waiting = await end(panel, 'Contacts', ['done', 'waiting', 'waiting for its turn']);
      assert.match(
        waiting.map((one) => one.says).join(),
        /: waiting\. Zendesk asks to wait [12] seconds\. It goes on by itself, unless you look at another page by then\./,
      );
      assert.ok((await panel.read()).text.includes('1 of 3 done'));
      await end(panel, 'Contacts', ['done', 'done', 'done']);
      assert.deepEqual(
        contactsOf(desk, organization),
        ['mary', 'one', 'three', 'two'].map((name) => `${name}@${domain}`),
      );
      assert.deepEqual(
        writes(desk),
        [201, 429, 201, 201].map((status) => `POST /api/v2/users ${status}`),
      );
      const [, refused, again] = desk.sites.log
        .entries()
        .filter(({ method }) => method === 'POST')
        .map(({ time }) => time);
      assert.ok(
        (again ?? 0) - (refused ?? 0) >= 2000,
        `asked again after ${(again ?? 0) - (refused ?? 0)} ms`,
      );
    },
  );

  add.inTurn(
    'an answer that got lost is looked up, and the user is not made twice',
    async (desk) => {
      const { domain, organization } = addAsking(desk, 1052, three);
      const { panel } = await lookAt(desk, 1052, 3);
      desk.zendesk.faults.add({ match: only(2, 'POST', '/api/v2/users'), loseAnswer: true });
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done', 'done', 'done']);
      assert.deepEqual(
        contactsOf(desk, organization),
        ['mary', 'one', 'three', 'two'].map((name) => `${name}@${domain}`),
      );
      assert.equal(desk.sites.log.entries().filter(({ method }) => method === 'POST').length, 3);
      assert.equal(countOf(desk, `two@${domain}`), 1);
    },
  );

  add.inTurn(
    'an answer that got lost before anything was written says so, and can be tried again',
    async (desk) => {
      const { domain, organization } = addAsking(desk, 1053, three);
      const { panel } = await lookAt(desk, 1053, 3);
      desk.zendesk.faults.add({
        match: only(2, 'POST', '/api/v2/users'),
        status: 502,
        body: '<!doctype html><title>502</title>',
      });
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done', 'not done', 'done']);
      assert.equal(
        await problemOf(panel, 'Contacts'),
        'No answer came, and Zendesk shows that nothing was written. It can be tried again.',
      );
      await says(panel, '2 of 3 done');
      assert.equal(isUser(desk, `two@${domain}`), false);
      await panel.press(goOn('Add two@firm53.example.com to Firm 53'));
      await end(panel, 'Contacts', ['done', 'done', 'done']);
      assert.deepEqual(
        contactsOf(desk, organization),
        ['mary', 'one', 'three', 'two'].map((name) => `${name}@${domain}`),
      );
    },
  );

  add.inTurn(
    'one that Zendesk refuses does not stop the others, and nothing is left unsaid',
    async (desk) => {
      const { domain, organization } = addAsking(desk, 1054, three);
      const { panel } = await lookAt(desk, 1054, 3);
      desk.zendesk.faults.add({
        match: only(1, 'POST', '/api/v2/users'),
        status: 422,
        body: {
          error: 'RecordInvalid',
          description: 'Record validation errors',
          details: {
            email: [
              {
                description: 'Email: one@firm54.example.com is not properly formatted',
                error: 'InvalidValue',
              },
            ],
          },
        },
      });
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['not done', 'done', 'done']);
      assert.match(
        await problemOf(panel, 'Contacts'),
        /^Nothing was written\. .*(?:not properly formatted|Record validation errors)/,
      );
      await says(panel, '2 of 3 done');
      assert.deepEqual(
        contactsOf(desk, organization),
        ['mary', 'three', 'two'].map((name) => `${name}@${domain}`),
      );
      await panel.press('Skip this step: Add one@firm54.example.com to Firm 54');
      await end(panel, 'Contacts', ['done', 'done']);
      assert.equal(writes(desk).length, 3);
    },
  );

  add.inTurn(
    'a user whom a colleague has moved in the meantime is not moved again',
    async (desk) => {
      const { domain, organization } = addAsking(desk, 1055, three);
      desk.sites.world.users.push({
        ...user(desk, USER + 1803),
        id: USER + 5501,
        email: `two@${domain}`,
        name: 'Two',
        organization_id: null,
      });
      const { panel, lines } = await lookAt(desk, 1055, 3);
      assert.deepEqual(marks(lines), [
        `one@${domain}: new user, ticked`,
        `two@${domain}: no organization, ticked`,
        `three@${domain}: new user, ticked`,
      ]);
      user(desk, USER + 5501).organization_id = ORGANIZATION + 1;
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done', 'not done', 'done']);
      assert.equal(
        await problemOf(panel, 'Contacts'),
        `The user is in organization ${ORGANIZATION + 1} already. Associating would move them out of it: nothing was written.`,
      );
      assert.equal(user(desk, USER + 5501).organization_id, ORGANIZATION + 1);
      assert.deepEqual(
        contactsOf(desk, organization),
        ['mary', 'one', 'three'].map((name) => `${name}@${domain}`),
      );
      assert.deepEqual(writes(desk), ['POST /api/v2/users 201', 'POST /api/v2/users 201']);
    },
  );

  add.inTurn(
    "the ticket's tab closed in the middle: the panel says where it stopped, and Continue does the rest once",
    async (desk) => {
      const { domain, organization } = addAsking(desk, 1056, three);
      const { agent, panel } = await lookAt(desk, 1056, 3);
      desk.zendesk.faults.add({ match: only(2, 'POST', '/api/v2/users'), delayMs: 1500 });
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done', 'writing…', 'waiting for its turn']);
      await isUnderWay(desk, '/api/v2/users');
      await agent.page.close();
      await end(panel, 'Contacts', ['done', 'not done', 'not done']);
      assert.equal(
        await problemOf(panel, 'Contacts'),
        'No answer came, and Zendesk shows that nothing was written. It can be tried again.' +
          ' | No tab shows the page that writes: nothing was written. Open it, then continue.',
      );
      await desk.openTicket(1056);
      await panel.showsTicket(1056);
      // The one that waited for the tab goes on with it.
      await panel.press(goOn(`Add two@${domain} to Firm 56`));
      await end(panel, 'Contacts', ['done', 'done', 'done']);
      assert.deepEqual(
        contactsOf(desk, organization),
        ['mary', 'one', 'three', 'two'].map((name) => `${name}@${domain}`),
      );
      for (const name of ['one', 'two', 'three'])
        assert.equal(countOf(desk, `${name}@${domain}`), 1, name);
    },
  );

  add.inTurn(
    'the background stopped in the middle: it goes on, and each is written once',
    async (desk) => {
      const { domain, organization } = addAsking(desk, 1057, three);
      const { panel } = await lookAt(desk, 1057, 3);
      desk.zendesk.faults.add({ match: only(2, 'POST', '/api/v2/users'), delayMs: 2500 });
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done', 'writing…', 'waiting for its turn']);
      await isUnderWay(desk, '/api/v2/users');
      await desk.browser.stopWorker();
      await end(panel, 'Contacts', ['done', 'done', 'done']);
      assert.deepEqual(
        contactsOf(desk, organization),
        ['mary', 'one', 'three', 'two'].map((name) => `${name}@${domain}`),
      );
      assert.deepEqual(writes(desk), Array(3).fill('POST /api/v2/users 201'));
    },
  );

  add.inTurn('pressed twice, each is written once', async (desk) => {
    const { domain, organization } = addAsking(desk, 1058, three);
    const { panel } = await lookAt(desk, 1058, 3);
    await panel.press('Add contacts', { count: 2 });
    await end(panel, 'Contacts', ['done', 'done', 'done']);
    assert.deepEqual(
      contactsOf(desk, organization),
      ['mary', 'one', 'three', 'two'].map((name) => `${name}@${domain}`),
    );
    assert.deepEqual(writes(desk), Array(3).fill('POST /api/v2/users 201'));
  });
});
