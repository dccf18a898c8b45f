/// <reference path="./page-scripts/globals.d.ts" />
// Writes through Zendesk's API, made by the page script in the stand-in's agent page.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { send } from '../../extension/pages/zendesk/send.js';
import { startZendesk } from './page-scripts/zendesk.js';
import { BROWSERS, testInTurn } from './steps/turns.js';

const TICKET = 1001;
const USER = 371000000001;
const OTHER = 371000000002;
const PATH = `/api/v2/users/${USER}`;

for (const name of BROWSERS) {
  const inTurn = testInTurn(name);
  describe(`a request by the page, ${name}`, { timeout: 240_000 }, () => {
    /** @type {Awaited<ReturnType<typeof startZendesk>>} */
    let desk;
    before(async () => {
      desk = await startZendesk(name);
    });
    after(() => desk?.close());
    beforeEach(() => desk.reset());

    const openTicket = () =>
      desk.open(`/agent/tickets/${TICKET}`, '[data-is-active="true"] .ck-editor__editable');
    const openUser = (user = USER) =>
      desk.open(`/agent/users/${user}`, `[data-user-id="${user}"] textarea`);
    const user = () => desk.world.users.find((one) => one.id === USER);
    let count = 0;

    /** Asks for a change of the user's notes. @param {object} [changes] */
    const put = (changes = {}) => {
      count += 1;
      return desk.carryOut({
        kind: 'request',
        ticket: TICKET,
        user: null,
        method: 'PUT',
        path: PATH,
        body: { user: { notes: `Note ${count}` } },
        ...changes,
      });
    };
    /** The answer without what differs from run to run. @param {any} outcome */
    const answered = (outcome) => {
      assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
      return outcome.answer;
    };

    inTurn.everywhere(
      "it carries the session, the token and the page's own origin, and the answer comes back whole",
      async () => {
        await openTicket();
        const { body, ...rest } = answered(await put());
        assert.deepEqual(rest, {
          kind: 'response',
          status: 200,
          url: `https://gitlab.zendesk.com${PATH}`,
          content_type: 'application/json; charset=utf-8',
          retry_after: null,
        });
        assert.equal(JSON.parse(body).user.notes, `Note ${count}`);
        assert.equal(user()?.notes, `Note ${count}`);
        const [sent] = desk.sites.log.entries().filter((one) => one.method === 'PUT');
        assert.equal(sent?.origin, 'https://gitlab.zendesk.com');
        assert.equal(sent?.accept, 'application/json');
        assert.deepEqual(
          desk.sites.log.entries().filter((one) => one.path.startsWith('/api/v2/users/me')),
          [],
        );
      },
    );

    inTurn.everywhere(
      'what came of it is said again while nobody hears it, and the write is made once',
      async () => {
        await openTicket();
        await desk.control.evaluate(() => {
          globalThis.control.deaf = 4;
        });
        assert.equal(answered(await put()).status, 200);
        assert.deepEqual(desk.writes(), [`PUT ${PATH} 200`]);
        assert.equal(await desk.control.evaluate(() => globalThis.control.deaf), 0);
      },
    );

    inTurn.everywhere(
      'what a write rests on is read once more right before it, and a write whose ground has changed is not made',
      async () => {
        await openTicket();
        const own = user()?.organization_id ?? null;
        const members = `${PATH}/organization_memberships?page%5Bsize%5D=100`;
        /** @param {string} path @param {unknown} holds */
        const one = (path, holds) => [{ path, holds }];
        const before = user()?.notes;
        for (const expected of [
          one(PATH, { user: { organization_id: 361000009099 } }),
          one(PATH, { user: { organization_id: own, notes: 'Somebody else wrote this.' } }),
          one(members, {
            organization_memberships: [{ organization_id: 1 }, { organization_id: 2 }],
          }),
          one(`/api/v2/tickets/${TICKET}`, { ticket: { requester_id: OTHER } }),
          one(PATH, { user: { id: null } }),
        ])
          assert.deepEqual(await put({ expected }), {
            kind: 'not_as_expected',
            path: expected[0]?.path,
          });
        assert.deepEqual(desk.writes(), []);
        assert.equal(user()?.notes, before);

        const all = own === null ? [] : [{ organization_id: own }];
        const expected = [
          // An empty text is the same as none.
          ...one(PATH, { user: { organization_id: own ?? '', suspended: false, active: true } }),
          ...one(members, { organization_memberships: all }),
          ...one(`/api/v2/tickets/${TICKET}`, { ticket: { id: TICKET, requester_id: USER } }),
        ];
        assert.equal(answered(await put({ expected })).status, 200);
        assert.deepEqual(desk.writes(), [`PUT ${PATH} 200`]);
      },
    );

    inTurn('what cannot be read right before a write keeps it from being made', async () => {
      await openTicket();
      const expected = [{ path: PATH, holds: { user: { id: USER } } }];
      desk.zendesk.faults.add({ match: PATH, method: 'GET', status: 503, body: 'busy', times: 1 });
      assert.equal(answered(await put({ expected })).status, 503);
      assert.deepEqual(desk.writes(), []);
    });

    inTurn("on a user's page it needs no ticket", async () => {
      await openUser();
      assert.equal(answered(await put({ ticket: null, user: USER })).status, 200);
    });

    inTurn('a job for no particular page is carried out on any', async () => {
      await openUser(OTHER);
      assert.equal(answered(await put({ ticket: null })).status, 200);
    });

    inTurn(
      'a token that has gone stale is fetched anew, once, and the write is done once',
      async () => {
        await openTicket();
        desk.zendesk.rotateCsrf();
        assert.equal(answered(await put()).status, 200);
        assert.equal(user()?.notes, `Note ${count}`);
        assert.deepEqual(desk.writes(), [`PUT ${PATH} 403`, `PUT ${PATH} 200`]);
        assert.equal(
          desk.sites.log.entries().filter((one) => one.path === '/api/v2/users/me').length,
          1,
        );
      },
    );

    inTurn('a token that is refused again is not fetched a third time', async () => {
      await openTicket();
      const body = { error: { title: 'Forbidden', message: 'Invalid authenticity token' } };
      desk.zendesk.faults.add({ match: PATH, method: 'PUT', status: 403, body });
      assert.equal(answered(await put()).status, 403);
      assert.equal(desk.writes().length, 2);
    });

    inTurn('a page without a token asks Zendesk for it', async () => {
      await openTicket();
      await desk.page.evaluate(() => document.querySelector('meta[name="csrf-token"]')?.remove());
      assert.equal(answered(await put()).status, 200);
      assert.deepEqual(desk.writes(), [`PUT ${PATH} 200`]);
    });

    inTurn('a missing token is reported, and nothing is sent', async () => {
      await openTicket();
      await desk.page.evaluate(() => document.querySelector('meta[name="csrf-token"]')?.remove());
      desk.zendesk.faults.add({ match: '/api/v2/users/me', status: 500, body: 'broken' });
      assert.deepEqual(await put(), { kind: 'no_token' });
      assert.deepEqual(desk.writes(), []);
    });

    inTurn('a session that ended is reported, whether the page has a token or not', async () => {
      await openTicket();
      desk.zendesk.signOut();
      assert.equal(answered(await put()).status, 401);
      await desk.page.evaluate(() => document.querySelector('meta[name="csrf-token"]')?.remove());
      assert.deepEqual(await put(), { kind: 'signed_out' });
      assert.equal(desk.writes().length, 1);
    });

    for (const status of [403, 404, 409, 422, 500, 503]) {
      inTurn(`a refusal with ${status} is passed on and not tried again`, async () => {
        await openTicket();
        const body = { error: 'Refused', description: 'For this test' };
        desk.zendesk.faults.add({ match: PATH, method: 'PUT', status, body });
        const answer = answered(await put());
        assert.deepEqual([answer.status, JSON.parse(answer.body)], [status, body]);
        assert.equal(desk.writes().length, 1);
      });
    }

    inTurn('the wait that Zendesk asks for is passed on', async () => {
      await openTicket();
      desk.zendesk.rateLimit({ retryAfter: 17 });
      const answer = answered(await put());
      assert.equal(answer.status, 429);
      assert.ok(Number(answer.retry_after) >= 16, answer.retry_after);
    });

    inTurn('a lost answer is reported, and the write is not sent again', async () => {
      await openTicket();
      desk.zendesk.faults.add({ match: PATH, method: 'PUT', loseAnswer: true, applied: true });
      assert.deepEqual(answered(await put()), { kind: 'failed' });
      assert.equal(desk.writes().filter((one) => one.includes(PATH)).length, 1);
      assert.equal(user()?.notes, `Note ${count}`);
    });

    inTurn('an incomplete answer is reported', async () => {
      await openTicket();
      desk.zendesk.faults.add({ match: PATH, method: 'PUT', truncate: 20 });
      assert.deepEqual(answered(await put()), { kind: 'failed' });
    });

    inTurn('a redirect is not followed', async () => {
      await openTicket();
      desk.zendesk.faults.add({
        match: PATH,
        method: 'PUT',
        status: 302,
        body: '',
        headers: { Location: '/access/login' },
      });
      assert.deepEqual(answered(await put()), { kind: 'redirected' });
      assert.deepEqual(
        desk.sites.log.entries().filter((one) => one.path.startsWith('/access')),
        [],
      );
    });

    inTurn('an answer of more than a megabyte is not read', async () => {
      await openTicket();
      desk.zendesk.faults.add({
        match: PATH,
        method: 'PUT',
        status: 200,
        body: { text: 'x'.repeat(1_100_000) },
      });
      assert.deepEqual(answered(await put()), { kind: 'too_large' });
    });

    inTurn(
      'the page of another ticket, of no ticket, or with another active tab is refused',
      async () => {
        await openTicket();
        assert.deepEqual(await put({ ticket: 1002 }), { kind: 'wrong_ticket', front: TICKET });
        await desk.page.evaluate(() => history.replaceState(null, '', '/agent/tickets/1002'));
        assert.deepEqual(await put({ ticket: 1002 }), { kind: 'wrong_ticket', front: TICKET });
        await openUser();
        assert.deepEqual(await put(), { kind: 'wrong_ticket', front: null });
        assert.deepEqual(desk.writes(), []);
      },
    );

    inTurn('without selectors the address alone says which ticket it is', async () => {
      await openTicket();
      assert.equal(answered(await put({ selectors: undefined })).status, 200);
      assert.deepEqual(await put({ selectors: undefined, ticket: 1002 }), {
        kind: 'wrong_ticket',
        front: TICKET,
      });
      assert.equal(desk.writes().length, 1);
    });

    inTurn('the page of another user or of no user is refused', async () => {
      await openUser(OTHER);
      assert.deepEqual(await put({ ticket: null, user: USER }), {
        kind: 'wrong_page',
        front: `/agent/users/${OTHER}`,
      });
      await openTicket();
      assert.deepEqual(await put({ ticket: null, user: USER }), {
        kind: 'wrong_page',
        front: `/agent/tickets/${TICKET}`,
      });
      assert.deepEqual(desk.writes(), []);
    });

    inTurn(
      'a page that comes to the front while the order waits is accepted, one that stays hidden is not',
      async () => {
        await openTicket();
        await desk.control.bringToFront();
        await desk.page.waitForFunction(() => document.hidden, { polling: 50 });
        assert.deepEqual(await put(), { kind: 'hidden' });
        assert.deepEqual(desk.writes(), []);
        const { answer, effect } = await desk.order({
          kind: 'request',
          ticket: TICKET,
          user: null,
          method: 'PUT',
          path: PATH,
          body: { user: { notes: 'Late' } },
        });
        assert.deepEqual(answer, { accepted: true });
        await desk.control.evaluate(() => globalThis.control.show('gitlab.zendesk.com'));
        assert.equal(answered(await desk.outcome(effect)).status, 200);
        assert.equal(user()?.notes, 'Late');
      },
    );

    inTurn(
      'an engineer who turns to another ticket while the token is fetched stops the write',
      async () => {
        await openTicket();
        await desk.page.evaluate(() => document.querySelector('meta[name="csrf-token"]')?.remove());
        desk.zendesk.faults.add({ match: '/api/v2/users/me', delayMs: 1000 });
        const { effect } = await desk.order({
          kind: 'request',
          ticket: TICKET,
          user: null,
          method: 'PUT',
          path: PATH,
          body: { user: { notes: 'Never' } },
        });
        await desk.page.evaluate(() => history.replaceState(null, '', '/agent/tickets/1002'));
        assert.deepEqual(await desk.outcome(effect), { kind: 'wrong_ticket', front: 1002 });
        assert.deepEqual(desk.writes(), []);
      },
    );

    for (const path of [
      'https://example.com/api/v2/users/1',
      '//example.com/api/v2/users/1',
      '/api/v1/users/1',
      '/api/v2/../../access/logout',
      'api/v2/users/1',
    ]) {
      inTurn(`the address ${path} is refused`, async () => {
        await openTicket();
        const outcome = await put({ path });
        assert.equal(outcome.kind, 'failed');
        assert.match(outcome.why, /address/);
        assert.deepEqual(desk.writes(), []);
      });
    }

    inTurn('a method that reads or deletes is refused', async () => {
      await openTicket();
      for (const method of ['GET', 'DELETE']) assert.equal((await put({ method })).kind, 'failed');
      assert.deepEqual(desk.writes(), []);
    });

    inTurn(
      'a second order is refused while the first one waits, whichever script it is for',
      async () => {
        await openTicket();
        desk.zendesk.faults.add({ match: PATH, method: 'PUT', delayMs: 700 });
        const first = await desk.order({
          kind: 'request',
          ticket: TICKET,
          user: null,
          method: 'PUT',
          path: PATH,
          body: { user: { notes: 'First' } },
        });
        assert.deepEqual(first.answer, { accepted: true });
        const busy = { accepted: false, why: 'busy' };
        assert.deepEqual(
          (
            await desk.order({
              kind: 'request',
              ticket: TICKET,
              user: null,
              method: 'PUT',
              path: PATH,
              body: {},
            })
          ).answer,
          busy,
        );
        assert.deepEqual(
          (
            await desk.order({
              kind: 'write_note',
              ticket: TICKET,
              html: '<p>x</p>',
              lines: ['x'],
              again: false,
            })
          ).answer,
          busy,
        );
        assert.equal(answered(await desk.outcome(first.effect)).status, 200);
        assert.equal(user()?.notes, 'First');
      },
    );
  });
}

