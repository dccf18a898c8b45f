// Opens the browser's own page of keyboard shortcuts.
import { api } from './api.js';

/** Firefox has a call for it (since 137), Chromium an address. */
export async function openShortcuts() {
  /** @type {(() => Promise<void>) | undefined} */
  const open = Reflect.get(api.commands, 'openShortcutSettings');
  if (open) await open.call(api.commands);
  else await api.tabs.create({ url: 'chrome://extensions/shortcuts' });
}
