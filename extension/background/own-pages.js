// Distinguishes the extension's own pages from the pages that the engineer works on.
import { api } from '../shared/api.js';

/** Where the extension's own pages are, with a slash at the end. */
export const OWN = api.runtime.getURL('');

/** Tabs that show a page of this extension; the browser may not tell their address. @type {Set<number>} */
const ownTabs = new Set();

/** @param {number} tab */
export const rememberOwnTab = (tab) => ownTabs.add(tab);

/** @param {number} tab */
export const forgetOwnTab = (tab) => ownTabs.delete(tab);

/** A panel in a tab or in a window of its own is never what the engineer works on. @param {chrome.tabs.Tab} tab */
export const isOwn = (tab) =>
  (tab.id !== undefined && ownTabs.has(tab.id)) ||
  (tab.url ?? tab.pendingUrl ?? '').startsWith(OWN);
