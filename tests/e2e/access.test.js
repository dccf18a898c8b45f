// The panel for everybody: axe in every state, at every width and scheme; zoom, high contrast, reduced motion.
import assert from 'node:assert/strict';
import { bringAxe, OF_COLOUR, OF_WIDTH, violations } from './steps/axe.js';
import { atOneDesk } from './steps/desk.js';
import { panelStates, sheetsOf, showState, takeOver } from './steps/states.js';

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * How every state is looked at; CSS pixels. 320 is the narrowest that a browser makes the panel. What neither color nor width can change
 * is asked once.
 * @type {{scheme: 'light' | 'dark', width: number, rules?: string[]}[]}
 */
const LOOKS = [
  { scheme: 'light', width: 320 },
  { scheme: 'dark', width: 320, rules: OF_COLOUR },
  { scheme: 'light', width: 480, rules: OF_WIDTH },
];

/** A named state. @param {string} wanted */
async function stateOf(wanted) {
  const state = (await panelStates()).find(({ name }) => name === wanted);
  assert.ok(state, `there is a state ${wanted}`);
  return state.html;
}

/**
 * What is cut off, or reaches out of the page, in each of these states.
 * @param {Page} panel
 * @param {import('./steps/states.js').State[]} states
 */
const cut = (panel, states) =>
  panel.evaluate((all) => {
    const view = /** @type {{render: (html: string) => void}} */ (
      Reflect.get(globalThis, '__view')
    );
    /** Only for those who hear the panel. @param {Element} one */
    const isUnseen = (one) => getComputedStyle(one).clipPath === 'inset(50%)';
    const text = (/** @type {Element} */ one) =>
      (one.textContent ?? '').replace(/\s+/g, ' ').trim();
    const shortened = (/** @type {Element} */ one) =>
      getComputedStyle(one).textOverflow === 'ellipsis';
    /**
     * On one line that ends in an ellipsis, of which all is also said where lines may break, or when it is pointed at.
     * @param {Element} one
     */
    const isWholeElsewhere = (one) => {
      let line = /** @type {Element | null} */ (one);
      while (line && !shortened(line)) line = line.parentElement;
      if (!line) return false;
      // A value of several is looked for alone.
      const values = [...line.querySelectorAll('bdi')];
      const wholes = values.length > 0 ? values.map(text) : [text(line)];
      const others = [...document.querySelectorAll('main dd')].map(text);
      return (
        (line.getAttribute('title') ?? '') !== '' ||
        wholes.every((whole) => others.some((other) => other.includes(whole)))
      );
    };
    const found = [];
    for (const { name, html } of all) {
      view.render('');
      view.render(html);
      for (const details of document.querySelectorAll('details')) details.open = true;
      const wide = document.documentElement.clientWidth;
      const needs = document.documentElement.scrollWidth;
      if (needs > wide) found.push(`${name}: the page takes ${needs} of ${wide}`);
      for (const element of document.querySelectorAll('main *')) {
        const { left, right, width } = element.getBoundingClientRect();
        if (width === 0) continue;
        const isOut = left < -1 || right > wide + 1;
        // What is typed scrolls within its field.
        const isCut =
          element.scrollWidth > element.clientWidth + 1 &&
          !element.matches('input, textarea, select, option') &&
          getComputedStyle(element).overflowX !== 'visible';
        if ((isOut || isCut) && !isUnseen(element) && !isWholeElsewhere(element))
          found.push(
            `${isOut ? 'out of the page' : 'cut'}, ${name}: ${element.outerHTML.slice(0, 120)}`,
          );
      }
    }
    return found.slice(0, 5);
  }, states);

/** The states of a working day, each of which fits into one screen. */
const ONE_SCREEN = [
  'no case',
  'access missing',
  'US Government refused',
  'loading',
  'evidence found',
  'evidence none',
  'evidence several',
  'trace running',
  'trace failed',
  'trace signed out',
  'conflict',
  'to decide',
  'several organizations',
  'address to pick',
  "organization's notes",
  'entitled',
  'ticket outdated',
  'contact management app',
  'not entitled',
  'contacts to add',
  'contact to remove',
  'thirty contacts',
  'association running',
  'GitLab.com',
  'GitLab.com by hand',
  'GitLab.com found',
  'incomplete',
  'hand-over',
  'wrong form',
];

