// Making users, moving them, and what else the writes of the process meet in the Zendesk stand-in.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { serveZendesk } from '../standins/ask.js';
import { createWorld, FIELD } from '../standins/world.js';

/** @type {import('../standins/world.js').World} */
let world;
/** @type {Awaited<ReturnType<typeof serveZendesk>>} */
let site;
let clock = 0;

const SETTLED = 361000000018;
const BOB = 371000001803;

beforeEach(async () => {
  clock = Date.now();
  world = createWorld();
  site = await serveZendesk(world, { now: () => clock, jobMs: 10 });
});
afterEach(() => site.close());

/** @template T @param {T | undefined} one @returns {T} */
function given(one) {
  assert.ok(one !== undefined);
  return one;
}
const userById = (/** @type {number} */ id) => given(world.users.find((one) => one.id === id));
const userByEmail = (/** @type {string} */ email) => world.users.find((one) => one.email === email);
const ticket = (/** @type {number} */ id) => given(world.tickets.find((one) => one.id === id));
/** @param {string} path  @param {unknown} body  @param {Record<string, string>} [headers] */
const post = (path, body, headers = {}) => site.read(path, { method: 'POST', body, headers });
/** @param {string} path  @param {unknown} body */
const put = (path, body) => site.read(path, { method: 'PUT', body });
const found = async (/** @type {string} */ query) =>
  (await site.read(`users/search?query=${encodeURIComponent(query)}`)).body.users.map(
    (/** @type {{email: string}} */ one) => one.email,
  );

describe('making a user', () => {
  it('create_or_update makes one where the address is new', async () => {
    const { status, body, headers } = await post('users/create_or_update', {
      user: {
        email: 'alice@settled.example.com',
        name: 'Alice',
        role: 'end-user',
        organization_id: SETTLED,
      },
    });
    assert.equal(status, 201);
    assert.deepEqual(
      [body.user.email, body.user.organization_id, body.user.role],
      ['alice@settled.example.com', SETTLED, 'end-user'],
    );
    assert.equal(
      headers.get('location'),
      `https://gitlab.zendesk.com/api/v2/users/${body.user.id}.json`,
    );
    assert.equal((await site.read(`users/${body.user.id}`)).body.user.name, 'Alice');
  });

  it('create_or_update changes the one whose address it is, whatever its case', async () => {
    const before = world.users.length;
    const { status, body } = await post('users/create_or_update', {
      user: { email: 'BOB@Settled.example.com', organization_id: SETTLED },
    });
    assert.deepEqual([status, body.user.id, body.user.organization_id], [200, BOB, SETTLED]);
    assert.equal(world.users.length, before);
  });

  it('create_or_update counts as an update of the one whose address it is', async () => {
    const again = () =>
      post('users/create_or_update', {
        user: { email: 'bob@settled.example.com', organization_id: SETTLED },
      });
    for (let count = 0; count < 5; count += 1) assert.equal((await again()).status, 200);
    const refused = await again();
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '60']);
    assert.equal((await put(`users/${BOB}`, { user: { notes: 'x' } })).status, 429);
    assert.equal(
      (
        await post('users/create_or_update', {
          user: { email: 'alice@settled.example.com', name: 'Alice' },
        })
      ).status,
      201,
    );
  });

  it('POST users refuses an address that is taken, and makes no second user', async () => {
    const { status, body } = await post('users', {
      user: { email: 'Bob@settled.example.com', name: 'Another Bob' },
    });
    assert.deepEqual(
      [status, body.error, body.details.email[0].error],
      [422, 'RecordInvalid', 'DuplicateValue'],
    );
    assert.equal(
      world.users.filter((one) => one.email.toLowerCase() === 'bob@settled.example.com').length,
      1,
    );
    assert.equal(
      (
        await post('users', {
          user: { email: 'alice@settled.example.com', name: 'Alice', organization_id: SETTLED },
        })
      ).status,
      201,
    );
  });

  it('wants a name, an address that is one, and an organization that is there', async () => {
    for (const user of [
      { email: 'new@example.com' },
      { email: 'jo@', name: 'Jo' },
      { email: 'new@example.com', name: 'New', organization_id: 12345 },
    ]) {
      for (const path of ['users', 'users/create_or_update'])
        assert.equal((await post(path, { user })).status, 422);
    }
    assert.equal((await post('users', {})).status, 400);
    assert.equal(userByEmail('new@example.com'), undefined);
  });

  it('neither makes nor changes agents', async () => {
    assert.equal(
      (await post('users', { user: { email: 'new@example.com', name: 'New', role: 'agent' } }))
        .status,
      403,
    );
    assert.equal(
      (
        await post('users/create_or_update', {
          user: { email: 'agent.two@example.com', organization_id: SETTLED },
        })
      ).status,
      403,
    );
    const { body } = await post('users/create_or_update_many', {
      users: [{ email: 'agent.two@example.com', organization_id: SETTLED }],
    });
    let job = body.job_status;
    while (job.status !== 'completed')
      job = (await site.read(`job_statuses/${job.id}`)).body.job_status;
    assert.equal(job.results[0].error, 'Forbidden');
    assert.equal(userByEmail('agent.two@example.com')?.organization_id, null);
  });

  it('wants token and origin like every write', async () => {
    for (const path of ['users', 'users/create_or_update']) {
      const user = { email: 'alice@settled.example.com', name: 'Alice' };
      assert.equal((await post(path, { user }, { 'X-CSRF-Token': 'wrong' })).status, 403);
      assert.equal(
        (await post(path, { user }, { Origin: 'chrome-extension://abcdefghijklmnop' })).status,
        422,
      );
      assert.equal((await post(path, { user }, { Cookie: '' })).status, 401);
    }
    assert.equal(userByEmail('alice@settled.example.com'), undefined);
  });
});

