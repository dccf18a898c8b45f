// The background is stopped at every turn of each route. The result is the same as without a stop, and nothing is written twice.
// tests/native/fault_matrix.rs stops the core after every single event of every route; here are the two browsers, each with its own way to stop.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { noteOf, written } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';
import {
  contactsOf,
  fieldOf,
  ORGANIZATION,
  PROBLEM_TYPE,
  USER,
  user,
  writes,
} from './steps/people.js';
import { comeBack } from './steps/situations.js';
import { Stops } from './steps/stops.js';
import { end } from './steps/tasks.js';
import { AT_WORK, beside, PROOFS } from './steps/trace.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */

/** A ticket with the panel, and a background that does not last. @param {Desk} desk @param {number} ticket */
async function besides(desk, ticket) {
  const { agent, panel } = await beside(desk, ticket);
  const stops = new Stops(desk, panel);
  return { agent, panel, stops };
}

/** Drafts the reply. @param {Awaited<ReturnType<typeof besides>>} at */
async function draft({ panel, stops }) {
  await stops.press('Draft reply');
  await panel.shows(
    'the reply is in the composer',
    ({ text, busy }) => !busy && /in the composer of #\d+, as a public reply/.test(text),
  );
}

/** What was written, by whom and how often. @param {Desk} desk @param {RegExp} path */
const writesTo = (desk, path) => writes(desk).filter((one) => path.test(one));

/**
 * From the proof to the reply.
 * @param {Desk} desk
 * @param {import('./steps/cases.js').Chain} chain
 * @param {number} organization
 */
async function fromProof(desk, chain, organization) {
  const { ticket } = chain;
  const at = await besides(desk, ticket);
  const { agent, panel, stops } = at;
  const requester = USER + ticket - 1000;
  await stops.press('Set problem type');
  await end(panel, 'Metadata', ['done']);
  assert.deepEqual(writes(desk), [`PUT /api/v2/tickets/${ticket} 200`]);
  assert.equal(fieldOf(desk, ticket, PROBLEM_TYPE.field), PROBLEM_TYPE.value);
  await stops.press('Trace');
  const { note } = await panel.says('Entitled');
  assert.equal(note, noteOf(chain, [], organization).join('\n'));
  await stops.press('Add internal note');
  await panel.saysTheNoteStands(ticket);
  assert.deepEqual(await agent.composer(ticket), written(noteOf(chain, [], organization)));
  await agent.submit(ticket);
  await stops.press('Associate');
  await end(panel, 'Association', ['done']);
  assert.equal(user(desk, requester).organization_id, organization);
  assert.equal(writesTo(desk, new RegExp(`/users/${requester}`)).length, 1, writes(desk).join());
  await draft(at);
  assert.equal(await agent.channel(ticket), 'public');
  const { lines } = await agent.composer(ticket);
  assert.equal(
    new Set(lines.filter((line) => line.length > 20)).size,
    lines.filter((line) => line.length > 20).length,
    'it is there once',
  );
  assert.ok((await stops.end()) > 5, `${stops.count} stops`);
}

atOneDesk('the background stopped at every turn', AT_WORK, (add) => {
  add.inTurn('from a license ID to the reply', (desk) =>
    fromProof(desk, PROOFS.id, ORGANIZATION + 33),
  );

  add.inTurn('from an activation code to the reply', (desk) =>
    fromProof(desk, PROOFS.code, ORGANIZATION + 934),
  );

  add.inTurn(
    'a license key: Validate License is filled, its result leads to the license',
    async (desk) => {
      const { ticket, proof } = PROOFS.key;
      const { panel, stops } = await besides(desk, ticket);
      /** @type {import('puppeteer-core').Page | undefined} */
      let page;
      const before = new Set(await desk.browser.pages());
      await stops.press('Open Validate License with this key', async () => {
        page = await until('Validate License is open', async () =>
          (await desk.browser.pages()).find((one) => !before.has(one)),
        );
        await page.waitForFunction(
          () => document.querySelector('textarea')?.value.startsWith('eyJkYXRhIjoi'),
          { polling: 50 },
        );
      });
      assert.ok(page);
      await page.bringToFront();
      await (await page.waitForSelector('#validate_license button'))?.click();
      await page.waitForFunction(
        () => document.querySelector('h3')?.textContent?.includes('License details'),
        { polling: 50 },
      );
      await desk.openPortal(proof);
      await panel.holds(proof);
      assert.ok((await stops.end()) > 1, `${stops.count} stops`);
      assert.deepEqual(writes(desk), []);
    },
  );

  add.inTurn('contacts are added for a requester who belongs to the organization', async (desk) => {
    const { panel, stops } = await besides(desk, 1018);
    await stops.press('Add contacts');
    await end(panel, 'Contacts', ['done', 'done']);
    assert.equal(contactsOf(desk, ORGANIZATION + 18).length, 5);
    assert.equal(writesTo(desk, /\/users/).length, 2, writes(desk).join());
    assert.ok((await stops.end()) > 1, `${stops.count} stops`);
  });

  add.inTurn('a contact is removed', async (desk) => {
    const { panel, stops } = await besides(desk, 1023);
    await stops.choose('Iris');
    await panel.shows('no ticket is open', ({ text }) => text.includes('no open tickets'));
    await stops.press('Remove contacts');
    await end(panel, 'Contacts', ['done']);
    const gone = user(desk, USER + 2302);
    assert.equal(gone.organization_id, null);
    assert.equal(gone.notes.split('\n').filter((line) => line !== '').length, 2, gone.notes);
    assert.equal(writesTo(desk, /\/users/).length, 1, writes(desk).join());
    assert.ok((await stops.end()) > 1, `${stops.count} stops`);
  });

  add.inTurn('GitLab.com: the app associates, and the reply is drafted', async (desk) => {
    const at = await besides(desk, 1024);
    const { agent, panel, stops } = at;
    user(desk, USER + 24).organization_id = ORGANIZATION + 24;
    // The engineer is back from the app: nobody has to say what it did.
    await until('what the app did is seen', async () => {
      await comeBack(panel);
      return (await panel.read()).verdict.startsWith('Entitled');
    });
    await draft(at);
    assert.equal(await agent.channel(1024), 'public');
    assert.deepEqual(writes(desk), []);
    assert.ok((await stops.end()) > 1, `${stops.count} stops`);
  });
});
