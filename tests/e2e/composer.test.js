/// <reference path="./page-scripts/globals.d.ts" />
// Writing the note into Zendesk's composer, in a page with the real CKEditor 5 and the real Garden menu.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { start } from './page-scripts/browser.js';
import { buildExtension } from './page-scripts/build.js';
import { agentSite, serve } from './page-scripts/sites.js';
import { BROWSERS } from './steps/turns.js';

const { selectors } = JSON.parse(
  readFileSync(new URL('../../extension/site-profile.json', import.meta.url), 'utf8'),
).zendesk;
const LICENSE = 'https://customers.gitlab.com/admin/license/410233';
const ORDER = 'https://customers.gitlab.com/admin/order/7001?a=1&b=2';
const NOTE = {
  lines: [`- License: ${LICENSE}`, `- Order: ${ORDER}`, '- Sold-to: ada@example.com'],
  html:
    `<ul><li>License: <a href="${LICENSE}">${LICENSE}</a></li><li>Order: <a href="${ORDER.replace('&', '&amp;')}">${ORDER.replace('&', '&amp;')}</a></li>` +
    '<li>Sold-to: ada@example.com</li></ul>',
};
const SHOWN = NOTE.lines.map((line) => line.slice(2));

/** @typedef {Awaited<ReturnType<typeof start>>} Started */

