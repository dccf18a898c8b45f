// If Zendesk does not take a write as it should, the panel says so in plain words and offers a way on.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { addUser } from '../standins/world-build.js';
import { atOneDesk } from './steps/desk.js';
import {
  addAsking,
  contactsOf,
  fieldOf,
  isUnderWay,
  ORGANIZATION,
  only,
  PROBLEM_TYPE,
  USER,
  user,
  writes,
} from './steps/people.js';
import { end, goOn, listShows, problemOf } from './steps/tasks.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */

/** Opens a ticket of a contact, with the panel open. @param {Desk} desk @param {number} ticket @param {string[]} [names] whom they want to add */
async function lookAt(desk, ticket, names = []) {
  const firm = addAsking(desk, ticket, (own) =>
    names.length ? `Please add ${names.map((name) => `${name}@${own}`).join(', ')}.` : 'Hello.',
  );
  return { ...firm, ...(await beside(desk, ticket, names.length)) };
}

/** @param {Desk} desk @param {number} ticket @param {number} count */
async function beside(desk, ticket, count) {
  const agent = await desk.openTicket(ticket);
  const panel = await desk.openPanel();
  await panel.shows(
    'the ticket and its fields',
    ({ title, facts, busy }) =>
      title === `Ticket #${ticket}` && 'Problem type' in (facts['Requester'] ?? {}) && !busy,
  );
  await listShows(
    panel,
    'Addresses to add',
    'the addresses are known',
    (all) => all.length === count && !all.some(({ says }) => /look(?:ed|ing) up/.test(says)),
  );
  return { agent, panel };
}

const again = goOn(`Set problem type to “${PROBLEM_TYPE.name}”`);

/** @param {Desk} desk @param {number} ticket */
const isSet = (desk, ticket) => fieldOf(desk, ticket, PROBLEM_TYPE.field) === PROBLEM_TYPE.value;

