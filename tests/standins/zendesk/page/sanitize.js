// Comments are HTML that somebody else wrote: only harmless elements and attributes come into the page.

const ELEMENTS = new Set([
  'A',
  'B',
  'BLOCKQUOTE',
  'BR',
  'CODE',
  'DIV',
  'EM',
  'H1',
  'H2',
  'H3',
  'HR',
  'I',
  'LI',
  'OL',
  'P',
  'PRE',
  'SPAN',
  'STRONG',
  'U',
  'UL',
]);
const DROPPED = new Set(['SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'EMBED', 'TEMPLATE', 'NOSCRIPT']);

/** @param {Node} from  @param {Node} into */
function copy(from, into) {
  for (const node of from.childNodes) {
    if (node instanceof Text) into.appendChild(document.createTextNode(node.data));
    if (!(node instanceof Element) || DROPPED.has(node.tagName)) continue;
    if (!ELEMENTS.has(node.tagName)) {
      copy(node, into);
      continue;
    }
    const element = document.createElement(node.tagName);
    const address = node.getAttribute('href') ?? '';
    if (node.tagName === 'A' && /^(?:https?:|mailto:)/i.test(address)) {
      element.setAttribute('href', address);
      element.setAttribute('target', '_blank');
      element.setAttribute('rel', 'noopener noreferrer');
    }
    copy(node, element);
    into.appendChild(element);
  }
}

/** @param {string} html  @returns {string} */
export function sanitize(html) {
  const into = document.createElement('div');
  copy(new DOMParser().parseFromString(html, 'text/html').body, into);
  return into.innerHTML;
}
