// The hosts on which Tether works: those that the profile in force names and the browser granted.
import { api } from '../shared/api.js';
import { OWN } from './own-pages.js';

/**
 * @typedef {import('./contract.js').Event} Event
 * @typedef {import('../shared/boundary.js').Hosts} Hosts
 */

/** As the profile in force names them; known once the core has started. @type {Hosts} */
let named = { portal: [], zendesk: [] };
/** Patterns that are not granted, as last reported by the browser. @type {Set<string>} */
let missing = new Set();

/** @param {string} host */
export const patternOf = (host) => `https://${host}/*`;

/** @param {Hosts} hosts */
export function nameHosts(hosts) {
  named = hosts;
}

/** The hosts that messages of page scripts may come from. @returns {Hosts} */
export function hosts() {
  const granted = (/** @type {string} */ host) => !missing.has(patternOf(host));
  return { portal: named.portal.filter(granted), zendesk: named.zendesk.filter(granted) };
}

/** @returns {Promise<Event>} which of the hosts that the manifest may ask for are not granted */
export async function hostAccess() {
  const manifest = api.runtime.getManifest();
  /** @type {string[]} */
  const wanted = [
    ...(manifest.host_permissions ?? []),
    ...(manifest.optional_host_permissions ?? []),
  ];
  const granted = await Promise.all(
    wanted.map((pattern) => api.permissions.contains({ origins: [pattern] })),
  );
  missing = new Set(wanted.filter((_, at) => !granted[at]));
  return { type: 'host_access', missing: [...missing] };
}

/** The prefix of the ids of scripts that are registered for additional hosts. */
const SCRIPT = 'portal:';

/** Ends when what was registered so far is: two at once would register the same twice. */
let placing = Promise.resolve();

/** The portal's script runs by itself where the manifest says so; on the portal's other hosts as long as they are in force and granted. */
export function placeScripts() {
  placing = placing
    .then(place)
    .catch((error) => console.warn('Tether could not register the script of a portal:', error));
}

async function place() {
  const [own] = api.runtime.getManifest().content_scripts ?? [];
  // Firefox (153) reports the manifest's files by their full URLs, but does not accept them in this
  // form.
  const js = own?.js?.map((/** @type {string} */ file) =>
    file.startsWith(OWN) ? file.slice(OWN.length) : file,
  );
  const pattern = own?.matches?.[0];
  if (!pattern || !js) return;
  const usual = new URL(pattern.replace('*', '')).host;
  const wanted = hosts().portal.filter((host) => host !== usual);
  const there = (await api.scripting.getRegisteredContentScripts())
    .map(({ id }) => id)
    .filter((id) => id.startsWith(SCRIPT));
  const gone = there.filter((id) => !wanted.includes(id.slice(SCRIPT.length)));
  if (gone.length > 0) await api.scripting.unregisterContentScripts({ ids: gone });
  const fresh = wanted.filter((host) => !there.includes(SCRIPT + host));
  if (fresh.length === 0) return;
  await api.scripting.registerContentScripts(
    fresh.map((host) => ({
      id: SCRIPT + host,
      matches: [pattern.replace(usual, host)],
      js,
      runAt: 'document_idle',
      persistAcrossSessions: true,
    })),
  );
}
