// Reads a composer back as lines, the way a person sees them.

/** Elements that begin and end a line. */
const BLOCK = /^(?:BR|P|LI|[UO]L|DIV|H[1-6R]|PRE|BLOCKQUOTE|T[RDH]|FIGURE)$/;

/**
 * A line without what an editor or a plain copy puts around it: list marks, invisible fillers, doubled spaces.
 * @param {string} line
 */
export const plain = (line) =>
  line
    .replace(/[\u2060\u200b\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[-•*] /, '');

/**
 * The lines of an element that hold anything.
 * @param {Element} element
 * @returns {string[]}
 */
export function linesOf(element) {
  let all = '';
  /** @param {Node} node */
  const walk = (node) => {
    if (node instanceof Text) {
      all += node.data.replace(/\n/g, ' ');
    } else if (node instanceof Element) {
      const edge = BLOCK.test(node.tagName) ? '\n' : '';
      all += edge;
      node.childNodes.forEach(walk);
      all += edge;
    }
  };
  walk(element);
  return all.split('\n').map(plain).filter(Boolean);
}

/**
 * Whether `lines` contains `wanted` in one piece from `start` on.
 * @param {string[]} lines
 * @param {string[]} wanted
 * @param {number} start
 */
export const standsAt = (lines, wanted, start) =>
  wanted.every((line, at) => lines[start + at] === line);
