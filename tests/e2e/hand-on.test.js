// The hand-on: a ticket with another form is associated all the same once the engineer says so, and goes on in one update.
import assert from 'node:assert/strict';
import { FIELD, FORM_SUPPORT, FORM_SUPPORT_OPS, GROUP_SUPPORT_OPS } from '../standins/world-ids.js';
import { bringAxe, violations } from './steps/axe.js';
import { atOneDesk } from './steps/desk.js';
import {
  changeTicket,
  fieldOf,
  ORGANIZATION,
  ticketOf,
  USER,
  user,
  writes,
} from './steps/people.js';
import { AT_WORK, beside } from './steps/trace.js';

/** What a hand-on changes. @param {import('./steps/desk.js').Desk} desk @param {number} ticket */
function routeOf(desk, ticket) {
  const { group_id, assignee_id, ticket_form_id, tags, status } = ticketOf(desk, ticket);
  const stage = fieldOf(desk, ticket, FIELD.ticketStage);
  return { group_id, assignee_id, ticket_form_id, tags: [...tags].sort(), status, stage };
}

/** A group that works on technical questions. */
const GROUP_SUPPORT = 360_003_401_333;

atOneDesk('the hand-on', AT_WORK, (add) => {
  add('follows the association, is read back and can be undone', async (desk) => {
    desk.sites.world.groups.push({ id: GROUP_SUPPORT, name: 'Support' });
    changeTicket(desk, 1026, { group_id: GROUP_SUPPORT });
    const before = routeOf(desk, 1026);
    assert.equal(before.ticket_form_id, FORM_SUPPORT);
    const { panel } = await beside(desk, 1026);
    await panel.press('Go on with this form');
    await panel.press('Trace');
    await panel.says('Entitled');
    await bringAxe(panel.page);
    assert.deepEqual(await violations(panel.page), []);
    await panel.press('Run 3 steps');
    const over = await panel.shows(
      'the plan is over',
      ({ sections, busy }) => !busy && /3 of 3 steps are done/.test(sections['Next step'] ?? ''),
    );
    assert.match(over.sections['Next step'] ?? '', /Zendesk shows group Support Ops/);
    assert.equal(user(desk, USER + 26).organization_id, ORGANIZATION + 26);
    assert.deepEqual(routeOf(desk, 1026), {
      group_id: GROUP_SUPPORT_OPS,
      assignee_id: null,
      ticket_form_id: FORM_SUPPORT_OPS,
      tags: ['stage_frt', 'support'],
      status: before.status,
      stage: 'stage_frt',
    });
    await panel.page.click('#plan-hand_on-step [data-command="undo"]');
    await panel.shows(
      'it is undone',
      ({ sections, busy }) =>
        !busy && /Hand on to Support Ops: undone/.test(sections['Changes'] ?? ''),
    );
    assert.deepEqual(routeOf(desk, 1026), before);
    const made = writes(desk).filter((one) => one.includes('/tickets/1026'));
    assert.deepEqual(made, Array(3).fill('PUT /api/v2/tickets/1026 200'));
  });
});