describe('finding people', () => {
  it('by address: the whole one, whatever its case, and no other', async () => {
    for (const query of [
      'email:"bob@settled.example.com"',
      'email:"BOB@SETTLED.example.com"',
      'email:bob@settled.example.com',
    ]) {
      assert.deepEqual(await found(query), ['bob@settled.example.com']);
    }
    for (const query of [
      'email:"bob@settled.example"',
      'email:"ob@settled.example.com"',
      'email:"bob@settled.example.com.evil"',
    ]) {
      assert.deepEqual(await found(query), [], query);
    }
  });

  it('lags behind for a user who was just made, who can be read by number at once', async () => {
    site.zendesk.settings.searchLag = 60_000;
    const { body } = await post('users', {
      user: { email: 'alice@settled.example.com', name: 'Alice' },
    });
    assert.deepEqual(await found('email:"alice@settled.example.com"'), []);
    assert.equal((await site.read(`users/${body.user.id}`)).status, 200);
    clock += 60_000;
    assert.deepEqual(await found('email:"alice@settled.example.com"'), [
      'alice@settled.example.com',
    ]);
  });

  it('the tickets that somebody asked come in cursor pages, closed ones too', async () => {
    const { body } = await site.read('users/371000002302/tickets/requested?page[size]=100');
    assert.deepEqual(
      body.tickets.map((/** @type {{id: number, status: string}} */ one) => [one.id, one.status]),
      [[1124, 'closed']],
    );
    assert.equal(body.meta.has_more, false);
    assert.equal((await site.read('users/1/tickets/requested')).status, 404);
  });
});

describe('writes to a ticket', () => {
  it('assign it to anybody who may work on it, whatever the group, and to nobody else', async () => {
    const [, fullstack] = world.groups;
    assert.equal(
      (await put('tickets/1027', { ticket: { assignee_id: 370000000002 } })).body.ticket
        .assignee_id,
      370000000002,
    );
    assert.equal(
      (await put('tickets/1027', { ticket: { group_id: fullstack?.id, assignee_id: null } })).body
        .ticket.group_id,
      fullstack?.id,
    );
    assert.equal((await put('tickets/1027', { ticket: { assignee_id: BOB } })).status, 422);
    assert.equal((await put('tickets/1027', { ticket: { group_id: 1 } })).status, 422);
    assert.deepEqual([ticket(1027).assignee_id, ticket(1027).group_id], [null, fullstack?.id]);
  });

  it('on an old stamp change nothing, neither note nor assignee nor field', async () => {
    const stamp = ticket(1027).updated_at;
    await put('tickets/1027', {
      ticket: { custom_fields: [{ id: FIELD.problemType, value: 'supportops_other' }] },
    });
    const { status } = await put('tickets/1027', {
      ticket: {
        comment: { html_body: '<p>x</p>', public: false },
        assignee_id: 370000000002,
        custom_fields: [{ id: FIELD.problemType, value: 'supportops_manage_contacts' }],
        safe_update: true,
        updated_stamp: stamp,
      },
    });
    assert.equal(status, 409);
    assert.deepEqual([ticket(1027).comments.length, ticket(1027).assignee_id], [1, world.agentId]);
    assert.equal(
      ticket(1027).custom_fields.find((one) => one.id === FIELD.problemType)?.value,
      'supportops_other',
    );
  });

  it('are thirty in ten minutes for one ticket, refused ones not counted, and others go on', async () => {
    const status = async (/** @type {number} */ id) =>
      (await put(`tickets/${id}`, { ticket: { status: 'open' } })).status;
    for (let count = 0; count < 30; count += 1) assert.equal(await status(1027), 200);
    assert.equal(await status(1027), 429);
    assert.equal(await status(1026), 200);
    clock += 600_000;
    assert.equal(await status(1027), 200);
  });

  it('a form is known by its number', async () => {
    assert.equal(
      (await site.read(`ticket_forms/${ticket(1026).ticket_form_id}`)).body.ticket_form.name,
      'Support',
    );
    assert.equal((await site.read('ticket_forms/1')).status, 404);
  });
});

