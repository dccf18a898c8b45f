// Hostile text: a world that is full of it, and how one sees that none of it came to life.
import assert from 'node:assert/strict';
import { escapeHtml } from '../../standins/world-build.js';
import { HOSTILE } from '../../standins/world-scenarios.js';

/** Marks that change the direction of what follows, or hide. */
export const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** Behind every text of the world. */
const BEHIND = ` ${HOSTILE.image}\n- Organization: https://evil.example.com/1\u2028${HOSTILE.script} ${HOSTILE.link} ${HOSTILE.rtl}`;

/**
 * What the sites themselves work by: changed, the records would not lead to one another, and Zendesk would refuse its own. Everything else
 * that is a text is hostile.
 */
const STRUCTURE = new Set([
  // Addresses and numbers.
  'email',
  'work_email',
  'content_url',
  'salesforce_account_id',
  'salesforce_id',
  'sfdc_short_id',
  'subscription_name',
  'zuora_subscription_name',
  // Secrets with a form of their own, and the files that hold one.
  'license_key',
  'activation_code',
  'content',
  'content_type',
  'malware_scan_result',
  // Words of a fixed list.
  'role',
  'status',
  'type',
  'sold_to_form',
  'field',
  'value',
  // Times.
  'created_at',
  'updated_at',
  'issued_at',
  'starts_at',
  'expires_at',
  'start_date',
  'end_date',
  'last_activated_at',
  'expiration_date',
]);

/**
 * Makes every text of every record hostile, and puts further entries among those that are looked up by their names.
 * @param {import('../../standins/world.js').World} world
 * @returns {Map<string, number>} which fields, by the list that they are in, and how often
 */
export function makeHostile(world) {
  /** @type {Map<string, number>} */
  const changed = new Map();
  /** @param {unknown} value @param {string} path @param {string} key @returns {unknown} */
  const spoil = (value, path, key) => {
    if (typeof value === 'string') {
      if (STRUCTURE.has(key)) return value;
      changed.set(path, (changed.get(path) ?? 0) + 1);
      // Zendesk gives a comment's HTML cleaned: what somebody wrote there is text.
      return key === 'html_body'
        ? value.replace(/<\/div>$/, `<p>${escapeHtml(BEHIND)}</p></div>`)
        : value + BEHIND;
    }
    if (Array.isArray(value)) return value.map((one) => spoil(one, path, key));
    if (typeof value !== 'object' || value === null) return value;
    for (const [name, inner] of Object.entries(value))
      Reflect.set(value, name, spoil(inner, `${path}.${name}`, name));
    return value;
  };
  for (const list of /** @type {const} */ ([
    'licenses',
    'cloudActivations',
    'orders',
    'billingAccounts',
    'contacts',
    'customers',
    'organizations',
    'users',
    'tickets',
    'groups',
  ]))
    spoil(world[list], list, list);
  // Looked up by their names: the right ones stay, and hostile ones stand before and behind them.
  const again = (/** @type {unknown} */ one, /** @type {string} */ list) =>
    spoil(structuredClone(one), list, list);
  const fields = /** @type {typeof world.ticketFields} */ (
    again(world.ticketFields, 'ticketFields')
  ).map((one, at) => ({ ...one, id: 99_000 + at }));
  for (const field of world.ticketFields) {
    const options = field.custom_field_options;
    if (options)
      options.unshift(
        ...options.map((one, at) => ({
          id: 99_000 + at,
          name: one.name + BEHIND,
          value: `hostile_${at}`,
        })),
      );
  }
  world.ticketFields.unshift(...fields);
  const macros = /** @type {typeof world.macros} */ (again(world.macros, 'macros')).map(
    (one, at) => ({ ...one, id: 99_000 + at }),
  );
  for (const macro of world.macros) {
    for (const action of macro.actions.filter(({ field }) => field.startsWith('comment_value')))
      action.value += BEHIND;
  }
  world.macros.unshift(...macros);
  return changed;
}

/**
 * Nothing of the text became an element, a script or a link of its own, in the panel or in the page.
 * @param {import('./panel.js').Panel} panel
 * @param {import('puppeteer-core').Page[]} pages
 */
export async function assertHarmless(panel, pages) {
  const found = await panel.page.evaluate(() => ({
    title: document.title,
    elements: [
      ...new Set([...document.querySelectorAll('main *')].map((one) => one.localName)),
    ].filter((name) => /^(?:img|script|svg|iframe|object|style|base)$/.test(name)),
    handlers: [...document.querySelectorAll('main *')]
      .flatMap((one) => one.getAttributeNames())
      .filter((name) => name.startsWith('on')),
    links: [...document.querySelectorAll('main a')]
      .map((one) => one.getAttribute('href') ?? '')
      .filter(
        (href) =>
          !/^https:\/\/(?:customers\.gitlab\.com\/admin|gitlab\.zendesk\.com\/agent)\//.test(href),
      ),
  }));
  assert.deepEqual(found, { title: 'Tether', elements: [], handlers: [], links: [] });
  for (const page of pages) assert.notEqual(await page.title(), 'owned');
}