for (const name of BROWSERS) {
  describe(`the note in the composer, ${name}`, { timeout: 180_000 }, () => {
    /** @type {Started} */
    let started;
    /** @type {() => Promise<unknown>} */
    let end = async () => undefined;
    /** @type {import('puppeteer-core').Page} */
    let page;
    let effect = 0;

    before(async () => {
      const proxy = await serve(new Map([['gitlab.zendesk.com', await agentSite()]]));
      const extension = await buildExtension();
      end = () => Promise.all([proxy.close(), extension.remove()]);
      started = await start(name, extension.folder, proxy.port);
      page = await started.browser.newPage();
    });
    after(async () => {
      await started?.browser.close();
      await end();
    });

    /** @param {string} [odd] @param {string} [typed] */
    async function open(odd = '', typed = '') {
      await page.goto(`https://gitlab.zendesk.com/agent/tickets/101?odd=${odd}`);
      await page.waitForSelector('html[data-ready]');
      await page.bringToFront();
      if (typed) await page.evaluate((text) => globalThis.page.editors[101]?.setData(text), typed);
    }

    /** @param {object} [changes] */
    const order = (changes = {}) => {
      effect += 1;
      const job = {
        kind: 'write_note',
        effect,
        ticket: 101,
        again: false,
        selectors,
        ...NOTE,
        ...changes,
      };
      return started.control.evaluate((sent) => globalThis.control.order(sent), job);
    };
    /** @param {number} [of] */
    const outcome = (of = effect) =>
      started.control.evaluate((wanted) => globalThis.control.outcome(wanted), of);

    /** Orders a write and waits for what the page reports. @param {object} [changes] */
    async function write(changes) {
      assert.deepEqual(await order(changes), { accepted: true });
      return outcome();
    }

    /** What the editor itself holds, not what the screen shows. */
    const lines = (ticket = 101) =>
      page.evaluate((own) => {
        const editor = globalThis.page.editors[own];
        const blocks = editor ? [...(editor.model.document.getRoot()?.getChildren() ?? [])] : [];
        return blocks.map((block) =>
          [.../** @type {any} */ (block).getChildren()]
            .map((/** @type {any} */ text) => text.data ?? '')
            .join(''),
        );
      }, ticket);
    const channel = () =>
      page.$eval('[data-is-active="true"] [data-channel]', (button) =>
        button.getAttribute('data-channel'),
      );

    test('the list arrives after what was typed, as live links, and one undo takes only the note away', async () => {
      await open('', '<p>Looking into it</p>');
      const reported = await write();
      assert.deepEqual(reported, {
        kind: 'written',
        text: ['Looking into it', ...SHOWN].join('\n'),
      });
      assert.deepEqual(await lines(), ['Looking into it', ...SHOWN]);
      const links = await page.$$eval('[data-is-active="true"] .ck-content a', (found) =>
        found.map((link) => link.getAttribute('href')),
      );
      assert.deepEqual(links, [LICENSE, ORDER]);
      await page.evaluate(() => globalThis.page.editors[101]?.execute('undo'));
      assert.deepEqual(await lines(), ['Looking into it']);
    });

    test('an empty composer holds the note alone', async () => {
      await open();
      assert.equal((await write()).kind, 'written');
      assert.deepEqual(await lines(), SHOWN);
    });

    test('it follows a list that was typed, without running into its last item', async () => {
      await open('', '<p>Seen:</p><ul><li>one</li></ul>');
      assert.equal((await write()).kind, 'written');
      assert.deepEqual(await lines(), ['Seen:', 'one', ...SHOWN]);
    });

    test('what the engineer really typed stays in front, wherever the caret is', async () => {
      await open();
      await page.click('[data-is-active="true"] .ck-content');
      await page.keyboard.type('Typed by hand');
      await page.keyboard.press('Home');
      assert.equal((await write()).kind, 'written');
      assert.deepEqual(await lines(), ['Typed by hand', ...SHOWN]);
    });

    test('a public reply is switched to an internal note, again after the engineer switched back', async () => {
      await open();
      assert.equal(await channel(), 'public');
      assert.equal((await write()).kind, 'written');
      assert.equal(await channel(), 'internal');
      await page.evaluate(() => globalThis.page.setChannel[101]?.('public'));
      await page.waitForSelector('[data-is-active="true"] [data-channel="public"]');
      assert.equal((await write({ again: true })).kind, 'written');
      assert.equal(await channel(), 'internal');
      assert.deepEqual(await lines(), [...SHOWN, ...SHOWN]);
    });

    test('an internal note stays one and no menu is opened', async () => {
      await open('internal');
      await page.evaluate(() => {
        Reflect.set(globalThis, 'clicks', 0);
        document.addEventListener(
          'click',
          () => Reflect.set(globalThis, 'clicks', Reflect.get(globalThis, 'clicks') + 1),
          true,
        );
      });
      assert.equal((await write()).kind, 'written');
      assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'clicks')), 0);
    });

    test('the note of another ticket is refused, and no editor changes', async () => {
      await open();
      assert.deepEqual(await write({ ticket: 102 }), { kind: 'wrong_ticket', front: 101 });
      assert.deepEqual([await lines(101), await lines(102)], [[''], ['']]);
      assert.equal(await channel(), 'public');
    });

    test('of two open tickets the one in front is written, the hidden one never', async () => {
      await open();
      await page.evaluate(() => globalThis.page.show(102));
      assert.equal((await write({ ticket: 102 })).kind, 'written');
      assert.deepEqual([await lines(101), await lines(102)], [[''], SHOWN]);
    });

    test('an address whose pane shows another ticket is refused', async () => {
      await open();
      await page.evaluate(() => globalThis.page.show(102, '/agent/tickets/101'));
      assert.deepEqual(await write(), { kind: 'wrong_ticket', front: 102 });
      assert.deepEqual([await lines(101), await lines(102)], [[''], ['']]);
    });

    test('a page that is no ticket is refused', async () => {
      await open();
      await page.evaluate(() => globalThis.page.show(101, '/agent/users/101/tickets'));
      assert.deepEqual(await write(), { kind: 'wrong_ticket', front: null });
    });

    test('two panes that say to be in front are refused', async () => {
      await open();
      await page.evaluate(() => {
        const other = globalThis.page.panes.get(102);
        if (!other) return;
        other.dataset['isActive'] = 'true';
        other.style.display = '';
      });
      assert.deepEqual(await write(), { kind: 'ambiguous', what: 'active pane' });
    });

    test('two composers in one pane are refused', async () => {
      await open('two-composers');
      assert.deepEqual(await write(), { kind: 'ambiguous', what: 'composer' });
    });

    test('a change of ticket during the write is reported', async () => {
      await open();
      await page.evaluate(() => addEventListener('paste', () => globalThis.page.show(102), true));
      assert.deepEqual(await write(), { kind: 'moved', front: 102 });
      assert.deepEqual(await lines(102), ['']);
    });

    for (const [odd, says] of [
      ['no-switch', 'no switch'],
      ['switch-disabled', 'a disabled switch'],
      ['no-internal', 'a menu without internal notes'],
      ['internal-disabled', 'a disabled entry for internal notes'],
    ]) {
      test(`${says} leaves the composer alone and the menu closed`, async () => {
        await open(odd);
        assert.deepEqual(await write(), {
          kind: 'not_internal',
          channel: odd === 'no-switch' ? '' : 'public',
        });
        assert.deepEqual(await lines(), ['']);
        assert.equal(await page.$('[data-is-active="true"] [aria-expanded="true"]'), null);
      });
    }

    test('no composer is reported', async () => {
      await open('no-composer');
      assert.deepEqual(await write(), { kind: 'no_composer' });
    });

    test('a composer that mounts late is waited for, and a second press meanwhile is refused', async () => {
      await open('late');
      assert.deepEqual(await order(), { accepted: true });
      const first = effect;
      assert.deepEqual(await order(), { accepted: false, why: 'busy' });
      await page.evaluate(() => globalThis.page.compose(101));
      assert.equal((await outcome(first)).kind, 'written');
      assert.deepEqual(await lines(), SHOWN);
      const told = await started.control.evaluate(
        (from) => globalThis.control.heard.filter((one) => one['effect'] >= from).length,
        first,
      );
      assert.equal(told, 1);
    });

    test('a note that the composer already holds is written again only when asked', async () => {
      await open('', '<p>Before</p>');
      assert.equal((await write()).kind, 'written');
      assert.deepEqual(await write(), { kind: 'already_there' });
      assert.deepEqual(await lines(), ['Before', ...SHOWN]);
      assert.equal((await write({ again: true })).kind, 'written');
      assert.deepEqual(await lines(), ['Before', ...SHOWN, ...SHOWN]);
    });

    test('it works while another tab has the focus and the page is hidden', async () => {
      await open('', '<p>Draft</p>');
      await started.control.bringToFront();
      await started.control.focus('#focus');
      assert.equal(await page.evaluate(() => document.hasFocus() && !document.hidden), false);
      assert.equal((await write()).kind, 'written');
      assert.deepEqual(await lines(), ['Draft', ...SHOWN]);
    });

    test('hostile text shows as text', async () => {
      const hostile = [
        '<img src=x onerror=alert(1)>',
        'javascript:alert(1)',
        '\u202egnp.exe\u202c \u2066x\u2069',
        '</li></ul><script>alert(1)</script>',
        '&lt;b&gt; & "quotes"',
      ];
      const escapeHtml = (/** @type {string} */ text) =>
        text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
      await open('', '<p>Before</p>');
      const reported = await write({
        lines: hostile.map((line) => `- ${line}`),
        html: `<ul>${hostile.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`,
      });
      assert.equal(reported.kind, 'written');
      assert.deepEqual(await lines(), ['Before', ...hostile]);
      assert.equal(
        await page.$(
          '[data-is-active="true"] .ck-content :is(img:not([data-cke-filler]), script, a)',
        ),
        null,
      );
    });

    test('a note with a javascript: link is not written', async () => {
      await open();
      const reported = await write({
        lines: ['- x'],
        html: '<ul><li><a href="javascript:alert(1)">x</a></li></ul>',
      });
      assert.equal(reported.kind, 'failed');
      assert.deepEqual(await lines(), ['']);
    });

    test('an editor that swallows the paste is reported with its content, and gets only one paste', async () => {
      await open('', '<p>Draft</p>');
      await page.evaluate(() => {
        Reflect.set(globalThis, 'pastes', 0);
        addEventListener(
          'paste',
          (event) => {
            Reflect.set(globalThis, 'pastes', Reflect.get(globalThis, 'pastes') + 1);
            event.preventDefault();
            event.stopImmediatePropagation();
          },
          true,
        );
      });
      assert.deepEqual(await write(), { kind: 'not_arrived', text: 'Draft' });
      assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'pastes')), 1);
    });

    test('a late paste is waited for and arrives once', async () => {
      await open('', '<p>Draft</p>');
      await page.evaluate((html) => {
        addEventListener(
          'paste',
          (event) => {
            event.preventDefault();
            event.stopImmediatePropagation();
            setTimeout(() => {
              const editor = globalThis.page.editors[101];
              editor?.model.insertContent(
                editor.data.toModel(editor.data.processor.toView(`<p></p>${html}`)),
              );
            }, 1000);
          },
          true,
        );
      }, NOTE.html);
      assert.equal((await write()).kind, 'written');
      assert.deepEqual(await lines(), ['Draft', ...SHOWN]);
    });

    test('selectors that the browser does not understand are passed over', async () => {
      await open();
      const broken = Object.fromEntries(
        Object.entries(selectors).map(([key, list]) => [key, ['[[', '.nowhere', ...list]]),
      );
      assert.equal((await write({ selectors: broken })).kind, 'written');
    });

    test('nothing is left in the page but the note', async () => {
      await open('internal');
      const traces = () =>
        page.evaluate(() => ({
          globals: Object.getOwnPropertyNames(globalThis).sort(),
          root: document.documentElement.getAttributeNames(),
          head: document.head.childElementCount,
          top: [...document.body.children].map((child) => child.tagName),
          pane: [...(globalThis.page.panes.get(101)?.querySelectorAll('*') ?? [])]
            .filter((one) => !one.closest('.ck-content'))
            .map((one) => `${one.tagName} ${one.getAttributeNames()}`),
        }));
      // The editor builds its own panels when it gets the focus first.
      await page.click('[data-is-active="true"] .ck-content');
      const earlier = await traces();
      assert.equal((await write()).kind, 'written');
      assert.deepEqual(await traces(), earlier);
    });
  });
}
