// Common issues and troubleshooting: the ticket is taken or handed over with an internal note, and the engineer is reminded of it.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { CASES, noteOf } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';
import { goOn } from './steps/tasks.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */

const { ticket: TICKET, salesforce } = CASES.noOrganization;
/** A ticket that needs no help yet. */
const REMINDED = 1024;
const URL_OF_TICKET = `https://gitlab.zendesk.com/agent/tickets/${REMINDED}`;
const REMINDER = `remind:${URL_OF_TICKET}`;

/** The text below the engineer's own. */
const KNOWN = noteOf(CASES.noOrganization).map((line) =>
  line.replace(/^- /, '').replace(/^(Organization): .*$/, '$1: not found'),
);

/** The ticket as Zendesk holds it. @param {Desk} desk */
function held(desk) {
  const ticket = desk.sites.world.tickets.find(({ id }) => id === TICKET);
  assert.ok(ticket);
  return ticket;
}

/** The newest comment's text without empty lines. @param {Desk} desk */
function newest(desk) {
  const comment = held(desk).comments.at(-1);
  assert.ok(comment);
  return {
    internal: comment.public === false,
    lines: comment.plain_body
      .split('\n')
      .map((line) => line.replace(/^[\s*•-]+/, '').trim())
      .filter(Boolean),
  };
}

/** A page of the extension's own: it has the background's storage, alarms and notifications. @param {Desk} desk */
const inside = async (desk) => (await desk.openPanel()).page;

/** What is stored beyond the browser's session. @param {Desk} desk @returns {Promise<Record<string, unknown>>} */
const stored = async (desk) => (await inside(desk)).evaluate(() => chrome.storage.local.get(null));

/** @param {Desk} desk @returns {Promise<string[]>} */
const alarms = async (desk) =>
  (await inside(desk)).evaluate(async () => (await chrome.alarms.getAll()).map(({ name }) => name));

/** Keeps in mind which notifications end: a Firefox without a desktop takes each away as soon as it is there. @param {Desk} desk */
const watchNotifications = async (desk) =>
  (await inside(desk)).evaluate(() => {
    /** @type {string[]} */
    const ended = [];
    Reflect.set(globalThis, 'ended', ended);
    chrome.notifications.onClosed.addListener((id) => void ended.push(id));
  });

/** The notifications that are or were shown. @param {Desk} desk @returns {Promise<string[]>} */
const notifications = async (desk) =>
  (await inside(desk)).evaluate(async () => [
    ...Reflect.get(globalThis, 'ended'),
    ...Object.keys(await chrome.notifications.getAll()),
  ]);

