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

/** Presses what is in sight: what has to be unfolded first would be a press more. @param {Panel} panel @param {string | RegExp} name */
async function press(panel, name) {
  const { buttons } = await panel.settled();
  assert.ok(
    buttons.some((one) => (typeof name === 'string' ? one === name : name.test(one))),
    `${name} is in sight among ${buttons.join(', ')}`,
  );
  await panel.press(name);
}

/**
 * Does a situation, from the open ticket to Solved, and counts.
 * @param {Desk} desk
 * @param {number} ticket
 * @param {(panel: Panel) => Promise<void>} work until the plan is offered
 */
async function handFor(desk, ticket, work) {
  const { agent, panel } = await beside(desk, ticket);
  await watchHand(panel.page);
  await watchHand(agent.page);
  await work(panel);
  await press(panel, /^Run \d steps$/);
  await panel.shows(
    'the plan is over',
    ({ sections, busy }) =>
      !busy && (sections['Next step'] ?? '').includes('Submit the reply as Solved'),
  );
  await agent.submit(ticket, 'solved');
  assert.equal(ticketOf(desk, ticket).status, 'solved');
  assert.equal(fieldOf(desk, ticket, PROBLEM_TYPE.field), PROBLEM_TYPE.value);
  assert.equal(ticketOf(desk, ticket).comments.at(-1)?.public, true);
  return handOf([panel.page, agent.page]);
}

/** Steps 5 to 13. @param {Desk} desk @param {number} ticket @param {number} organization */
async function fromProof(desk, ticket, organization) {
  const hand = await handFor(desk, ticket, async (panel) => {
    await press(panel, 'Trace');
    await panel.says('Entitled');
  });
  assert.equal(ticketOf(desk, ticket).comments.at(-2)?.public, false, 'the internal note');
  assert.equal(user(desk, USER + ticket - 1000).organization_id, organization);
  return hand;
}

/** By the names that the handbook's way has in `by-hand.js`. @type {Record<keyof typeof import('./by-hand.js').BY_HAND, (desk: Desk) => Promise<Hand>>} */
export const WITH_TETHER = {
  license: (desk) => fromProof(desk, 1033, ORGANIZATION + 33),
  activation: (desk) => fromProof(desk, 1034, ORGANIZATION + 934),
  adding: async (desk) => {
    const hand = await handFor(desk, 1018, async () => undefined);
    assert.equal(contactsOf(desk, ORGANIZATION + 18).length, 5);
    return hand;
  },
  // Without the three clicks in the app.
  dotCom: (desk) =>
    handFor(desk, 1024, async (panel) => {
      // What the app does after them.
      user(desk, USER + 24).organization_id = ORGANIZATION + 24;
      await press(panel, 'Associated');
      await panel.says('Entitled');
    }),
  removal: async (desk) => {
    const hand = await handFor(desk, 1023, async (panel) => {
      await panel.settled();
      const isInSight = await panel.page.evaluate(() =>
        [...document.querySelectorAll('label')].some(
          (one) => one.textContent?.trim().startsWith('Iris') && one.checkVisibility(),
        ),
      );
      assert.ok(isInSight, 'Iris is in sight');
      await panel.choose('Iris');
      await panel.shows('no ticket is open', ({ text }) => text.includes('no open tickets'));
    });
    assert.equal(user(desk, USER + 2302).organization_id, null);
    return hand;
  },
};
