// The card: the part of the panel that holds what to do next. A new one does not take the place of the one in which the engineer is typing
// or choosing: it waits until they leave its field.

import { textOf } from './text-of.js';

const CARD = 'section.next';
const HEADING = 'next-heading';
/** What is ticked is sent at once: there is nothing to lose in a box, and what comes is the result. */
const FIELDS = 'input:not([type=checkbox][data-command]), select, textarea';

/** @param {ParentNode} content */
export const cardIn = (content) => content.querySelector(CARD);

/** Where the focus goes when its control is gone. @param {ParentNode} content @returns {HTMLElement | null} */
export const headingIn = (content) => content.querySelector(`#${HEADING}`);

/** What a card is about. @param {Element} card */
const titleOf = (card) => textOf(headingIn(card));

export class Card {
  #root;
  #release;
  /** The card that is shown, as it was given. @type {Node | undefined} */
  #given;
  /** Whether another one waits. */
  #waits = false;
  /** The field from which the card was sent: what comes then is its result. @type {Element | null} */
  #sentFrom = null;
  /** Whether a button of the mouse is down: what it was pressed on stays until it is up. */
  #isPressed = false;

  /**
   * @param {HTMLElement} root
   * @param {() => void} release shows what waits
   */
  constructor(root, release) {
    this.#root = root;
    this.#release = release;
    root.addEventListener('focusin', ({ target }) => {
      if (target !== this.#sentFrom) this.#sentFrom = null;
    });
    root.addEventListener('input', () => {
      this.#sentFrom = null;
    });
    // Who presses a button has left the field, even where the browser gives a pressed button no focus.
    root.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('button')) this.sent();
    });
    // So is what is chosen.
    root.addEventListener('change', ({ target }) => {
      if (target instanceof Element && target.matches('[data-command]')) this.sent();
    });
    root.addEventListener('focusout', () => this.#soon());
    const { ownerDocument } = root;
    ownerDocument.addEventListener(
      'pointerdown',
      () => {
        this.#isPressed = true;
      },
      true,
    );
    for (const type of ['pointerup', 'pointercancel']) {
      ownerDocument.addEventListener(
        type,
        () => {
          this.#isPressed = false;
          this.#soon();
        },
        true,
      );
    }
  }

  /** The card's form was sent. */
  sent() {
    this.#sentFrom = this.#field() ?? null;
  }

  /**
   * Leaves the card in new content as it is shown, if the new one has to wait.
   * @param {ParentNode} content
   */
  keepIn(content) {
    const next = cardIn(content);
    const shown = this.#given?.cloneNode(true);
    this.#waits = shown !== undefined && this.#hasToWait(next);
    if (!this.#waits || !shown) this.#given = next?.cloneNode(true);
    else if (next) next.replaceWith(shown);
    else content.querySelector('header.case')?.after(shown);
  }

  /** The case is another one. @param {ParentNode} content */
  start(content) {
    this.#waits = false;
    this.#given = cardIn(content)?.cloneNode(true);
  }

  /** @param {Element | null} next */
  #hasToWait(next) {
    const field = this.#field();
    const card = cardIn(this.#root);
    if (!field || !card || field === this.#sentFrom) return false;
    return (
      next === null ||
      titleOf(next) !== titleOf(card) ||
      (field.id !== '' && !next.querySelector(`[id="${CSS.escape(field.id)}"]`))
    );
  }

  /** The card's field that has the focus; in a window that has not, none has. */
  #field() {
    const { ownerDocument } = this.#root;
    const { activeElement } = ownerDocument;
    const isIn =
      activeElement?.matches(FIELDS) && cardIn(this.#root)?.contains(activeElement) === true;
    return isIn && ownerDocument.hasFocus() ? activeElement : undefined;
  }

  /** After the click or the key that moves the focus has done its work. */
  #soon() {
    if (!this.#waits) return;
    setTimeout(() => {
      if (this.#waits && !this.#isPressed && !this.#field()) this.#release();
    });
  }
}
