// What a page reads once more right before it writes: when it lets the write pass.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { changed } from '../../extension/pages/zendesk/expected.js';

const USER = '/api/v2/users/7';
const MEMBERSHIPS = `${USER}/organization_memberships`;
const GOOD = {
  [USER]: { user: { id: 7, organization_id: null, notes: null, suspended: false, active: true } },
  [MEMBERSHIPS]: { organization_memberships: [{ id: 1, organization_id: 91 }] },
};

/** @type {Record<string, unknown>} */
let answers;
const kept = { fetch: globalThis.fetch, location: globalThis.location };

beforeEach(() => {
  answers = { ...GOOD };
  Object.assign(globalThis, {
    location: { origin: 'https://gitlab.zendesk.com' },
    fetch: async (/** @type {URL} */ url) => {
      const body = answers[new URL(String(url)).pathname];
      const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
      return new Response(text, { status: body === undefined ? 404 : 200 });
    },
  });
});
afterEach(() => {
  Object.assign(globalThis, kept);
});

/** @param {[path: string, holds: unknown][]} all */
const look = (...all) => changed({ expected: all.map(([path, holds]) => ({ path, holds })) });

test('what is as it was lets the write pass, and an empty text is the same as none', async () => {
  assert.equal(
    await look(
      [USER, { user: { organization_id: null, notes: '', suspended: false, active: true } }],
      [MEMBERSHIPS, { organization_memberships: [{ organization_id: 91 }] }],
    ),
    undefined,
  );
  assert.equal(await look(), undefined);
});

for (const [what, path, holds] of /** @type {[string, string, unknown][]} */ ([
  ['another organization', USER, { user: { organization_id: 91 } }],
  ['other notes', USER, { user: { notes: 'Likes tea.' } }],
  ['a flag', USER, { user: { suspended: true } }],
  ['a membership more', MEMBERSHIPS, { organization_memberships: [] }],
  [
    'a membership fewer',
    MEMBERSHIPS,
    { organization_memberships: [{ organization_id: 91 }, { organization_id: 77 }] },
  ],
  ['something that is not there', USER, { ticket: { requester_id: null } }],
]))
  test(`${what} keeps the write from being made`, async () => {
    assert.deepEqual(await look([path, holds]), { kind: 'not_as_expected', path });
  });

for (const body of ['<html>', 'null', '[]', '{"user": 7}'])
  test(`an answer of another shape, ${body}, keeps the write from being made`, async () => {
    answers[USER] = body;
    assert.deepEqual(await look([USER, { user: { organization_id: null } }]), {
      kind: 'not_as_expected',
      path: USER,
    });
  });

test('an answer that is none is handed on as it is', async () => {
  delete answers[USER];
  const outcome = await look([USER, { user: { organization_id: null } }]);
  assert.equal(outcome?.kind, 'answered');
});
