// What an engineer's hand does: presses of the mouse and of keys, as the pages themselves see them.

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {{clicks: number, keys: number}} Hand */

/**
 * From now on a page counts what is done to it by hand; what scripts do does not count. What a test has unfolded by a script does: a hand would
 * have to press for it.
 * @param {Page} page
 */
export const watchHand = (page) =>
  page.evaluate(() => {
    /** @type {Hand} */
    const hand = { clicks: 0, keys: 0 };
    Reflect.set(globalThis, '__hand', hand);
    addEventListener(
      'mousedown',
      ({ isTrusted }) => {
        if (isTrusted) hand.clicks += 1;
      },
      true,
    );
    addEventListener(
      'click',
      ({ isTrusted, target }) => {
        if (!isTrusted && target instanceof Element && target.closest('summary')) hand.clicks += 1;
      },
      true,
    );
    addEventListener(
      'keydown',
      ({ isTrusted }) => {
        if (isTrusted) hand.keys += 1;
      },
      true,
    );
  });

/** What was done to these pages since they were watched. @param {Page[]} pages @returns {Promise<Hand>} */
export async function handOf(pages) {
  const all = await Promise.all(
    pages.map((page) =>
      page.evaluate(() => /** @type {Hand} */ (Reflect.get(globalThis, '__hand'))),
    ),
  );
  return {
    clicks: all.reduce((sum, one) => sum + one.clicks, 0),
    keys: all.reduce((sum, one) => sum + one.keys, 0),
  };
}
