// What a panel shows before the core has started: the last view of the ticket in front of its own window, and never another one's.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const OWN = 'chrome-extension://tether/';
const HOST = 'gitlab.zendesk.com';
const at = (/** @type {number} */ ticket) => `https://${HOST}/agent/tickets/${ticket}`;

/** The tabs in front, the panel's window first. @type {{windowId: number, url?: string}[]} */
let fronts = [];
/** How many tabs the panel's window has. */
let tabs = 1;
/** @type {Record<string, unknown>} */
let storage = {};
/** @type {Set<() => void>} */
const watchers = new Set();
const event = {
  addListener: (/** @type {any} */ listener) => watchers.add(listener),
  removeListener: (/** @type {any} */ listener) => watchers.delete(listener),
};
/** What is asked before the next answer comes is one round. */
let round = 0;
/** Those in which something was asked. @type {Set<number>} */
const rounds = new Set();
const nextRound = async () => {
  await Promise.resolve();
  round += 1;
};
Reflect.set(globalThis, 'chrome', {
  runtime: { getURL: () => OWN },
  tabs: {
    onActivated: event,
    onUpdated: event,
    onReplaced: event,
    async query(
      /** @type {{active?: boolean, currentWindow?: boolean, index?: number}} */ {
        currentWindow,
        index,
      },
    ) {
      rounds.add(round);
      await nextRound();
      if (index !== undefined) return Array.from({ length: tabs }, () => fronts[0]).slice(index);
      return currentWindow ? fronts.slice(0, 1) : fronts;
    },
  },
  storage: {
    session: {
      get: async (/** @type {string} */ key) => {
        rounds.add(round);
        await nextRound();
        return { [key]: storage[key] };
      },
    },
  },
});
const { FirstView, lastView, ticketInFront, ticketOf } = await import(
  '../../extension/panel/first-view.js'
);

/** @param {number} ticket */
const view = (ticket, html = `<header class="case">${ticket}</header>`) => ({
  [`view:${HOST}:${ticket}`]: { host: HOST, ticket, html, at: 1 },
});

/** A panel that opens. */
function panel() {
  const starting = { says: 'Starting…' };
  const main = {
    inert: false,
    busy: false,
    childNodes: [starting],
    children: /** @type {any[]} */ ([starting]),
    setAttribute: () => {
      main.busy = true;
    },
    removeAttribute: () => {
      main.busy = false;
    },
    replaceChildren: (/** @type {any[]} */ ...children) => {
      main.children = children;
    },
  };
  const line = { textContent: '' };
  const guard = {
    isHeld: false,
    hold: (/** @type {boolean} */ held) => {
      guard.isHeld = held;
    },
  };
  /** @type {{host: string, ticket: number} | null} */
  let shown = null;
  const first = new FirstView(/** @type {any} */ (main), /** @type {any} */ (line), guard, {
    draw: (html) => {
      main.children = [html];
      const ticket = Number(/(\d+)/.exec(html)?.[1]);
      shown = ticket ? { host: HOST, ticket } : null;
    },
    shown: () => shown,
  });
  return {
    first,
    main,
    line,
    guard,
    /** The ticket that is shown, if it is none that can be used. */
    says: () => {
      const [child] = main.children;
      if (child === starting) return 'Starting…';
      assert.ok(main.inert && guard.isHeld, 'nothing of it can be used');
      return child;
    },
  };
}

/** Another page has come to the front. @param {{windowId: number, url?: string}} front */
async function come(front) {
  fronts = [front, ...fronts.slice(1)];
  for (const look of watchers) look();
  for (let n = 0; n < 10; n += 1) await Promise.resolve();
}

beforeEach(() => {
  fronts = [{ windowId: 1, url: at(41) }];
  tabs = 1;
  storage = { ...view(41), ...view(42) };
  watchers.clear();
});