atOneDesk('common issues and troubleshooting', { turn: 'firefox' }, (add) => {
  add(
    'a reminder outlives a stop with the address alone, comes when it is due, and can be cancelled',
    async (desk) => {
      await desk.openTicket(REMINDED);
      const panel = await desk.openPanel();
      await panel.showsTicket(REMINDED);
      const asked = Date.now();
      await panel.press('Remind me in 2 hours');
      const { text: said } = await panel.shows('the reminder', ({ text }) =>
        text.includes('Reminder at'),
      );
      const [at] = Object.values(await stored(desk));
      assert.deepEqual(await stored(desk), { [REMINDER]: at });
      assert.ok(typeof at === 'number' && at >= asked + 7_200_000 && at <= Date.now() + 7_200_000);
      // After ten in the evening it is due on another day, which is named.
      const due = await panel.page.evaluate((ms) => {
        const clock = new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
        const day = new Date(ms).toLocaleDateString();
        return day === new Date().toLocaleDateString() ? clock : `${day}, ${clock}`;
      }, at);
      assert.ok(said.includes(`Reminder at ${due}.`), `${due} in ${said}`);
      assert.deepEqual(await alarms(desk), [REMINDER]);

      // A browser may drop its alarms when it closes; the next start of the background sets them anew.
      await panel.page.evaluate(() => chrome.alarms.clearAll());
      await desk.browser.stopWorker();
      assert.deepEqual(await stored(desk), { [REMINDER]: at });
      await panel.press('Remind me in 2 hours');
      await until('the alarm is set again', async () => (await alarms(desk)).includes(REMINDER));

      await panel.press('Cancel reminder');
      await panel.shows('no reminder', ({ text }) => !text.includes('Reminder at'));
      assert.deepEqual([await stored(desk), await alarms(desk)], [{}, []]);

      // Due while the background is stopped, as after a night: it comes at the next start, once.
      await watchNotifications(desk);
      await desk.browser.stopWorker();
      await panel.page.evaluate(
        (name) =>
          chrome.storage.local.set({
            [name]: Date.now() - 1000,
            'remind:https://evil.example/agent/tickets/1': 1,
          }),
        REMINDER,
      );
      await panel.press('Refresh');
      await until('the notification is there', async () => (await notifications(desk)).length > 0);
      assert.deepEqual(await notifications(desk), [URL_OF_TICKET]);
      await until(
        'the reminder is forgotten',
        async () => Object.keys(await stored(desk)).length === 0,
      );
      assert.deepEqual(await alarms(desk), []);
      await panel.page.evaluate((id) => chrome.notifications.clear(id), URL_OF_TICKET);

      // Due while the background runs: the alarm brings it.
      const before = (await notifications(desk)).length;
      await panel.page.evaluate(async (name) => {
        await chrome.storage.local.set({ [name]: Date.now() });
        await chrome.alarms.create(name, { when: Date.now() });
      }, REMINDER);
      await until(
        'the alarm has brought the notification',
        async () => (await notifications(desk)).length > before,
      );
      assert.deepEqual([...new Set(await notifications(desk))], [URL_OF_TICKET]);
      await until(
        'the reminder is forgotten',
        async () => Object.keys(await stored(desk)).length === 0,
      );
      await panel.page.evaluate((id) => chrome.notifications.clear(id), URL_OF_TICKET);
    },
  );

  add(
    "no organization: what to look at is said, the internal note is written, and the ticket is the engineer's",
    async (desk) => {
      held(desk).assignee_id = null;
      const { panel } = await desk.fillCase(CASES.noOrganization);
      const { sections } = await panel.shows('what to look at', ({ text }) =>
        text.includes('Sync Data from ZBilling'),
      );
      assert.match(sections['Next step'] ?? '', /in 1 to 2 hours/);
      await panel.press('Add note and assign to me');
      await panel.shows(
        'it is done',
        ({ text, busy }) => !busy && text.includes('Assign the ticket to you: done'),
      );
      assert.equal(held(desk).assignee_id, desk.sites.world.agentId);
      assert.deepEqual(newest(desk), {
        internal: true,
        lines: [
          `No organization in Zendesk carries the Salesforce account ${salesforce} yet.`,
          'After the billing account is synced in Salesforce (Sync Data from ZBilling), Zendesk adds it in 1 to 2 hours; I will look again then.',
          ...KNOWN,
        ],
      });
    },
  );

  add(
    'a hand-over names the reason and the group; a ticket that changed meanwhile is shown before it is written',
    async (desk) => {
      const { panel } = await desk.fillCase(CASES.noOrganization);
      const group = desk.sites.world.groups.find(({ name }) => /fullstack/i.test(name));
      assert.ok(group);
      const before = held(desk).comments.length;
      await panel.press('Hand over');
      await panel.fill('What’s going on?', 'The account shows no subscription, after a sync too.');
      held(desk).status = 'pending';
      held(desk).updated_at = new Date(Date.parse(held(desk).updated_at) + 60_000).toISOString();
      await panel.press('Hand over');
      const changed = await panel.shows('the change', ({ alerts }) =>
        alerts.some((alert) => alert.includes('something changed since you pressed')),
      );
      assert.match(changed.alerts.join(), /the status is “pending” now, it was “/);
      assert.equal(held(desk).comments.length, before);
      await panel.press(goOn('Assign the ticket to '));
      await panel.shows(
        'it is done',
        ({ text, busy }) => !busy && text.includes(`Assign the ticket to ${group.name}: done`),
      );
      assert.equal(held(desk).group_id, group.id);
      assert.equal(held(desk).comments.length, before + 1);
      assert.deepEqual(newest(desk), {
        internal: true,
        lines: ['The account shows no subscription, after a sync too.', ...KNOWN],
      });
    },
  );
});