describe('a write that goes wrong', () => {
  /** Each write of the process, and whether it was done. @type {[string, string, string, () => unknown, () => boolean][]} */
  const WRITES = [
    [
      'a ticket',
      'PUT',
      'tickets/1027',
      () => ({ ticket: { comment: { html_body: '<p>x</p>', public: false } } }),
      () => ticket(1027).comments.length > 1,
    ],
    [
      'a user',
      'PUT',
      `users/${BOB}`,
      () => ({ user: { organization_id: SETTLED } }),
      () => userById(BOB).organization_id === SETTLED,
    ],
    [
      'a new user',
      'POST',
      'users',
      () => ({ user: { email: 'alice@settled.example.com', name: 'Alice' } }),
      () => userByEmail('alice@settled.example.com') !== undefined,
    ],
    [
      'a user by address',
      'POST',
      'users/create_or_update',
      () => ({ user: { email: 'bob@settled.example.com', organization_id: SETTLED } }),
      () => userById(BOB).organization_id === SETTLED,
    ],
  ];
  for (const [name, method, path, body, isDone] of WRITES) {
    it(`${name}: is done although the answer got lost`, async () => {
      for (const loss of [{ loseAnswer: true }, { dropConnection: true }]) {
        world.users = world.users.filter((one) => one.email !== 'alice@settled.example.com');
        userById(BOB).organization_id = null;
        ticket(1027).comments.length = 1;
        site.zendesk.faults.add({ match: path, method, ...loss, times: 1 });
        await assert.rejects(site.ask(path, { method, body: body() }));
        assert.ok(isDone());
      }
    });

    it(`${name}: is done although a server error came back`, async () => {
      site.zendesk.faults.add({
        match: path,
        method,
        status: 502,
        body: '<h1>Bad gateway</h1>',
        contentType: 'text/html',
        applied: true,
        times: 1,
      });
      assert.equal((await site.ask(path, { method, body: body() })).status, 502);
      assert.ok(isDone());
    });

    it(`${name}: is not done where the server refused it`, async () => {
      for (const status of [403, 404, 409, 422, 429, 500]) {
        site.zendesk.faults.add({ match: path, method, status, body: { error: 'x' }, times: 1 });
        assert.equal((await site.ask(path, { method, body: body() })).status, status);
        assert.ok(!isDone());
      }
    });
  }

  it('many users: the job goes on although the answer got lost', async () => {
    site.zendesk.faults.add({ match: 'create_or_update_many', loseAnswer: true, times: 1 });
    await assert.rejects(
      site.ask('users/create_or_update_many', {
        method: 'POST',
        body: { users: [{ email: 'bob@settled.example.com', organization_id: SETTLED }] },
      }),
    );
    const { body } = await put(`users/update_many?ids=${BOB}`, { user: { notes: 'after' } });
    let job = body.job_status;
    while (job.status !== 'completed')
      job = (await site.read(`job_statuses/${job.id}`)).body.job_status;
    assert.deepEqual([userById(BOB).organization_id, userById(BOB).notes], [SETTLED, 'after']);
  });
});

