// The page that engineers see once after they have installed Tether themselves.
import { api } from '../shared/api.js';

/**
 * Not after an update, and not if an organization rolls Tether out, because it informs its engineers itself.
 * @param {string} reason
 */
export async function greet(reason) {
  if (reason !== 'install') return;
  // In both browsers, `getSelf` needs no permission.
  if ((await api.management.getSelf()).installType === 'admin') return;
  // Without a policy, Firefox rejects. Chromium 156 may not have read it yet: then an engineer who installed Tether themselves is greeted.
  const policy = await api.storage.managed.get(null).catch(() => ({}));
  if (Object.keys(policy).length > 0) return;
  await api.tabs.create({ url: api.runtime.getURL('options/welcome.html'), active: true });
}
