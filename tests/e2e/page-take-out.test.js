/// <reference path="./page-scripts/globals.d.ts" />
// Undo of a drafted reply in the stand-in's composer: out comes what was put in, and nothing that anybody wrote.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe } from 'node:test';
import { SELECTORS, startZendesk } from './page-scripts/zendesk.js';
import { AgentPage } from './steps/agent.js';
import { BROWSERS, testInTurn } from './steps/turns.js';

const TICKET = 1001;
const LINK = 'https://handbook.example.com/';
const LINES = ['Hello Ada,', 'you were added:', '- Ada', '- Grace', 'See the handbook.'];
const REPLY = {
  kind: 'write_reply',
  ticket: TICKET,
  again: false,
  status: 'solved',
  submit_menu: 'submits',
  lines: LINES,
  html: `<p>Hello Ada,<br>you were added:</p><ul><li>Ada</li><li>Grace</li></ul><p>See <a href="${LINK}">the handbook</a>.</p>`,
};

for (const name of BROWSERS) {
  const inTurn = testInTurn(name);
  describe(`a reply leaves the composer, ${name}`, { timeout: 240_000 }, () => {
    /** @type {Awaited<ReturnType<typeof startZendesk>>} */
    let desk;
    /** @type {AgentPage} */
    let agent;
    before(async () => {
      desk = await startZendesk(name);
      agent = new AgentPage(desk.page);
    });
    after(() => desk?.close());
    beforeEach(() => desk.reset());

    /** The reply is in the composer, below what was there. @param {string} [first] @param {object} [page] */
    async function drafted(first, page = {}) {
      Object.assign(desk.zendesk.page, page);
      await desk.open(`/agent/tickets/${TICKET}`, '[data-is-active="true"] .ck-editor__editable');
      await agent.ready(TICKET);
      if (first) await agent.type(TICKET, first);
      const outcome = await desk.carryOut(REPLY);
      assert.equal(/** @type {any} */ (outcome).kind, 'written');
    }
    const takeOut = (changes = {}) =>
      desk.carryOut({
        kind: 'take_reply_out',
        ticket: TICKET,
        lines: LINES,
        links: [LINK],
        ...changes,
      });
    const data = () => agent.data(TICKET);
    /** @param {string} script */
    const inComposer = (script) =>
      desk.page.evaluate((text) => {
        const one = document.querySelector('[data-is-active="true"] .ck-editor__editable');
        return new Function('one', text)(one);
      }, script);

    inTurn.everywhere('an unchanged reply leaves an empty composer', async () => {
      await drafted();
      assert.deepEqual(await takeOut(), { kind: 'taken_out' });
      assert.equal(await data(), '');
      assert.deepEqual(desk.writes(), []);
    });

    inTurn.everywhere(
      'what the engineer wrote above it stays, and Ctrl+Z brings it back',
      async () => {
        await drafted('Thanks for waiting.');
        const before = await data();
        assert.deepEqual(await takeOut(), { kind: 'taken_out' });
        assert.equal(await data(), '<p>Thanks for waiting.</p>');
        await agent.undo(TICKET);
        assert.equal(await data(), before);
      },
    );

    inTurn.everywhere('an editor that knows no deletions is told to cut', async () => {
      await drafted('Thanks for waiting.');
      await inComposer(
        "one.addEventListener('beforeinput', (event) => event.stopImmediatePropagation(), true);",
      );
      assert.deepEqual(await takeOut(), { kind: 'taken_out' });
      assert.equal(await data(), '<p>Thanks for waiting.</p>');
    });

    inTurn.everywhere('a reply that the engineer wrote on stays', async () => {
      await drafted();
      await agent.type(TICKET, ' Regards');
      const before = await data();
      assert.deepEqual(await takeOut(), { kind: 'draft_changed' });
      assert.equal(await data(), before);
    });

    inTurn('a reply with another link stays', async () => {
      await drafted();
      const before = await data();
      assert.deepEqual(await takeOut({ links: ['https://other.example.com/'] }), {
        kind: 'draft_changed',
      });
      assert.equal(await data(), before);
    });

    inTurn('a composer without the reply is not touched', async () => {
      await drafted();
      await takeOut();
      await agent.type(TICKET, 'Something else');
      const before = await data();
      assert.deepEqual(await takeOut(), { kind: 'draft_changed' });
      assert.equal(await data(), before);
    });

    inTurn('a reply that became an internal note stays', async () => {
      await drafted();
      const { page } = desk;
      await page.click(
        '[data-is-active="true"] [data-test-id="omnichannel-channel-switcher-button"]',
      );
      const entry = SELECTORS['channel_internal']?.[0] ?? '';
      await page.waitForSelector(entry, { visible: true });
      await page.evaluate((one) => {
        const found = document.querySelector(one);
        if (found instanceof HTMLElement) found.click();
      }, entry);
      await page.waitForFunction(
        () => document.querySelector('[data-is-active="true"] [data-channel="internal"]') !== null,
        { polling: 50 },
      );
      const before = await data();
      const outcome = /** @type {any} */ (await takeOut());
      assert.equal(outcome.kind, 'not_public');
      assert.equal(await data(), before);
    });

    inTurn('another ticket in front is not touched', async () => {
      await drafted();
      const outcome = await takeOut({ ticket: 1002 });
      assert.deepEqual(outcome, { kind: 'wrong_ticket', front: TICKET });
      assert.equal((await agent.composer(TICKET)).lines.length, LINES.length - 1);
    });

    inTurn('an editor that does not give it up is reported', async () => {
      await drafted();
      await inComposer(
        "for (const kind of ['beforeinput', 'cut']) one.addEventListener(kind, (event) => { event.stopImmediatePropagation(); event.preventDefault(); }, true);",
      );
      const outcome = /** @type {any} */ (await takeOut());
      assert.equal(outcome.kind, 'not_arrived');
    });
  });
}
