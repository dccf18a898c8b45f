// The panel by the keyboard alone, and what a screen reader announces.
import assert from 'node:assert/strict';

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * What has the focus: its name, whether it is seen that it has, and whether all of it is in sight.
 * @param {Page} page
 */
export const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom } = element.getBoundingClientRect();
    const labels =
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement
        ? element.labels
        : null;
    return {
      name: (
        element.getAttribute('aria-label') ??
        labels?.[0]?.textContent ??
        element.textContent ??
        ''
      )
        .replace(/\s+/g, ' ')
        .trim(),
      tag: element.localName,
      type: element.getAttribute('type'),
      lost: element === document.body,
      // In a window that is not in front Firefox 153 draws no focus, and its panel's window has to stay behind the ticket's.
      shown: !document.hasFocus() || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2),
      inSight: bottom > 0 && top < innerHeight,
    };
  });

/**
 * Presses Tab until something of that name has the focus, and waits until it may be pressed. Every stop on the way must be visible.
 * @param {Page} page
 * @param {string | RegExp} name
 */
export async function tabTo(page, name) {
  const isIt = (/** @type {string} */ one) =>
    typeof name === 'string' ? one === name : name.test(one);
  const passed = [];
  for (let n = 0; n < 80; n += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (!at.lost)
      assert.ok(at.shown && at.inSight, `it is seen where the focus is: ${JSON.stringify(at)}`);
    // A step of the plan may have a button's name.
    if (isIt(at.name) && at.type !== 'checkbox') {
      await page.waitForFunction(() => !document.activeElement?.matches('[data-settling]'));
      return;
    }
    passed.push(at.name);
  }
  throw new Error(`Tab does not lead to ${name}, only to ${JSON.stringify(passed)}`);
}

/**
 * From now on what a screen reader would say by itself is written down: each change of a live region. What counts there without being
 * read (`aria-live="off"`) is left out.
 * @param {Page} page
 */
export const listenIn = (page) =>
  page.evaluate(() => {
    /** @type {string[]} */
    const said = [];
    /** @type {WeakMap<Element, string>} */
    const before = new WeakMap();
    const look = (/** @type {boolean} */ first) => {
      for (const region of document.querySelectorAll('[role=status], [role=alert]')) {
        const copy = /** @type {Element} */ (region.cloneNode(true));
        for (const quiet of copy.querySelectorAll('[aria-live=off]')) quiet.remove();
        const text = (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
        if (!first && text !== '' && before.get(region) !== text) said.push(text);
        before.set(region, text);
      }
    };
    look(true);
    new MutationObserver(() => look(false)).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    Reflect.set(globalThis, '__said', said);
  });

/** What has been announced since. @param {Page} page @returns {Promise<string[]>} */
export const heard = (page) =>
  page.evaluate(() => /** @type {string[]} */ (Reflect.get(globalThis, '__said')).splice(0));
