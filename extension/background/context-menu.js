// The entry `Use as proof` in the menu of a selection, on pages of the sites that Tether works on.
import { api } from '../shared/api.js';
import { patternOf } from './hosts.js';

/**
 * @typedef {import('./contract.js').Dispatch} Dispatch
 * @typedef {import('./contract.js').Event} Event
 */

const ENTRY = 'use-as-proof';

/** An empty list would mean every page. */
const usual = () => api.runtime.getManifest().host_permissions ?? [];

/** Browsers keep menu entries when the background stops, so the error for an existing entry can be ignored. */
export function offerEntry() {
  api.contextMenus.create(
    { id: ENTRY, title: 'Use as proof', contexts: ['selection'], documentUrlPatterns: usual() },
    () => void api.runtime.lastError,
  );
}

/**
 * Also on additional hosts, as long as they are switched on.
 * @param {import('./hosts.js').Hosts} hosts in force
 */
export function offerEntryOn({ portal, zendesk }) {
  const documentUrlPatterns = [...new Set([...usual(), ...[...portal, ...zendesk].map(patternOf)])];
  // Chromium returns a promise from version 123 on. A missing entry is created by the next start.
  void Promise.resolve(api.contextMenus.update(ENTRY, { documentUrlPatterns })).catch(
    () => undefined,
  );
}

/**
 * @param {chrome.contextMenus.OnClickData} info
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {Dispatch} dispatch
 * @returns {Promise<void>}
 */
export async function chosen({ menuItemId, selectionText }, tab, dispatch) {
  if (menuItemId !== ENTRY || tab?.id === undefined || selectionText === undefined) return;
  await dispatch({ type: 'selected', tab: tab.id, text: selectionText });
}
