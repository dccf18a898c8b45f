/// <reference path="./page-scripts/globals.d.ts" />
// Which composers of the stand-in's agent page are written into, and which are refused, each with its own outcome.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe } from 'node:test';
import { until } from '../harness/wait.js';
import { SELECTORS, startZendesk } from './page-scripts/zendesk.js';
import { AgentPage } from './steps/agent.js';
import { BROWSERS, testInTurn } from './steps/turns.js';

/** @typedef {import('../standins/zendesk/agent-page.js').PageSettings} PageSettings */

const TICKET = 1001;
const NOTE = {
  kind: 'write_note',
  ticket: TICKET,
  again: false,
  lines: ['- License: 410233'],
  html: '<ul><li>License: 410233</li></ul>',
};
const REPLY = {
  kind: 'write_reply',
  ticket: TICKET,
  again: false,
  status: 'solved',
  submit_menu: 'submits',
  lines: ['Hello Ada,'],
  html: '<p>Hello Ada,</p>',
};

for (const name of BROWSERS) {
  const inTurn = testInTurn(name);
  describe(`the kinds of composers, ${name}`, { timeout: 300_000 }, () => {
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

    /** @param {Partial<PageSettings>} made */
    async function open(made) {
      Object.assign(desk.zendesk.page, made);
      await desk.open(
        `/agent/tickets/${TICKET}`,
        '[data-is-active="true"] [data-test-id="omni-header-subject"]',
      );
      if (desk.zendesk.page.composer) await agent.ready(TICKET);
      if (made.sideConversation)
        await until('the side conversation is there', async () => (await side()) !== null);
    }
    const side = () =>
      desk.page.evaluate(
        (id) => /** @type {any} */ (globalThis).__agent.editorData(`side-${id}`),
        TICKET,
      );

    for (const [says, made, outcome] of /** @type {[string, Partial<PageSettings>, object][]} */ ([
      ['a hidden composer', { composerHidden: true }, { kind: 'hidden_composer' }],
      [
        'a hidden composer beside a side conversation',
        { composerHidden: true, sideConversation: true },
        { kind: 'hidden_composer' },
      ],
      [
        'a side conversation without a composer',
        { composer: false, sideConversation: true },
        { kind: 'side_conversation' },
      ],
      ['the messaging composer', { composerKind: 'plain' }, { kind: 'messaging_composer' }],
      [
        'the composer of the old interface',
        { composerKind: 'standalone' },
        { kind: 'old_composer' },
      ],
      [
        'the channel of messaging',
        { channel: 'native_messaging' },
        { kind: 'messaging_composer', channel: 'native_messaging' },
      ],
      [
        'the channel of text messages',
        { channel: 'sms' },
        { kind: 'messaging_composer', channel: 'sms' },
      ],
      [
        'the channel of chats',
        { channel: 'chat' },
        { kind: 'messaging_composer', channel: 'chat' },
      ],
      [
        'a switch that names another ticket',
        { triggerTicket: 1002 },
        { kind: 'composer_of_ticket', ticket: 1002 },
      ],
    ])) {
      // Beside a side conversation browsers differ in which editor has the focus.
      const add = 'sideConversation' in made ? inTurn.everywhere : inTurn;
      add(`${says} is refused, for the note and for the reply`, async () => {
        await open(made);
        assert.deepEqual(await desk.carryOut(NOTE), outcome);
        assert.deepEqual(await desk.carryOut(REPLY), outcome);
        assert.equal((await agent.data(TICKET)) || '', '');
        assert.equal((await side()) || '', '');
        assert.deepEqual(desk.writes(), []);
      });
    }

    inTurn.everywhere(
      "beside an open side conversation the ticket's own composer is written into",
      async () => {
        await open({ sideConversation: true });
        assert.equal((await desk.carryOut(NOTE)).kind, 'written');
        assert.deepEqual((await agent.composer(TICKET)).lines, NOTE.lines);
        assert.equal(await side(), '');
      },
    );

    for (const language of /** @type {const} */ (['de', 'ja'])) {
      inTurn(`the channel is told by its own name, with labels in ${language}`, async () => {
        await open({ language });
        assert.equal((await desk.carryOut(REPLY)).kind, 'written');
        assert.equal(await agent.channel(TICKET), 'public');
        await open({ language });
        assert.equal((await desk.carryOut(NOTE)).kind, 'written');
        assert.equal(await agent.channel(TICKET), 'internal');
        assert.deepEqual((await agent.composer(TICKET)).lines, NOTE.lines);
      });
    }

    for (const list of ['channel_button', 'channel_internal']) {
      inTurn(`a ${list} selector that finds the submit button is not clicked`, async () => {
        await open({});
        const entry =
          list === 'channel_internal'
            ? { channel_internal: ['footer .submit > button:first-child'] }
            : { channel_button: ['footer .submit > button'] };
        const outcome = await desk.carryOut({ ...NOTE, selectors: { ...SELECTORS, ...entry } });
        assert.deepEqual(outcome, { kind: 'submit_button' });
        assert.deepEqual(desk.writes(), []);
        assert.equal(await agent.data(TICKET), '');
      });
    }

    inTurn('an entry of the submit menu is not clicked in the place of a channel', async () => {
      await open({ customStatuses: true });
      const selectors = {
        ...SELECTORS,
        channel_button: ['[data-test-id="submit_button-menu-button"]'],
        channel_internal: ['[data-test-id^="submit_button-menu-custom"]'],
      };
      assert.deepEqual(await desk.carryOut({ ...NOTE, selectors }), { kind: 'submit_button' });
      assert.deepEqual(desk.writes(), []);
    });

    inTurn.everywhere('a page job that is given twice is carried out once', async () => {
      await open({});
      const job = { ...NOTE, effect: 900_001, selectors: SELECTORS };
      const give = () => desk.control.evaluate((sent) => globalThis.control.order(sent), job);
      assert.deepEqual(await give(), { accepted: true });
      assert.deepEqual(await give(), { accepted: true });
      assert.equal((await desk.outcome(900_001)).kind, 'written');
      assert.deepEqual(await give(), { accepted: true });
      assert.deepEqual(
        (await agent.composer(TICKET)).lines,
        NOTE.lines,
        'the editor holds it once',
      );
    });
  });
}
