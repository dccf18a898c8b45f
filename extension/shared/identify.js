// Names for what has none. The morph matches elements by their ids; without one it may turn a button that has the focus into
// another that has taken its place, and the next press of a key would do what nobody asked for.

/** @param {Element} element */
function fields(element) {
  return [...element.attributes]
    .filter(({ name }) => name.startsWith('data-field-'))
    .map(({ name, value }) => `${name}=${value}`);
}

/** A control may belong to a form that it is not in. @param {Element} element @returns {HTMLFormElement | null} */
const formOf = (element) => Reflect.get(element, 'form') ?? element.closest('form');

/** @param {Element} element */
const sectionOf = (element) =>
  element.closest('section[aria-labelledby]')?.getAttribute('aria-labelledby') ?? '';

/** What the row of a list is about: a record, a step, an address. @param {Element} element */
const rowOf = (element) =>
  element.closest('[data-key]')?.getAttribute('data-key')?.replace(/^/, 'row:') ?? '';

/**
 * What an element is, by what it does.
 * @param {Element} element
 */
function nameOf(element) {
  // Within its section and its row, so that what comes or goes elsewhere changes nothing here.
  const row = rowOf(element);
  const parts = [sectionOf(element), row, element.localName];
  const form = formOf(element);
  if (form) parts.push(form.dataset['command'] ?? '', ...fields(form));
  if (element !== form) {
    parts.push(
      element.getAttribute('name') ?? '',
      element.getAttribute('data-command') ?? '',
      ...fields(element),
    );
    if (element.matches('[type=radio], [type=checkbox], option'))
      parts.push(element.getAttribute('value') ?? '');
  }
  // A row itself unfolds once, whatever it says now; what is in it may have more.
  const unfoldsRow = row !== '' && element.parentElement?.hasAttribute('data-key') === true;
  if (element instanceof HTMLDetailsElement && !unfoldsRow) {
    const summary = element.querySelector('summary');
    const says = summary?.getAttribute('aria-label') ?? summary?.textContent ?? '';
    // How many there are may change.
    parts.push(says.replace(/\s*\(\d+\)$/, ''));
  }
  if (element.matches('a')) parts.push(element.getAttribute('href') ?? '');
  return parts.join(' ').trim().replace(/\s+/g, '_');
}

/**
 * Gives ids to everything in new content that a person can act on, and to the rows that say what they are about.
 * @param {ParentNode} content
 */
export function identify(content) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const element of content.querySelectorAll(
    'form, details, button, a[href], input, select, textarea, [data-key]',
  )) {
    if (element.id !== '') continue;
    const name = element.hasAttribute('data-key')
      ? [sectionOf(element), rowOf(element)].join(' ').trim().replace(/\s+/g, '_')
      : nameOf(element);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    element.id = count === 1 ? `auto:${name}` : `auto:${name}:${count}`;
  }
}
