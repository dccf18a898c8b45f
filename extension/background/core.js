// The one way to the core: events go in one after the other, and each answer is saved before the next event is told, because the
// browser may stop this background at any moment.
import init, { handle, start } from '../core/tether.js';
import { api } from './api.js';
import { messageOf, run } from './effects.js';
import { show } from './picture.js';
import { restore } from './reminders.js';
import { frontSeen, hostAccess } from './tabs.js';

/**
 * @typedef {import('./contract.js').Event} Event
 * @typedef {import('./contract.js').Dispatch} Dispatch
 * @typedef {import('./contract.js').Outcome} Outcome
 * @typedef {{portal: {hosts: string[]}, zendesk: {hosts: string[]}}} Profile
 */

/** Why the core does not work; the panel shows it. @type {string | undefined} */
let failure;
/** @type {Profile | undefined} */
let profile;
/** Ends when everything that was told so far is done. */
let queue = boot();

export const failed = () => failure;

/** The hosts that messages of page scripts may come from; known once the core has started. */
export const hosts = () => ({ portal: profile?.portal.hosts ?? [], zendesk: profile?.zendesk.hosts ?? [] });

/** @type {Dispatch} */
export function dispatch(event) {
  const done = queue.then(async () => {
    try {
      const told = typeof event === 'function' ? await event() : event;
      if (told) await tell(told);
    } catch (error) {
      console.warn('Tether could not handle an event:', messageOf(error));
    }
  });
  queue = done;
  return done;
}

async function boot() {
  try {
    const [text, saved] = await Promise.all([
      fetch(api.runtime.getURL('site-profile.json')).then((response) => response.text()),
      api.storage.session.get(null),
      init({ module_or_path: api.runtime.getURL('core/tether_bg.wasm') }),
    ]);
    profile = JSON.parse(text);
    start(text, saved);
    await tell({ type: 'woke' });
    await tell({ type: 'browser', agent: navigator.userAgent });
    await tell(await hostAccess());
    const reminders = await restore(profile?.zendesk.hosts ?? []);
    if (reminders) await tell(reminders);
    const front = await frontSeen();
    if (front) await tell(front);
  } catch (error) {
    failure ??= messageOf(error);
    console.warn('Tether could not start:', failure);
  }
}

/**
 * @param {Event} event
 * @returns {Promise<void>}
 */
async function tell(event) {
  if (failure !== undefined) return;
  /** @type {Outcome} */
  let outcome;
  try {
    outcome = handle(event, Date.now());
  } catch (error) {
    // After a trap the module's memory can't be trusted. What was saved before is sound, and the next start begins from it.
    if (error instanceof WebAssembly.RuntimeError) failure = messageOf(error);
    throw error;
  }
  await save(outcome.save);
  show(outcome, dispatch);
  for (const effect of outcome.effects) run(effect, dispatch);
}

/** @param {Outcome['save']} entries */
async function save(entries) {
  const gone = entries.filter(([, value]) => value == null).map(([key]) => key);
  const kept = entries.filter(([, value]) => value != null);
  try {
    if (kept.length > 0) await api.storage.session.set(Object.fromEntries(kept));
    if (gone.length > 0) await api.storage.session.remove(gone);
  } catch (error) {
    // The work goes on in memory; only a stop of the background would lose it.
    console.warn('Tether could not save:', messageOf(error));
  }
}
