// Which views are stored for a panel that opens, and what drops them.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

/** @type {Map<string, any>} */
const storage = new Map();
let isFull = false;
Reflect.set(globalThis, 'chrome', {
  storage: {
    session: {
      async set(/** @type {Record<string, unknown>} */ entries) {
        if (isFull) throw new Error('QUOTA_BYTES quota exceeded');
        for (const [key, value] of Object.entries(entries)) storage.set(key, value);
      },
      async remove(/** @type {string[]} */ keys) {
        for (const key of keys) storage.delete(key);
      },
    },
  },
});
const { dropViews, keepViews, keepViewsOf, takeOver } = await import(
  '../../extension/background/stored-views.js'
);

const HOST = 'gitlab.zendesk.com';
const OTHER = 'sandbox.zendesk.com';
const QUIET = { views: [], storable: [], save: [], signed_out: [] };

/** A panel shows a ticket. @param {number} ticket @param {string} [html] */
const show = (ticket, html = `<p>${ticket}</p>`, host = HOST) =>
  keepViews({ ...QUIET, views: [[1, html]], storable: [[1, { host, ticket }]] });

/** What the storage holds once everything is written. */
async function stored() {
  mock.timers.tick(100);
  for (let n = 0; n < 20; n += 1) await Promise.resolve();
  return [...storage.keys()].map((key) => key.replace('view:', ''));
}

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000 }));
afterEach(async () => {
  isFull = false;
  dropViews();
  await stored();
  storage.clear();
  mock.timers.reset();
});

test('the last view of a ticket is stored once for all that follow each other', async () => {
  show(41, 'first');
  show(41, 'second');
  assert.deepEqual([...storage.keys()], [], 'not before a moment');
  assert.deepEqual(await stored(), [`${HOST}:41`]);
  assert.deepEqual(storage.get(`view:${HOST}:41`), {
    host: HOST,
    ticket: 41,
    html: 'second',
    at: 1_000,
  });
});

test('a view that the core does not call storable is not stored', async () => {
  keepViews({ ...QUIET, views: [[1, 'a']], storable: [[2, { host: HOST, ticket: 41 }]] });
  assert.deepEqual(await stored(), []);
});

test('the eight tickets that were shown last are stored', async () => {
  for (let ticket = 1; ticket <= 9; ticket += 1) show(ticket);
  show(2, 'again');
  show(10);
  const tickets = (await stored()).map((key) => Number(key.split(':')[1]));
  assert.deepEqual(
    tickets.sort((one, other) => one - other),
    [2, 4, 5, 6, 7, 8, 9, 10],
  );
});

test('it goes with its case, at a sign-out, without access to its host, and all of them for room', async () => {
  const fill = async () => {
    show(41);
    show(42);
    show(43, 'a', OTHER);
    assert.equal((await stored()).length, 3);
  };
  await fill();
  keepViews({ ...QUIET, save: [[`case:${HOST}:41`, null]] });
  assert.deepEqual(await stored(), [`${HOST}:42`, `${OTHER}:43`]);
  keepViews({ ...QUIET, signed_out: [HOST] });
  assert.deepEqual(await stored(), [`${OTHER}:43`]);
  await fill();
  keepViewsOf([OTHER]);
  assert.deepEqual(await stored(), [`${OTHER}:43`]);
  await fill();
  dropViews();
  assert.deepEqual(await stored(), []);
});

test('a view that waits to be stored when it must go is not stored', async () => {
  show(41);
  keepViews({ ...QUIET, signed_out: [HOST] });
  assert.deepEqual(await stored(), []);
});

test('what an earlier start stored is taken over, and the core gets the rest', async () => {
  const entry = (/** @type {number} */ ticket, /** @type {number} */ at) => ({
    host: HOST,
    ticket,
    html: 'a',
    at,
  });
  const views = { [`view:${HOST}:1`]: entry(1, 2), [`view:${HOST}:2`]: entry(2, 1) };
  for (const [key, value] of Object.entries(views)) storage.set(key, value);
  assert.deepEqual(takeOver({ model: 'm', ...views, [`case:${HOST}:1`]: 'c' }), {
    model: 'm',
    [`case:${HOST}:1`]: 'c',
  });
  for (let ticket = 3; ticket <= 9; ticket += 1) show(ticket);
  assert.ok(!(await stored()).includes(`${HOST}:2`), 'the oldest makes room');
  keepViews({ ...QUIET, signed_out: [HOST] });
  assert.deepEqual(await stored(), []);
});

test('a full storage costs the view and nothing else', async () => {
  show(41);
  await stored();
  isFull = true;
  const warn = mock.method(console, 'warn', () => undefined);
  show(41, 'longer');
  assert.deepEqual(await stored(), [], 'an older state is not shown as the last one');
  warn.mock.restore();
});
