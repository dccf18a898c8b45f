/** Does the harness itself do what the end-to-end tests rely on? With a tiny extension, in both browsers. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from '../harness/browser.js';
import { until } from '../harness/wait.js';
import { startMiniProxy } from './mini-proxy.js';

const extension = fileURLToPath(new URL('./extension', import.meta.url));

/** @param {import("puppeteer-core").Page} panel @param {object} message @returns {Promise<any>} */
const tell = (panel, message) =>
  panel.evaluate(
    (sent) => /** @type {any} */ (globalThis['browser'] ?? chrome).runtime.sendMessage(sent),
    message,
  );

for (const kind of /** @type {const} */ (['chromium', 'firefox'])) {
  describe(`the harness in ${kind}`, { timeout: 240_000 }, () => {
    /** @type {Awaited<ReturnType<typeof startMiniProxy>>} */
    let proxy;
    /** @type {import("../harness/browser.js").Browser} */
    let browser;
    before(async () => {
      proxy = await startMiniProxy();
      browser = await launch({ browser: kind, extension, proxyPort: proxy.proxyPort });
    });
    after(async () => {
      await browser?.close();
      await proxy?.close();
    });

    test('a page of the real host is loaded through the proxy and gets the content script', async () => {
      const page = await browser.newPage('https://customers.gitlab.com/admin');
      await page.waitForFunction(() => document.documentElement.dataset['harness'] === 'seen');
      assert.equal(
        await page.$eval('h1', (heading) => heading.textContent),
        'customers.gitlab.com',
      );
    });

    test('the panel can be clicked, typed into and read while the page stays the active tab', async () => {
      const panel = await browser.openPanel({ width: 360, height: 700 });
      assert.deepEqual(await panel.evaluate(() => [innerWidth, innerHeight]), [360, 700]);
      await panel.locator('::-p-aria(Ask)').click();
      await panel.waitForFunction(() =>
        document.querySelector('[role=status]')?.textContent?.startsWith('answered'),
      );
      await panel.type('#text', 'hello');
      assert.equal(
        await panel.$eval('#text', (input) => /** @type {HTMLInputElement} */ (input).value),
        'hello',
      );
      assert.deepEqual(await tell(panel, { kind: 'active' }), [
        'https://customers.gitlab.com/admin',
      ]);
    });

    test('a new tab opens in the main window and becomes the active one', async () => {
      const panel = await browser.openPanel();
      const page = await browser.newPage('https://gitlab.zendesk.com/agent/tickets/1');
      assert.deepEqual(await tell(panel, { kind: 'active' }), [
        'https://gitlab.zendesk.com/agent/tickets/1',
      ]);
      const first = (await browser.pages()).find(
        (each) => each.url() === 'https://customers.gitlab.com/admin',
      );
      assert.ok(first);
      await first.bringToFront();
      await until(
        'the first tab is active again',
        async () =>
          (await tell(panel, { kind: 'active' }))[0] === 'https://customers.gitlab.com/admin',
      );
      await page.close();
    });

    test("the background's requests carry the session cookie and no Origin", async () => {
      const panel = await browser.openPanel();
      const answer = await tell(panel, {
        kind: 'fetch',
        url: 'https://customers.gitlab.com/cookie',
      });
      assert.deepEqual(answer, { status: 200, body: 'cookie session=1; origin none' });
    });

    test("a stopped background loses its variables, keeps storage.session and is woken by a page's message", async () => {
      const panel = await browser.openPanel();
      const earlier = await tell(panel, { kind: 'wake' });
      assert.equal(await browser.backgroundRunning(), true);
      await browser.stopWorker();
      assert.equal(await browser.backgroundRunning(), false);
      const page = (await browser.pages()).find(
        (each) => each.url() === 'https://customers.gitlab.com/admin',
      );
      assert.ok(page);
      await page.evaluate(() => document.dispatchEvent(new Event('harness-wake')));
      await until('the background runs again', () => browser.backgroundRunning());
      await until(
        "the page's message was counted",
        async () => (await tell(panel, { kind: 'state' })).wakes === earlier.wakes + 1,
      );
      const later = await tell(panel, { kind: 'state' });
      assert.notEqual(later.born, earlier.born);
    });

    test('a stopped background is woken by a loading tab and by a port of the panel', async () => {
      const panel = await browser.openPanel();
      await browser.stopWorker();
      const page = await browser.newPage('https://gitlab.zendesk.com/agent/tickets/2');
      await until('the tab woke the background', () => browser.backgroundRunning());
      await page.close();
      await browser.stopWorker();
      const echo = await panel.evaluate(
        () =>
          new Promise((done) => {
            const port = /** @type {any} */ (globalThis['browser'] ?? chrome).runtime.connect();
            port.onMessage.addListener((/** @type {any} */ message) => {
              port.disconnect();
              done(message.echo);
            });
            port.postMessage('hello');
          }),
      );
      assert.equal(echo, 'hello');
    });

    test('the background can be stopped many times in a row', async () => {
      const panel = await browser.openPanel();
      const births = new Set();
      for (let round = 0; round < 5; round += 1) {
        births.add((await tell(panel, { kind: 'state' })).born);
        await browser.stopWorker();
      }
      assert.equal(births.size, 5);
    });

    test('extension storage can be read by a test', async () => {
      const panel = await browser.openPanel();
      const { wakes } = await tell(panel, { kind: 'wake' });
      const stored = await browser.evaluateInWorker(
        async (key) =>
          (await /** @type {any} */ (globalThis['browser'] ?? chrome).storage.session.get(key))[
            key
          ],
        'wakes',
      );
      assert.equal(stored, wakes);
    });

    test('what the panel copies can be read back', async () => {
      const panel = await browser.openPanel();
      await panel.click('#copy');
      await panel.waitForFunction(
        () => document.querySelector('[role=status]')?.textContent === 'copied',
      );
      assert.equal(await browser.readClipboard(), 'copied by the panel');
    });

    test('the panel is shown dark and light, and a screenshot of it has the size asked for', async () => {
      const panel = await browser.openPanel();
      const folder = await mkdtemp(join(tmpdir(), 'harness-shot-'));
      try {
        const background = () =>
          panel.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(await background(), 'rgb(255, 255, 255)');
        const file = join(folder, 'dark.png');
        await browser.screenshot(panel, file, { width: 480, height: 640, colorScheme: 'dark' });
        assert.equal(await background(), 'rgb(0, 0, 0)');
        const png = await readFile(file);
        assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [480, 640]);
        await browser.setColorScheme('light');
        assert.equal(await background(), 'rgb(255, 255, 255)');
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    test('so far nothing was complained about', async () => {
      assert.deepEqual(await browser.errors(), []);
    });

    test('errors of pages, panel and background and violations of the CSP are collected', async () => {
      const panel = await browser.openPanel();
      await panel.evaluate(() => {
        setTimeout(() => {
          throw new Error('thrown in the panel');
        }, 0);
      });
      await panel.evaluate(() => console.error('logged in the panel'));
      for (const message of ['throw', 'reject', 'log']) await tell(panel, { kind: message });
      const page = await browser.newPage('https://customers.gitlab.com/x?throw');
      await page.evaluate(() => console.error('logged in the page'));
      await page.goto('https://customers.gitlab.com/violation');
      const expected = [
        'thrown in the panel',
        'logged in the panel',
        'thrown in the background',
        'rejected in the background',
        'logged in the background',
        'thrown in the page',
        'logged in the page',
        'inline script',
      ];
      const missing = async () => {
        const all = (await browser.errors()).map((error) => error.text).join('\n');
        return expected.filter((text) => !all.includes(text));
      };
      await until(
        'all errors have come in',
        async () => (await missing()).length === 0,
        20_000,
      ).catch(async (late) => {
        assert.deepEqual(await missing(), [], String(late));
      });
      assert.equal((await browser.errors()).length, expected.length);
      await browser.clearErrors();
      assert.deepEqual(await browser.errors(), []);
      await page.close();
    });

    test('a panel that was closed can be opened again', async () => {
      const first = await browser.openPanel();
      await browser.closePanel();
      const second = await browser.openPanel();
      assert.notEqual(second, first);
      assert.equal(await second.title(), 'Harness check');
    });

    test('an extension page opens in a tab', async () => {
      const page = await browser.openExtensionPage('panel/panel.html?tab');
      assert.equal(await page.title(), 'Harness check');
      await page.close();
    });

    if (kind === 'firefox') {
      test('a shortcut reaches the background, and another one opens the real sidebar', async () => {
        await browser.fireCommand('count');
        await until('the command was counted', () =>
          browser.evaluateInWorker(
            async () =>
              (await /** @type {any} */ (globalThis)['browser'].storage.session.get())[
                'command:count'
              ] === 1,
          ),
        );
        assert.equal(await browser.sidebarAddress(), null);
        await browser.fireCommand('_execute_sidebar_action');
        await until(
          'the sidebar shows the panel',
          async () =>
            (await browser.sidebarAddress()) === `${browser.extensionOrigin}/panel/panel.html`,
        );
      });
    }

    test('a second browser runs beside the first and leaves nothing behind', async () => {
      const other = await launch({
        browser: kind,
        extension,
        proxyPort: proxy.proxyPort,
        grantHosts: false,
      });
      try {
        const page = await other.newPage('https://customers.gitlab.com/admin');
        if (kind === 'firefox') {
          assert.equal(
            await page.evaluate(() => document.documentElement.dataset['harness']),
            undefined,
          );
          await other.setHostAccess(true);
          await page.reload();
        }
        await page.waitForFunction(() => document.documentElement.dataset['harness'] === 'seen');
      } finally {
        await other.close();
      }
      await other.close();
      assert.throws(() => process.kill(other.pid, 0), { code: 'ESRCH' });
    });
  });
}
