// The five main situations from the open ticket to Solved: how much an engineer's hand has to do, with Tether and by the handbook.
//
// This agent page does not show by itself what was written behind its back: the first submission after `Set problem type` is refused, and
// to refresh and to submit again counts too, 2 clicks with the button and 3 with its menu.
import assert from 'node:assert/strict';
import { BY_HAND, sumOf } from './steps/by-hand.js';
import { atOneDesk } from './steps/desk.js';
import { handOf, watchHand } from './steps/hand.js';
import { contactsOf, fieldOf, ORGANIZATION, PROBLEM_TYPE, ticketOf, user, USER } from './steps/people.js';
import { end } from './steps/tasks.js';
import { AT_WORK, beside } from './steps/trace.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */
/** @typedef {import('./steps/panel.js').Panel} Panel */
/** @typedef {import('./steps/agent.js').AgentPage} AgentPage */

/**
 * Does a situation, from the problem type to Solved, and counts.
 * @param {Desk} desk
 * @param {number} ticket
 * @param {(both: {agent: AgentPage, panel: Panel}) => Promise<void>} work
 */
async function handFor(desk, ticket, work) {
  const { agent, panel } = await beside(desk, ticket);
  await watchHand(panel.page);
  await watchHand(agent.page);
  await panel.press('Set problem type');
  await end(panel, 'Metadata', ['done']);
  await work({ agent, panel });
  await panel.press('Draft reply');
  await panel.shows('the reply stands', ({ sections, busy }) => !busy && (sections['Reply'] ?? '').includes('as a public draft'));
  await agent.submit(ticket, 'solved');
  assert.equal(ticketOf(desk, ticket).status, 'solved');
  assert.equal(fieldOf(desk, ticket, PROBLEM_TYPE.field), PROBLEM_TYPE.value);
  assert.equal(ticketOf(desk, ticket).comments.at(-1)?.public, true);
  return handOf([panel.page, agent.page]);
}

/** Steps 5 to 13. @param {Desk} desk @param {number} ticket @param {number} organization */
const fromProof = (desk, ticket, organization) => handFor(desk, ticket, async ({ agent, panel }) => {
  await panel.press('Trace');
  await panel.says('Entitled');
  await panel.press('Add internal note');
  await panel.saysTheNoteStands(ticket);
  await agent.submit(ticket);
  assert.equal(ticketOf(desk, ticket).comments.at(-1)?.public, false);
  await panel.press('Associate');
  await end(panel, 'Association', ['done']);
  assert.equal(user(desk, USER + ticket - 1000).organization_id, organization);
});

atOneDesk('clicks and keystrokes', AT_WORK, (add) => {
  add('a self-managed license: 10 clicks and no key, by hand 50 clicks and 138 keys', async (desk) => {
    assert.deepEqual(await fromProof(desk, 1033, ORGANIZATION + 33), { clicks: 10, keys: 0 });
    assert.deepEqual(sumOf(BY_HAND.license), { clicks: 50, keys: 138 });
  });

  add('a cloud activation: 10 clicks and no key, by hand 50 clicks and 169 keys', async (desk) => {
    assert.deepEqual(await fromProof(desk, 1034, ORGANIZATION + 934), { clicks: 10, keys: 0 });
    assert.deepEqual(sumOf(BY_HAND.activation), { clicks: 50, keys: 169 });
  });

  add('two contacts of a pre-authorized requester: 8 clicks and no key, by hand 17 clicks and 17 keys', async (desk) => {
    const hand = await handFor(desk, 1018, async ({ panel }) => {
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done', 'done']);
      assert.equal(contactsOf(desk, ORGANIZATION + 18).length, 5);
    });
    assert.deepEqual(hand, { clicks: 8, keys: 0 });
    assert.deepEqual(sumOf(BY_HAND.adding), { clicks: 17, keys: 17 });
  });

  add('GitLab.com, where the app associates: 8 clicks besides the app\'s 3, by hand 7 besides them and 11 keys', async (desk) => {
    const hand = await handFor(desk, 1024, async ({ panel }) => {
      // What the app does after its three clicks.
      user(desk, USER + 24).organization_id = ORGANIZATION + 24;
      await panel.press('Associated');
      await panel.says('Entitled');
    });
    assert.deepEqual(hand, { clicks: 8, keys: 0 });
    assert.deepEqual(sumOf(BY_HAND.dotCom), { clicks: 10, keys: 11 });
  });

  add('one contact is removed: 9 clicks and no key, by hand 15 clicks and 37 keys', async (desk) => {
    const hand = await handFor(desk, 1023, async ({ panel }) => {
      await panel.choose('Iris');
      await panel.shows('no ticket is open', ({ text }) => text.includes('removable: no ticket of theirs is open'));
      await panel.press('Remove contacts');
      await end(panel, 'Contacts', ['done']);
      assert.equal(user(desk, USER + 2302).organization_id, null);
    });
    assert.deepEqual(hand, { clicks: 9, keys: 0 });
    assert.deepEqual(sumOf(BY_HAND.removal), { clicks: 15, keys: 37 });
  });
});
