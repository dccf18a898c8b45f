// The entry `Use as proof` in the menu of a selection, on pages of the sites that the manifest names.
import { api } from './api.js';

/**
 * @typedef {import('./contract.js').Dispatch} Dispatch
 * @typedef {import('./contract.js').Event} Event
 */

const ENTRY = 'use-as-proof';

/** Browsers keep entries over a stop of the background: one that is there already is an error that says nothing new. */
export function offerEntry() {
  api.contextMenus.create(
    { id: ENTRY, title: 'Use as proof', contexts: ['selection'], documentUrlPatterns: api.runtime.getManifest().host_permissions ?? [] },
    () => void api.runtime.lastError,
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
