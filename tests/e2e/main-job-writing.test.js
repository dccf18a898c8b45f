// The note's way into the ticket: the right one, once, as an internal note, or a clear error and the note to copy.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { AgentPage } from './steps/agent.js';
import { CASES, noteOf, written } from './steps/cases.js';
import { atDesk, atOneDesk } from './steps/desk.js';

const EMPTY = { lines: [], links: [] };

/** Tickets with a faulty page. */
const PAGE = {
  perTicket: {
    [CASES.plain.ticket]: { channelSwitch: 'disabled' },
    [CASES.associated.ticket]: { composer: false },
  },
};

atOneDesk('the way into the ticket', { zendesk: { page: PAGE }, turn: 'chromium' }, (add) => {
  add(
    'of two tickets open in one tab each gets its own note, and the panel follows the one in front',
    async (desk) => {
      const [license, activation] = [
        written(noteOf(CASES.license)),
        written(noteOf(CASES.activation)),
      ];
      const agent = await desk.openTicket(1001);
      await agent.openFromList(1002);
      const panel = await desk.openPanel();
      await panel.showsTicket(1002);
      const portal = await desk.openPortal();
      await desk.look(panel, portal, CASES.activation);
      await agent.chooseTab(1001);
      const empty = await panel.showsTicket(1001);
      assert.deepEqual(empty.records, [], 'the records belong to the other ticket');
      // The first portal tab belongs to the ticket that was in front when it opened.
      await desk.look(panel, await desk.openPortal(), CASES.license);
      await panel.press('Add internal note');
      await panel.saysTheNoteStands(1001);
      assert.deepEqual([await agent.composer(1001), await agent.composer(1002)], [license, EMPTY]);

      await agent.chooseTab(1002);
      await panel.showsTicket(1002);
      await panel.press('Add internal note');
      await panel.saysTheNoteStands(1002);
      assert.deepEqual(
        [await agent.composer(1001), await agent.composer(1002)],
        [license, activation],
      );
      assert.deepEqual(
        [await agent.channel(1001), await agent.channel(1002)],
        ['internal', 'internal'],
      );
    },
  );

  add(
    'a ticket that another one hides is never written to: the other case brings its ticket to the front first',
    async (desk) => {
      const { agent, panel } = await desk.fillCase(CASES.secondLicense);
      await agent.openFromList(1008);
      await panel.showsTicket(1008);
      const other = await desk.tabOpenedBy(() => panel.press('#1014'));
      await panel.showsTicket(1014);
      assert.equal(new URL(other.url()).pathname, '/agent/tickets/1014');
      const front = new AgentPage(other);
      await front.ready(1014);
      await panel.press('Add internal note');
      await panel.saysTheNoteStands(1014);
      assert.deepEqual(await front.composer(1014), written(noteOf(CASES.secondLicense)));
      assert.deepEqual([await agent.composer(1014), await agent.composer(1008)], [EMPTY, EMPTY]);
    },
  );

  add(
    'pressing twice asks before the note is written again, and a double click writes once',
    async (desk) => {
      const note = noteOf(CASES.renewals);
      const { agent, panel } = await desk.fillCase(CASES.renewals);
      await panel.press('Add internal note', { count: 2 });
      await until('the note is there', async () => (await agent.composer(1015)).lines.length > 0);
      await panel.settled();
      assert.deepEqual(await agent.composer(1015), written(note));

      await panel.press('Add internal note');
      const asks = await panel.shows('it asks', ({ buttons }) => buttons.includes('Add again'));
      assert.ok(asks.text.includes('The note was added before. Add it again?'));
      await panel.press('Leave it');
      await panel.shows('it asks no more', ({ buttons }) => !buttons.includes('Add again'));
      assert.deepEqual(await agent.composer(1015), written(note));

      await panel.press('Add internal note');
      await panel.press('Add again');
      await panel.saysTheNoteStands(1015);
      assert.deepEqual(await agent.composer(1015), written([...note, ...note]));
    },
  );

  add(
    'a public reply that can not be switched gets nothing, and the note is copied as text and as a list with links',
    async (desk) => {
      const note = noteOf(CASES.plain);
      const { agent, panel } = await desk.fillCase(CASES.plain);
      await panel.press('Add internal note');
      await panel.shows('the error', ({ alerts }) =>
        alerts.some((alert) =>
          alert.startsWith(
            'A public reply is selected and could not be switched to an internal note.',
          ),
        ),
      );
      assert.deepEqual(await agent.composer(1032), EMPTY);
      await panel.press('Copy note');
      await panel.shows('it is copied', ({ text }) => text.includes('Copied.'));
      assert.equal(await desk.browser.readClipboard(), note.join('\n'));
      await agent.paste(1032);
      assert.deepEqual(await agent.composer(1032), written(note));
    },
  );

  add('a ticket without a composer gets a clear error', async (desk) => {
    const { ticket, proof } = CASES.associated;
    const page = await desk.browser.newPage(`https://gitlab.zendesk.com/agent/tickets/${ticket}`);
    await page.waitForSelector('[data-test-id="omni-header-subject"]');
    const panel = await desk.openPanel();
    await panel.showsTicket(ticket);
    await desk.openPortal(proof);
    await panel.holds(proof);
    await panel.press('Add internal note');
    const { buttons } = await panel.shows('the error', ({ alerts }) =>
      alerts.some((alert) =>
        alert.startsWith(`Ticket #${ticket} shows no composer: nothing was written.`),
      ),
    );
    assert.ok(buttons.includes('Copy note') && buttons.includes('Add internal note'));
  });

  add('a ticket whose tab was closed gets a clear error and the way back', async (desk) => {
    const { agent, panel } = await desk.fillCase(CASES.contactLimit);
    await agent.page.close();
    await panel.press('Add internal note');
    await panel.shows('the error', ({ alerts }) =>
      alerts.some((alert) => alert.startsWith('No tab shows ticket #1019:')),
    );
    const back = new AgentPage(await desk.tabOpenedBy(() => panel.press('Show ticket')));
    await back.ready(1019);
    await panel.press('Add internal note');
    await panel.saysTheNoteStands(1019);
    assert.deepEqual(await back.composer(1019), written(noteOf(CASES.contactLimit)));
  });
});

// Chromium takes no shortcut from a test.
atDesk(
  "the keyboard's command adds the note as the button does",
  { browsers: ['firefox'] },
  async (desk) => {
    const { agent, panel } = await desk.fillCase(CASES.withNotes);
    await panel.says('Entitled');
    await desk.browser.fireCommand('add-note');
    await panel.saysTheNoteStands(1020);
    assert.deepEqual(await agent.composer(1020), written(noteOf(CASES.withNotes)));
  },
);
