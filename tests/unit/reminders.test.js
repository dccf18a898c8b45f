import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';

/** @typedef {{id: number, windowId: number, url: string}} Tab */

const TICKET = 'https://gitlab.zendesk.com/agent/tickets/1008';
const NAME = `remind:${TICKET}`;

/** What the browser holds and was told to do. */
const world = {
  /** @type {Record<string, unknown>} */ stored: {},
  /** @type {Map<string, number>} */ alarms: new Map(),
  /** @type {Map<string, string>} */ shown: new Map(),
  /** @type {Tab[]} */ tabs: [],
  /** @type {unknown[]} */ done: [],
  /** Whether the browser takes notifications. */ mute: false,
};

Reflect.set(globalThis, 'chrome', {
  runtime: { getURL: (/** @type {string} */ path) => `chrome-extension://tether/${path}` },
  storage: {
    local: {
      get: async (/** @type {string | null} */ name) =>
        name === null ? { ...world.stored } : { [name]: world.stored[name] },
      set: async (/** @type {object} */ entries) => void Object.assign(world.stored, entries),
      remove: async (/** @type {string} */ name) => void delete world.stored[name],
    },
  },
  alarms: {
    create: async (/** @type {string} */ name, /** @type {{when: number}} */ { when }) =>
      void world.alarms.set(name, when),
    clear: async (/** @type {string} */ name) => world.alarms.delete(name),
  },
  notifications: {
    create: async (/** @type {string} */ id, /** @type {{message: string}} */ { message }) => {
      if (world.mute) throw new Error('no notifications here');
      world.shown.set(id, message);
    },
    clear: async (/** @type {string} */ id) => world.shown.delete(id),
  },
  tabs: {
    query: async () => world.tabs,
    update: async (/** @type {number} */ id) => void world.done.push(['front', id]),
    create: async (/** @type {{url: string}} */ { url }) => void world.done.push(['open', url]),
  },
  windows: { update: async (/** @type {number} */ id) => void world.done.push(['window', id]) },
});

const { forget, look, remind, restore, ring } = await import(
  '../../extension/background/reminders.js'
);

/** What the core was told, the last of it. @type {unknown} */
let told;
/** What went wrong, as the background writes it to the console. @type {unknown} */
let wrong;
/** @type {import('../../extension/background/contract.js').Dispatch} */
const dispatch = async (event) => {
  try {
    const answer = typeof event === 'function' ? await event() : event;
    if (answer) told = answer;
  } catch (error) {
    wrong = error;
  }
};

