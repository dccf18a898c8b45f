/// <reference path="./page-scripts/globals.d.ts" />
// What the portal's script sends while a person clicks around, under plain loads, the real Turbo and the real pjax.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../harness/wait.js';
import { start } from './page-scripts/browser.js';
import { buildExtension } from './page-scripts/build.js';
import { portalSite } from './page-scripts/portal-site.js';
import { serve } from './page-scripts/sites.js';
import { BROWSERS, isItsTurn, testInTurn } from './steps/turns.js';

const ADMIN = 'https://customers.gitlab.com/admin';

for (const name of BROWSERS) {
  for (const pjax of [false, true]) {
    // What the page's own library does differs; how a browser shows it to the script does not.
    if (pjax && !isItsTurn(name, 'firefox')) continue;
    const inTurn = pjax ? test : testInTurn(name);
    describe(`capture under ${pjax ? 'pjax' : 'Turbo'}, ${name}`, { timeout: 120_000 }, () => {
      const site = portalSite({ pjax });
      /** @type {Awaited<ReturnType<typeof start>>} */
      let started;
      /** @type {import('puppeteer-core').Page} */
      let page;
      /** @type {() => Promise<unknown>} */
      let end = async () => undefined;

      before(async () => {
        const proxy = await serve(new Map([['customers.gitlab.com', site]]));
        const extension = await buildExtension();
        end = () => Promise.all([proxy.close(), extension.remove()]);
        started = await start(name, extension.folder, proxy.port);
        page = await started.browser.newPage();
      });
      after(async () => {
        await started?.browser.close();
        await end();
      });

      /** Forgets what was heard and opens a page. @param {string} path */
      async function open(path) {
        // Leaving first, so that the page before has nothing more to say.
        await page.goto('about:blank');
        await started.control.evaluate(() => void globalThis.control.heard.splice(0));
        await page.bringToFront();
        await page.goto(`${ADMIN}${path}`);
      }

      /** What was sent since `open`, once nothing is on its way any more. */
      async function sent() {
        await started.control.evaluate(() => globalThis.control.settle());
        return started.control.evaluate(() =>
          globalThis.control.heard
            .filter((one) => one.kind === 'portal_page')
            .map(
              (one) =>
                `${one['url'].replace('https://customers.gitlab.com/admin', '')}: ${/<h1>(.*?)<\/h1>/.exec(one['html'])?.[1]}`,
            ),
        );
      }

      /** @param {string} heading */
      const shows = (heading) =>
        page.waitForFunction(
          (text) =>
            document.querySelector('h1')?.textContent === text &&
            !document.documentElement.hasAttribute('data-turbo-preview'),
          {},
          heading,
        );

      /** Follows a link the way that the site does it. @param {string} to @param {string} heading */
      async function follow(to, heading) {
        await page.click(`#${to.replaceAll('/', '-')}`);
        await shows(heading);
      }
      const LICENSE_1 = 'Details for License number 1';
      const LICENSE_2 = 'Details for License number 2';

      test('a record page that is loaded is sent once: what shows the record, without the head and the menu around it', async () => {
        await open('/license/1');
        assert.deepEqual(await sent(), [`/license/1: ${LICENSE_1}`]);
        const html = await started.control.evaluate(
          () => globalThis.control.heard.find((one) => one.kind === 'portal_page')?.['html'],
        );
        assert.match(html, /^<html><div class="content".*<\/div><\/html>$/s);
        assert.match(
          html,
          /<header data-model="license">|<div class="page-header" data-model="license">/,
        );
        assert.match(
          html,
          /<a class="[^"]*" href="https:\/\/customers\.gitlab\.com\/admin\/license\/1">show<\/a>/,
        );
        assert.match(html, /<div class="fieldset">.*License number 1/s);
        assert.doesNotMatch(html, /<head>|<script|<li data-model/);
      });

      test('a page with fields outside of the part with its heading is sent whole', async () => {
        await open('/license/1');
        await page.evaluate(() => {
          history.pushState(null, '', '/admin/license/2');
          for (const link of document.querySelectorAll('.nav-tabs a'))
            link.setAttribute(
              'href',
              (link.getAttribute('href') ?? '').replace('license/1', 'license/2'),
            );
          document.querySelector('.content h1')?.replaceChildren('License number 2');
          document.body.insertAdjacentHTML('beforeend', '<div class="fieldset">More</div>');
          document.dispatchEvent(new Event('turbo:render'));
        });
        assert.deepEqual(await sent(), [
          `/license/1: ${LICENSE_1}`,
          '/license/2: License number 2',
        ]);
        const html = await started.control.evaluate(
          () => globalThis.control.heard.findLast((one) => one.kind === 'portal_page')?.['html'],
        );
        assert.match(
          html,
          /^<html lang="en">.*<head>.*<div class="fieldset">More<\/div><\/body><\/html>$/s,
        );
      });

      inTurn('a trailing slash, a query and a slug still name the record', async () => {
        for (const path of ['/license/1/', '/license/1?locale=en', '/license/1-some-slug']) {
          await open(path);
          assert.deepEqual(await sent(), [`${path}: ${LICENSE_1}`]);
        }
      });

      inTurn('a record that nobody received is sent once more at the next occasion', async () => {
        await started.control.evaluate(() => {
          globalThis.control.deaf = 1;
        });
        await open('/license/1');
        await until('it is heard', async () => {
          await page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
          return (await sent()).length > 0;
        });
        await page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
        assert.deepEqual(await sent(), [`/license/1: ${LICENSE_1}`]);
        assert.equal(await started.control.evaluate(() => globalThis.control.deaf), 0);
      });

      inTurn('lists, edit, history, the dashboard and an unknown id send nothing', async () => {
        for (const path of [
          '/',
          '/license',
          '/license/1/edit',
          '/license/1/history',
          '/license/9990',
          '/license/validate_license',
        ]) {
          await open(path);
          assert.deepEqual(await sent(), [], path);
        }
      });

      test('every record on a walk is sent in its turn, each once', async () => {
        await open('/license');
        await follow('license/1', LICENSE_1);
        await follow('order/1', 'Details for Order number 1');
        await follow('billing_account/1', 'Details for Billing account number 1');
        await follow('license', 'List of Licenses');
        assert.deepEqual(await sent(), [
          `/license/1: ${LICENSE_1}`,
          '/order/1: Details for Order number 1',
          '/billing_account/1: Details for Billing account number 1',
        ]);
      });

      test('a way over a list, Edit and back to the same record sends it once', async () => {
        await open('/license/1');
        await follow('license', 'List of Licenses');
        await follow('license/1', LICENSE_1);
        await follow('license/1/edit', 'Edit License number 1');
        await follow('license/1', LICENSE_1);
        assert.deepEqual(await sent(), [`/license/1: ${LICENSE_1}`]);
      });

      test('back to a record is sent again when another one was sent in between, and never with the body of the other', async () => {
        await open('/license/1');
        await follow('license/2', LICENSE_2);
        await page.evaluate(() => history.back());
        await shows(LICENSE_1);
        await page.evaluate(() => history.forward());
        await shows(LICENSE_2);
        assert.deepEqual(await sent(), [
          `/license/1: ${LICENSE_1}`,
          `/license/2: ${LICENSE_2}`,
          `/license/1: ${LICENSE_1}`,
          `/license/2: ${LICENSE_2}`,
        ]);
      });

      inTurn('a record whose values changed is sent again', async () => {
        await open('/license/1');
        await follow('license', 'List of Licenses');
        site.titles.set('license/1', 'Another name');
        try {
          await follow('license/1', 'Details for Another name');
          assert.deepEqual(await sent(), [
            `/license/1: ${LICENSE_1}`,
            '/license/1: Details for Another name',
          ]);
        } finally {
          site.titles.clear();
        }
      });

      test("while the address is already the next record's and the body still the old one, nothing is sent", async () => {
        await open('/license/1');
        await page.evaluate(() => history.pushState(null, '', '/admin/license/2'));
        await page.evaluate((inPjax) => {
          // What could make a hasty script look.
          document.dispatchEvent(new Event('turbo:render'));
          dispatchEvent(new PopStateEvent('popstate'));
          if (inPjax)
            document.querySelector('[data-pjax-container]')?.append(document.createElement('i'));
        }, pjax);
        assert.deepEqual(await sent(), [`/license/1: ${LICENSE_1}`]);
      });

      inTurn(
        'a body that was swapped before its address is sent when the address follows',
        async () => {
          await open('/license/1');
          await page.evaluate(async () => {
            const next = new DOMParser()
              .parseFromString(await (await fetch('/admin/license/2')).text(), 'text/html')
              .querySelector('.content');
            document.querySelector('.content')?.replaceChildren(...(next?.childNodes ?? []));
            await new Promise((done) => setTimeout(done, 20));
            history.pushState(null, '', '/admin/license/2');
          });
          assert.deepEqual(await sent(), [`/license/1: ${LICENSE_1}`, `/license/2: ${LICENSE_2}`]);
        },
      );

      inTurn('an unknown id that is followed by a link sends nothing', async () => {
        await open('/license/1');
        await follow('license/9990', 'List of Licenses');
        assert.deepEqual(await sent(), [`/license/1: ${LICENSE_1}`]);
      });

      test('the result of Validate License is sent, the form and a pasted text are not', async () => {
        await open('/license/validate_license');
        assert.deepEqual(await sent(), []);
        await Promise.all([
          page.waitForFunction(() => document.querySelector('pre')),
          page.click('#validate_license button'),
        ]);
        assert.deepEqual(await sent(), ['/license/validate_license: Validate License']);
      });

      inTurn('a result that is put below the form without a navigation is sent', async () => {
        await open('/license/validate_license');
        await page.evaluate(() =>
          document
            .querySelector('#validate_license')
            ?.insertAdjacentHTML('afterend', '<pre>restrictions:\n  id: 5</pre>'),
        );
        assert.deepEqual(await sent(), ['/license/validate_license: Validate License']);
      });

      test('a record in a tab behind is sent when the tab comes to the front', async () => {
        await open('/license/1');
        await started.control.bringToFront();
        await page.waitForFunction(() => document.hidden, { polling: 50 });
        await page.evaluate(() =>
          document
            .querySelector('#license-2')
            ?.dispatchEvent(
              new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }),
            ),
        );
        await page.waitForFunction(
          (text) => document.querySelector('h1')?.textContent === text,
          { polling: 50 },
          LICENSE_2,
        );
        assert.deepEqual(await sent(), [`/license/1: ${LICENSE_1}`]);
        await page.bringToFront();
        await page.waitForFunction(() => !document.hidden, { polling: 50 });
        assert.deepEqual(await sent(), [`/license/1: ${LICENSE_1}`, `/license/2: ${LICENSE_2}`]);
      });

      if (!pjax) {
        test("a preview out of Turbo's cache is not sent, the fresh page after it is", async () => {
          await open('/license/1');
          await follow('license', 'List of Licenses');
          site.titles.set('license/1', 'Fresh');
          let release = () => {};
          site.hold.set(
            '/admin/license/1',
            new Promise((done) => {
              release = () => done(undefined);
            }),
          );
          try {
            await page.click('#license-1');
            await page.waitForSelector('html[data-turbo-preview] .fieldset');
            assert.deepEqual(await sent(), [`/license/1: ${LICENSE_1}`]);
            release();
            await shows('Details for Fresh');
            assert.deepEqual(await sent(), [
              `/license/1: ${LICENSE_1}`,
              '/license/1: Details for Fresh',
            ]);
          } finally {
            release();
            site.hold.clear();
            site.titles.clear();
          }
        });
      }

      inTurn('nothing is left in the page', async () => {
        await open('/license/1');
        const traces = await page.evaluate(() => ({
          globals: Object.getOwnPropertyNames(globalThis).filter((key) => /tether/i.test(key)),
          html: document.documentElement.getAttributeNames(),
          top: [...document.documentElement.children].map((child) => child.tagName),
          body: [...document.body.children].map((child) => child.tagName),
        }));
        assert.deepEqual(traces, {
          globals: [],
          html: ['lang'],
          top: ['HEAD', 'BODY'],
          body: ['UL', 'DIV'],
        });
      });
    });
  }
}
