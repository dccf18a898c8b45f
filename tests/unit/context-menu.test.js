// Where the menu offers `Use as proof`: the browser does not reveal an entry's pages, so these tests check what it was given.
import assert from 'node:assert/strict';
import { test } from 'node:test';

/** @type {{id: string, documentUrlPatterns: string[]}[]} */
const told = [];
Reflect.set(globalThis, 'chrome', {
  runtime: {
    getURL: (/** @type {string} */ file) => `chrome-extension://tether/${file}`,
    getManifest: () => ({ host_permissions: ['https://usual.example/*'] }),
  },
  contextMenus: {
    update(/** @type {string} */ id, /** @type {{documentUrlPatterns: string[]}} */ changes) {
      told.push({ id, ...changes });
      return Promise.reject(new Error('there is no such entry'));
    },
  },
});
const { offerEntryOn } = await import('../../extension/background/context-menu.js');

test('the entry is on the hosts in force too, each once, and on the usual ones alone if none is in force', async () => {
  offerEntryOn({ portal: ['usual.example', 'staging.example'], zendesk: ['sandbox.example'] });
  offerEntryOn({ portal: [], zendesk: [] });
  // A rejection that nobody handles would fail this test.
  await new Promise((done) => {
    setImmediate(done);
  });
  assert.deepEqual(
    told.map(({ documentUrlPatterns }) => documentUrlPatterns),
    [
      ['https://usual.example/*', 'https://staging.example/*', 'https://sandbox.example/*'],
      ['https://usual.example/*'],
    ],
  );
  assert.equal(new Set(told.map(({ id }) => id)).size, 1);
});