atOneDesk('The panel', {}, (it) => {
  it('every main state fits into 400 × 800 pixels', async (desk) => {
    const panel = await desk.browser.openPanel();
    await takeOver(panel, desk.browser.extensionOrigin);
    await panel.setViewport({ width: 400, height: 800 });
    const named = (await panelStates()).filter(({ name }) => ONE_SCREEN.includes(name));
    assert.deepEqual(
      named.map(({ name }) => name).sort(),
      ONE_SCREEN.toSorted(),
      'every one of these states is there',
    );
    const tall = await panel.evaluate((all) => {
      const view = /** @type {{render: (html: string) => void}} */ (
        Reflect.get(globalThis, '__view')
      );
      const heights = all.map(({ name, html }) => {
        view.render('');
        view.render(html);
        const end = document.querySelector('main')?.getBoundingClientRect().bottom ?? Infinity;
        return { name, height: Math.ceil(end) };
      });
      return heights.filter(({ height }) => height > 800);
    }, named);
    assert.deepEqual(tall, [], 'higher than the screen');
  });

  it('the card of every main state is on the first screen at 320 × 800 pixels, too', async (desk) => {
    const panel = await desk.browser.openPanel();
    await takeOver(panel, desk.browser.extensionOrigin);
    await panel.setViewport({ width: 320, height: 800 });
    // How long a list is depends on how many addresses the requester names.
    const named = (await panelStates()).filter(
      ({ name }) => ONE_SCREEN.includes(name) && name !== 'contacts to add',
    );
    const tall = await panel.evaluate((all) => {
      const view = /** @type {{render: (html: string) => void}} */ (
        Reflect.get(globalThis, '__view')
      );
      const cards = all.map(({ name, html }) => {
        view.render('');
        view.render(html);
        const end = document.querySelector('.next')?.getBoundingClientRect().bottom ?? Infinity;
        return { name, end: Math.ceil(end) };
      });
      return cards.filter(({ end }) => end > 800);
    }, named);
    assert.deepEqual(tall, [], 'what is to be done is below the screen');
  });

  it('axe finds nothing to complain of in any state, light and dark, narrow and wide', async (desk) => {
    const panel = await desk.browser.openPanel();
    await takeOver(panel, desk.browser.extensionOrigin);
    await bringAxe(panel);
    const states = await panelStates();
    const named = await sheetsOf(
      panel,
      states.filter((state) => state.named),
    );
    // What random events lead to is looked at once: another browser, scheme or width shows no other piece of it.
    const every = desk.browser.kind === 'chromium' ? await sheetsOf(panel, states) : named;
    assert.ok(named.length > 5, `${named.length} sheets`);
    /** @type {Record<string, string>} violation to where it was seen first */
    const found = {};
    for (const { scheme, width, rules } of LOOKS) {
      await desk.browser.setColorScheme(scheme);
      await panel.setViewport({ width, height: 800 });
      await panel.waitForFunction(
        (dark) => matchMedia('(prefers-color-scheme: dark)').matches === dark,
        {},
        scheme === 'dark',
      );
      for (const [n, sheet] of (rules ? named : every).entries()) {
        await showState(panel, sheet);
        for (const violation of await violations(panel, rules))
          found[violation] ??= `sheet ${n}, ${scheme}, ${width}`;
      }
    }
    await desk.browser.setColorScheme('light');
    assert.deepEqual(found, {});
  });

  it('axe finds nothing to complain of in what the panel says when the core cannot, light and dark', async (desk) => {
    await desk.browser.closePanel();
    const panel = await desk.browser.openPanel();
    await panel.waitForFunction(() => document.querySelector('main h1, main h2'));
    await bringAxe(panel);
    /** @type {import('../../extension/shared/connection.js').Problem[]} */
    const problems = [
      { kind: 'updated' },
      { kind: 'silent' },
      { kind: 'broken', why: 'the core is not WebAssembly', name: 'CompileError' },
      { kind: 'unreadable', name: 'proof.csv' },
    ];
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      await desk.browser.setColorScheme(scheme);
      for (const problem of problems) {
        const said = await panel.evaluate(
          async (address, what) => {
            const { showNotice } = await import(address);
            showNotice(what, () => undefined);
            return document.getElementById('notice')?.textContent?.trim();
          },
          `${desk.browser.extensionOrigin}/shared/notice.js`,
          problem,
        );
        assert.ok(said, `${problem.kind} is said`);
        assert.deepEqual(await violations(panel), [], `${problem.kind}, ${scheme}`);
      }
    }
    await desk.browser.setColorScheme('light');
    await desk.browser.closePanel();
  });

  it('nothing is cut and nothing scrolls sideways, down to 240 pixels, which is 480 at a zoom of 200%', async (desk) => {
    const panel = await desk.browser.openPanel();
    await takeOver(panel, desk.browser.extensionOrigin);
    const states = await panelStates();
    /** @type {Record<number, string[]>} */
    const found = {};
    for (const [width, deviceScaleFactor] of /** @type {const} */ ([
      [240, 2],
      [320, 2],
      [480, 1],
    ])) {
      await panel.setViewport({ width, height: 800, deviceScaleFactor });
      const wrong = await cut(panel, states);
      if (wrong.length > 0) found[width] = wrong;
    }
    assert.deepEqual(found, {});
  });

  it('nothing moves where motion is not welcome', async (desk) => {
    const panel = await desk.browser.openPanel();
    await takeOver(panel, desk.browser.extensionOrigin);
    const moving = () => panel.evaluate(() => document.getAnimations().length);
    await showState(panel, await stateOf('trace running'));
    assert.ok((await moving()) > 0, 'what is under way turns');
    await desk.browser.setComfort({ reducedMotion: true });
    await panel.waitForFunction(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
    assert.equal(await moving(), 0);
    await desk.browser.setComfort({});
  });

  it('in high contrast every sign and every control keeps an edge', async (desk) => {
    const panel = await desk.browser.openPanel();
    await takeOver(panel, desk.browser.extensionOrigin);
    await desk.browser.setComfort({ forcedColors: true });
    await panel.waitForFunction(() => matchMedia('(forced-colors: active)').matches);
    for (const sheet of await sheetsOf(panel, await panelStates())) {
      await showState(panel, sheet);
      const bare = await panel.evaluate(() => {
        const edge = (/** @type {Element} */ one, /** @type {string} */ part) =>
          parseFloat(getComputedStyle(one, part).borderTopWidth) >= 1;
        const signs = [
          ...document.querySelectorAll('.verdict, .check, .task, main .error, .said'),
        ].filter((one) => !edge(one, '::before'));
        const controls = [
          ...document.querySelectorAll(
            'button, select, textarea, input:not([type=radio], [type=checkbox])',
          ),
        ].filter((one) => !edge(one, '') && !edge(one, '::after'));
        return [...signs, ...controls].map((one) => one.outerHTML.slice(0, 120)).slice(0, 3);
      });
      assert.deepEqual(bare, []);
    }
    await desk.browser.setComfort({});
  });

  it('an update leaves what is read where it is: it is the same element at the same place', async (desk) => {
    const panel = await desk.browser.openPanel();
    await takeOver(panel, desk.browser.extensionOrigin);
    // So low that what changes, the card, is above what is read.
    await panel.setViewport({ width: 320, height: 300 });
    await showState(panel, await stateOf('entitled'), false);
    const moved = await panel.evaluate(
      async (after) => {
        const heading = document.getElementById('checks-heading');
        heading?.scrollIntoView({ block: 'center' });
        const drawn = () =>
          new Promise((done) => {
            requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)));
          });
        await drawn();
        const before = heading?.getBoundingClientRect().top ?? NaN;
        /** @type {{render: (html: string) => void}} */ (Reflect.get(globalThis, '__view')).render(
          after,
        );
        await drawn();
        return {
          by: Math.abs((heading?.getBoundingClientRect().top ?? NaN) - before),
          same: heading === document.getElementById('checks-heading'),
          scrolled: scrollY > 0,
        };
      },
      await stateOf('note written'),
    );
    assert.ok(moved.by < 2, `it moved by ${moved.by}`);
    assert.deepEqual([moved.same, moved.scrolled], [true, true]);
  });
});
