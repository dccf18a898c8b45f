// The settings in the browser's storage: the engineer's in storage.sync, one entry each, and the
// organization's in storage.managed.
import { api } from '../shared/api.js';
import { messageOf } from './errors.js';

/**
 * @typedef {import('./contract.js').Event} Event
 * @typedef {import('./contract.js').Dispatch} Dispatch
 * @typedef {import('../shared/boundary.js').Settings} Settings
 */

/** What the names of the entries begin with, before the setting's path. */
const PREFIX = 'profile:';

/** @returns {Promise<unknown>} the policy's part of a profile; nothing if there is no policy */
async function policy() {
  // Without a policy, Firefox rejects, and Chromium answers with an empty object.
  const managed = await api.storage.managed.get('profile').catch(() => ({}));
  return Reflect.get(managed, 'profile');
}

/** @returns {Promise<Record<string, unknown>>} */
async function synced() {
  try {
    return await api.storage.sync.get(null);
  } catch (error) {
    console.warn('Tether could not read the settings:', messageOf(error));
    return {};
  }
}

/**
 * Each value is text of its own, so that an unreadable one does not affect the others.
 * @returns {Promise<Settings>}
 */
export async function settings() {
  const [managed, sync] = await Promise.all([policy(), synced()]);
  const ours = Object.entries(sync).filter(([name]) => name.startsWith(PREFIX));
  return {
    sync: Object.fromEntries(ours.map(([name, value]) => [name, JSON.stringify(value) ?? ''])),
    managed: managed === undefined ? null : JSON.stringify(managed),
  };
}

/** @returns {Promise<Event>} the event that reports them to the core */
export const told = async () => ({ type: 'settings', settings: await settings() });

/**
 * @param {Record<string, unknown>} entries by path; null takes one away
 * @param {Dispatch} dispatch
 */
export async function keep(entries, dispatch) {
  const named = Object.entries(entries).map(
    ([path, value]) => /** @type {const} */ ([PREFIX + path, value]),
  );
  const gone = named.filter(([, value]) => value === null).map(([name]) => name);
  const set = Object.fromEntries(named.filter(([, value]) => value !== null));
  try {
    if (Object.keys(set).length > 0) await api.storage.sync.set(set);
    if (gone.length > 0) await api.storage.sync.remove(gone);
  } catch (error) {
    await dispatch({
      type: 'settings_not_saved',
      paths: Object.keys(entries),
      why: messageOf(error),
    });
  }
}

/**
 * Whether a storage change may concern settings.
 * @param {Record<string, chrome.storage.StorageChange>} changes
 * @param {string} area
 */
export const concerns = (changes, area) =>
  area === 'managed' ||
  (area === 'sync' && Object.keys(changes).some((name) => name.startsWith(PREFIX)));
