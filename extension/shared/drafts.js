// What the engineer has typed but not sent. It survives a new view, and is put aside while another
// case is shown.

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/**
 * @param {unknown} element
 * @returns {element is Control}
 */
const isControl = (element) =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement;

/** @param {Control} control */
const isChoice = (control) =>
  control instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(control.type);

export class Drafts {
  #root;
  /** @type {Set<Control>} */
  #edited = new Set();
  /** Sent, and not touched since: the focus alone does not make them the engineer's again. @type {WeakSet<Control>} */
  #sent = new WeakSet();
  /** By case, then by the control's id. @type {Map<string, Map<string, {value: string, checked: boolean}>>} */
  #aside = new Map();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    root.addEventListener('input', ({ target }) => {
      if (!isControl(target)) return;
      this.#edited.add(target);
      this.#sent.delete(target);
    });
    root.addEventListener('reset', ({ target }) => {
      if (target instanceof HTMLFormElement) this.forget(target);
    });
  }

  /**
   * Whether a control's value is the engineer's: typed, or about to be.
   * @param {Element} element a control or an option
   */
  keeps(element) {
    const control = element instanceof HTMLOptionElement ? element.closest('select') : element;
    if (!isControl(control)) return false;
    if (isChoice(control)) return this.#chosen(control);
    return (
      this.#edited.has(control) || (control === document.activeElement && !this.#sent.has(control))
    );
  }

  /** Setting one radio button changes its whole group. @param {Control} choice */
  #chosen(choice) {
    const { form, name, type } = choice;
    return (
      this.#edited.has(choice) ||
      (type === 'radio' &&
        [...this.#edited].some(
          (other) => other.type === type && other.form === form && other.name === name,
        ))
    );
  }

  /** @param {HTMLFormElement} form */
  forget(form) {
    for (const control of form.elements) {
      if (!isControl(control)) continue;
      this.#edited.delete(control);
      this.#sent.add(control);
    }
  }

  /** @param {string} name the case that goes */
  putAside(name) {
    /** @type {Map<string, {value: string, checked: boolean}>} */
    const values = new Map();
    for (const control of this.#edited) {
      if (!control.isConnected) continue;
      values.set(control.id, {
        value: control.value,
        checked: control instanceof HTMLInputElement && control.checked,
      });
    }
    this.#edited.clear();
    if (values.size > 0) this.#aside.set(name, values);
  }

  /** @param {string} name the case that comes */
  bringBack(name) {
    const values = this.#aside.get(name);
    this.#aside.delete(name);
    for (const control of this.#root.querySelectorAll('input, textarea, select')) {
      const draft = values?.get(control.id);
      if (!draft || !isControl(control)) continue;
      if (control instanceof HTMLInputElement && isChoice(control)) control.checked = draft.checked;
      else control.value = draft.value;
      this.#edited.add(control);
    }
  }
}
