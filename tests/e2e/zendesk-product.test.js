// Step 3: which product it is, from the ticket's field, from its tags, or from the engineer; unknown, proof is asked for.
import assert from 'node:assert/strict';
import { atOneDesk } from './steps/desk.js';
import { ticketOf, writes } from './steps/people.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */

/** Opens a ticket with the panel open. @param {Desk} desk @param {number} ticket */
async function lookAt(desk, ticket) {
  const agent = await desk.openTicket(ticket);
  const panel = await desk.openPanel();
  const reading = await panel.shows(
    'the ticket and its fields',
    ({ title, facts, busy }) =>
      title === `Ticket #${ticket}` && 'Product type' in (facts['Requester'] ?? {}) && !busy,
  );
  return { agent, panel, reading };
}

/** The card is the way through GitLab's app. @param {import('./steps/panel.js').Reading} reading */
const isThroughApp = ({ sections }) =>
  (sections['Next step'] ?? '').includes('Attempt Association');

/** The engineer is asked which product it is. @param {import('./steps/panel.js').Reading} reading */
const asksForProduct = ({ text }) => text.includes('Which product is this about?');

/** What the reply is proposed to be about. @param {import('./steps/panel.js').Panel} panel */
const proposed = (panel) =>
  panel.page.$eval(
    'select[name="about"]',
    (list) => /** @type {HTMLSelectElement} */ (list).selectedOptions[0]?.text ?? '',
  );

atOneDesk('the product', { turn: 'chromium' }, (add) => {
  add(
    'unknown, without a proof: the reply that asks for proof is proposed, and drafted as one to be submitted as Pending',
    async (desk) => {
      const { agent, panel, reading } = await lookAt(desk, 1027);
      assert.equal(reading.facts['Requester']?.['Product type'], 'empty');
      assert.ok(asksForProduct(reading), reading.sections['Next step']);
      assert.equal(isThroughApp(reading), false);
      assert.equal(await proposed(panel), 'Ask for proof of entitlement');
      await panel.press('Draft reply');
      await panel.shows(
        'the draft',
        ({ text, busy }) => !busy && text.includes('submit it as Pending.'),
      );
      assert.ok((await agent.composer(1027)).lines.includes('- the license ID'));
      assert.deepEqual(writes(desk), []);
    },
  );

  add(
    'the engineer says GitLab.com: the way through the app is shown, and taken back again',
    async (desk) => {
      const { panel } = await lookAt(desk, 1027);
      await panel.choose('GitLab.com');
      await panel.press('Choose product');
      await panel.shows('the way through the app', isThroughApp);
      await panel.choose('Self-Managed');
      await panel.press('Change product');
      await panel.shows('no such way', (reading) => !reading.busy && !isThroughApp(reading));
      assert.deepEqual(writes(desk), []);
    },
  );

  add("the ticket's field says it: nobody is asked", async (desk) => {
    const { reading } = await lookAt(desk, 1024);
    assert.equal(reading.facts['Requester']?.['Product type'], 'GitLab.com');
    assert.ok(isThroughApp(reading), reading.sections['Next step']);
    assert.equal(asksForProduct(reading), false);
  });

  add("an empty field: the ticket's tag says it", async (desk) => {
    const ticket = ticketOf(desk, 1025);
    const field = ticket.custom_fields.find(({ value }) => value === 'lr_gitlab_com');
    assert.ok(field);
    field.value = null;
    ticket.tags = ['supportops', 'lr_gitlab_com'];
    const { reading } = await lookAt(desk, 1025);
    assert.equal(reading.facts['Requester']?.['Product type'], 'empty');
    assert.ok(isThroughApp(reading), reading.sections['Next step']);
    assert.equal(asksForProduct(reading), false);
  });
});