atOneDesk('writes in trouble', {}, (add) => {
  add(
    'signed out before the press: it says so, and after signing in Continue does it',
    async (desk) => {
      const { panel } = await lookAt(desk, 1081);
      desk.zendesk.signOut();
      await panel.press('Set problem type');
      assert.equal(
        await problemOf(panel, 'Metadata'),
        'You are signed out of Zendesk: nothing was written. Sign in, then continue.',
      );
      assert.equal(isSet(desk, 1081), false);
      desk.zendesk.signIn();
      await panel.press(again);
      await end(panel, 'Metadata', ['done']);
      assert.equal(isSet(desk, 1081), true);
      assert.deepEqual(writes(desk), ['PUT /api/v2/tickets/1081 200']);
    },
  );

  add.inTurn(
    'signed out in the middle of several: the rest waits, and after signing in Continue does all of it once',
    async (desk) => {
      const { panel, domain, organization } = await lookAt(desk, 1082, ['one', 'two', 'three']);
      const second = only(2, 'POST', '/api/v2/users');
      desk.zendesk.faults.add({
        match: (method, url) => {
          if (second(method, url)) desk.zendesk.signOut();
          return false;
        },
      });
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done', 'not done', 'waiting for its turn']);
      assert.equal(
        await problemOf(panel, 'Contacts'),
        'You are signed out of Zendesk: nothing was written. Sign in, then continue.',
      );
      desk.zendesk.signIn();
      await panel.press(/^Continue: Add two@/);
      await end(panel, 'Contacts', ['done', 'done', 'done']);
      assert.deepEqual(
        contactsOf(desk, organization),
        ['mary', 'one', 'three', 'two'].map((name) => `${name}@${domain}`),
      );
      assert.deepEqual(
        writes(desk),
        [201, 401, 201, 201].map((status) => `POST /api/v2/users ${status}`),
      );
    },
  );

  add.inTurn(
    'a token that has gone stale is fetched anew, and the write is done once',
    async (desk) => {
      const { panel } = await lookAt(desk, 1083);
      desk.zendesk.rotateCsrf();
      await panel.press('Set problem type');
      await end(panel, 'Metadata', ['done']);
      assert.equal(isSet(desk, 1083), true);
      assert.deepEqual(writes(desk), [
        'PUT /api/v2/tickets/1083 403',
        'PUT /api/v2/tickets/1083 200',
      ]);
    },
  );

  for (const [says, status, body, words, ticket] of /** @type {const} */ ([
    [
      'a refusal',
      403,
      { error: { title: 'Forbidden', message: 'no' } },
      /^Nothing was written\. Your account may not .*\./,
      1084,
    ],
    [
      'a ticket that is gone',
      404,
      { error: 'RecordNotFound', description: 'Not found' },
      /^Nothing was written\. Zendesk .*not /,
      1085,
    ],
    [
      'a value that Zendesk does not take',
      422,
      {
        error: 'RecordInvalid',
        description: 'Record validation errors',
        details: { base: [{ description: 'Subject: cannot be blank' }] },
      },
      /^Nothing was written\. .*(?:cannot be blank|Record validation errors)/,
      1086,
    ],
    [
      'a server error',
      500,
      '<!doctype html><title>500</title>',
      /^No answer came, and Zendesk shows that nothing was written\. It can be tried again\.$/,
      1087,
    ],
  ])) {
    add.inTurn(
      `${says} (${status}): nothing was written, it says so, and Continue does it`,
      async (desk) => {
        const { panel } = await lookAt(desk, ticket);
        desk.zendesk.faults.add({
          match: `/api/v2/tickets/${ticket}`,
          method: 'PUT',
          status,
          body,
          times: 1,
        });
        await panel.press('Set problem type');
        assert.match(await problemOf(panel, 'Metadata'), words);
        assert.equal(isSet(desk, ticket), false);
        assert.equal((await panel.settled()).facts['Requester']?.['Problem type'], 'empty');
        await panel.press(again);
        await end(panel, 'Metadata', ['done']);
        assert.equal(isSet(desk, ticket), true);
        assert.deepEqual(writes(desk), [
          `PUT /api/v2/tickets/${ticket} ${status}`,
          `PUT /api/v2/tickets/${ticket} 200`,
        ]);
      },
    );
  }

  add.inTurn(
    'an answer that got lost is looked up: it was written, and is not written again',
    async (desk) => {
      const { panel } = await lookAt(desk, 1088);
      desk.zendesk.faults.add({ match: '/api/v2/tickets/1088', method: 'PUT', loseAnswer: true });
      await panel.press('Set problem type');
      await end(panel, 'Metadata', ['done']);
      assert.equal(isSet(desk, 1088), true);
      assert.equal(writes(desk).length, 1);
    },
  );

  add.inTurn('a write that the browser sent twice by itself counts once', async (desk) => {
    const { panel } = await lookAt(desk, 1089);
    desk.zendesk.faults.add({
      match: '/api/v2/tickets/1089',
      method: 'PUT',
      dropConnection: true,
      times: 1,
    });
    await panel.press('Set problem type');
    await end(panel, 'Metadata', ['done']);
    assert.equal(isSet(desk, 1089), true);
  });

  add.inTurn(
    'an answer that got lost and cannot be looked up is said to be unknown, and is looked up before anything is written again',
    async (desk) => {
      const { panel } = await lookAt(desk, 1090);
      // The ticket is read before the write, too: only what comes after it fails.
      const writing = desk.zendesk.faults.add({
        match: '/api/v2/tickets/1090',
        method: 'PUT',
        delayMs: 1500,
        loseAnswer: true,
      });
      await panel.press('Set problem type');
      await until('the write is under way', () => writing.hits() > 0);
      const reading = desk.zendesk.faults.add({
        match: '/api/v2/tickets/1090?',
        method: 'GET',
        status: 503,
        body: 'Maintenance',
      });
      assert.match(
        await problemOf(panel, 'Metadata'),
        /^It is not known whether it was written: no answer came, and reading back failed\. /,
      );
      reading.remove();
      await panel.press(again);
      await end(panel, 'Metadata', ['done']);
      assert.equal(isSet(desk, 1090), true);
      assert.equal(writes(desk).length, 1);
    },
  );

  add.inTurn(
    'a page that never gets an answer does not hold the panel up for good',
    async (desk) => {
      const { panel } = await lookAt(desk, 1091);
      const fault = desk.zendesk.faults.add({
        match: '/api/v2/tickets/1091',
        method: 'PUT',
        hang: true,
      });
      await panel.press('Set problem type');
      assert.equal(
        await problemOf(panel, 'Metadata'),
        'No answer came, and Zendesk shows that nothing was written. It can be tried again.',
      );
      assert.equal(isSet(desk, 1091), false);
      fault.remove();
      await panel.press(again);
      await end(panel, 'Metadata', ['done']);
      assert.equal(isSet(desk, 1091), true);
    },
  );

  add.inTurn(
    'while another ticket is in front nothing is written; back at the ticket, Continue does it',
    async (desk) => {
      const firm = addAsking(desk, 1092, (own) => `Please add two@${own}.`);
      addUser(desk.sites.world, { id: USER + 9201, name: 'Two', email: `two@${firm.domain}` });
      const { agent, panel } = await beside(desk, 1092, 1);
      const path = `/api/v2/users/${USER + 9201}`;
      desk.zendesk.faults.add({ match: path, method: 'GET', delayMs: 1500, times: 1 });
      await panel.press('Add contacts');
      await listShows(panel, 'Contacts', 'it looks first', (all) =>
        all.some(({ says }) => says.endsWith('looking first…')),
      );
      await agent.openFromList(1033);
      await panel.showsTicket(1033);
      await until('the user was looked at', () =>
        desk.sites.log
          .entries()
          .some((one) => one.method === 'GET' && one.path === path && one.status === 200),
      );
      // The rest of the look is over as well once nothing is asked any more.
      let asked = -1;
      await until('the look is over', async () => {
        const before = asked;
        asked = desk.sites.log.entries().length;
        if (asked !== before) await new Promise((resolve) => setTimeout(resolve, 500));
        return asked === before;
      });
      await agent.openFromList(1092);
      await panel.showsTicket(1092);
      assert.equal(
        await problemOf(panel, 'Contacts'),
        'No tab shows the page that writes: nothing was written. Open it, then continue.',
      );
      assert.deepEqual(writes(desk), []);
      assert.equal(user(desk, USER + 9201).organization_id, null);
      await panel.press(goOn('Add two@'));
      await end(panel, 'Contacts', ['done']);
      assert.equal(user(desk, USER + 9201).organization_id, ORGANIZATION + 92);
      assert.deepEqual(writes(desk), [`PUT ${path} 200`]);
    },
  );

  add.inTurn(
    'an answer is awaited though the engineer turns to another ticket meanwhile',
    async (desk) => {
      const { agent, panel } = await lookAt(desk, 1094);
      desk.zendesk.faults.add({ match: '/api/v2/tickets/1094', method: 'PUT', delayMs: 1500 });
      await panel.press('Set problem type');
      await isUnderWay(desk, '/api/v2/tickets/1094');
      await agent.openFromList(1033);
      await panel.showsTicket(1033);
      await agent.openFromList(1094);
      await panel.showsTicket(1094);
      await end(panel, 'Metadata', ['done']);
      assert.equal(isSet(desk, 1094), true);
      assert.deepEqual(writes(desk), ['PUT /api/v2/tickets/1094 200']);
    },
  );
});
