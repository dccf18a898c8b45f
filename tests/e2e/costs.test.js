// What Tether costs a page, in counts that are the same on every machine. ./build.sh bench measures times.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { until } from '../harness/wait.js';
import { PAGE_SCRIPT_LIMIT } from '../tools/assemble.js';
import { BROWSERS, DIST } from '../tools/project.js';
import { atDesk } from './steps/desk.js';
import {
  countMessages,
  putBeforeAClick,
  STILL_SITES,
  takeMessages,
  tracesIn,
  watchTraces,
} from './steps/footprint.js';

const NOTHING = { elements: 0, changes: 0, globals: [] };

test("before a click there is one script in the portal's pages, of at most 6,000 bytes, and nothing in Zendesk's", () => {
  for (const browser of BROWSERS) {
    const [script, ...more] = putBeforeAClick(browser, 'customers.gitlab.com');
    assert.equal(script?.file, 'pages/portal.js');
    assert.ok(script && script.bytes <= PAGE_SCRIPT_LIMIT, `${script?.bytes} bytes`);
    assert.deepEqual(more, []);
    for (const host of ['gitlab.zendesk.com', 'gitlab-federal-support.zendesk.com'])
      assert.deepEqual(putBeforeAClick(browser, host), []);
  }
});

test('a panel that opens waits for its page, then for one script and one stylesheet at once, and for no other file', () => {
  for (const browser of BROWSERS) {
    const read = (/** @type {string} */ file) =>
      readFileSync(path.join(DIST, browser, 'panel', file), 'utf8');
    const named = [...read('panel.html').matchAll(/<(script|link rel="stylesheet")[^>]*"(.+?)">/g)];
    assert.deepEqual(named.map(([, , file]) => file).sort(), ['panel.css', 'panel.js']);
    assert.doesNotMatch(read('panel.js'), /^\s*(?:import|export)\b|\bimport\s*\(/m);
    assert.doesNotMatch(read('panel.css'), /@import|url\(/);
  }
});

atDesk(
  'pages of both sites stay as they are: a record is told with one message, everything else with none',
  { hosts: STILL_SITES },
  async (desk) => {
    const panel = await desk.openPanel();
    await countMessages(panel.page);
    const page = await desk.browser.newPage();
    await watchTraces(page);
    /** @type {[url: string, messages: string[]][]} */
    const visits = [
      ['https://customers.gitlab.com/admin/license', []],
      ['https://customers.gitlab.com/admin/license/410266', ['portal_page']],
      ['https://customers.gitlab.com/admin/', []],
      ['https://customers.gitlab.com/elsewhere', []],
      ['https://gitlab.zendesk.com/agent/dashboard', []],
      ['https://customers.gitlab.com/admin/license/410267', ['portal_page']],
      ['https://gitlab.zendesk.com/agent/', []],
    ];
    /** All messages so far: one too many that comes late is seen at the next page. @type {string[]} */
    const heard = [];
    /** @type {string[]} */
    const expected = [];
    for (const [url, messages] of visits) {
      await page.goto(url);
      expected.push(...messages);
      // After what a script did at the page's load, and what that led to.
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            requestIdleCallback(resolve);
          }),
      );
      await until(`the messages of ${url}`, async () => {
        heard.push(...(await takeMessages(panel.page)));
        return heard.length >= expected.length;
      });
      assert.deepEqual(heard, expected, url);
      assert.deepEqual(await tracesIn(page), NOTHING, url);
    }
    assert.deepEqual(desk.requests.counts(), {});
  },
);
