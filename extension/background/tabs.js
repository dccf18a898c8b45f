// Which tab is in front, and what the core is told of tabs.
import { api, OWN } from './api.js';

/** @typedef {import('./contract.js').Event} Event */

/** Tabs that show a page of this extension; the browser may not tell their address. @type {Set<number>} */
const ownTabs = new Set();

/** @param {number} tab */
export const rememberOwnTab = (tab) => ownTabs.add(tab);

/** @param {number} tab */
export const forgetOwnTab = (tab) => ownTabs.delete(tab);

/** The panel in a tab or in a window of its own is never what the engineer works on. @param {chrome.tabs.Tab} tab */
const isOwn = (tab) => (tab.id !== undefined && ownTabs.has(tab.id)) || (tab.url ?? tab.pendingUrl ?? '').startsWith(OWN);

/**
 * The tab that the engineer looks at, or looked at last when a page of this extension or another kind of window is in front.
 * @returns {Promise<chrome.tabs.Tab | undefined>}
 */
export async function frontTab() {
  const [focused] = await api.tabs.query({ active: true, lastFocusedWindow: true, windowType: 'normal' });
  if (focused && !isOwn(focused)) return focused;
  // Chromium tells the time of the last look since 121; before, an active tab is the better guess.
  const rank = (/** @type {chrome.tabs.Tab} */ tab) => tab.lastAccessed ?? (tab.active ? 1 : 0);
  const tabs = await api.tabs.query({ windowType: 'normal' });
  return tabs.filter((tab) => !isOwn(tab)).sort((one, other) => rank(other) - rank(one))[0];
}

/**
 * @param {chrome.tabs.Tab} tab
 * @param {boolean} front
 * @returns {Event}
 */
const seen = (tab, front) => ({ type: 'tab_seen', tab: tab.id, url: tab.url ?? '', front });

/** @returns {Promise<Event | undefined>} the tab in front, if there is one */
export async function frontSeen() {
  const tab = await frontTab();
  return tab && seen(tab, true);
}

/**
 * @param {number} id
 * @returns {Promise<Event | undefined>} nothing when it is one of our own or gone meanwhile
 */
export async function tabSeen(id) {
  const tab = await api.tabs.get(id).catch(() => undefined);
  if (!tab || isOwn(tab)) return undefined;
  const front = tab.active ? await frontTab() : undefined;
  return seen(tab, front?.id === id);
}

/**
 * @param {number} id
 * @returns {Promise<Event | undefined>} its tab in front; nothing for a popup, the developer tools, no window at all
 */
export async function windowSeen(id) {
  if (id === api.windows.WINDOW_ID_NONE) return undefined;
  const [tab] = await api.tabs.query({ active: true, windowId: id, windowType: 'normal' });
  return tab && !isOwn(tab) ? seen(tab, true) : undefined;
}