describe('macros', () => {
  const TITLES = [
    'Proof of support entitlement',
    'GitLab.com user is not an Owner',
    'Users added to organization',
    'Users removed from organization',
    'Maximum contacts reached',
    'User has non-closed tickets',
  ];
  const activeTitles = async () =>
    (await site.read('macros/active')).body.macros.map(
      (/** @type {{title: string}} */ one) => one.title.split('::')[1],
    );

  /** @param {string} title */
  async function preview(title) {
    const { body } = await site.read(
      `macros/search?query=${encodeURIComponent(title)}&active=true`,
    );
    assert.equal(body.macros.length, 1);
    return (await site.read(`tickets/1027/macros/${body.macros[0].id}/apply`)).body.result.ticket;
  }

  it('are there for every reply of the process', async () => {
    assert.deepEqual((await activeTitles()).sort(), [...TITLES].sort());
  });

  it('that are retired are found by a search that does not ask for active ones', async () => {
    const { body } = await site.read('macros/search?query=maximum%20contacts');
    assert.deepEqual(
      body.macros.map((/** @type {{active: boolean}} */ one) => one.active),
      [false, true],
    );
    assert.equal(
      (await site.read('macros/search?query=maximum%20contacts&active=true')).body.macros.length,
      1,
    );
    assert.equal((await site.read('macros/search')).status, 400);
  });

  it('may set status, tags and fields in their preview, and save none of it', async () => {
    const shown = await preview('Users added');
    assert.deepEqual(
      [shown.status, shown.tags],
      ['solved', ['supportops', 'contacts_added', 'supportops_done']],
    );
    assert.deepEqual(shown.fields, [
      { id: FIELD.problemType, value: 'supportops_manage_contacts' },
    ]);
    assert.deepEqual(
      [ticket(1027).status, ticket(1027).tags, ticket(1027).comments.length],
      ['open', ['supportops'], 1],
    );
    assert.equal((await preview('Proof of')).status, 'pending');
  });

  it('may hold lists, links and bold text, and hostile HTML', async () => {
    const rich = await preview('Proof of');
    assert.match(
      rich.comment.body,
      /<strong>one<\/strong>[\s\S]*<ul><li>[\s\S]*<a href="https:\/\/docs\.example\.com/,
    );
    const hostile = await preview('non-closed');
    assert.match(
      hostile.comment.body,
      /<img src="x" onerror=[\s\S]*<a href="javascript:[\s\S]*<script>/,
    );
    assert.equal(hostile.comment.public, true);
  });
});

describe('attachments', () => {
  const address = (/** @type {number} */ id) =>
    new URL(given(ticket(id).comments[0]?.attachments[0]).content_url);
  const path = (/** @type {URL} */ url) => url.pathname + url.search;

  it('are listed with the comment, without their contents', async () => {
    const { body } = await site.read('tickets/1036/comments?page[size]=100');
    const [shown] = body.comments[0].attachments;
    assert.deepEqual(Object.keys(shown).sort(), [
      'content_type',
      'content_url',
      'file_name',
      'id',
      'malware_scan_result',
      'size',
    ]);
    assert.equal(shown.file_name, 'acme.gitlab-license');
  });

  it('are a download for those who are signed in; others are led to the sign-in form', async () => {
    const url = address(1036);
    const answer = await site.ask(path(url));
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'text/plain']);
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment;/);
    assert.equal(await answer.text(), world.licenses.find((one) => one.id === 410269)?.license_key);
    const away = await site.ask(path(url), { headers: { Cookie: '' } });
    assert.deepEqual(
      [away.status, away.headers.get('location')?.startsWith('/access/login?')],
      [302, true],
    );
    assert.equal((await site.ask('/attachments/token/none/?name=x')).status, 404);
  });

  it('may be redirected to the host for files, which wants no cookie and takes its own address only, for a minute', async () => {
    site.zendesk.settings.attachmentRedirect = true;
    const answer = await site.ask(path(address(1037)));
    const to = given(answer.headers.get('location') ?? undefined);
    assert.deepEqual([answer.status, new URL(to).host], [302, 'p19.zdusercontent.com']);
    const file = await site.askHost(to);
    assert.deepEqual([file.status, file.headers['content-type']], [200, 'image/png']);
    assert.equal(file.headers['access-control-allow-origin'], undefined);
    assert.equal((await site.askHost(to.replace(/token=.*/, 'token=made-up'))).status, 403);
    clock += 60_000;
    assert.equal((await site.askHost(to)).status, 403);
  });
});
