// Tells a screen reader which ticket the panel shows, when that changes: the focus may be anywhere.
import { textOf } from '../shared/text-of.js';

/** How long it waits for the subject, ms, before it says the number alone. */
const PATIENCE = 1000;

/** @typedef {import('../shared/boundary.js').CaseKey} CaseKey */

export class Announcer {
  #region;
  /** @type {CaseKey | null} */
  #last = null;
  /** Whether a first view was shown: who opens the panel knows for which ticket. */
  #isOpen = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Element} region a live one, outside what changes */
  constructor(region) {
    this.#region = region;
  }

  /**
   * @param {CaseKey | null} shown
   * @param {ParentNode} view
   */
  show(shown, view) {
    const isSame = shown?.host === this.#last?.host && shown?.ticket === this.#last?.ticket;
    const wasOpen = this.#isOpen;
    this.#last = shown;
    this.#isOpen = true;
    if (isSame) {
      if (this.#timer !== undefined && subjectIn(view) !== '') this.#say(view);
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#region.textContent = '';
    if (!shown || !wasOpen) return;
    if (subjectIn(view) === '') this.#timer = setTimeout(() => this.#say(view), PATIENCE);
    else this.#say(view);
  }

  /** @param {ParentNode} view */
  #say(view) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const title = textOf(view.querySelector('header.case h1'));
    this.#region.textContent = [title, subjectIn(view)].filter((part) => part !== '').join(', ');
  }
}

/** @param {ParentNode} view */
const subjectIn = (view) => textOf(view.querySelector('header.case .subject'));
