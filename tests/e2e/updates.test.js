// Installs the packages, then a newer version, then the older one again. What outlives a session stays, open pages go on, and nothing
// complains.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../harness/wait.js';
import { CASES, noteOf } from './steps/cases.js';
import { atDesk } from './steps/desk.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */

/** What is set before, in both kinds of storage that outlive a session: a reminder, and something that only a newer version knows. */
const REMINDER = 'remind:https://gitlab.zendesk.com/agent/tickets/1008';
const NEWER = { of_a_newer_version: { form: 7, kept: ['as', 'it', 'is'] } };

/**
 * Replaces this version with another, as the browser's own update does.
 * @param {Desk} desk
 * @param {string} version
 */
async function become(desk, version) {
  const file = path.join(desk.folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...manifest, version }));
  await desk.browser.closePanel();
  // Puppeteer would go on speaking to the worker of the version before.
  await desk.browser.stopWorker();
  await desk.browser.puppeteer.installExtension(desk.folder);
  await until(`${version} has started`, () => desk.browser.backgroundRunning());
}

/** @param {Desk} desk */
const kept = (desk) =>
  desk.browser.evaluateInWorker(async () => {
    const api = Reflect.get(globalThis, 'browser') ?? chrome;
    return {
      local: await api.storage.local.get(null),
      sync: await api.storage.sync.get(null),
      version: api.runtime.getManifest().version,
    };
  });

atDesk(
  'the package installs; an update and a rollback keep reminders and settings, and pages that were open work on',
  { packed: true },
  async (desk) => {
    const { ticket, proof, order, account } = CASES.license;
    const at = Date.now() + 3_600_000;
    const portal = await desk.openPortal(proof);
    const agent = await desk.openTicket(ticket);
    const panel = await desk.openPanel();
    await panel.showsTicket(ticket);
    await panel.page.evaluate(
      async (name, when, newer) => {
        const api = Reflect.get(globalThis, 'browser') ?? chrome;
        await api.storage.local.set({ [name]: when, ...newer });
        await api.storage.sync.set(newer);
      },
      REMINDER,
      at,
      NEWER,
    );
    const { version: first } = await kept(desk);

    for (const version of ['9.9.9', first]) {
      await become(desk, version);
      const now = await desk.openPanel().then(async (again) => {
        await portal.page.bringToFront();
        return again;
      });
      assert.deepEqual(await kept(desk), {
        local: { [REMINDER]: at, ...NEWER },
        sync: NEWER,
        version,
      });
      const alarms = await now.page.evaluate(() =>
        (Reflect.get(globalThis, 'browser') ?? chrome).alarms.getAll(),
      );
      assert.deepEqual(
        alarms.map((/** @type {{name: string}} */ { name }) => name),
        [REMINDER],
      );

      // Neither tab was loaded again. The page of the portal sends its next record, the page of the ticket takes the note.
      await agent.page.bringToFront();
      await now.showsTicket(ticket);
      await portal.page.bringToFront();
      await portal.page.evaluate((next) => {
        const link = document.createElement('a');
        link.href = `/admin/${next}`;
        document.body.append(link);
        link.click();
      }, `order/${order}`);
      await portal.shows('Details for Order');
      await now.holds(`order/${order}`);
      await portal.openBillingAccount();
      await now.holds(`billing_account/${account}`);
      await now.press('Add internal note');
      await now.saysTheNoteStands(ticket);
      assert.equal((await agent.composer(ticket)).lines[1], noteOf(CASES.license)[1]);
      await agent.undo(ticket);
      await until(
        'the composer is empty',
        async () => (await agent.composer(ticket)).lines.join('') === '',
      );
    }
  },
);
