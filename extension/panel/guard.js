// Keeps a click from a control that has just come to where the mouse is, and from a new primary: the engineer meant what was there before.

/** How long such a control takes no click, ms: as long as the second click of a double click may take. */
const PATIENCE = 400;

const CONTROLS = 'button, a[href], input, select, textarea, summary';

/** What a part of the panel is there for; Enter in a field presses it, too. */
const PRIMARY = '.primary';

/** Shows that a control takes no click yet. */
const MARK = 'data-settling';

export class Guard {
  #root;
  /** Where the mouse is; nothing before it was here. @type {{x: number, y: number} | undefined} */
  #mouse;
  /** The controls that take no click yet, by what they do, and until when. @type {Map<string, number>} */
  #until = new Map();
  /** Those of them that take no key either. @type {Set<string>} */
  #primaries = new Set();
  /** Whether anything was shown before. */
  #isFirst = true;
  /** Whether nothing takes anything. */
  #isHeld = false;

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
    root.addEventListener('keydown', (event) => this.#stopRepeat(event), true);
    // A file that is dropped then would be opened in place of the panel.
    for (const type of ['submit', 'dragover', 'drop']) {
      root.ownerDocument.addEventListener(
        type,
        (event) => {
          if (this.#isHeld) halt(event);
        },
        true,
      );
    }
  }

  /** While it holds, nothing takes anything, whatever moves meanwhile. @param {boolean} isHeld */
  hold(isHeld) {
    this.#isHeld = isHeld;
  }

  /** Changes what is shown. @param {() => void} change */
  during(change) {
    const before = this.#under();
    const primaries = new Set(this.#shownPrimaries().map(({ id }) => id));
    change();
    const after = this.#under();
    if (before !== undefined && after && after !== before) this.#settle(after);
    if (!this.#isFirst) {
      for (const primary of this.#shownPrimaries()) {
        if (primaries.has(primary.id)) continue;
        this.#primaries.add(keyOf(primary));
        this.#settle(keyOf(primary));
      }
    }
    this.#isFirst = false;
    // The new content carries no marks.
    if (this.#until.size > 0) this.#mark();
  }

  #shownPrimaries() {
    return [...this.#root.querySelectorAll(PRIMARY)];
  }

  /** @param {string} key of a control that takes no click for a while */
  #settle(key) {
    const until = Date.now() + PATIENCE;
    this.#until.set(key, until);
    setTimeout(() => {
      if (this.#until.get(key) !== until) return;
      this.#until.delete(key);
      this.#primaries.delete(key);
      this.#mark();
    }, PATIENCE);
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
    if (this.#isHeld) {
      halt(event);
      return;
    }
    if (!(event.target instanceof Element)) return;
    const control = event.target.closest(CONTROLS);
    const key = control ? keyOf(control) : '';
    // A key makes clicks without a count: what has the focus did not change under it. But Enter in a field presses whatever the primary is
    // by then.
    if (event.detail === 0 && !this.#primaries.has(key)) return;
    const until = this.#until.get(key);
    if (until !== undefined && Date.now() < until) halt(event);
  }

  /** A key that is held down presses once. @param {KeyboardEvent} event */
  #stopRepeat(event) {
    const isText = event.target instanceof Element && event.target.matches('textarea');
    if (event.key === 'Enter' && event.repeat && !isText) event.preventDefault();
  }
}

/** @param {Event} event */
function halt(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** What a control does, and whether it may. @param {Element} control */
const keyOf = (control) => `${control.id} ${control.matches(':disabled, [aria-disabled=true]')}`;
