// Which tab is in front, in each window and where the engineer works, and what the core learns about tabs.
import { api } from '../shared/api.js';
import { isOwn } from './own-pages.js';

/** @typedef {import('./contract.js').Event} Event */

/** Chromium gives the time of the last look since 121; before that, an active tab is the better guess. @param {chrome.tabs.Tab} tab */
const rank = (tab) => tab.lastAccessed ?? (tab.active ? 1 : 0);

/** The one that was looked at last. @param {chrome.tabs.Tab[]} tabs */
const lastOf = (tabs) =>
  tabs.filter((tab) => !isOwn(tab)).sort((one, other) => rank(other) - rank(one))[0];

/**
 * The tab that the engineer looks at, or looked at last when a page of this extension or another kind of window is in front.
 * @returns {Promise<chrome.tabs.Tab | undefined>}
 */
export async function frontTab() {
  const [focused] = await api.tabs.query({
    active: true,
    lastFocusedWindow: true,
    windowType: 'normal',
  });
  if (focused && !isOwn(focused)) return focused;
  const beside =
    focused && lastOf(await api.tabs.query({ windowId: focused.windowId, windowType: 'normal' }));
  return beside ?? lastOf(await api.tabs.query({ windowType: 'normal' }));
}

/**
 * The tab in front in a window, or looked at last there when a page of this extension is in front.
 * @param {number} windowId
 * @returns {Promise<chrome.tabs.Tab | undefined>}
 */
async function frontOf(windowId) {
  const [active] = await api.tabs.query({ active: true, windowId, windowType: 'normal' });
  if (!active || !isOwn(active)) return active;
  return lastOf(await api.tabs.query({ windowId, windowType: 'normal' }));
}

/**
 * @param {chrome.tabs.Tab} tab
 * @param {boolean} active whether it is the one in front in its window
 * @param {boolean} focused whether the engineer works in that window
 * @returns {Event}
 */
const seen = (tab, active, focused) => ({
  type: 'tab_seen_in',
  tab: tab.id ?? api.tabs.TAB_ID_NONE,
  window: tab.windowId,
  url: tab.url ?? '',
  active,
  focused,
});

/** @returns {Promise<Event | undefined>} the tab in front, if there is one */
export async function frontSeen() {
  const tab = await frontTab();
  return tab && seen(tab, true, true);
}

/** @returns {Promise<Event[]>} the tab in front in every window, the engineer's last */
export async function allSeen() {
  const front = await frontTab();
  const active = await api.tabs.query({ active: true, windowType: 'normal' });
  const others = await Promise.all(
    active
      .filter((tab) => tab.windowId !== front?.windowId)
      .map(({ windowId }) => frontOf(windowId)),
  );
  return [
    ...others.flatMap((tab) => (tab ? [seen(tab, true, false)] : [])),
    ...(front ? [seen(front, true, true)] : []),
  ];
}

/**
 * @param {number} id
 * @returns {Promise<Event | undefined>} nothing when it is one of our own or gone meanwhile
 */
export async function tabSeen(id) {
  const tab = await api.tabs.get(id).catch(() => undefined);
  if (!tab || isOwn(tab)) return undefined;
  const front = await frontTab();
  const focused = front?.windowId === tab.windowId;
  const active = focused ? front.id === id : tab.active || (await frontOf(tab.windowId))?.id === id;
  return seen(tab, active, focused);
}

/**
 * @param {number} id
 * @returns {Promise<Event | undefined>} its tab in front; nothing for a popup, the developer tools, no window at all
 */
export async function windowSeen(id) {
  if (id === api.windows.WINDOW_ID_NONE) return undefined;
  const tab = await frontOf(id);
  return tab && seen(tab, true, true);
}

/**
 * A new tab that the engineer opened to go elsewhere has an opener in Chromium, too; it is no page opened from that tab.
 * @param {chrome.tabs.Tab} tab
 * @returns {Event | undefined}
 */
export function created({ id, openerTabId, url, pendingUrl }) {
  if (id === undefined) return undefined;
  const isByHand = /^(?:chrome|edge|about):(?!blank)/.test(pendingUrl ?? url ?? '');
  return { type: 'tab_created', tab: id, opener: isByHand ? null : (openerTabId ?? null) };
}
