// What a panel shows until the core has started: the last view of the ticket in front of its own window. Nothing of it can be used.
import { api } from '../shared/api.js';
import { isStoredView, viewKeyOf } from '../shared/stored-view.js';

/** @typedef {import('../shared/boundary.js').CaseKey} CaseKey */

/** The address of this extension's own pages. */
const OWN = api.runtime.getURL('');

/**
 * The ticket that a tab shows. The browser gives the address only if Tether has access to its site.
 * @param {{url?: string}} tab
 * @returns {CaseKey | undefined}
 */
export function ticketOf({ url }) {
  const page = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  if (page?.protocol !== 'https:') return undefined;
  const ticket = /^\/agent\/tickets\/([1-9]\d{0,15})(?:\/|$)/.exec(page.pathname)?.[1];
  return ticket !== undefined && Number.isSafeInteger(Number(ticket))
    ? { host: page.host, ticket: Number(ticket) }
    : undefined;
}

/**
 * The ticket in front of this panel's window. A panel in a window of its own follows another one: that is certain only if there is no
 * third one.
 * @returns {Promise<CaseKey | undefined>}
 */
export async function ticketInFront() {
  // At once: each answer takes a frame while the background starts.
  const [[own], [second], inFront] = await Promise.all([
    api.tabs.query({ active: true, currentWindow: true }),
    api.tabs.query({ index: 1, currentWindow: true }),
    api.tabs.query({ active: true, windowType: 'normal' }),
  ]);
  if (!own) return undefined;
  if (!own.url?.startsWith(OWN)) return ticketOf(own);
  if (second) return undefined;
  const [other, ...more] = inFront.filter(({ windowId }) => windowId !== own.windowId);
  return other && more.length === 0 ? ticketOf(other) : undefined;
}

/**
 * The last view of that ticket, if one is stored.
 * @returns {Promise<{case: CaseKey, html: string} | undefined>}
 */
export async function lastView() {
  const front = await ticketInFront();
  if (!front) return undefined;
  const key = viewKeyOf(front);
  const { [key]: entry } = await api.storage.session.get(key);
  return isStoredView(entry) && entry.host === front.host && entry.ticket === front.ticket
    ? { case: front, html: entry.html }
    : undefined;
}

/** @param {CaseKey | undefined | null} one @param {CaseKey | undefined | null} other */
export const isSame = (one, other) => one?.host === other?.host && one?.ticket === other?.ticket;

/**
 * Calls whenever another page may have come to the front.
 * @param {() => void} look
 * @returns {() => void} ends it
 */
export function watchFront(look) {
  // An address is reported of the sites alone to which Tether has access, so that every change of a tab counts.
  const events = [api.tabs.onActivated, api.tabs.onUpdated, api.tabs.onReplaced];
  const onAny = () => look();
  for (const event of events) event.addListener(onAny);
  return () => {
    for (const event of events) event.removeListener(onAny);
  };
}

/** How the panel says that what it shows is not current. */
const REFRESHING = 'Refreshing…';
const NOT_CURRENT = 'Not refreshed';

export class FirstView {
  #main;
  #line;
  #guard;
  #panel;
  /** What was there before. */
  #before;
  /** Whether the core has not confirmed yet what is shown. */
  #isOpen = true;
  /** Whose view is shown unconfirmed. @type {CaseKey | undefined} */
  #shown;
  /** What the line says of it. */
  #says = REFRESHING;
  /** @type {(() => void) | undefined} */
  #unwatch;

  /**
   * @param {HTMLElement} main
   * @param {HTMLElement} line says that the view is being refreshed
   * @param {{hold: (isHeld: boolean) => void}} guard
   * @param {{draw: (html: string) => void, shown: () => CaseKey | null}} panel
   */
  constructor(main, line, guard, panel) {
    this.#main = main;
    this.#line = line;
    this.#guard = guard;
    this.#panel = panel;
    this.#before = [...main.childNodes];
  }

  /** Shows the last view, unless the core was faster. */
  async show() {
    const last = await lastView();
    if (!last || !this.#isOpen) return;
    this.#unwatch = watchFront(() => void this.#look());
    this.#shown = last.case;
    this.#hold(true);
    this.#panel.draw(last.html);
    this.#line.textContent = this.#says;
    // The view itself must say that it is this ticket's, and the ticket must still be in front.
    if (!isSame(this.#panel.shown(), last.case)) this.#hide();
    else await this.#look();
  }

  /** The core has answered: what it gives replaces this, and can be used. */
  confirm() {
    this.#isOpen = false;
    this.#end();
    this.#line.textContent = '';
    this.#hold(false);
  }

  /** The core cannot answer: what is shown stays as it is. */
  fail() {
    this.#says = NOT_CURRENT;
    if (this.#shown) this.#line.textContent = this.#says;
    this.#main.removeAttribute('aria-busy');
  }

  async #look() {
    const front = await ticketInFront().catch(() => undefined);
    if (this.#shown && !isSame(front, this.#shown)) this.#hide();
  }

  #hide() {
    this.#end();
    this.#main.replaceChildren(...this.#before);
    this.#line.textContent = '';
  }

  #end() {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#shown = undefined;
  }

  /** @param {boolean} isHeld */
  #hold(isHeld) {
    this.#main.inert = isHeld;
    if (isHeld) this.#main.setAttribute('aria-busy', 'true');
    else this.#main.removeAttribute('aria-busy');
    this.#guard.hold(isHeld);
  }
}
