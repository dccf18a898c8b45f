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

/**
 * Shows a state as the panel does, with everything unfolded.
 * @param {Page} panel
 * @param {string} html
 * @param {boolean} [unfolded]
 */
export const showState = (panel, html, unfolded = true) =>
  panel.evaluate(
    (content, unfold) => {
      const view = /** @type {{render: (html: string) => void}} */ (
        Reflect.get(globalThis, '__view')
      );
      // Instead of changing one state into the next, which takes much longer, it begins anew.
      view.render('');
      view.render(content);
      for (const details of document.querySelectorAll('details')) details.open ||= unfold;
    },
    html,
    unfolded,
  );

/**
 * Everything that any of the states shows, on as few sheets as it takes: of the parts of the panel (its head, its
 * card, each of its sections) every piece that differs in more than its words is on one of them. A piece is a line of a list, or what a
 * part holds itself. A list that was shown before is shortened to the lines that were not: how long it is changes nothing in its lines.
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
      /** Where a part belongs: the card is one, whatever its color. @param {Element} part */
      const kind = (part) =>
        part.getAttribute('aria-labelledby') ??
        part.getAttribute('aria-label') ??
        (part.id || `${part.localName} ${part.className}`);
      /** @param {Element} part @param {Element} piece */
      const formIn = (part, piece) =>
        `${part.className} ${piece.parentElement?.className} ${form(piece)}`;
      /** The forms of the pieces of a part. @param {Element} part */
      const piecesOf = (part) =>
        [...part.querySelectorAll('li, :scope > :not(ul, ol)')].map((piece) => formIn(part, piece));
      /**
       * A part with two lines at most of each wanted form, and of the others with none but the only one of its list.
       * @param {string} html
       * @param {Set<string>} wanted
       */
      const shortened = (html, wanted) => {
        const { body } = new DOMParser().parseFromString(html, 'text/html');
        const part = (body.querySelector(':scope > .sheet') ?? body).firstElementChild;
        /** @type {Map<string, number>} */
        const kept = new Map();
        // From the end, so that the lines within a line go first.
        for (const line of part ? [...part.querySelectorAll('li')].reverse() : []) {
          const own = formIn(/** @type {Element} */ (part), line);
          const count = kept.get(own) ?? 0;
          const isAlone = line.parentElement?.childElementCount === 1;
          if ((wanted.has(own) && count < 2) || isAlone || line.querySelector('li'))
            kept.set(own, count + 1);
          else line.remove();
        }
        return body.innerHTML;
      };
      /**
       * By kind, in the order of the panel: the parts, each with the forms of its pieces.
       * @type {Map<string, Map<string, string[]>>}
       */
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
            const ofKind = kinds.get(kind(part)) ?? new Map();
            kinds.set(kind(part), ofKind);
            const inSheet =
              part === own ? part.outerHTML : `<div class="sheet">${part.outerHTML}</div>`;
            ofKind.set(inSheet, [
              form(/** @type {Element} */ (part.cloneNode(false))),
              ...piecesOf(part),
            ]);
          }
        }
      }
      /** As few parts as show every piece: always the one with the most new pieces. @param {Map<string, string[]>} ofKind */
      const chosen = (ofKind) => {
        const left = [...ofKind].map(([html, pieces]) => ({ html, pieces: new Set(pieces) }));
        const parts = [];
        for (;;) {
          const best = left.reduce((one, other) =>
            other.pieces.size > one.pieces.size ? other : one,
          );
          if (best.pieces.size === 0) return parts;
          parts.push(shortened(best.html, best.pieces));
          for (const piece of [...best.pieces]) for (const { pieces } of left) pieces.delete(piece);
        }
      };
      /** Makes a part differ from its equals on one sheet, in what a page may have but once. @param {string} html @param {number} nth */
      const told = (html, nth) => {
        const { body } = new DOMParser().parseFromString(html, 'text/html');
        const ids = new Set([...body.querySelectorAll('[id]')].map(({ id }) => id));
        for (const element of body.querySelectorAll('*')) {
          for (const { name, value } of [...element.attributes]) {
            if (/^(?:id|for|form|aria-(?:labelledby|describedby|controls))$/.test(name))
              element.setAttribute(
                name,
                value.replace(/\S+/g, (id) => (ids.has(id) ? `${id}-${nth}` : id)),
              );
          }
        }
        const section = body.querySelector('section');
        const label = section?.getAttribute('aria-label');
        if (label) section?.setAttribute('aria-label', `${label} ${nth}`);
        const heading = section?.getAttribute('aria-labelledby');
        if (heading) body.querySelector(`#${heading}`)?.append(` ${nth}`);
        return body.innerHTML;
      };
      /** How many parts of a kind one sheet holds: the more, the less often axe starts. */
      const EACH = 6;
      const all = [...kinds].map(([name, ofKind]) => {
        const parts = chosen(ofKind);
        // A page has one head, and its name is the page's.
        if (parts[0]?.startsWith('<header')) return { name, sheets: parts };
        const sheets = [];
        for (let at = 0; at < parts.length; at += EACH)
          sheets.push(
            parts
              .slice(at, at + EACH)
              .map((part, nth) => (nth === 0 ? part : told(part, nth)))
              .join(''),
          );
        return { name, sheets };
      });
      const most = Math.max(...all.map(({ sheets }) => sheets.length));
      return [
        ...whole.values(),
        ...Array.from(
          { length: most },
          // Without a head it would be no case.
          (_, n) => all.map(({ sheets }, at) => sheets[n] ?? (at === 0 ? sheets[0] : '')).join(''),
        ),
      ];
    },
    states.map(({ html }) => html),
  );
