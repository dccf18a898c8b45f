// The only access to the core: events go in one after another, and each answer is saved before the
// next event, because the browser may stop this background at any moment.
import init, { handle, hosts, know_free_mail, saved, start } from '../core/tether.js';
import { api } from '../shared/api.js';
import { offerEntryOn } from './context-menu.js';
import { run } from './effects.js';
import { messageOf, nameOf } from './errors.js';
import { hosts as grantedHosts, hostAccess, nameHosts, placeScripts } from './hosts.js';
import { kept as keptReminders, restore, watchHosts } from './reminders.js';
import { settings } from './settings-storage.js';
import { show } from './snapshot.js';
import { dropViews, keepViews, keepViewsOf, takeOver } from './stored-views.js';
import { allSeen } from './tabs.js';

/**
 * @typedef {import('./contract.js').Event} Event
 * @typedef {import('./contract.js').Dispatch} Dispatch
 * @typedef {import('./contract.js').Turn} Turn
 */

/**
 * Why the core does not work, for the panel; and what kind of error that was, for an error report.
 * @type {{error: string, errorName: string} | undefined}
 */
let failure;
/** Ends when everything that was told so far is done. */
let queue = boot();

export const failed = () => failure;

/** @param {unknown} error */
const failureOf = (error) => ({ error: messageOf(error), errorName: nameOf(error) });

/** @type {Dispatch} */
export function dispatch(event) {
  const done = queue.then(async () => {
    try {
      const told = typeof event === 'function' ? await event() : event;
      const events = [told].flat().filter((one) => one !== undefined);
      if (events.length > 0) await tell(events);
    } catch (error) {
      console.warn('Tether could not handle an event:', messageOf(error));
    }
  });
  queue = done;
  return done;
}

async function boot() {
  try {
    // All at once, because a person is waiting for the panel.
    const [text, freeMail, stored, kept, access, seen, reminded] = await Promise.all([
      fetch(api.runtime.getURL('site-profile.json')).then((response) => response.text()),
      fetch(api.runtime.getURL('free-mail.txt')).then((response) => response.arrayBuffer()),
      api.storage.session.get(null),
      settings(),
      hostAccess(),
      allSeen(),
      keptReminders(),
      init({ module_or_path: api.runtime.getURL('core/tether_bg.wasm') }),
    ]);
    know_free_mail(new Uint8Array(freeMail));
    start(text, takeOver(stored), kept);
    nameHosts(hosts());
    const reminders = await restore(hosts().zendesk, reminded);
    /** @type {(Event | undefined)[]} */
    const events = [
      { type: 'woke' },
      { type: 'browser', agent: navigator.userAgent },
      access,
      reminders,
      ...seen,
    ];
    await tell(events.filter((event) => event !== undefined));
  } catch (error) {
    failure ??= failureOf(error);
    console.warn('Tether could not start:', failure.error);
  }
}

/**
 * Several events at once are saved together: after a stop in between they are all told anew.
 * @param {Event[]} events
 * @returns {Promise<void>}
 */
async function tell(events) {
  if (failure !== undefined) return;
  /** @type {Turn[]} */
  let outcomes;
  try {
    outcomes = events.map((event) => handle(event, Date.now()));
  } catch (error) {
    // After a trap, the module's memory can't be trusted. What was saved before is sound, and the
    // next start uses it.
    if (error instanceof WebAssembly.RuntimeError) failure = failureOf(error);
    throw error;
  }
  // The view may be drawn while it is being saved; effects wait until it is saved.
  const saving = save(outcomes.flatMap((outcome) => outcome.save));
  showLast(outcomes);
  await saving;
  keepLast(outcomes);
  if (events.some(({ type }) => type === 'settings' || type === 'host_access')) heedHosts();
  for (const { effects } of outcomes) for (const effect of effects) run(effect, dispatch);
}

/**
 * The snapshot after all of them, not one after the other.
 * @param {Turn[]} outcomes
 */
function showLast(outcomes) {
  const last = outcomes.at(-1);
  if (!last) return;
  const pages = new Map(outcomes.flatMap((outcome) => outcome.pages));
  show({ ...last, views: lastViews(outcomes), pages: [...pages] }, dispatch);
}

/**
 * Stores that snapshot for the next panel that opens.
 * @param {Turn[]} outcomes
 */
function keepLast(outcomes) {
  const last = outcomes.at(-1);
  if (!last) return;
  const save = outcomes.flatMap((outcome) => outcome.save);
  keepViews({ ...last, views: lastViews(outcomes), save });
}

/** @param {Turn[]} outcomes */
const lastViews = (outcomes) => [...new Map(outcomes.flatMap((outcome) => outcome.views))];

/** The hosts in force, or what of them is granted, may be others now. */
function heedHosts() {
  /** @type {import('./hosts.js').Hosts} */
  const named = hosts();
  nameHosts(named);
  watchHosts(named.zendesk);
  keepViewsOf(grantedHosts().zendesk);
  placeScripts();
  offerEntryOn(named);
}

/** How long it waits before it tries to save again, ms: twice as long each time, up to the longest. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/** How long it waits when the next save fails; nothing while the browser saves. @type {number | undefined} */
let pause;

/** What the core gave and the browser has not kept comes again with every event. @param {Turn['save']} entries */
async function save(entries) {
  const last = [...new Map(entries)];
  const gone = last.filter(([, value]) => value == null).map(([key]) => key);
  const kept = last.filter(([, value]) => value != null);
  try {
    // First what makes room.
    if (gone.length > 0) await api.storage.session.remove(gone);
    if (kept.length > 0) await api.storage.session.set(Object.fromEntries(kept));
    saved();
    if (pause !== undefined) void dispatch({ type: 'saved_again' });
    pause = undefined;
  } catch (error) {
    // Work continues in memory; only a stop of the background would lose it, and the panel says so.
    const why = messageOf(error);
    console.warn('Tether could not save:', why);
    dropViews();
    const isFirst = pause === undefined;
    const wait = pause ?? FIRST_PAUSE;
    pause = Math.min(2 * wait, LONGEST_PAUSE);
    const again = () => void dispatch({ type: 'not_saved', why });
    if (isFirst) again();
    else setTimeout(again, wait);
  }
}
