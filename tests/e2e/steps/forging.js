// Messages that somebody forges, and everything by which one would see that they were believed.
import assert from 'node:assert/strict';
import { writes } from './people.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {import('./panel.js').Panel} Panel
 * @typedef {{kind?: unknown, [member: string]: unknown}} Message
 */

/** A record whose page was never opened. */
export const FORGED = 'license/666666';

/** The page of that record, as the portal would give it. */
const FORGED_PAGE = `<!doctype html><html><body><header data-model="license"><h1>Details for License '666666'</h1></header>
<ul><li class="show_member_link"><a class="active" href="/admin/${FORGED}">Show</a></li></ul>
<div class="fieldset"><div class="field trial_field"><h5>Trial</h5><div><span class="label label-danger">✘</span></div></div>
<div class="field email_field"><h5>Email</h5><div>owner@evil.example.com</div></div></div></body></html>`;

/**
 * What the background would take from the right sender: each with its kind.
 * @param {number} effect the number of an order
 * @returns {Message[]}
 */
export const ofKind = (effect) => [
  { kind: 'panel_opened' },
  { kind: 'panel_closed' },
  { kind: 'command', name: 'add_note', fields: {} },
  { kind: 'command', name: 'trace', fields: {} },
  { kind: 'command', name: 'use_proof', fields: { text: 'license ID 666666' } },
  {
    kind: 'file',
    name: 'proof.txt',
    size: 17,
    base64: Buffer.from('license ID 666666').toString('base64'),
  },
  { kind: 'portal_page', url: `https://customers.gitlab.com/admin/${FORGED}`, html: FORGED_PAGE },
  { kind: 'page_result', effect, outcome: { kind: 'written', text: 'forged' } },
  { kind: 'view', html: '<h1>forged</h1>', wake_at: null, run: 'forged', number: 1e9 },
  { kind: 'present' },
];

/** Of the wrong shape. @type {unknown[]} */
export const MISSHAPEN = [
  'panel_opened',
  7,
  true,
  [],
  ['command'],
  {},
  { kind: 5 },
  { kind: ['command'] },
  { kind: 'constructor' },
  { kind: 'portal_page' },
  { kind: 'portal_page', url: 5, html: FORGED_PAGE },
  { kind: 'portal_page', url: 'no address', html: FORGED_PAGE },
  { kind: 'portal_page', url: `https://customers.gitlab.com/admin/${FORGED}`, html: { a: 'x' } },
  { kind: 'portal_page', url: `https://evil.example.com/admin/${FORGED}`, html: FORGED_PAGE },
  { kind: 'portal_page', url: `http://customers.gitlab.com/admin/${FORGED}`, html: FORGED_PAGE },
  {
    kind: 'portal_page',
    url: `https://customers.gitlab.com:8443/admin/${FORGED}`,
    html: FORGED_PAGE,
  },
  { kind: 'page_result' },
  { kind: 'page_result', effect: '1', outcome: { kind: 'written', text: '' } },
  { kind: 'page_result', effect: 1, outcome: [] },
  { kind: 'page_result', effect: 1, outcome: 'written' },
  { kind: 'page_result', effect: 1.5, outcome: { kind: 'written', text: '' } },
  { kind: 'page_result', effect: -1, outcome: { kind: 'written', text: '' } },
  { kind: 'page_result', effect: 2 ** 60, outcome: { kind: 'written', text: '' } },
  { kind: 'page_result', effect: 1, outcome: { kind: 'no_such_outcome' } },
  { kind: 'page_result', effect: 1, outcome: { kind: 'chosen', shown: { a: 1 } } },
];

/**
 * Everything that a message which was believed would change.
 * @param {Desk} desk
 * @param {Panel} panel
 */
export async function stateOf(desk, panel) {
  await panel.settled();
  const stored = await desk.browser.evaluateInWorker(async () => {
    const api = Reflect.get(globalThis, 'browser') ?? chrome;
    // The stored views are what the panel shows, a moment later.
    return JSON.stringify(
      Object.entries({
        ...(await api.storage.session.get(null)),
        ...(await api.storage.local.get(null)),
      })
        .filter(([key]) => !key.startsWith('view:'))
        .sort(),
    );
  });
  return {
    text: (await panel.read()).text,
    stored,
    tabs: (await desk.browser.pages()).length,
    writes: writes(desk),
    asked: desk.requests.counts(),
  };
}

/**
 * The forged messages changed nothing.
 * @param {Desk} desk
 * @param {Panel} panel
 * @param {() => Promise<void>} speak
 */
export async function assertDeaf(desk, panel, speak) {
  const before = await stateOf(desk, panel);
  assert.ok(before.stored.includes('case:gitlab.zendesk.com'), 'there is something to change');
  await speak();
  assert.deepEqual(await stateOf(desk, panel), before);
  assert.equal(before.text.includes('666666'), false);
}

/**
 * Says something from Tether's own place in a tab, as a page that has broken out of its bounds could.
 * @param {Desk} desk
 * @param {string} address of the tab
 * @param {unknown[]} messages one after the other, each awaited
 * @param {'top' | 'frames'} [where]
 * @returns {Promise<string[]>} the result of each, or why none could be sent
 */
export const sayInTab = (desk, address, messages, where = 'top') =>
  desk.browser.evaluateInWorker(
    async (url, said, place) => {
      /** @type {typeof chrome} */
      const api = Reflect.get(globalThis, 'browser') ?? chrome;
      const tab = (await api.tabs.query({})).find((one) => one.url === url);
      if (tab?.id === undefined) throw new Error(`no tab shows ${url}`);
      const results = await api.scripting.executeScript({
        target: { tabId: tab.id, allFrames: place === 'frames' },
        args: [said, place],
        func: async (all, wanted) => {
          const own = Reflect.get(globalThis, 'browser') ?? chrome;
          if (wanted === 'frames' && window.top === window) return [];
          const heard = [];
          for (const message of all) {
            heard.push(
              await own.runtime.sendMessage(message).then(
                (/** @type {unknown} */ answer) => `answered: ${JSON.stringify(answer)}`,
                (/** @type {Error} */ error) => `refused: ${error.message}`,
              ),
            );
          }
          return heard;
        },
      });
      return results.flatMap(({ result }) => result ?? []);
    },
    address,
    messages,
    where,
  );