test('a ticket is known by its address, as the core knows it', () => {
  const ticket = (/** @type {string | undefined} */ url) =>
    ticketOf(url === undefined ? {} : { url })?.ticket;
  assert.deepEqual(ticketOf({ url: at(41) }), { host: HOST, ticket: 41 });
  assert.equal(ticket(`${at(41)}/events?tab=1#a`), 41);
  for (const url of [
    undefined,
    '',
    'about:blank',
    `http://${HOST}/agent/tickets/41`,
    `https://${HOST}/agent/tickets/041`,
    `https://${HOST}/agent/tickets/0`,
    `https://${HOST}/agent/tickets/41a`,
    `https://${HOST}/agent/tickets/99999999999999999`,
    `https://${HOST}/agent/tickets/9999999999999999`,
    `https://${HOST}/agent/users/41`,
    `https://${HOST}/x/agent/tickets/41`,
  ])
    assert.equal(ticket(url), undefined, url);
});

test('the last view of the ticket in front is shown at once, marked, and nothing of it can be used', async () => {
  const { first, main, line, says } = panel();
  await first.show();
  assert.match(says(), /41/);
  assert.ok(main.busy);
  assert.equal(line.textContent, 'Refreshing…');
});

test('once the core has answered it can be used and says nothing more', async () => {
  const { first, main, line, guard } = panel();
  await first.show();
  first.confirm();
  assert.deepEqual(
    [main.inert, main.busy, guard.isHeld, line.textContent],
    [false, false, false, ''],
  );
  assert.equal(watchers.size, 0, 'it no longer watches');
});

test('a core that answers first is not overwritten', async () => {
  const { first, main, says } = panel();
  const showing = first.show();
  first.confirm();
  await showing;
  assert.equal(says(), 'Starting…');
  assert.equal(main.inert, false);
});

test('without a stored view of this very ticket nothing is shown', async () => {
  for (const [url, all] of /** @type {const} */ ([
    [at(43), storage],
    [undefined, storage],
    ['https://customers.gitlab.com/admin/license/41', storage],
    [at(41), { [`view:${HOST}:41`]: { host: HOST, ticket: 42, html: '42', at: 1 } }],
    [at(41), { [`view:${HOST}:41`]: { host: 'other.example', ticket: 41, html: '41', at: 1 } }],
    [at(41), { [`view:${HOST}:41`]: '41' }],
    [at(41), view(41, '<header class="case">42</header>')],
    [at(41), view(41, '<p>nothing</p>')],
  ])) {
    fronts = [{ windowId: 1, ...(url !== undefined && { url }) }];
    storage = { ...all };
    const { first, says, line } = panel();
    await first.show();
    assert.equal(says(), 'Starting…', `${url} ${JSON.stringify(all)}`);
    assert.equal(line.textContent, '');
  }
});

test('it goes as soon as another page is in front', async () => {
  for (const url of [at(42), 'about:blank', undefined]) {
    fronts = [{ windowId: 1, url: at(41) }];
    const { first, says, line } = panel();
    await first.show();
    await come({ windowId: 1, url: at(41) });
    assert.match(says(), /41/, 'the same ticket still is');
    await come({ windowId: 1, ...(url !== undefined && { url }) });
    assert.equal(says(), 'Starting…', url);
    assert.equal(line.textContent, '');
    watchers.clear();
  }
});

test('a panel in a window of its own follows the only other window, and none if there are more', async () => {
  fronts = [
    { windowId: 9, url: `${OWN}panel/panel.html` },
    { windowId: 1, url: at(41) },
  ];
  assert.equal((await ticketInFront())?.ticket, 41);
  fronts = [...fronts, { windowId: 2, url: at(42) }];
  assert.equal(await ticketInFront(), undefined);
  fronts = fronts.slice(0, 2);
  tabs = 2;
  assert.equal(await ticketInFront(), undefined, 'a panel in a tab beside others');
});

test('the browser is asked twice, one after the other: for the tabs, then for the view', async () => {
  for (const own of [[], [{ windowId: 9, url: `${OWN}panel/panel.html` }]]) {
    fronts = [...own, { windowId: 1, url: at(41) }];
    rounds.clear();
    assert.equal((await lastView())?.case.ticket, 41);
    assert.equal(rounds.size, 2);
  }
});

test('if the core cannot answer, the view stays, unusable, and is called not current', async () => {
  const { first, main, line, says } = panel();
  await first.show();
  first.fail();
  assert.match(says(), /41/);
  assert.equal(line.textContent, 'Not refreshed');
  assert.equal(main.busy, false);
  const late = panel();
  late.first.fail();
  await late.first.show();
  assert.equal(late.line.textContent, 'Not refreshed');
});
