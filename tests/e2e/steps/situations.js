// The five main situations with Tether, from the open ticket to Solved, and what a hand had to do for each.
import assert from 'node:assert/strict';
import { handOf, watchHand } from './hand.js';
import { contactsOf, fieldOf, ORGANIZATION, PROBLEM_TYPE, ticketOf, USER, user } from './people.js';
import { beside } from './trace.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {import('./panel.js').Panel} Panel
 * @typedef {import('./agent.js').AgentPage} AgentPage
 * @typedef {import('./hand.js').Hand} Hand
 */

/**
 * A plan saves to the ticket through the API, and the stand-in's page does not show by itself what was written behind its back: Tether has
 * it reloaded before it drafts the reply, so that Zendesk doesn't refuse it.
 * @param {Panel} panel
 * @param {(name: string) => Promise<void>} [press]
 */
export async function reload(panel, press = (name) => panel.press(name)) {
  await panel.shows('the page is outdated', ({ buttons }) => buttons.includes('Reload ticket'));
  await press('Reload ticket');
}

/** The panel gets the focus back. @param {Panel} panel */
export async function comeBack({ page }) {
  await page.evaluate(() => dispatchEvent(new FocusEvent('focus')));
}

/**
 * Does a situation, from the problem type to Solved, and counts.
 * @param {Desk} desk
 * @param {number} ticket
 * @param {(both: {agent: AgentPage, panel: Panel}) => Promise<void>} work  until the plan can be run
 * @param {() => void} made  asserts what the plan did besides
 */
async function handFor(desk, ticket, work, made) {
  const { agent, panel } = await beside(desk, ticket);
  await watchHand(panel.page);
  await watchHand(agent.page);
  await work({ agent, panel });
  await panel.press(/^Run \d steps$/);
  // What was done to the page is forgotten with it.
  const before = await handOf([agent.page]);
  await reload(panel);
  await panel.shows(
    'the plan is over',
    ({ sections, busy }) =>
      !busy && (sections['Next step'] ?? '').includes('Submit the reply as Solved'),
  );
  await watchHand(agent.page);
  await agent.submit(ticket, 'solved');
  assert.equal(ticketOf(desk, ticket).status, 'solved');
  assert.equal(fieldOf(desk, ticket, PROBLEM_TYPE.field), PROBLEM_TYPE.value);
  assert.equal(ticketOf(desk, ticket).comments.at(-1)?.public, true);
  made();
  const { clicks, keys } = await handOf([panel.page, agent.page]);
  return { clicks: clicks + before.clicks, keys: keys + before.keys };
}

/** Steps 5 to 13. @param {Desk} desk @param {number} ticket @param {number} organization */
const fromProof = (desk, ticket, organization) =>
  handFor(
    desk,
    ticket,
    async ({ panel }) => {
      await panel.press('Trace');
      await panel.says('Entitled');
    },
    () => {
      assert.equal(ticketOf(desk, ticket).comments.at(-2)?.public, false);
      assert.equal(user(desk, USER + ticket - 1000).organization_id, organization);
    },
  );

/** By the names that the handbook's way has in `by-hand.js`. @type {Record<keyof typeof import('./by-hand.js').BY_HAND, (desk: Desk) => Promise<Hand>>} */
export const WITH_TETHER = {
  license: (desk) => fromProof(desk, 1033, ORGANIZATION + 33),
  activation: (desk) => fromProof(desk, 1034, ORGANIZATION + 934),
  adding: (desk) =>
    handFor(
      desk,
      1018,
      async ({ panel }) => {
        await panel.shows('the plan', ({ buttons }) => buttons.includes('Run 3 steps'));
      },
      () => assert.equal(contactsOf(desk, ORGANIZATION + 18).length, 5),
    ),
  // Without the three clicks in the app.
  dotCom: (desk) =>
    handFor(
      desk,
      1024,
      async ({ panel }) => {
        // What the app does after them.
        user(desk, USER + 24).organization_id = ORGANIZATION + 24;
        await comeBack(panel);
        await panel.says('Entitled');
      },
      () => assert.equal(user(desk, USER + 24).organization_id, ORGANIZATION + 24),
    ),
  removal: (desk) =>
    handFor(
      desk,
      1023,
      async ({ panel }) => {
        await panel.choose('Iris');
        await panel.shows('no ticket is open', ({ text }) => text.includes('no open tickets'));
      },
      () => assert.equal(user(desk, USER + 2302).organization_id, null),
    ),
};
