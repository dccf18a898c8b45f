// The panel's states, as the native test panel_states.rs wrote them, and the panel's own page to show them in.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {{name: string, named: boolean, html: string}} State
 */

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FILE = join(ROOT, 'tests', 'out', 'panel-states.json');

/** Rust files below a folder, and when the newest was changed. @param {string} folder @returns {number} */
const newest = (folder) =>
  Math.max(
    0,
    ...readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.rs'))
      .map((file) => statSync(join(ROOT, folder, file)).mtimeMs),
  );

/**
 * Every state. If the core has changed since they were written, they are written again.
 * @returns {Promise<State[]>}
 */
export async function panelStates() {
  if (
    !existsSync(FILE) ||
    statSync(FILE).mtimeMs < Math.max(newest('src'), newest('tests/native/panel_states'))
  ) {
    await promisify(execFile)(
      'cargo',
      ['test', '--locked', '--quiet', '--test', 'native', 'panel_states::'],
      { cwd: ROOT, maxBuffer: 1 << 24 },
    );
  }
  return JSON.parse(readFileSync(FILE, 'utf8'));
}

/**
 * Takes the panel's page from its background, so that it shows what it is given.
 * @param {Page} panel
 * @param {string} origin the extension's
 */
export async function takeOver(panel, origin) {
  await panel.evaluate(async (address) => {
    const { View } = await import(address);
    const own = document.querySelector('main');
    if (!own) throw new Error('the panel has no main');
    const ours = /** @type {HTMLElement} */ (own.cloneNode());
    own.replaceWith(ours);
    Reflect.set(globalThis, '__view', new View(ours));
  }, `${origin}/shared/view.js`);
}

/** Shows a state as the panel does, with everything unfolded. @param {Page} panel @param {string} html @param {boolean} [unfolded] */
export const showState = (panel, html, unfolded = true) =>
  panel.evaluate(
    (content, unfold) => {
      /** @type {{render: (html: string) => void}} */ (Reflect.get(globalThis, '__view')).render(
        content,
      );
      for (const details of document.querySelectorAll('details')) details.open ||= unfold;
    },
    html,
    unfolded,
  );

/**
 * Everything that stands in any of the states, put together on as few sheets as it takes: of the parts of the panel (its head, its
 * card, each of its sections) every piece that differs in more than its words is on one of them. A piece is a line of a list, or what a
 * part holds itself.
 * @param {Page} panel
 * @param {State[]} states
 * @returns {Promise<string[]>}
 */
export const sheetsOf = (panel, states) =>
  panel.evaluate(
    (views) => {
      /** What a piece is made of, without its words, its numbers and its lists. @param {Element} part */
      const form = (part) => {
        const copy = /** @type {Element} */ (part.cloneNode(true));
        // The lines of a list are pieces of their own.
        for (const line of copy.querySelectorAll('li')) line.remove();
        const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
        while (texts.nextNode())
          texts.currentNode.nodeValue = texts.currentNode.nodeValue?.trim() ? 'x' : '';
        for (const element of [copy, ...copy.querySelectorAll('*')]) {
          for (const { name, value } of element.attributes) {
            if (/^(?:data-|id$|for$|href$|value$|aria-label|aria-describedby)/.test(name))
              element.setAttribute(name, value ? 'x' : '');
          }
        }
        return copy.outerHTML;
      };
      /** Where a part belongs: the card is one, whatever its colour. @param {Element} part */
      const kind = (part) =>
        part.getAttribute('aria-labelledby') ??
        part.getAttribute('aria-label') ??
        (part.id || `${part.localName} ${part.className}`);
      /** The forms of the pieces of a part. @param {Element} part */
      const piecesOf = (part) =>
        [...part.querySelectorAll('li, :scope > :not(ul, ol)')].map(
          (piece) => `${part.className} ${piece.parentElement?.className} ${form(piece)}`,
        );
      /** By kind, in the order of the panel: the forms. @type {Map<string, Map<string, string>>} */
      const kinds = new Map();
      /** The panel without a case. @type {Map<string, string>} */
      const whole = new Map();
      for (const html of views) {
        const { body } = new DOMParser().parseFromString(html, 'text/html');
        if (!body.querySelector('header.case')) {
          whole.set(form(body), html);
          continue;
        }
        for (const own of body.children) {
          const parts = own.matches('.sheet') ? [...own.children] : [own];
          for (const part of parts) {
            const forms = kinds.get(kind(part)) ?? new Map();
            kinds.set(kind(part), forms);
            const inSheet =
              part === own ? part.outerHTML : `<div class="sheet">${part.outerHTML}</div>`;
            const pieces = [
              form(/** @type {Element} */ (part.cloneNode(false))),
              ...piecesOf(part),
            ];
            if (pieces.every((piece) => forms.has(piece))) continue;
            for (const piece of pieces) forms.set(piece, inSheet);
          }
        }
      }
      const all = [...kinds.values()].map((forms) => [...new Set(forms.values())]);
      const most = Math.max(...all.map((forms) => forms.length));
      return [
        ...whole.values(),
        ...Array.from(
          { length: most },
          // Without a head it would be no case.
          (_, n) => all.map((forms, at) => forms[n] ?? (at === 0 ? forms[0] : '')).join(''),
        ),
      ];
    },
    states.map(({ html }) => html),
  );
