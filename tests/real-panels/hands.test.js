// The engineer's hands: what they type, where they click, and a tab that the browser has put to sleep.
import assert from 'node:assert/strict';
import { AgentPage } from '../e2e/steps/agent.js';
import { isUnderWay, USER, user, writes } from '../e2e/steps/people.js';
import { end } from '../e2e/steps/tasks.js';
import { until } from '../harness/wait.js';
import { onScreen } from './steps/screen-desk.js';

/** @typedef {import('./steps/screen-desk.js').ScreenDesk} ScreenDesk */

const TICKETS = 'https://gitlab.zendesk.com/agent/tickets/';

/** A ticket in the left window, with the panel at rest. @param {ScreenDesk} desk @param {number} ticket */
async function lookAt({ left }, ticket) {
  await left.activate();
  const agent = await left.showTicket(ticket);
  const panel = await left.openPanel();
  await panel.showsTicket(ticket);
  return { agent, panel };
}

/**
 * From now on the panel's clock hardly moves, so that a click on a slow machine comes right after what it shows; and what is clicked first is
 * written down.
 * @param {import('./steps/window.js').RealPanel} panel
 */
const slowClock = (panel) =>
  panel.page.evaluate(() => {
    const [now, wait, at] = [Date.now, window.setTimeout, Date.now()];
    Date.now = () => at;
    Reflect.set(window, 'setTimeout', (/** @type {() => void} */ act, /** @type {number} */ ms) =>
      wait(act, ms * 100),
    );
    Reflect.set(window, '__usual', () => {
      Date.now = now;
      window.setTimeout = wait;
    });
    Reflect.deleteProperty(window, '__clicked');
    addEventListener(
      'click',
      ({ target }) => {
        Reflect.set(window, '__clicked', /** @type {Element} */ (target).textContent?.trim());
      },
      { capture: true, once: true },
    );
  });

onScreen("the engineer's hands", (add) => {
  add(
    'Associate does not take the engineer away from another ticket in which they type: every word arrives there',
    async (desk) => {
      const { left, screen } = desk;
      const other = new AgentPage(await left.newTab(`${TICKETS}1008`));
      await other.ready(1008);
      await left.page.bringToFront();
      const { panel } = await lookAt(desk, 1033);
      await panel.press('Trace');
      await panel.says('Entitled');
      const path = `/api/v2/users/${USER + 33}`;
      /** @type {() => void} */
      let release = () => undefined;
      const held = new Promise((resolve) => {
        release = () => resolve(undefined);
      });
      desk.zendesk.faults.add({ match: path, method: 'PUT', hold: () => held, times: 1 });
      await panel.press('Associate');
      await isUnderWay(desk, path);
      await other.page.bringToFront();
      await panel.showsTicket(1008);
      await left.clickIn(other.page, '[data-ticket-id="1008"] .ck-editor__editable');
      const [first, second] = ['I have looked into this and ', 'will come back to you tomorrow.'];
      await screen.xdotool('type', '--delay', 15, first);
      release();
      await Promise.all([
        screen.xdotool('type', '--delay', 60, second),
        until('the requester is associated', () => user(desk, USER + 33).organization_id !== null),
      ]);
      const arrived = async () => (await other.composer(1008)).lines.join('');
      await until(
        'all that was typed arrived',
        async () => (await arrived()) === first + second,
        15_000,
      ).catch(async () => assert.equal(await arrived(), first + second));
      assert.equal(
        await other.page.evaluate(() => document.visibilityState),
        'visible',
        'the other ticket is still in front',
      );
      await left.page.bringToFront();
      await panel.showsTicket(1033);
      await end(panel, 'Association', ['done']);
      assert.deepEqual(writes(desk), [`PUT ${path} 200`]);
    },
  );

  add(
    'right after the verdict a double click where the plan has just come writes nothing',
    async (desk) => {
      const { panel } = await lookAt(desk, 1001);
      await panel.press('Trace');
      await panel.says('Entitled');
      // Otherwise the browser scrolls with what the verdict moves, and nothing comes under the mouse.
      await panel.page.evaluate(() => {
        document.documentElement.style.overflowAnchor = 'none';
        document.body.style.paddingBottom = '200vh';
      });
      const shown = 'Run 4 steps';
      const { x, y } = await panel.spot(shown);
      const scrolled = await panel.page.evaluate(() => scrollY);
      await panel.press('Remove billing account 9001');
      await panel.says('Incomplete');
      const goOn = desk.sites.portal.faults.add({
        match: /^\/admin\/billing_account\/9001/,
        hang: true,
      });
      await panel.press('Trace');
      await panel.spot(/^Stop/);
      await panel.page.evaluate((top) => {
        scrollTo(0, top);
      }, scrolled);
      await desk.screen.move(x, y);
      await slowClock(panel);
      try {
        goOn();
        await until(`${shown} can be pressed`, () =>
          panel.page.evaluate(
            () => document.querySelector('#run-plan')?.matches(':enabled') ?? false,
          ),
        );
        await desk.screen.click(x, y, { count: 2 });
        const clicked = await until('the click is there', () =>
          panel.page.evaluate(() => /** @type {string} */ (Reflect.get(window, '__clicked'))),
        );
        assert.equal(clicked, shown);
        // What is pressed later is done later: what the clicks began would have been begun.
        await panel.press('Refresh');
        const { sections, buttons } = await panel.settled();
        assert.match(sections['Next step'] ?? '', /Finish this ticket/);
        assert.ok(buttons.includes(shown), 'the plan was not begun');
        assert.equal('Changes' in sections, false);
        assert.deepEqual(writes(desk), []);
        assert.equal(user(desk, USER + 1).organization_id, null);
      } finally {
        await panel.page.evaluate(() => Reflect.get(window, '__usual')());
      }
    },
  );

  add(
    "a ticket's tab that the browser put to sleep is found and loaded again, or said to be asleep",
    async (desk) => {
      const { left } = desk;
      const ticket = new AgentPage(await left.newTab(`${TICKETS}1034`));
      await ticket.ready(1034);
      const panel = await left.openPanel();
      await panel.showsTicket(1034);
      await panel.press('Trace');
      await panel.says('Entitled');
      await left.newTab('https://customers.gitlab.com/admin/');
      await desk.browser.discardTab(`${TICKETS}1034`);
      await panel.press('Add internal note');
      const { text } = await panel.shows(
        'the note is written or the tab is said to be asleep',
        (reading) =>
          !reading.busy &&
          /Internal note added to the composer of #1034|asleep|unloaded|put to sleep/.test(
            reading.text,
          ),
      );
      if (!text.includes('Internal note added')) return;
      const page = await until('the ticket is loaded', async () =>
        (await desk.browser.pages()).find((one) => one.url() === `${TICKETS}1034`),
      );
      assert.match(
        (await new AgentPage(page).composer(1034)).lines.join('\n'),
        /Salesforce ID: 0014M00001cOdEs/,
      );
    },
  );
});
