// GitLab.com (step 4): how the app's attempt went, and finding the organization by hand if it failed.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { atDesk, atOneDesk } from './steps/desk.js';
import { writes } from './steps/people.js';
import { comeBack } from './steps/situations.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */

const GULLS = { ticket: 1024, requester: 371_000_000_024, organization: 361_000_000_024 };
const HERONS = {
  ticket: 1025,
  requester: 371_000_000_025,
  organization: 361_000_000_025,
  salesforce: '0014M00001hErOnQAK',
};

/** The requester as Zendesk holds them. @param {Desk} desk @param {number} id */
function user(desk, id) {
  const found = desk.sites.world.users.find((one) => one.id === id);
  assert.ok(found);
  return found;
}

/** @param {Desk} desk @param {number} ticket */
async function openWithPanel(desk, ticket) {
  const agent = await desk.openTicket(ticket);
  const panel = await desk.openPanel();
  const reading = await panel.showsTicket(ticket);
  assert.match(reading.sections['Next step'] ?? '', /Attempt Association/);
  return { agent, panel };
}

atOneDesk('GitLab.com', { turn: 'chromium' }, (add) => {
  add(
    'not an owner is not entitled; once the app associated, Zendesk is asked whether it shows the organization',
    async (desk) => {
      const { panel } = await openWithPanel(desk, GULLS.ticket);
      await panel.press('Not an owner');
      await panel.says('Not entitled: the requester owns no paid namespace');
      await panel.press('Change the app’s result');
      await panel.says('Incomplete');
      await panel.press('Associated');
      await panel.shows('that Zendesk does not show it', ({ alerts }) =>
        alerts.some((alert) =>
          alert.startsWith('Zendesk doesn’t show an organization for the requester.'),
        ),
      );
      // What the app does, late.
      user(desk, GULLS.requester).organization_id = GULLS.organization;
      // The foot has a button of the same name.
      await (
        await panel.page.waitForSelector(
          'section.next [data-command="refresh"]:not([data-settling])',
        )
      )?.click();
      const { sections, verdict } = await panel.shows(
        'that Zendesk shows it',
        ({ sections: said }) => (said['Next step'] ?? '').includes('Zendesk shows it'),
      );
      assert.match(sections['Next step'] ?? '', /Gulls Collective|organization 361000000024/);
      assert.match(verdict, /^Entitled/);
      assert.match(sections['Next step'] ?? '', /Draft reply “/);
    },
  );

  add(
    'the app failed: the organization is found by the account that was looked up, noted, and the requester associated',
    async (desk) => {
      const { agent, panel } = await openWithPanel(desk, HERONS.ticket);
      await panel.press('The app failed');
      await panel.fill('Namespace', 'https://gitlab.com/herons-association');
      await panel.fill('Salesforce account', HERONS.salesforce.replace(/.$/, 'X'));
      await panel.press('Find organization');
      const wrong = await panel.shows('what is wrong', ({ alerts }) => alerts.length > 0);
      assert.match(wrong.alerts.join(), /^The last three characters do not belong/);
      const field = await panel.field('Salesforce account');
      assert.equal(
        await (await panel.field('Namespace')).evaluate((one) => one.value),
        'https://gitlab.com/herons-association',
      );
      await field.evaluate((one) => one.select());
      await field.type(HERONS.salesforce);
      await panel.press('Find organization');
      const { note, sections } = await panel.says('Entitled');
      assert.match(sections['Records'] ?? '', /Organization Herons Association/);
      const lines = [
        'Namespace: herons-association',
        `Salesforce ID: ${HERONS.salesforce}`,
        `Organization: https://gitlab.zendesk.com/agent/organizations/${HERONS.organization}`,
      ];
      assert.deepEqual(
        note.split('\n'),
        lines.map((line) => `- ${line}`),
      );
      await panel.press('Add internal note');
      await panel.saysTheNoteStands(HERONS.ticket);
      assert.deepEqual(
        (await agent.composer(HERONS.ticket)).lines,
        lines.map((line) => `- ${line}`),
      );
      await panel.press('Associate');
      await panel.shows(
        'it is done',
        ({ text, busy }) =>
          !busy && /Associate Matthieu Héron \([^)]*\) with Herons Association: done/.test(text),
      );
      await until(
        'Zendesk holds it',
        () => user(desk, HERONS.requester).organization_id === HERONS.organization,
      );
    },
  );
});

// The focus and the pointer are each browser's own.
atDesk(
  'what the app did is seen when the engineer comes back to the panel: nobody has to say it',
  {},
  async (desk) => {
    const { panel } = await openWithPanel(desk, GULLS.ticket);
    const asked = () => desk.requests.counts()['GET gitlab.zendesk.com/api/v2/tickets/#'] ?? 0;
    // Nothing has happened yet: it is looked at, and the question stays.
    const before = asked();
    // The pointer comes to the panel from the page beside it.
    await panel.page.mouse.move(1, 1);
    await panel.page.mouse.move(5, 5);
    await until('the ticket was read', () => asked() > before);
    const { sections: still } = await panel.settled();
    assert.match(still['Next step'] ?? '', /Attempt Association/);
    // What the app does.
    user(desk, GULLS.requester).organization_id = GULLS.organization;
    await until('it is time for another look', async () => {
      await comeBack(panel);
      return (await panel.read()).verdict.startsWith('Entitled');
    });
    const { sections } = await panel.settled();
    assert.match(
      sections['Next step'] ?? '',
      /Zendesk shows the requester in an organization now: (?:Gulls Collective|organization 361000000024)/,
    );
    assert.match(sections['Next step'] ?? '', /Draft reply “/);
    // A look only reads.
    assert.equal(user(desk, GULLS.requester).organization_id, GULLS.organization);
    assert.deepEqual(writes(desk), []);
  },
);
