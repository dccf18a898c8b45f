/** How long an order is taken for under way when no new view tells otherwise, ms. */
const PATIENCE = 2000;

/** The orders under way: a double click must not give one twice. */
export class Busy {
  /** @type {Map<string, {element: Element, timer: ReturnType<typeof setTimeout>}>} */
  #orders = new Map();

  /**
   * @param {string} order its name and fields
   * @param {Element} element what was clicked
   * @returns {boolean} false when the same order is under way
   */
  begin(order, element) {
    if (this.#orders.has(order)) return false;
    element.setAttribute('aria-busy', 'true');
    this.#orders.set(order, { element, timer: setTimeout(() => this.#end(order), PATIENCE) });
    return true;
  }

  /** A new view tells how things are now. */
  clear() {
    for (const order of [...this.#orders.keys()]) this.#end(order);
  }

  /** @param {string} order */
  #end(order) {
    const found = this.#orders.get(order);
    if (!found) return;
    clearTimeout(found.timer);
    found.element.removeAttribute('aria-busy');
    this.#orders.delete(order);
  }
}
