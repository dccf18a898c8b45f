// Names for what has none. The morph matches elements by their ids; without one it may turn a button that has the focus into
// another that stands in its place now, and the next press of a key would do what nobody asked for.

/** @param {Element} element */
function fields(element) {
  return [...element.attributes]
    .filter(({ name }) => name.startsWith('data-field-'))
    .map(({ name, value }) => `${name}=${value}`);
}

/**
 * What an element is, by what it does.
 * @param {Element} element
 */
function nameOf(element) {
  // Within its section, so that what comes or goes elsewhere changes nothing here.
  const parts = [
    element.closest('section[aria-labelledby]')?.getAttribute('aria-labelledby') ?? '',
    element.localName,
  ];
  const form = element.closest('form');
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
  if (element instanceof HTMLDetailsElement)
    parts.push(element.querySelector('summary')?.textContent ?? '');
  if (element.matches('a')) parts.push(element.getAttribute('href') ?? '');
  return parts.join(' ').trim().replace(/\s+/g, '_');
}

/**
 * Gives ids to everything in new content that a person can act on.
 * @param {ParentNode} content
 */
export function identify(content) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const element of content.querySelectorAll(
    'form, details, button, a[href], input, select, textarea',
  )) {
    if (element.id !== '') continue;
    const name = nameOf(element);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    element.id = count === 1 ? `auto:${name}` : `auto:${name}:${count}`;
  }
}