describe('reminders', () => {
  beforeEach(async () => {
    Object.assign(world, {
      stored: {},
      alarms: new Map(),
      shown: new Map(),
      tabs: [],
      done: [],
      mute: false,
    });
    told = wrong = undefined;
    await restore(['gitlab.zendesk.com']);
  });

  test('setting one stores only the address and the time, and informs the core', async () => {
    const at = Date.now() + 60_000;
    await remind(TICKET, at, dispatch);
    assert.deepEqual(world.stored, { [NAME]: at });
    assert.deepEqual([...world.alarms], [[NAME, at]]);
    assert.deepEqual(told, { type: 'reminders', set: [{ url: TICKET, at_ms: at }] });
    await remind(TICKET, at + 1, dispatch);
    assert.deepEqual([...world.alarms], [[NAME, at + 1]], 'there is one a ticket');
    await forget(TICKET, dispatch);
    assert.deepEqual(
      [world.stored, world.alarms.size, told],
      [{}, 0, { type: 'reminders', set: [] }],
    );
  });

  for (const url of [
    'http://gitlab.zendesk.com/agent/tickets/1008',
    'https://evil.example/agent/tickets/1008',
    'https://gitlab.zendesk.com.evil.example/agent/tickets/1',
    'https://gitlab.zendesk.com/agent/tickets/1008?x=1',
    'https://gitlab.zendesk.com/agent/tickets/1008#x',
    'https://a:b@gitlab.zendesk.com/agent/tickets/1008',
    'https://gitlab.zendesk.com/agent/tickets/0',
    'https://gitlab.zendesk.com/agent/users/1',
    'javascript:alert(1)',
    '',
  ]) {
    test(`nobody is reminded of ${url || 'nothing'}`, async () => {
      await remind(url, Date.now() + 60_000, dispatch);
      assert.ok(wrong instanceof Error);
      assert.deepEqual([world.stored, world.alarms.size], [{}, 0]);
      world.stored = { [`remind:${url}`]: 1 };
      await ring(`remind:${url}`, dispatch);
      await look(url, dispatch);
      assert.deepEqual([world.stored, world.shown.size, world.done], [{}, 0, []]);
    });
  }

  test('at every start the alarms are set anew, what is due is shown, and what is no reminder is taken away', async () => {
    const later = Date.now() + 60_000;
    const other = 'https://gitlab.zendesk.com/agent/tickets/1009';
    world.stored = {
      [NAME]: 1,
      [`remind:${other}`]: later,
      'remind:https://evil.example/agent/tickets/1': 1,
      'remind:x': later,
      settings: 'stay',
    };
    const event = await restore(['gitlab.zendesk.com']);
    assert.deepEqual(event, { type: 'reminders', set: [{ url: other, at_ms: later }] });
    assert.deepEqual([...world.shown], [[TICKET, 'Look at ticket #1008 again']]);
    assert.deepEqual([...world.alarms], [[`remind:${other}`, later]]);
    assert.deepEqual(world.stored, { [`remind:${other}`]: later, settings: 'stay' });
    world.stored = { ...world.stored, [NAME]: 'soon' };
    await restore(['gitlab.zendesk.com']);
    assert.equal(NAME in world.stored, false);
  });

  test('an alarm shows its reminder once, and an alarm without a reminder shows nothing', async () => {
    world.stored = { [NAME]: 1 };
    await ring(NAME, dispatch);
    assert.deepEqual(
      [[...world.shown.keys()], world.stored, told],
      [[TICKET], {}, { type: 'reminders', set: [] }],
    );
    world.shown.clear();
    await ring(NAME, dispatch);
    await ring('another alarm', dispatch);
    assert.equal(world.shown.size, 0);
  });

  test('one that cannot be shown is kept for the next start', async () => {
    world.stored = { [NAME]: 1 };
    world.mute = true;
    await ring(NAME, dispatch);
    assert.deepEqual(world.stored, { [NAME]: 1 });
    const later = Date.now() + 60_000;
    const other = 'https://gitlab.zendesk.com/agent/tickets/1009';
    world.stored = { [NAME]: 1, [`remind:${other}`]: later };
    const event = await restore(['gitlab.zendesk.com']);
    assert.deepEqual(event, {
      type: 'reminders',
      set: [
        { url: TICKET, at_ms: 1 },
        { url: other, at_ms: later },
      ],
    });
    assert.deepEqual(
      [...world.alarms],
      [[`remind:${other}`, later]],
      'the others do not wait for it',
    );
    await forget(other, dispatch);
    world.mute = false;
    await restore(['gitlab.zendesk.com']);
    assert.deepEqual([[...world.shown.keys()], world.stored], [[TICKET], {}]);
  });

  test('a click brings the tab of exactly that ticket to the front, or opens one', async () => {
    world.tabs = [
      { id: 1, windowId: 10, url: `${TICKET}0` },
      { id: 2, windowId: 20, url: `${TICKET}/events` },
    ];
    await look(TICKET, dispatch);
    assert.deepEqual(world.done, [
      ['front', 2],
      ['window', 20],
    ]);
    world.done = [];
    world.tabs = world.tabs.slice(0, 1);
    world.shown.set(TICKET, 'x');
    await look(TICKET, dispatch);
    assert.deepEqual([world.done, world.shown.size], [[['open', TICKET]], 0]);
  });
});
