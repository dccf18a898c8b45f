// Reminders of tickets. They outlive the browser's session, so they store nothing about a ticket
// but its URL and the time.
import { api } from '../shared/api.js';

/**
 * @typedef {import('./contract.js').Event} Event
 * @typedef {import('./contract.js').Dispatch} Dispatch
 */

/** What the entries of the storage and the alarms are called, before the ticket's address. */
const PREFIX = 'remind:';

/** The profile's Zendesk hosts; known once the core has started. @type {string[]} */
let hosts = [];

/**
 * @param {string} url
 * @returns {{ticket: string, url: string} | undefined} nothing when it is no ticket of the profile's Zendesk
 */
function ticketOf(url) {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const ticket = /^\/agent\/tickets\/([1-9]\d{0,15})$/.exec(parsed?.pathname ?? '')?.[1];
  if (
    !parsed ||
    ticket === undefined ||
    parsed.protocol !== 'https:' ||
    !hosts.includes(parsed.host)
  )
    return undefined;
  // Only the plain URL: no user, query or fragment.
  return parsed.href === `${parsed.origin}/agent/tickets/${ticket}` ? { ticket, url } : undefined;
}

/**
 * What is kept, before it is known whose tickets count.
 * @returns {Promise<Record<string, unknown> | undefined>} nothing when it cannot be read
 */
export const kept = () =>
  api.storage.local.get(null).catch((/** @type {unknown} */ error) => {
    console.warn('Tether could not look for reminders:', error);
    return undefined;
  });

/**
 * @param {Record<string, unknown>} [read] the stored entries, if they were read already
 * @returns {Promise<{url: string, at_ms: number}[]>} all that are set; what else lies under their names is taken away
 */
async function all(read) {
  const entries = Object.entries(read ?? (await api.storage.local.get(null))).filter(([name]) =>
    name.startsWith(PREFIX),
  );
  const set = [];
  for (const [name, at_ms] of entries) {
    const url = name.slice(PREFIX.length);
    if (typeof at_ms === 'number' && Number.isFinite(at_ms) && ticketOf(url))
      set.push({ url, at_ms });
    else await clear(name);
  }
  return set.sort((one, other) => one.at_ms - other.at_ms);
}

/** @param {string} name */
async function clear(name) {
  await api.storage.local.remove(name);
  await api.alarms.clear(name);
}

/** @returns {Promise<Event>} the event that reports them to the core */
const told = async () => ({ type: 'reminders', set: await all() });

/** @param {string[]} zendeskHosts as the profile in force names them */
export function watchHosts(zendeskHosts) {
  hosts = zendeskHosts;
}

/**
 * Sets the alarms anew: browsers may drop them when they close. What became due in the meantime is reported now.
 * @param {string[]} zendeskHosts
 * @param {Record<string, unknown>} [read] the stored entries, if they were read already
 * @returns {Promise<Event | undefined>}
 */
export async function restore(zendeskHosts, read) {
  watchHosts(zendeskHosts);
  try {
    const set = await all(read);
    if (set.length === 0) return { type: 'reminders', set };
    for (const { url, at_ms } of set) {
      const done =
        at_ms <= Date.now() ? show(url) : api.alarms.create(PREFIX + url, { when: at_ms });
      // A reminder that the browser fails to show is kept, and does not delay the others.
      await done.catch((error) => console.warn('Tether could not remind:', error));
    }
    return await told();
  } catch (error) {
    console.warn('Tether could not look for reminders:', error);
    return undefined;
  }
}

/**
 * @param {string} url
 * @param {number} at_ms
 * @param {Dispatch} dispatch
 * @returns {Promise<void>}
 */
export const remind = (url, at_ms, dispatch) =>
  dispatch(async () => {
    if (!ticketOf(url) || !Number.isFinite(at_ms))
      throw new Error('only tickets of the known Zendesk are reminded of');
    await api.storage.local.set({ [PREFIX + url]: at_ms });
    await api.alarms.create(PREFIX + url, { when: at_ms });
    return told();
  });

/**
 * @param {string} url
 * @param {Dispatch} dispatch
 * @returns {Promise<void>}
 */
export const forget = (url, dispatch) =>
  dispatch(async () => {
    await clear(PREFIX + url);
    return told();
  });

/** Shows the notification, and only then forgets the reminder: a stop between the two shows it again, under the same id. @param {string} url */
async function show(url) {
  const ticket = ticketOf(url)?.ticket;
  if (ticket !== undefined) {
    await api.notifications.create(url, {
      type: 'basic',
      iconUrl: api.runtime.getURL('icons/tether-128.png'),
      title: 'Tether',
      message: `Look at ticket #${ticket} again`,
    });
  }
  await clear(PREFIX + url);
}

/**
 * An alarm went off. The start that it caused may have shown its reminder already.
 * @param {string} name
 * @param {Dispatch} dispatch
 * @returns {Promise<void>}
 */
export const ring = (name, dispatch) =>
  dispatch(async () => {
    if (!name.startsWith(PREFIX)) return undefined;
    const { [name]: at_ms } = await api.storage.local.get(name);
    if (at_ms === undefined) return undefined;
    await show(name.slice(PREFIX.length));
    return told();
  });

/**
 * A notification was clicked: its ticket comes to the front.
 * @param {string} url
 * @param {Dispatch} dispatch
 * @returns {Promise<void>}
 */
export const look = (url, dispatch) =>
  dispatch(async () => {
    const found = ticketOf(url);
    if (!found) return undefined;
    const open = await api.tabs.query({ url: `${new URL(url).origin}/agent/tickets/*` });
    const isIt = (/** @type {chrome.tabs.Tab} */ tab) =>
      new URL(tab.url ?? '').pathname.split('/')[3] === found.ticket;
    const tab = open.find(isIt);
    if (tab?.id === undefined) {
      await api.tabs.create({ url, active: true });
    } else {
      await api.tabs.update(tab.id, { active: true });
      await api.windows.update(tab.windowId, { focused: true });
    }
    await api.notifications.clear(url);
    return undefined;
  });
