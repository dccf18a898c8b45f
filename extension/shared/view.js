// Puts the core's HTML in place of what is shown, so that focus, scroll, opened details and typed text stay.
import { Card, headingIn } from './card.js';
import { Drafts } from './drafts.js';
import { identify } from './identify.js';
import { showKeys } from './keys.js';
import { Countdown, localise, putWaits } from './times.js';
import { Idiomorph } from './vendor/idiomorph.js';

/** Which case it is; another one takes nothing over from the last. @param {ParentNode} content */
function caseOf(content) {
  const header = content.querySelector('header.case');
  const { caseHost, caseTicket } = header instanceof HTMLElement ? header.dataset : {};
  return caseTicket === undefined
    ? (header?.querySelector('h1')?.textContent ?? '')
    : `${caseHost} ${caseTicket}`;
}

/** What a part of the panel is, whatever it says now. @param {Element} part */
const nameOf = (part) => `${part.tagName} ${part.getAttribute('aria-labelledby') ?? ''}`;

/** Links leave the panel, which has only one page, and send no referrer. @param {ParentNode} content */
function pointOutwards(content) {
  for (const link of content.querySelectorAll('a')) {
    if (!/^https?:$/.test(link.protocol)) link.removeAttribute('href');
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
}

/**
 * A control that is switched off loses the focus, and with it the engineer's place: while it has the focus it only says that it is off.
 * @param {ParentNode} content
 * @param {Element | null} focused
 */
function keepReachable(content, focused) {
  const control = focused?.id
    ? content.querySelector(`[id="${CSS.escape(focused.id)}"]:disabled`)
    : null;
  control?.removeAttribute('disabled');
  control?.setAttribute('aria-disabled', 'true');
}

/** What has moved into something folded keeps the focus for a moment, and then nothing has it. @param {Element} element */
const hasFocus = (element) => document.activeElement === element && element.checkVisibility();

export class View {
  #root;
  #drafts;
  #card;
  #countdown;
  /** What came last; a part of it may wait. */
  #html = '';
  /** Opened or closed by the engineer, whose word counts from then on. @type {WeakSet<Element>} */
  #folded = new WeakSet();
  /** What came last of those that are brought into view. @type {string | undefined} */
  #arrived;
  /** The panel's parts as they came last: most stay as they are while one changes. @type {string[]} */
  #parts = [];
  /** Whether anything was shown before. */
  #shown = false;
  /** The last form that was sent, until its result is known. @type {HTMLFormElement | undefined} */
  #sent;

  /**
   * @param {HTMLElement} root
   * @param {(change: () => void) => void} [around] called with what changes the view by itself
   */
  constructor(root, around = (change) => change()) {
    this.#root = root;
    this.#drafts = new Drafts(root);
    this.#card = new Card(root, () => around(() => this.render(this.#html)));
    this.#countdown = new Countdown(root);
    root.addEventListener('click', ({ target }) => {
      const details = target instanceof Element ? target.closest('summary')?.parentElement : null;
      if (details) this.#folded.add(details);
    });
    root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing) this.#fold(event.target);
    });
  }

  /**
   * @param {string} html
   * @param {{isFirst?: boolean}} [how] first: what was shown last, before it is known how things are now
   */
  render(html, { isFirst = false } = {}) {
    this.#html = html;
    const content = new DOMParser().parseFromString(html, 'text/html').body;
    pointOutwards(content);
    identify(content);
    localise(content);
    putWaits(content);
    showKeys(content);
    headingIn(content)?.setAttribute('tabindex', '-1');
    const root = this.#root;
    const focused = root.contains(document.activeElement) ? document.activeElement : null;
    keepReachable(content, focused);
    const section = focused?.closest('section[aria-labelledby]')?.getAttribute('aria-labelledby');
    const isSameCase = caseOf(content) === caseOf(root);
    if (isSameCase) this.#card.keepIn(content);
    else this.#card.start(content);
    const parts = [...content.children].map((part) => part.outerHTML);
    if (isSameCase) this.#change(content, parts);
    else this.#replace(content);
    this.#parts = parts;
    this.#countdown.run();
    const wrong = this.#sent?.isConnected
      ? this.#sent.querySelector('[aria-invalid="true"]')
      : null;
    this.#sent = undefined;
    if (wrong instanceof HTMLElement) wrong.focus();
    else if (focused && focused !== root && !hasFocus(focused)) this.#giveFocus(focused, section);
    this.#bring(isFirst);
  }

  /** Gives the focus to the card's heading, if nothing in the panel has it. @returns {boolean} whether there is one */
  start() {
    const { activeElement } = document;
    const heading = headingIn(this.#root);
    if (!activeElement || activeElement === document.body || activeElement === this.#root)
      heading?.focus({ preventScroll: true });
    return heading !== null;
  }

  /** What was asked for may stand out of sight when it comes. @param {boolean} isFirst */
  #bring(isFirst) {
    const coming = this.#root.querySelector('[data-arrival]');
    const arrival = coming?.getAttribute('data-arrival') ?? undefined;
    // The content at the panel's opening was seen before.
    if (coming && arrival !== this.#arrived && this.#shown)
      coming.scrollIntoView({ block: 'nearest' });
    this.#arrived = arrival;
    this.#shown = !isFirst;
  }

  /** What was typed in this form has been taken. @param {HTMLFormElement} form */
  forget(form) {
    this.#drafts.forget(form);
    this.#card.sent();
    this.#sent = form;
  }

  /** Escape folds what is unfolded around the cursor; what was typed there stays. @param {EventTarget | null} target */
  #fold(target) {
    const details = target instanceof Element ? target.closest('details[open]') : null;
    if (!(details instanceof HTMLDetailsElement)) return;
    this.#folded.add(details);
    details.open = false;
    details.querySelector('summary')?.focus();
  }

  /**
   * Changes what must change; as long as the parts stay the same, each one separately.
   * @param {HTMLElement} content
   * @param {string[]} parts of it
   */
  #change(content, parts) {
    const now = [...this.#root.children];
    const next = [...content.children];
    if (
      now.length !== next.length ||
      now.length !== this.#parts.length ||
      !now.every((part, n) => next[n] && nameOf(part) === nameOf(next[n]))
    ) {
      this.#morph(this.#root, [...content.childNodes], 'innerHTML');
      return;
    }
    for (const [n, part] of now.entries()) {
      // What was typed in a form that was sent goes, though the form comes as it came before.
      const isSent = this.#sent !== undefined && part.contains(this.#sent);
      if (next[n] && (parts[n] !== this.#parts[n] || isSent))
        this.#morph(part, [next[n]], 'outerHTML');
    }
  }

  /**
   * @param {Element} old
   * @param {Node[]} content
   * @param {'innerHTML' | 'outerHTML'} morphStyle
   */
  #morph(old, content, morphStyle) {
    void Idiomorph.morph(old, content, {
      morphStyle,
      callbacks: {
        beforeAttributeUpdated: (name, element) => {
          if (name === 'open') return !this.#folded.has(element);
          if (name === 'value' || name === 'checked' || name === 'selected')
            return !this.#drafts.keeps(element);
          return true;
        },
      },
    });
  }

  /** @param {HTMLElement} content */
  #replace(content) {
    this.#drafts.putAside(caseOf(this.#root));
    this.#root.replaceChildren(...content.childNodes);
    this.#drafts.bringBack(caseOf(this.#root));
    scrollTo(0, 0);
  }

  /**
   * Focus that the change took away goes back, or to the card's heading, from which the next Tab goes on. A page without a card has the
   * heading of the section where it was.
   * @param {Element} focused what had it
   * @param {string | null | undefined} section its heading's id
   */
  #giveFocus(focused, section) {
    const now = focused.isConnected
      ? focused
      : focused.id === ''
        ? null
        : document.getElementById(focused.id);
    const heading = headingIn(this.#root) ?? (section ? document.getElementById(section) : null);
    heading?.setAttribute('tabindex', '-1');
    for (const target of [now, heading, this.#root]) {
      if (!(target instanceof HTMLElement)) continue;
      target.focus({ preventScroll: true });
      if (hasFocus(target)) return;
    }
  }
}
