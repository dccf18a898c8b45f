// The keys that this browser has for Tether's commands by now: the engineer may have changed or taken them away.

/** @type {typeof chrome} */
const api = Reflect.get(globalThis, 'browser') ?? chrome;

/** By the command's name in the manifest; empty where it has no key. @type {Map<string, string>} */
const keys = new Map();

/** Reads them; they are the same until the engineer has been elsewhere. @param {ParentNode} root what shows them */
export async function readKeys(root) {
  for (const { name, shortcut } of await api.commands.getAll())
    if (name !== undefined) keys.set(name, shortcut ?? '');
  showKeys(root);
}

/** Puts them in. @param {ParentNode} content */
export function showKeys(content) {
  for (const key of content.querySelectorAll('[data-keys-of]')) {
    const name = key
      .getAttribute('data-keys-of')
      ?.split(' ')
      .find((one) => keys.has(one));
    if (name !== undefined) key.textContent = keys.get(name) || 'no key';
  }
}

/** Opens the place where the browser lets them be changed. Firefox has a call for it, Chromium an address. */
export async function changeKeys() {
  /** @type {(() => Promise<void>) | undefined} Firefox only, since 137 */
  const settings = Reflect.get(api.commands, 'openShortcutSettings');
  if (settings) await settings.call(api.commands);
  else await api.tabs.create({ url: 'chrome://extensions/shortcuts' });
}
