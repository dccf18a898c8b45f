// The one way to the core: events go in one after the other, and each answer is saved before the next event is told, because the
// browser may stop this background at any moment.
import init, { handle, hosts, know_free_mail, start } from '../core/tether.js';
import { api } from './api.js';
import { messageOf, run } from './effects.js';
import { hostAccess, nameHosts, placeScripts } from './hosts.js';
import { offerEntryOn } from './menu.js';
import { show } from './picture.js';
import { kept as keptReminders, restore, watchHosts } from './reminders.js';
import { settings } from './settings.js';
import { frontSeen } from './tabs.js';

/**
 * @typedef {import('./contract.js').Event} Event
 * @typedef {import('./contract.js').Dispatch} Dispatch
 * @typedef {import('./contract.js').Outcome} Outcome
 */

/** Why the core does not work; the panel shows it. @type {string | undefined} */
let failure;
/** Ends when everything that was told so far is done. */
let queue = boot();

export const failed = () => failure;

/** @type {Dispatch} */
export function dispatch(event) {
  const done = queue.then(async () => {
    try {
      const told = typeof event === 'function' ? await event() : event;
      if (told) await tell([told]);
    } catch (error) {
      console.warn('Tether could not handle an event:', messageOf(error));
    }
  });
  queue = done;
  return done;
}

async function boot() {
  try {
    // All at once: a person waits for the panel meanwhile.
    const [text, freeMail, saved, kept, access, front, reminded] = await Promise.all([
      fetch(api.runtime.getURL('site-profile.json')).then((response) => response.text()),
      fetch(api.runtime.getURL('free-mail.txt')).then((response) => response.arrayBuffer()),
      api.storage.session.get(null),
      settings(),
      hostAccess(),
      frontSeen(),
      keptReminders(),
      init({ module_or_path: api.runtime.getURL('core/tether_bg.wasm') }),
    ]);
    know_free_mail(new Uint8Array(freeMail));
    start(text, saved, kept);
    nameHosts(hosts());
    const reminders = await restore(hosts().zendesk, reminded);
    const events = [{ type: 'woke' }, { type: 'browser', agent: navigator.userAgent }, access, reminders, front];
    await tell(events.filter((event) => event !== undefined));
  } catch (error) {
    failure ??= messageOf(error);
    console.warn('Tether could not start:', failure);
  }
}

/**
 * Several events at once are saved together: after a stop in between they are all told anew.
 * @param {Event[]} events
 * @returns {Promise<void>}
 */
async function tell(events) {
  if (failure !== undefined) return;
  /** @type {Outcome[]} */
  let outcomes;
  try {
    outcomes = events.map((event) => handle(event, Date.now()));
  } catch (error) {
    // After a trap the module's memory can't be trusted. What was saved before is sound, and the next start begins from it.
    if (error instanceof WebAssembly.RuntimeError) failure = messageOf(error);
    throw error;
  }
  // What is shown may be drawn while it is being saved; what is done waits until it is.
  const saved = save(outcomes.flatMap((outcome) => outcome.save));
  showLast(outcomes);
  await saved;
  if (events.some(({ type }) => type === 'settings' || type === 'host_access')) heedHosts();
  for (const { effects } of outcomes) for (const effect of effects) run(effect, dispatch);
}

/**
 * The picture after all of them, not one after the other.
 * @param {Outcome[]} outcomes
 */
function showLast(outcomes) {
  const last = outcomes.at(-1);
  if (!last) return;
  const view = outcomes.findLast((outcome) => outcome.view != null)?.view;
  const pages = new Map(outcomes.flatMap((outcome) => outcome.pages));
  show({ ...last, view, pages: [...pages] }, dispatch);
}

/** The hosts in force, or what of them is granted, may be others now. */
function heedHosts() {
  /** @type {import('./hosts.js').Hosts} */
  const named = hosts();
  nameHosts(named);
  watchHosts(named.zendesk);
  placeScripts();
  offerEntryOn(named);
}

/** @param {Outcome['save']} entries */
async function save(entries) {
  const last = [...new Map(entries)];
  const gone = last.filter(([, value]) => value == null).map(([key]) => key);
  const kept = last.filter(([, value]) => value != null);
  try {
    if (kept.length > 0) await api.storage.session.set(Object.fromEntries(kept));
    if (gone.length > 0) await api.storage.session.remove(gone);
  } catch (error) {
    // The work goes on in memory; only a stop of the background would lose it.
    console.warn('Tether could not save:', messageOf(error));
  }
}
