// Whether a ticket's page shows what was saved behind its back: then Zendesk takes what is submitted from it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe } from 'node:test';
import { startZendesk } from './page-scripts/zendesk.js';
import { AgentPage } from './steps/agent.js';
import { BROWSERS, testInTurn } from './steps/turns.js';

const TICKET = 1001;
const LINES = ['License: https://customers.gitlab.com/admin/license/1', 'Sold-to: ada@example.com'];

for (const name of BROWSERS) {
  const inTurn = testInTurn(name);
  describe(`what a ticket's page shows, ${name}`, { timeout: 120_000 }, () => {
    /** @type {Awaited<ReturnType<typeof startZendesk>>} */
    let desk;
    /** @type {AgentPage} */
    let agent;
    before(async () => {
      desk = await startZendesk(name);
      agent = new AgentPage(desk.page);
    });
    after(() => desk?.close());
    beforeEach(async () => {
      desk.reset();
      await desk.open(`/agent/tickets/${TICKET}`, '[data-is-active="true"] .ck-editor__editable');
      await agent.ready(TICKET);
    });

    /** @param {object} [changes] */
    const look = (changes = {}) =>
      desk.carryOut({
        kind: 'look_at_ticket',
        ticket: TICKET,
        saved_ms: Date.now(),
        lines: LINES,
        ...changes,
      });
    /** What Zendesk's own page does where it follows changes. @param {string} html */
    const follows = (html) =>
      desk.page.evaluate((added) => {
        document
          .querySelector('[data-is-active="true"] .log')
          ?.insertAdjacentHTML('beforeend', `<article>${added}</article>`);
      }, html);

    inTurn.everywhere(
      'a page that was loaded before is outdated, and once it is loaded anew it is not',
      async () => {
        const saved_ms = Date.now();
        assert.deepEqual(await look({ saved_ms }), { kind: 'outdated' });
        await desk.page.reload();
        // It waits until the ticket is there.
        assert.deepEqual(await look({ saved_ms }), { kind: 'shows_saved' });
        assert.equal(await agent.data(TICKET), '');
        assert.deepEqual(desk.writes(), []);
      },
    );

    inTurn('a page that follows changes shows them by itself, soon enough', async () => {
      const looking = look();
      await follows(`<ul>${LINES.map((line) => `<li>${line}</li>`).join('')}</ul>`);
      assert.deepEqual(await looking, { kind: 'shows_saved' });
    });

    inTurn(
      'a part of what was saved does not do, nor does what is only in the composer',
      async () => {
        await follows(`<p>${LINES[0]}</p>`);
        await agent.type(TICKET, LINES[1] ?? '');
        assert.deepEqual(await look({ lines: [LINES[1]] }), { kind: 'outdated' });
        assert.deepEqual(await look(), { kind: 'outdated' });
        assert.deepEqual(await look({ lines: [] }), { kind: 'outdated' });
      },
    );

    inTurn("another ticket's page is not looked at", async () => {
      assert.deepEqual(await look({ ticket: 1002 }), { kind: 'wrong_ticket', front: TICKET });
    });
  });
}
