// Stores the last view of each ticket, so that a panel that opens shows it before the core has started. In the session's storage only:
// it is never on the disk, and the browser empties it when it closes. The core says which views may be stored and what must go.
import { api } from '../shared/api.js';
import { isStoredView, isViewKey, viewKeyOf } from '../shared/stored-view.js';
import { messageOf } from './errors.js';

/**
 * @typedef {import('./contract.js').Turn} Turn
 * @typedef {import('../shared/stored-view.js').StoredView} StoredView
 */

/** How many tickets' views are stored. */
const MOST = 8;
/** No longer view is stored, characters. */
const LONGEST = 200_000;
/** How long a view waits until it is stored, ms: while something is read, one follows the other. */
const PAUSE = 100;

/** The Zendesk hosts of what is stored, by key; the ticket that was shown last comes last. @type {Map<string, string>} */
const stored = new Map();
/** What the storage must still learn: a view, or that it goes. @type {Map<string, StoredView | null>} */
let changes = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** Ends when the storage has learned everything so far. */
let writing = Promise.resolve();

/**
 * Takes over what an earlier start of the background has stored.
 * @param {Record<string, unknown>} all the session's storage
 * @returns {Record<string, unknown>} the rest, which is the core's
 */
export function takeOver(all) {
  const entries = Object.entries(all);
  const views = entries.flatMap(([key, entry]) =>
    isViewKey(key) && isStoredView(entry) ? [{ key, ...entry }] : [],
  );
  for (const { key, host } of views.sort((one, other) => one.at - other.at)) stored.set(key, host);
  return Object.fromEntries(entries.filter(([key]) => !isViewKey(key)));
}

/** @param {Pick<Turn, 'views' | 'storable' | 'save' | 'signed_out'>} turn */
export function keepViews({ views, storable, save, signed_out }) {
  const cases = new Map(storable);
  for (const [window, html] of views) {
    const shown = cases.get(window);
    if (shown && html.length <= LONGEST) put({ ...shown, html, at: Date.now() });
  }
  const gone = save.flatMap(([key, value]) =>
    value === null ? [key.replace(/^case:/, 'view:')] : [],
  );
  drop((key, host) => gone.includes(key) || signed_out.includes(host));
}

/** Drops what belongs to other hosts. @param {string[]} hosts that are in force and granted */
export const keepViewsOf = (hosts) => drop((_, host) => !hosts.includes(host));

/** Makes room, or forgets what was seen. */
export const dropViews = () => drop(() => true);

/** @param {StoredView} view */
function put(view) {
  const key = viewKeyOf(view);
  stored.delete(key);
  stored.set(key, view.host);
  changes.set(key, view);
  const surplus = [...stored.keys()].slice(0, -MOST);
  drop((one) => surplus.includes(one));
  timer ??= setTimeout(write, PAUSE);
}

/** @param {(key: string, host: string) => boolean} isGone */
function drop(isGone) {
  const gone = [...stored].filter(([key, host]) => isGone(key, host));
  if (gone.length === 0) return;
  for (const [key] of gone) {
    stored.delete(key);
    changes.set(key, null);
  }
  write();
}

function write() {
  clearTimeout(timer);
  timer = undefined;
  const now = [...changes];
  changes = new Map();
  writing = writing.then(async () => {
    const gone = now.filter(([, view]) => view === null).map(([key]) => key);
    const kept = now.filter(([, view]) => view !== null);
    try {
      if (gone.length > 0) await api.storage.session.remove(gone);
      if (kept.length > 0) await api.storage.session.set(Object.fromEntries(kept));
    } catch (error) {
      // The cases need the room more than a view that is only shown until the core has started.
      console.warn('Tether could not store a view:', messageOf(error));
      await api.storage.session.remove(now.map(([key]) => key)).catch(() => undefined);
    }
  });
}
