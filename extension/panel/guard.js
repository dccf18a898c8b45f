// Keeps a click from a control that has just come to where the mouse is: the engineer meant what was there before.

/** How long such a control takes no click, ms: as long as the second click of a double click may take. */
const PATIENCE = 400;

const CONTROLS = 'button, a[href], input, select, textarea, summary';

/** Shows that a control takes no click yet. */
const MARK = 'data-settling';

export class Guard {
  #root;
  /** Where the mouse is; nothing before it was here. @type {{x: number, y: number} | undefined} */
  #mouse;
  /** The controls that take no click yet, by what they do, and until when. @type {Map<string, number>} */
  #until = new Map();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    for (const type of /** @type {const} */ (['pointermove', 'pointerdown'])) {
      root.ownerDocument.addEventListener(
        type,
        ({ clientX, clientY }) => {
          this.#mouse = { x: clientX, y: clientY };
        },
        { capture: true, passive: true },
      );
    }
    root.ownerDocument.documentElement.addEventListener('pointerleave', () => {
      this.#mouse = undefined;
    });
    root.addEventListener('click', (event) => this.#stop(event), true);
  }

  /** Changes what is shown. @param {() => void} change */
  during(change) {
    const before = this.#under();
    const at = this.#mouse;
    change();
    if (!at || before === undefined) return;
    const after = this.#under();
    if (after && after !== before) {
      const until = Date.now() + PATIENCE;
      this.#until.set(after, until);
      setTimeout(() => {
        if (this.#until.get(after) !== until) return;
        this.#until.delete(after);
        this.#mark();
      }, PATIENCE);
    }
    // The new content carries no marks.
    if (this.#until.size > 0) this.#mark();
  }

  /** Shows which controls take no click yet. */
  #mark() {
    for (const control of this.#root.querySelectorAll(CONTROLS))
      if (this.#until.has(keyOf(control))) control.setAttribute(MARK, '');
      else control.removeAttribute(MARK);
  }

  /** The key of the control under the mouse, '' if there is none; nothing when the mouse is elsewhere. */
  #under() {
    if (!this.#mouse) return undefined;
    const found = this.#root.ownerDocument.elementFromPoint(this.#mouse.x, this.#mouse.y);
    const control = found && this.#root.contains(found) ? found.closest(CONTROLS) : null;
    return control ? keyOf(control) : '';
  }

  /** @param {MouseEvent} event */
  #stop(event) {
    // A key makes clicks without a count: what has the focus did not change under it.
    if (event.detail === 0 || !(event.target instanceof Element)) return;
    const control = event.target.closest(CONTROLS);
    const until = control && this.#until.get(keyOf(control));
    if (!until || Date.now() >= until) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/** What a control does, and whether it may. @param {Element} control */
const keyOf = (control) => `${control.id} ${control.matches(':disabled, [aria-disabled=true]')}`;
