// The page that an engineer sees once, when Tether was installed by themselves.
import { api } from '../shared/api.js';

/**
 * Not after an update, and not if an organization rolls Tether out, because it informs its engineers itself.
 * @param {string} reason
 */
export async function greet(reason) {
  if (reason !== 'install') return;
  // Firefox rejects where no policy is installed.
  const policy = await api.storage.managed.get(null).catch(() => ({}));
  if (Object.keys(policy).length > 0) return;
  await api.tabs.create({ url: api.runtime.getURL('options/welcome.html'), active: true });
}