describe('a request that brings no answer', () => {
  /** @type {import('node:http').Server} */
  let server;
  /** @type {URL} */
  let url;
  before(async () => {
    server = createServer((request, response) => {
      if (request.url === '/half') response.writeHead(200).write('{"half');
    });
    await new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(undefined));
    });
    const address = server.address();
    url = new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/none`);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  test('ends when its time is over, also in the middle of an answer', async () => {
    assert.deepEqual(await send(url, {}, 50), { kind: 'timed_out' });
    assert.deepEqual(await send(new URL('/half', url), {}, 200), { kind: 'timed_out' });
  });

  for (const [onLine, kind] of /** @type {const} */ ([
    [true, 'failed'],
    [false, 'offline'],
  ])) {
    test(`is reported as ${kind} when the browser says that it is ${onLine ? 'online' : 'offline'}`, async () => {
      const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
      Object.defineProperty(globalThis, 'navigator', { value: { onLine }, configurable: true });
      try {
        // A port that no program listens at.
        assert.deepEqual(await send(new URL('http://127.0.0.1:1/'), {}, 5000), { kind });
      } finally {
        if (own) Object.defineProperty(globalThis, 'navigator', own);
        else Reflect.deleteProperty(globalThis, 'navigator');
      }
    });
  }
});
