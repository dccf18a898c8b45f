// Remembers which commands are running, so that a double click sends a command only once.

/** How long a command counts as under way if no new view arrives, ms. */
const PATIENCE = 2000;

export class Busy {
  /** @type {Map<string, {element: Element, timer: ReturnType<typeof setTimeout>}>} */
  #commands = new Map();

  /**
   * @param {string} command its name and fields
   * @param {Element} element what was clicked
   * @returns {boolean} false if the same command is under way
   */
  begin(command, element) {
    if (this.#commands.has(command)) return false;
    element.setAttribute('aria-busy', 'true');
    this.#commands.set(command, { element, timer: setTimeout(() => this.#end(command), PATIENCE) });
    return true;
  }

  /** A new view shows the current state. */
  clear() {
    for (const command of [...this.#commands.keys()]) this.#end(command);
  }

  /** @param {string} command */
  #end(command) {
    const found = this.#commands.get(command);
    if (!found) return;
    clearTimeout(found.timer);
    found.element.removeAttribute('aria-busy');
    this.#commands.delete(command);
  }
}
