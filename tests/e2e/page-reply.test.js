/// <reference path="./page-scripts/globals.d.ts" />
// The public reply: a draft in the stand-in's composer, with a status chosen beside it, and never submitted.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe } from 'node:test';
import { SELECTORS, startZendesk } from './page-scripts/zendesk.js';
import { AgentPage } from './steps/agent.js';
import { BROWSERS, testInTurn } from './steps/turns.js';

const TICKET = 1001;
const REPLY = {
  kind: 'write_reply',
  ticket: TICKET,
  again: false,
  status: 'solved',
  submit_menu: 'submits',
  lines: ['Hello Ada,', 'you were added. See the handbook.'],
  html: '<p>Hello Ada,</p><p>you were added. See <a href="https://handbook.example.com/">the handbook</a>.</p>',
};

for (const name of BROWSERS) {
  const inTurn = testInTurn(name);
  describe(`the reply in the composer, ${name}`, { timeout: 240_000 }, () => {
    /** @type {Awaited<ReturnType<typeof startZendesk>>} */
    let desk;
    /** @type {AgentPage} */
    let agent;
    /** @type {string} */
    let world;
    const state = () => JSON.stringify(desk.world.tickets);
    before(async () => {
      desk = await startZendesk(name);
      agent = new AgentPage(desk.page);
      world = state();
    });
    after(() => desk?.close());
    beforeEach(() => desk.reset());

    /** @param {{channel?: 'public' | 'internal', submitMenu?: 'submits' | 'chooses', channelSwitch?: 'menu' | 'none' | 'disabled'}} [made] */
    async function open(made = {}) {
      Object.assign(desk.zendesk.page, made);
      await desk.open(`/agent/tickets/${TICKET}`, '[data-is-active="true"] .ck-editor__editable');
      await agent.ready(TICKET);
    }
    /** @param {object} [changes] */
    const write = (changes = {}) => desk.carryOut({ ...REPLY, ...changes });
    const lines = async (ticket = TICKET) => (await agent.composer(ticket)).lines;
    const button = () =>
      desk.page.$eval('[data-is-active="true"] [data-test-id="submit_button-button"]', (one) =>
        one.textContent?.trim(),
      );
    /** Nothing was sent, and no menu is left open. */
    async function unsent() {
      assert.equal(state(), world);
      assert.deepEqual(desk.writes(), []);
      assert.equal(await desk.page.$('[data-is-active="true"] button[aria-expanded="true"]'), null);
    }

    inTurn.everywhere('it is a public draft with live links, and nothing is sent', async () => {
      await open();
      assert.deepEqual(await write(), {
        kind: 'written',
        text: REPLY.lines.join('\n'),
        status: 'left',
      });
      assert.deepEqual(await agent.composer(TICKET), {
        lines: REPLY.lines,
        links: ['https://handbook.example.com/'],
      });
      assert.equal(await agent.channel(TICKET), 'public');
      await unsent();
    });

    inTurn('it goes below what the engineer typed for the customer', async () => {
      await open();
      await agent.type(TICKET, 'Thanks for waiting.');
      assert.equal((await write()).kind, 'written');
      assert.deepEqual(await lines(), ['Thanks for waiting.', ...REPLY.lines]);
      await unsent();
    });

    inTurn('an empty internal note becomes a public reply', async () => {
      await open({ channel: 'internal' });
      assert.equal((await write()).kind, 'written');
      assert.equal(await agent.channel(TICKET), 'public');
      assert.deepEqual(await lines(), REPLY.lines);
      await unsent();
    });

    inTurn.everywhere('an internal note with text is never made public', async () => {
      await open({ channel: 'internal' });
      await agent.type(TICKET, 'Key: secret');
      assert.deepEqual(await write(), { kind: 'internal_draft', text: 'Key: secret' });
      assert.equal(await agent.channel(TICKET), 'internal');
      assert.deepEqual(await lines(), ['Key: secret']);
      await unsent();
    });

    inTurn(
      'text that comes into the internal note while the menu opens stays internal',
      async () => {
        await open({ channel: 'internal' });
        await desk.page.evaluate(() => {
          document.addEventListener(
            'click',
            (event) => {
              const at = /** @type {Element} */ (event.target);
              if (!at.closest('[data-test-id="omnichannel-channel-switcher-button"]')) return;
              const data = new DataTransfer();
              data.setData('text/html', '<p>Typed meanwhile</p>');
              const init = navigator.userAgent.includes('Firefox')
                ? { dataType: 'text/html', data: '<p>Typed meanwhile</p>' }
                : { clipboardData: data };
              document.querySelector('[data-is-active="true"] .ck-editor__editable')?.dispatchEvent(
                new ClipboardEvent('paste', {
                  ...init,
                  bubbles: true,
                  cancelable: true,
                  composed: true,
                }),
              );
            },
            { capture: true, once: true },
          );
        });
        assert.deepEqual(await write(), { kind: 'internal_draft', text: 'Typed meanwhile' });
        assert.equal(await agent.channel(TICKET), 'internal');
        await unsent();
      },
    );

    inTurn(
      'without a switch, text counts as internal and an empty composer as not public',
      async () => {
        await open({ channelSwitch: 'none' });
        assert.deepEqual(await write(), { kind: 'not_public', channel: '' });
        await agent.type(TICKET, 'Who reads this?');
        assert.deepEqual(await write(), { kind: 'internal_draft', text: 'Who reads this?' });
        assert.deepEqual(await lines(), ['Who reads this?']);
        await unsent();
      },
    );

    inTurn('an unusable switch leaves the composer alone', async () => {
      await open({ channel: 'internal', channelSwitch: 'disabled' });
      assert.deepEqual(await write(), { kind: 'not_public', channel: 'internal' });
      assert.deepEqual(await lines(), []);
      await unsent();
    });

    inTurn('a switch whose names contradict each other is not trusted', async () => {
      await open();
      await desk.page.$eval('[data-is-active="true"] [data-channel] button', (one) =>
        one.setAttribute('aria-label', 'Internal note'),
      );
      assert.equal((await write()).kind, 'not_public');
      assert.deepEqual(await lines(), []);
    });

    inTurn('a reply that the composer already holds is written again only when asked', async () => {
      await open();
      assert.equal((await write()).kind, 'written');
      assert.deepEqual(await write(), { kind: 'already_there' });
      assert.deepEqual(await lines(), REPLY.lines);
      assert.equal((await write({ again: true })).kind, 'written');
      assert.deepEqual(await lines(), [...REPLY.lines, ...REPLY.lines]);
      await unsent();
    });

    inTurn('a ticket that is not in front is never written to', async () => {
      await open();
      await agent.openFromList(1002);
      await agent.ready(1002);
      assert.deepEqual(await write(), { kind: 'wrong_ticket', front: 1002 });
      assert.deepEqual([await lines(TICKET), await lines(1002)], [[], []]);
      assert.equal((await write({ ticket: 1002 })).kind, 'written');
      assert.deepEqual([await lines(TICKET), await lines(1002)], [[], REPLY.lines]);
      await unsent();
    });

    inTurn('if an entry of the submit menu submits, no menu is opened', async () => {
      await open();
      await desk.page.evaluate(() =>
        document.addEventListener(
          'click',
          (event) => {
            if (/** @type {Element} */ (event.target).closest('.submit'))
              document.body.dataset['pressed'] = 'yes';
          },
          true,
        ),
      );
      assert.equal((await write()).status, 'left');
      assert.equal(await desk.page.evaluate(() => document.body.dataset['pressed']), undefined);
      assert.equal(await button(), 'Submit as Open');
      await unsent();
    });

    for (const [status, shows] of [
      ['solved', 'Submit as Solved'],
      ['pending', 'Submit as Pending'],
    ]) {
      inTurn(`where an entry only chooses, ${status} is chosen and nothing is sent`, async () => {
        await open({ submitMenu: 'chooses' });
        assert.deepEqual(await write({ submit_menu: 'chooses', status }), {
          kind: 'written',
          text: REPLY.lines.join('\n'),
          status: 'chosen',
        });
        assert.equal(await button(), shows);
        assert.deepEqual(await lines(), REPLY.lines);
        await unsent();
        // The second time, the composer holds it already: the menu is closed again.
        assert.equal(
          (await write({ submit_menu: 'chooses', status, again: true })).status,
          'chosen',
        );
        assert.equal(await button(), shows);
        await unsent();
      });
    }

    inTurn('a menu without the status is reported and closed, and the draft stays', async () => {
      await open({ submitMenu: 'chooses' });
      const selectors = {
        ...SELECTORS,
        submit_menu_entry: ['[data-test-id="submit_button-menu-{status}-not"]'],
      };
      assert.equal((await write({ submit_menu: 'chooses', selectors })).status, 'not_found');
      assert.deepEqual(await lines(), REPLY.lines);
      assert.equal(await button(), 'Submit as Open');
      await unsent();
    });

    inTurn('without selectors for the menu the status is left to the engineer', async () => {
      await open({ submitMenu: 'chooses' });
      const { submit_menu_button: _button, submit_menu_entry: _entry, ...selectors } = SELECTORS;
      assert.equal((await write({ submit_menu: 'chooses', selectors })).status, 'not_found');
      await unsent();
    });
  });
}
