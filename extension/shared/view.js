// Puts the core's HTML in place of what is shown, so that focus, scroll, opened details and typed text stay.
import { Drafts } from './drafts.js';
import { identify } from './identify.js';
import { showKeys } from './keys.js';
import { localise } from './times.js';
import { Idiomorph } from './vendor/idiomorph.js';

/** What the case is called; another name is another case, which takes nothing over from the last. @param {ParentNode} content */
const caseOf = (content) => content.querySelector('header.case h1')?.textContent ?? '';

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

export class View {
  #root;
  #drafts;
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

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#drafts = new Drafts(root);
    root.addEventListener('click', ({ target }) => {
      const details = target instanceof Element ? target.closest('summary')?.parentElement : null;
      if (details) this.#folded.add(details);
    });
    root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing) this.#fold(event.target);
    });
  }

  /** @param {string} html */
  render(html) {
    const content = new DOMParser().parseFromString(html, 'text/html').body;
    pointOutwards(content);
    identify(content);
    localise(content);
    showKeys(content);
    const root = this.#root;
    const focused = root.contains(document.activeElement) ? document.activeElement : null;
    keepReachable(content, focused);
    const section = focused?.closest('section[aria-labelledby]')?.getAttribute('aria-labelledby');
    const parts = [...content.children].map((part) => part.outerHTML);
    if (caseOf(content) === caseOf(root)) this.#change(content, parts);
    else this.#replace(content);
    this.#parts = parts;
    const wrong = this.#sent?.isConnected
      ? this.#sent.querySelector('[aria-invalid="true"]')
      : null;
    this.#sent = undefined;
    if (wrong instanceof HTMLElement) wrong.focus();
    else if (focused && focused !== root && document.activeElement !== focused)
      this.#giveFocus(focused, section);
    this.#bring();
  }

  /** What was asked for may stand out of sight when it comes. */
  #bring() {
    const coming = this.#root.querySelector('[data-arrival]');
    const arrival = coming?.getAttribute('data-arrival') ?? undefined;
    // The content at the panel's opening was seen before.
    if (coming && arrival !== this.#arrived && this.#shown)
      coming.scrollIntoView({ block: 'nearest' });
    this.#arrived = arrival;
    this.#shown = true;
  }

  /** What was typed in this form has been taken. @param {HTMLFormElement} form */
  forget(form) {
    this.#drafts.forget(form);
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
   * Focus that the change took away goes back, or to the heading of the section where it was, from which the next Tab goes on.
   * @param {Element} focused what had it
   * @param {string | null | undefined} section its heading's id
   */
  #giveFocus(focused, section) {
    const now = focused.isConnected
      ? focused
      : focused.id === ''
        ? null
        : document.getElementById(focused.id);
    const heading = section ? document.getElementById(section) : null;
    heading?.setAttribute('tabindex', '-1');
    for (const target of [now, heading, this.#root]) {
      if (!(target instanceof HTMLElement)) continue;
      target.focus({ preventScroll: true });
      if (document.activeElement === target) return;
    }
  }
}
