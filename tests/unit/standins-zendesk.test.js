// The Zendesk stand-in keeps the rules that the real one keeps.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { createWorld, FIELD } from '../standins/world.js';
import { buildAgentPage, createZendesk } from '../standins/zendesk/index.js';

const ORIGIN = 'https://gitlab.zendesk.com';
const TICKET = 1001;

/** @type {import('../standins/world.js').World} */
let world;
/** @type {ReturnType<typeof createZendesk>} */
let zendesk;
/** @type {ReturnType<ReturnType<typeof createZendesk>['newSession']>} */
let session;
/** @type {http.Server} */
let server;
let base = '';
let clock = 0;

/**
 * @param {string} path  below `/api/v2/`, or from the root with a slash
 * @param {{method?: string, body?: unknown, text?: string, headers?: Record<string, string>, signal?: AbortSignal}} [options]
 *   a header that is empty is not sent
 */
function ask(path, { method = 'GET', body, text, headers = {}, signal } = {}) {
  /** @type {Record<string, string>} */
  const all = { Cookie: session.cookie };
  if (method !== 'GET')
    Object.assign(all, {
      'Content-Type': 'application/json',
      Origin: ORIGIN,
      'X-CSRF-Token': session.csrf,
    });
  Object.assign(all, headers);
  for (const [name, value] of Object.entries(all)) if (!value) delete all[name];
  return fetch(base + (path.startsWith('/') ? path : `/api/v2/${path}`), {
    method,
    headers: all,
    redirect: 'manual',
    ...(text === undefined && body === undefined ? {} : { body: text ?? JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}

/** @param {Parameters<typeof ask>} asked  @returns {Promise<{status: number, body: any, headers: Headers}>} */
async function read(...asked) {
  const answer = await ask(...asked);
  return { status: answer.status, body: await answer.json(), headers: answer.headers };
}

/** @param {unknown} ticket  @param {number} [id] */
const putTicket = (ticket, id = TICKET) =>
  read(`tickets/${id}`, { method: 'PUT', body: { ticket } });

/** @template T @param {T | undefined} one @returns {T} */
function given(one) {
  assert.ok(one !== undefined);
  return one;
}
const ticket = (id = TICKET) => given(world.tickets.find((one) => one.id === id));
const endUser = () => given(world.users.find((one) => one.role === 'end-user'));

before(async () => {
  server = http.createServer((req, res) => void zendesk.handle(req, res));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  base = `http://127.0.0.1:${address.port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  clock = Date.now();
  world = createWorld();
  zendesk = createZendesk(world, null, { now: () => clock, jobMs: 10 });
  session = zendesk.newSession();
});
afterEach(() => zendesk.close());

describe('sessions', () => {
  it('cookies are Secure and HttpOnly, one Lax and one Strict', () => {
    assert.match(
      given(session.setCookie[0]),
      /^_zendesk_session=.+; Secure; HttpOnly; SameSite=Lax$/,
    );
    assert.match(given(session.setCookie[1]), /; Secure; HttpOnly; SameSite=Strict$/);
  });

  it('a request without both cookies is answered 401 with the text of the real one', async () => {
    const lax = given(session.cookie.split('; ')[0]);
    for (const cookie of ['', lax]) {
      const { status, body } = await read(`tickets/${TICKET}`, { headers: { Cookie: cookie } });
      assert.equal(status, 401);
      assert.deepEqual(body, { error: "Couldn't authenticate you" });
    }
  });

  it('users/me names the agent and the token, and an anonymous user with a null id when signed out', async () => {
    const me = await read('users/me');
    assert.deepEqual(
      [me.body.user.id, me.body.user.role, me.body.user.authenticity_token],
      [world.agentId, 'agent', session.csrf],
    );
    zendesk.signOut();
    const nobody = await read('users/me');
    assert.deepEqual(
      [nobody.status, nobody.body.user.id, nobody.body.user.name],
      [200, null, 'Anonymous user'],
    );
    zendesk.signIn();
    assert.equal((await read('users/me')).body.user.id, world.agentId);
  });

  it('a page without a session leads to the sign-in form, whose button brings the cookies and leads back', async () => {
    const page = await ask('/agent/tickets/1001?busy=1', { headers: { Cookie: '' } });
    assert.equal(page.status, 302);
    const form = given(page.headers.get('location') ?? undefined);
    assert.equal(form, '/access/login?return_to=%2Fagent%2Ftickets%2F1001%3Fbusy%3D1');
    assert.match(await (await ask(form)).text(), /<button type="submit">Sign in<\/button>/);
    const signed = await ask('/access/login', {
      method: 'POST',
      text: 'return_to=%2Fagent%2Ftickets%2F1001',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    assert.equal(signed.headers.get('location'), '/agent/tickets/1001');
    assert.equal(signed.headers.getSetCookie().length, 2);
  });

  it('the sign-in form never leads to another site', async () => {
    for (const hostile of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:1',
    ]) {
      const signed = await ask('/access/login', {
        method: 'POST',
        text: `return_to=${encodeURIComponent(hostile)}`,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      });
      assert.equal(signed.headers.get('location'), '/agent');
    }
  });
});

describe('writes', () => {
  it("want the session's CSRF token", async () => {
    for (const token of ['', 'wrong']) {
      const { status, body } = await read(`tickets/${TICKET}`, {
        method: 'PUT',
        body: { ticket: { status: 'solved' } },
        headers: { 'X-CSRF-Token': token },
      });
      assert.deepEqual(
        [status, body],
        [403, { error: 'InvalidAuthenticityToken', description: 'Invalid authenticity token' }],
      );
    }
    assert.equal(ticket().status, 'open');
  });

  it("want the site's own Origin, not that of an extension and not none", async () => {
    for (const origin of [
      '',
      'chrome-extension://abcdefghijklmnop',
      'https://customers.gitlab.com',
    ]) {
      const { status, body } = await read(`tickets/${TICKET}`, {
        method: 'PUT',
        body: { ticket: { status: 'solved' } },
        headers: { Origin: origin },
      });
      assert.deepEqual([status, body.error], [422, 'InvalidOrigin']);
    }
    assert.equal(ticket().status, 'open');
  });

  it('with a token that has been replaced are refused', async () => {
    zendesk.rotateCsrf();
    assert.equal((await putTicket({ status: 'solved' })).status, 403);
  });

  it('that are not JSON are refused', async () => {
    assert.equal((await read(`tickets/${TICKET}`, { method: 'PUT', text: '{' })).status, 400);
    assert.equal(
      (
        await read(`tickets/${TICKET}`, {
          method: 'PUT',
          text: 'a=b',
          headers: { 'Content-Type': 'text/plain' },
        })
      ).status,
      415,
    );
  });
});

describe('tickets', () => {
  it('come with the people, groups and organizations that were asked for, and without their comments', async () => {
    const { body } = await read('tickets/1018?include=users,groups,organizations');
    assert.equal(body.ticket.subject, ticket(1018).subject);
    assert.equal(body.ticket.comments, undefined);
    assert.ok(
      body.users.some((/** @type {{id: number}} */ one) => one.id === ticket(1018).requester_id),
    );
    assert.deepEqual(
      body.groups.map((/** @type {{id: number}} */ one) => one.id),
      [ticket(1018).group_id],
    );
    assert.ok(Array.isArray(body.organizations));
  });

  it('a comment is public unless it says otherwise', async () => {
    assert.equal((await putTicket({ comment: { html_body: '<p>told to all</p>' } })).status, 200);
    assert.equal(ticket().comments.at(-1)?.public, true);
    await putTicket({
      comment: { html_body: '<p>told &amp; kept</p><ul><li>one</li></ul>', public: false },
    });
    assert.deepEqual(
      [ticket().comments.at(-1)?.public, ticket().comments.at(-1)?.plain_body],
      [false, 'told & kept\n- one'],
    );
  });

  it('an update on an old stamp is a conflict with details and changes nothing', async () => {
    const stamp = ticket().updated_at;
    assert.equal(
      (await putTicket({ status: 'pending', safe_update: true, updated_stamp: stamp })).status,
      200,
    );
    const { status, body } = await putTicket({
      status: 'solved',
      safe_update: true,
      updated_stamp: stamp,
    });
    assert.deepEqual([status, body.error], [409, 'UpdateConflict']);
    assert.match(body.details.base[0].description, /older/);
    assert.equal(ticket().status, 'pending');
  });

  it('two updates in one second carry different stamps', async () => {
    const first = (await putTicket({ status: 'pending' })).body.ticket.updated_at;
    assert.notEqual((await putTicket({ status: 'open' })).body.ticket.updated_at, first);
  });

  it('safe_update without a stamp is refused', async () => {
    assert.equal((await putTicket({ status: 'solved', safe_update: true })).status, 400);
  });

  it('a dropdown takes its own options only, and a refused update is refused whole', async () => {
    const { status, body } = await putTicket({
      status: 'solved',
      custom_fields: [{ id: FIELD.problemType, value: 'nonsense' }],
    });
    assert.deepEqual([status, body.error], [422, 'RecordInvalid']);
    assert.equal(ticket().status, 'open');
    await putTicket({
      custom_fields: [{ id: FIELD.problemType, value: 'supportops_manage_contacts' }],
    });
    assert.equal(
      ticket().custom_fields.find((one) => one.id === FIELD.problemType)?.value,
      'supportops_manage_contacts',
    );
  });

  it('a closed ticket can not be changed', async () => {
    ticket().status = 'closed';
    const { status, body } = await putTicket({ status: 'open' });
    assert.deepEqual(
      [status, body.details.status[0].description],
      [422, 'Status: closed prevents ticket update'],
    );
  });

  it('comments come in cursor pages whose last one says so', async () => {
    for (let count = 0; count < 5; count += 1) {
      ticket().comments.push({
        id: count + 1,
        author_id: world.agentId,
        html_body: '',
        plain_body: `line ${count}`,
        public: false,
        created_at: ticket().created_at,
        attachments: [],
      });
    }
    /** @type {string[]} */
    const seen = [];
    let after = '';
    let more = true;
    while (more) {
      const { body } = await read(
        `tickets/${TICKET}/comments?include=users&page[size]=2${after && `&page[after]=${after}`}`,
      );
      assert.ok(body.comments.length <= 2);
      assert.ok(body.users.length >= 1);
      seen.push(...body.comments.map((/** @type {{plain_body: string}} */ one) => one.plain_body));
      more = body.meta.has_more;
      after = body.meta.after_cursor;
    }
    assert.deepEqual(
      seen,
      ticket().comments.map((one) => one.plain_body),
    );
  });

  it('pages that are too long or a made-up cursor are refused with a list of errors', async () => {
    for (const query of ['page[size]=101', 'page[size]=2&page[after]=zzz']) {
      const { status, body } = await read(`tickets/${TICKET}/comments?${query}`);
      assert.equal(status, 400);
      assert.equal(body.errors[0].code, 'InvalidPaginationParameter');
    }
  });

  it('plain_body keeps references, and what was typed in the workspace ends in an empty line', async () => {
    await putTicket({
      comment: { html_body: '<p>a &lt;b@c.example&gt; &amp; d</p>', public: false },
    });
    const { body } = await read(`tickets/${TICKET}/comments?page[size]=20&sort=-created_at`);
    const [newest] = body.comments;
    assert.equal(newest.plain_body, 'a &lt;b@c.example&gt; &amp; d\n&nbsp;\n');
    assert.equal(newest.body, 'a <b@c.example> & d');
    assert.match(newest.html_body, /<br>&nbsp;<br><\/div>$/);
  });

  it('searches refuse cursors, and the last page of a list names a next one', async () => {
    for (const path of [
      'search?query=type:user',
      'users/search?query=x',
      'macros/search?query=x',
      'organizations/autocomplete?name=ac',
    ]) {
      assert.equal((await read(`${path}&page[size]=100`)).status, 400, path);
    }
    const { body } = await read('groups/assignable?page[size]=100');
    assert.deepEqual([body.meta.has_more, typeof body.links.next], [false, 'string']);
  });

  it('a user has second addresses and several memberships', async () => {
    const user = world.users.find((one) => one.role === 'end-user' && one.organization_id !== null);
    assert.ok(user);
    const default_ = user.organization_id;
    const other = world.organizations.find((one) => one.id !== default_)?.id ?? 0;
    user.other_emails = ['second@else.example'];
    user.other_organizations = [other];
    const found = (await read('users/search?query=email:"second@else.example"')).body.users;
    assert.deepEqual(
      [found.length, found[0].id, found[0].email, 'other_emails' in found[0]],
      [1, user.id, user.email, false],
    );
    const { identities } = (await read(`users/${user.id}/identities?page[size]=100`)).body;
    assert.deepEqual(
      identities.map((/** @type {{value: string, primary: boolean}} */ one) => [
        one.value,
        one.primary,
      ]),
      [
        [user.email, true],
        ['second@else.example', false],
      ],
    );
    const memberships = async () =>
      (
        await read(`users/${user.id}/organization_memberships?page[size]=100`)
      ).body.organization_memberships.map(
        (/** @type {{organization_id: number, default: boolean}} */ one) => [
          one.organization_id,
          one.default,
        ],
      );
    assert.deepEqual(await memberships(), [
      [default_, true],
      [other, false],
    ]);
    const again = await read('users', {
      method: 'POST',
      body: { user: { name: 'X', email: 'Second@Else.example' } },
    });
    assert.deepEqual([again.status, again.body.details.email[0].error], [422, 'DuplicateValue']);
    await read(`users/${user.id}`, { method: 'PUT', body: { user: { organization_id: null } } });
    assert.deepEqual(
      await memberships(),
      [[other, true]],
      'another membership becomes the default',
    );
    user.other_organizations = default_ === null ? [] : [default_];
    await read(`users/${user.id}`, {
      method: 'PUT',
      body: { user: { organization_id: default_ } },
    });
    assert.deepEqual(await memberships(), [[default_, true]], 'the others are dropped');
  });

  it('a macro is previewed with its placeholders filled, and nothing is saved', async () => {
    const { body: found } = await read('macros/search?query=users%20added');
    assert.equal(found.macros.length, 1);
    const { body } = await read(`tickets/${TICKET}/macros/${found.macros[0].id}/apply`);
    assert.match(body.result.ticket.comment.body, /^<p>Hello Ada,<\/p>/);
    assert.equal('html_body' in body.result.ticket.comment, false, 'a preview has none');
    assert.equal(body.result.ticket.comment.public, true);
    assert.equal(ticket().comments.length, 1);
  });

  it('fields, forms and groups are listed', async () => {
    const fields = (await read('ticket_fields?page[size]=3')).body;
    assert.deepEqual([fields.ticket_fields.length, fields.meta.has_more], [3, true]);
    assert.ok(
      (await read('groups/assignable')).body.groups.some(
        (/** @type {{name: string}} */ one) => one.name === 'Support Ops Fullstack',
      ),
    );
    assert.equal(
      (await read(`ticket_forms/${ticket().ticket_form_id}`)).body.ticket_form.name,
      'Support Ops',
    );
  });
});

describe('organizations and search', () => {
  it('search ignores case, so an id that differs in case is found', async () => {
    const owner = given(world.organizations.find((one) => one.organization_fields.salesforce_id));
    const id = String(owner.organization_fields.salesforce_id);
    for (const wanted of [id, id.toLowerCase(), id.toUpperCase()]) {
      const { body } = await read(
        `search?query=${encodeURIComponent(`type:organization salesforce_id:${wanted}`)}`,
      );
      assert.ok(
        body.results.some(
          (/** @type {{id: number, result_type: string}} */ one) =>
            one.id === owner.id && one.result_type === 'organization',
        ),
      );
    }
  });

  it('a field that is not there finds nothing', async () => {
    assert.equal((await read('search?query=no_such_field:x')).body.count, 0);
  });

  it('search lags behind: a new record is found later', async () => {
    zendesk.settings.searchLag = 60_000;
    const first = given(world.organizations[0]);
    const now = new Date(clock).toISOString();
    world.organizations.push({
      ...first,
      id: 5,
      name: 'Freshly Made',
      organization_fields: { ...first.organization_fields, sfdc_short_id: '001000000000FrE' },
      created_at: now,
    });
    assert.equal((await read('search?query=sfdc_short_id:001000000000FrE')).body.count, 0);
    assert.equal((await read('organizations/5')).status, 200);
    clock += 60_000;
    assert.equal((await read('search?query=sfdc_short_id:001000000000FrE')).body.count, 1);
  });

  it('tickets that are not closed are found by their requester', async () => {
    const query = encodeURIComponent(
      `type:ticket requester:${ticket().requester_id} status<closed`,
    );
    assert.deepEqual(
      (await read(`search?query=${query}`)).body.results.map(
        (/** @type {{id: number}} */ one) => one.id,
      ),
      [TICKET],
    );
    ticket().status = 'closed';
    assert.equal((await read(`search?query=${query}`)).body.count, 0);
  });

  it('a user is found by the whole e-mail address, whatever its case', async () => {
    const { body } = await read(
      `users/search?query=${encodeURIComponent('email:ADA.Lindqvist@example.com')}`,
    );
    assert.deepEqual(
      body.users.map((/** @type {{name: string}} */ one) => one.name),
      ['Ada Lindqvist'],
    );
  });

  it('autocomplete finds by the beginning of the name and wants two characters', async () => {
    const { body } = await read('organizations/autocomplete?name=lindq');
    assert.ok(
      body.organizations.some(
        (/** @type {{name: string}} */ one) => one.name === 'Lindqvist Widgets AB',
      ),
    );
    assert.equal((await read('organizations/autocomplete?name=l')).status, 400);
  });

  it('users of an organization come in cursor pages, and their number is known', async () => {
    const owner = given(
      world.organizations.find(
        (one) => world.users.filter((user) => user.organization_id === one.id).length >= 30,
      ),
    );
    const all = world.users.filter((one) => one.organization_id === owner.id).length;
    const { body } = await read(`organizations/${owner.id}/users?page[size]=20`);
    assert.deepEqual([body.users.length, body.meta.has_more], [20, true]);
    const rest = (
      await read(
        `organizations/${owner.id}/users?page[size]=20&page[after]=${body.meta.after_cursor}`,
      )
    ).body;
    assert.deepEqual([rest.users.length, rest.meta.has_more], [all - 20, false]);
    assert.equal(
      (await read(`organizations/${owner.id}/related`)).body.organization_related.users_count,
      all,
    );
  });

  it('organizations/search is refused to agents', async () => {
    assert.equal((await read('organizations/search?external_id=1')).status, 403);
  });

  it('what does not exist is 404 with a code word', async () => {
    for (const path of [
      'tickets/1',
      'users/1',
      'organizations/1',
      'job_statuses/x',
      'no_such_thing',
    ]) {
      const { status, body } = await read(path);
      assert.deepEqual(
        [status, body],
        [404, { error: 'RecordNotFound', description: 'Not found' }],
      );
    }
  });
});

describe('users', () => {
  it('move to an organization and out of it, and keep their notes', async () => {
    const user = endUser();
    const owner = given(world.organizations[0]);
    const put = (/** @type {unknown} */ body) =>
      read(`users/${user.id}`, { method: 'PUT', body: { user: body } });
    assert.equal(
      (await put({ organization_id: owner.id, notes: 'written' })).body.user.organization_id,
      owner.id,
    );
    assert.equal((await put({ organization_id: 12345 })).status, 422);
    assert.equal((await put({ organization_id: null })).body.user.organization_id, null);
    assert.equal(user.notes, 'written');
  });

  it('agents are not changed by another agent', async () => {
    const other = given(
      world.users.find((one) => one.role === 'agent' && one.id !== world.agentId),
    );
    assert.equal(
      (await read(`users/${other.id}`, { method: 'PUT', body: { user: { notes: 'x' } } })).status,
      403,
    );
  });

  it('one user can be changed five times a minute, others are not held up', async () => {
    const user = endUser();
    const put = (/** @type {number} */ id) =>
      read(`users/${id}`, { method: 'PUT', body: { user: { notes: 'x' } } });
    for (let count = 0; count < 5; count += 1) assert.equal((await put(user.id)).status, 200);
    clock += 20_000;
    const sixth = await put(user.id);
    assert.deepEqual([sixth.status, sixth.headers.get('retry-after')], [429, '40']);
    const other = given(world.users.find((one) => one.role === 'end-user' && one.id !== user.id));
    assert.equal((await put(other.id)).status, 200);
    clock += 40_000;
    assert.equal((await put(user.id)).status, 200);
  });

  it('many are created or changed by a job that reports on each', async () => {
    const known = endUser();
    const owner = given(world.organizations[0]);
    const { body } = await read('users/create_or_update_many', {
      method: 'POST',
      body: {
        users: [
          { email: known.email.toUpperCase(), organization_id: owner.id },
          { email: 'new.one@example.com', name: 'New One', organization_id: owner.id },
          { email: 'nonsense' },
        ],
      },
    });
    assert.equal(body.job_status.status, 'queued');
    let job = body.job_status;
    while (job.status !== 'completed') job = (await read(`job_statuses/${job.id}`)).body.job_status;
    assert.deepEqual(
      job.results.map(
        (/** @type {{status?: string, error?: string}} */ one) => one.status ?? one.error,
      ),
      ['Updated', 'Created', 'RecordInvalid'],
    );
    assert.equal(known.organization_id, owner.id);
    assert.equal(
      world.users.find((one) => one.email === 'new.one@example.com')?.organization_id,
      owner.id,
    );
  });

  it('imports can be forbidden, and a job takes 100 users at most', async () => {
    const post = (/** @type {unknown[]} */ users) =>
      read('users/create_or_update_many', { method: 'POST', body: { users } });
    assert.equal(
      (await post(Array.from({ length: 101 }, () => ({ email: 'a@example.com' })))).status,
      400,
    );
    zendesk.settings.importsEnabled = false;
    assert.equal((await post([{ email: 'a@example.com' }])).status, 403);
  });

  it('thirty jobs may be under way, the next is refused', async () => {
    zendesk.settings.jobMs = 60_000;
    const put = () =>
      read(`users/update_many?ids=${endUser().id}`, {
        method: 'PUT',
        body: { user: { notes: 'x' } },
      });
    for (let count = 0; count < 30; count += 1) assert.equal((await put()).status, 200);
    const refused = await put();
    assert.deepEqual([refused.status, refused.body.error], [429, 'TooManyJobs']);
  });
});

describe('limits of the account', () => {
  it('on demand: so many more requests, then 429 with Retry-After, then all is well again', async () => {
    zendesk.rateLimit({ remaining: 1, retryAfter: 7 });
    assert.equal((await read('users/me')).status, 200);
    const refused = await read('users/me');
    assert.deepEqual(
      [refused.status, refused.headers.get('retry-after'), refused.body.error],
      [429, '7', 'APIRateLimitExceeded'],
    );
    clock += 6_500;
    assert.equal((await read('users/me')).headers.get('retry-after'), '1');
    clock += 500;
    assert.equal((await read('users/me')).status, 200);
  });

  it('one ticket can be changed thirty times in ten minutes', async () => {
    for (let count = 0; count < 30; count += 1)
      assert.equal((await putTicket({ status: 'open' })).status, 200);
    assert.equal((await putTicket({ status: 'open' })).status, 429);
    zendesk.resetLimits();
    assert.equal((await putTicket({ status: 'open' })).status, 200);
  });
});

describe('faults', () => {
  it('replace the answer so many times, for what they match only', async () => {
    const fault = zendesk.faults.add({
      match: `tickets/${TICKET}`,
      method: 'GET',
      status: 503,
      body: '<h1>Down</h1>',
      contentType: 'text/html',
      headers: { 'Retry-After': '3' },
      times: 1,
    });
    const down = await ask(`tickets/${TICKET}`);
    assert.deepEqual(
      [
        down.status,
        down.headers.get('content-type'),
        down.headers.get('retry-after'),
        await down.text(),
      ],
      [503, 'text/html', '3', '<h1>Down</h1>'],
    );
    assert.equal((await ask(`tickets/${TICKET}`)).status, 200);
    assert.equal(fault.hits(), 1);
  });

  it('match addresses as they read, whether or not they were encoded', async () => {
    zendesk.faults.add({ match: /query=type:organization/, status: 500 });
    assert.equal(
      (await ask(`search?query=${encodeURIComponent('type:organization x')}`)).status,
      500,
    );
  });

  it('a hanging request is never answered', async () => {
    zendesk.faults.add({ match: 'users/me', hang: true });
    await assert.rejects(ask('users/me', { signal: AbortSignal.timeout(100) }), {
      name: 'TimeoutError',
    });
  });

  it('a truncated answer breaks off', async () => {
    zendesk.faults.add({ match: 'users/me', truncate: 10 });
    const answer = await ask('users/me');
    await assert.rejects(answer.text());
  });

  it('an answer can get lost although the write was done', async () => {
    zendesk.faults.add({ match: `tickets/${TICKET}`, method: 'PUT', loseAnswer: true, times: 1 });
    await assert.rejects(putTicket({ status: 'solved' }));
    assert.equal(ticket().status, 'solved');
  });

  it('a server error can come although the write was done', async () => {
    zendesk.faults.add({
      match: `tickets/${TICKET}`,
      method: 'PUT',
      status: 502,
      body: {},
      applied: true,
      times: 1,
    });
    assert.equal((await putTicket({ status: 'solved' })).status, 502);
    assert.equal(ticket().status, 'solved');
  });
});

describe('the agent page', () => {
  it('has a strict policy, no inline script, the token and its files', async () => {
    const page = await ask('/agent/tickets/1001');
    assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self';/);
    const html = await page.text();
    assert.ok(html.includes(`<meta name="csrf-token" content="${session.csrf}">`));
    assert.equal(html.match(/<script/g)?.length, 1);
    const script = given(/<script src="([^"]+)">/.exec(html)?.[1]);
    const answer = await ask(script, { headers: { Cookie: '' } });
    assert.deepEqual(
      [answer.status, answer.headers.get('content-type')],
      [200, 'text/javascript; charset=utf-8'],
    );
    assert.equal((await answer.arrayBuffer()).byteLength, (await buildAgentPage()).script.length);
  });

  it('the US Government instance has records and sessions of its own', async () => {
    const federal = { Host: 'gitlab-federal-support.zendesk.com' };
    const status = await new Promise((resolve, reject) => {
      http
        .get(
          `${base}/api/v2/tickets/${TICKET}`,
          { headers: { ...federal, Cookie: session.cookie } },
          (res) => {
            res.resume();
            resolve(res.statusCode);
          },
        )
        .on('error', reject);
    });
    assert.equal(status, 401);
  });
});
