// What the extension's pages show: the panels, at most one per window, and the settings pages.
import { api } from '../shared/api.js';

/**
 * @typedef {import('./contract.js').Event} Event
 * @typedef {import('./contract.js').Snapshot} Snapshot
 * @typedef {import('./contract.js').Turn} Turn
 * @typedef {import('./contract.js').Dispatch} Dispatch
 */

/**
 * A kind of page: what it shows, and whether any is there.
 * @param {string} kind of the message that it is shown with; a page that is there says `true` to it
 * @param {Event} closed the event for the core if none is open
 * @param {{window?: number}} [whose] for a panel: its window
 */
function pageOf(kind, closed, whose = {}) {
  /** @type {Snapshot} */
  let snapshot = { html: null, wake_at: null, run: crypto.randomUUID(), number: 0 };
  /** Counts openings, so that a page opened while another is found gone isn't taken for closed. */
  let openings = 0;

  /**
   * @param {{kind: string, [member: string]: unknown}} message
   * @param {Dispatch} dispatch
   */
  async function send(message, dispatch) {
    const before = openings;
    // It rejects when no page of the extension is open, which is the usual case.
    const there = await api.runtime.sendMessage(message).catch(() => undefined);
    if (there !== true && before === openings) await dispatch(closed);
  }

  return {
    current: () => snapshot,
    countOpening: () => {
      openings += 1;
    },
    send,
    /**
     * @param {string | null} html nothing when it stays as it is
     * @param {number | null} wake_at
     * @param {Dispatch} dispatch
     */
    show: (html, wake_at, dispatch) => {
      if (html === null && wake_at === snapshot.wake_at) return;
      snapshot = {
        html: html ?? snapshot.html,
        wake_at,
        run: snapshot.run,
        number: snapshot.number + 1,
      };
      if (html !== null || wake_at !== null) void send({ kind, ...whose, ...snapshot }, dispatch);
    },
  };
}

/** Of the panels, by their windows. @type {Map<number, ReturnType<typeof pageOf>>} */
const panels = new Map();

/** @param {number} window */
function panelOf(window) {
  const known = panels.get(window);
  if (known) return known;
  const panel = pageOf('view', { type: 'panel_gone', window }, { window });
  panels.set(window, panel);
  return panel;
}

/** The pages other than the panel, by the core's names for them. */
const PAGES = {
  options: pageOf('options_view', { type: 'page_closed', page: 'options' }),
  welcome: pageOf('welcome_view', { type: 'page_closed', page: 'welcome' }),
};

/** @typedef {keyof typeof PAGES} PageName */

/**
 * @param {unknown} name
 * @returns {name is PageName}
 */
export const isPage = (name) => typeof name === 'string' && Object.hasOwn(PAGES, name);

/** @param {PageName | number | undefined} page or a panel's window */
const pageNamed = (page) => (typeof page === 'string' ? PAGES[page] : panelOf(page ?? 0));

/** @param {PageName | number | undefined} page or a panel's window */
export const current = (page) => pageNamed(page).current();

/** @param {PageName | number} page or a panel's window */
export const countOpening = (page) => pageNamed(page).countOpening();

/**
 * Shows what the core answered, if that changed.
 * @param {Turn} outcome
 * @param {Dispatch} dispatch
 */
export function show(outcome, dispatch) {
  const views = new Map(outcome.views);
  for (const window of new Set([...panels.keys(), ...views.keys()])) {
    panelOf(window).show(views.get(window) ?? null, outcome.wake_at ?? null, dispatch);
  }
  for (const [name, html] of outcome.pages)
    if (isPage(name)) PAGES[name].show(html, null, dispatch);
}

/**
 * A window's panel reported that it is closing; the core learns of it if no other one is open there.
 * @param {number} window
 * @param {Dispatch} dispatch
 */
export const present = (window, dispatch) =>
  panelOf(window).send({ kind: 'present', window }, dispatch);
