// The current shortcuts of Tether's commands: the engineer may have changed or removed them.
import { api } from './api.js';

/** By the command's name in the manifest; empty if it has no key. @type {Map<string, string>} */
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
