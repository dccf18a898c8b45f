// The note's way into the ticket: the right one, once, as an internal note, or a clear error and the note to copy.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { AgentPage } from './steps/agent.js';
import { CASES, linksOf, NOTES } from './steps/cases.js';
import { atDesk } from './steps/desk.js';

const LICENSE = { lines: NOTES.license, links: linksOf(NOTES.license) };
const ACTIVATION = { lines: NOTES.activation, links: linksOf(NOTES.activation) };
const EMPTY = { lines: [], links: [] };

atDesk('of two tickets open in one tab each gets its own note, and the panel follows the one in front', {}, async (desk) => {
  const agent = await desk.openTicket(1001);
  await agent.openFromList(1002);
  const panel = await desk.openPanel();
  await panel.showsTicket(1002);
  const portal = await desk.openPortal();
  for (const record of ['cloud_activation/30011', 'order/700102', 'billing_account/9002']) {
    await portal.visit(record);
    await panel.holds(record);
  }
  await agent.chooseTab(1001);
  const empty = await panel.showsTicket(1001);
  assert.deepEqual(empty.records, [], 'the records belong to the other ticket');
  await portal.page.bringToFront();
  for (const record of ['license/410233', 'order/700101', 'billing_account/9001']) {
    await portal.visit(record);
    await panel.holds(record);
  }
  await panel.press('Add internal note');
  await panel.saysTheNoteStands(1001);
  assert.deepEqual([await agent.composer(1001), await agent.composer(1002)], [LICENSE, EMPTY]);

  await agent.chooseTab(1002);
  await panel.showsTicket(1002);
  await panel.press('Add internal note');
  await panel.saysTheNoteStands(1002);
  assert.deepEqual([await agent.composer(1001), await agent.composer(1002)], [LICENSE, ACTIVATION]);
  assert.deepEqual([await agent.channel(1001), await agent.channel(1002)], ['internal', 'internal']);
});

atDesk('a ticket that another one hides is never written to: the other case brings its ticket to the front first', {}, async (desk) => {
  const { agent, panel } = await desk.fillCase(CASES.license);
  await agent.openFromList(1002);
  await panel.showsTicket(1002);
  await panel.press('Other cases (1)');
  const other = await desk.tabOpenedBy(() => panel.press('#1001'));
  await panel.showsTicket(1001);
  assert.equal(new URL(other.url()).pathname, '/agent/tickets/1001');
  const front = new AgentPage(other);
  await front.ready(1001);
  await panel.press('Add internal note');
  await panel.saysTheNoteStands(1001);
  assert.deepEqual(await front.composer(1001), LICENSE);
  assert.deepEqual([await agent.composer(1001), await agent.composer(1002)], [EMPTY, EMPTY]);
});

atDesk('pressing twice asks before the note is written again, and a double click writes once', {}, async (desk) => {
  const { agent, panel } = await desk.fillCase(CASES.license);
  await panel.press('Add internal note', { count: 2 });
  await until('the note is there', async () => (await agent.composer(1001)).lines.length > 0);
  await panel.settled();
  assert.deepEqual(await agent.composer(1001), LICENSE);

  await panel.press('Add internal note');
  const asks = await panel.shows('it asks', ({ buttons }) => buttons.includes('Write again'));
  assert.ok(asks.text.includes('The note was written before. Write it again?'));
  await panel.press('Leave it');
  await panel.shows('it asks no more', ({ buttons }) => !buttons.includes('Write again'));
  assert.deepEqual(await agent.composer(1001), LICENSE);

  await panel.press('Add internal note');
  await panel.press('Write again');
  await panel.saysTheNoteStands(1001);
  assert.deepEqual((await agent.composer(1001)).lines, [...NOTES.license, ...NOTES.license]);
});

atDesk('a public reply that can not be switched gets nothing, and the note is copied as text and as a list with links',
  { zendesk: { page: { channelSwitch: 'disabled' } } }, async (desk) => {
    const { agent, panel } = await desk.fillCase(CASES.license);
    await panel.press('Add internal note');
    await panel.shows('the error', ({ alerts }) =>
      alerts.some((alert) => alert.startsWith('A public reply is selected and could not be switched to an internal note.')));
    assert.deepEqual(await agent.composer(1001), EMPTY);
    await panel.press('Copy note');
    await panel.shows('it is copied', ({ text }) => text.includes('Copied.'));
    assert.equal(await desk.browser.readClipboard(), NOTES.license.join('\n'));
    await agent.paste(1001);
    assert.deepEqual(await agent.composer(1001), LICENSE);
  });

atDesk('a ticket without a composer gets a clear error', { zendesk: { page: { composer: false } } }, async (desk) => {
  const page = await desk.browser.newPage('https://gitlab.zendesk.com/agent/tickets/1001');
  await page.waitForSelector('[data-test-id="omni-header-subject"]');
  const panel = await desk.openPanel();
  await panel.showsTicket(1001);
  const portal = await desk.openPortal();
  await portal.visit('license/410233');
  await panel.holds('license/410233');
  await panel.press('Add internal note');
  const { buttons } = await panel.shows('the error', ({ alerts }) => alerts.some((alert) => alert.startsWith('Ticket #1001 shows no composer: nothing was written.')));
  assert.ok(buttons.includes('Copy note') && buttons.includes('Add internal note'));
});

atDesk('a ticket whose tab was closed gets a clear error and the way back', {}, async (desk) => {
  const { agent, panel } = await desk.fillCase(CASES.license);
  await agent.page.close();
  await panel.press('Add internal note');
  await panel.shows('the error', ({ alerts }) => alerts.some((alert) => alert.startsWith('No tab shows ticket #1001.')));
  const page = await desk.tabOpenedBy(() => panel.press('Show ticket #1001'));
  const back = new AgentPage(page);
  await back.ready(1001);
  await panel.press('Add internal note');
  await panel.saysTheNoteStands(1001);
  assert.deepEqual(await back.composer(1001), LICENSE);
});

atDesk('the keyboard\'s command adds the note as the button does', { browsers: ['firefox'] }, async (desk) => {
  const { agent, panel } = await desk.fillCase(CASES.license);
  await panel.says('Entitled');
  await desk.browser.fireCommand('add-note');
  await panel.saysTheNoteStands(1001);
  assert.deepEqual(await agent.composer(1001), LICENSE);
});
