// Between plain text and the HTML of a comment.

/** @type {Record<string, string>} */
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** @param {string} text */
export const escapeHtml = (text) =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '&#39;',
  );

/** A text as HTML has it between its tags: what `plain_body` holds. @param {string} text */
export const withReferences = (text) =>
  text.replace(
    /[&<>\u{A0}]/gu,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&nbsp;',
  );

/** Plain text as paragraphs. @param {string} text */
export const htmlOf = (text) =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p>${escapeHtml(part).replace(/\n/g, '<br>')}</p>`)
    .join('');

/** The text of an editor's HTML, a line for each block. @param {string} html */
export const plainOf = (html) =>
  html
    .replace(/<li[^>]*>/gi, '- ')
    .replace(/<br\s*\/?>|<\/(?:p|li|div|h\d|ul|ol)>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_all, name) => ENTITIES[name] ?? '')
    .trim();
