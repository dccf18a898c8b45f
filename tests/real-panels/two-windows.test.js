// Two windows with a ticket each, and pages of the portal beside them: what is pressed, dropped and looked at belongs to the ticket that
// the panel of its own window shows.
import assert from 'node:assert/strict';
import { AgentPage } from '../e2e/steps/agent.js';
import { USER, user, writes } from '../e2e/steps/people.js';
import { end } from '../e2e/steps/tasks.js';
import { PROOFS } from '../e2e/steps/trace.js';
import { until } from '../harness/wait.js';
import { onScreen } from './steps/screen-desk.js';

/** @typedef {import('./steps/screen-desk.js').ScreenDesk} ScreenDesk */
/** @typedef {import('./steps/window.js').RealWindow} RealWindow */
/** @typedef {import('./steps/window.js').RealPanel} RealPanel */

const ADMIN = 'https://customers.gitlab.com/admin/';

/** A ticket in a window, with its panel. @param {RealWindow} window @param {number} ticket */
async function lookAt(window, ticket) {
  await window.activate();
  const agent = await window.showTicket(ticket);
  const panel = await window.openPanel();
  await panel.showsTicket(ticket);
  return { agent, panel };
}

/** A ticket in a window, traced until the requester may be associated. @param {RealWindow} window @param {number} ticket */
async function traced(window, ticket) {
  const { agent, panel } = await lookAt(window, ticket);
  await panel.press('Trace');
  await panel.says('Entitled');
  return { agent, panel };
}

/** The panel asks whether a page of the portal belongs to its case. @param {RealPanel} panel */
const asks = (panel) =>
  panel.page.evaluate(() => document.querySelector('[data-command="leave_aside"]') !== null);

/** Waits until the panel has heard of a page: it asks, or it took the record. Answers with what it holds. @param {RealPanel} panel @param {string} record */
async function heardOf(panel, record) {
  await until(
    `the panel heard of ${record}`,
    async () => (await asks(panel)) || (await panel.read()).records.includes(record),
    30_000,
  );
  return (await panel.read()).records;
}

/** A file is dropped on a panel; with `later` the browser is slow to read it. @param {RealPanel} panel @param {string} text @param {boolean} later */
const drop = (panel, text, later) =>
  panel.page.evaluate(
    (content, slow) => {
      const data = new DataTransfer();
      data.items.add(new File([content], 'proof.txt', { type: 'text/plain' }));
      if (slow) {
        const reader = FileReader.prototype;
        const { readAsDataURL } = reader;
        reader.readAsDataURL = function later(blob) {
          reader.readAsDataURL = readAsDataURL;
          addEventListener('read-now', () => this.readAsDataURL(blob), { once: true });
        };
      }
      document
        .querySelector('#proof-text')
        ?.dispatchEvent(
          new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }),
        );
    },
    text,
    later,
  );

/** What the panel of a ticket says. @param {RealPanel} panel @param {number} ticket */
const said = async (panel, ticket) => (await panel.showsTicket(ticket)).text;

onScreen('two windows', (add) => {
  add('each panel shows the ticket of its window', async (desk) => {
    const { panel: first } = await lookAt(desk.left, 1033);
    const right = await desk.openRight();
    const { panel: second } = await lookAt(right, 1034);
    await first.showsTicket(1033);
    await second.showsTicket(1034);
    await desk.left.activate();
    await second.showsTicket(1034);
    await first.showsTicket(1033);
  });

  for (const stopped of [false, true]) {
    const [one, other] = stopped ? [1036, PROOFS.code.ticket] : [1001, PROOFS.id.ticket];
    add(
      `Associate writes the requester of the panel's own window${stopped ? ', with a stopped background' : ''}`,
      async (desk) => {
        const { panel: first } = await traced(desk.left, one);
        const { panel: second } = await traced(await desk.openRight(), other);
        await desk.left.activate();
        await first.showsTicket(one);
        await second.showsTicket(other);
        if (stopped) await desk.browser.stopWorker();
        await second.press('Associate');
        await end(second, 'Association', ['done']);
        assert.notEqual(user(desk, USER + other - 1000).organization_id, null);
        assert.equal(user(desk, USER + one - 1000).organization_id, null);
        assert.deepEqual(writes(desk), [`PUT /api/v2/users/${USER + other - 1000} 200`]);
      },
    );
  }

  add(
    "a link that was middle-clicked in a ticket is that ticket's proof, whatever is looked at before it",
    async (desk) => {
      const proof = 'license/410265';
      desk.sites.world.tickets
        .find(({ id }) => id === 1032)
        ?.comments.push({
          id: 1_032_900,
          author_id: desk.sites.world.agentId,
          public: false,
          created_at: '2026-11-23T09:20:00Z',
          attachments: [],
          html_body: `<div class="zd-comment" dir="auto"><p>The license: <a href="${ADMIN}${proof}">410265</a></p></div>`,
          plain_body: 'The license: 410265',
        });
      const { agent, panel } = await lookAt(desk.left, 1032);
      const before = new Set(await desk.browser.pages());
      await desk.left.clickIn(agent.page, `a[href="${ADMIN}${proof}"]`, { button: 2 });
      const opened = await until('the link is open', async () =>
        (await desk.browser.pages()).find((one) => !before.has(one) && one.url().endsWith(proof)),
      );
      const other = new AgentPage(
        await desk.left.newTab('https://gitlab.zendesk.com/agent/tickets/1008'),
      );
      await other.ready(1008);
      await panel.showsTicket(1008);
      await opened.bringToFront();
      await opened.waitForFunction(() => document.visibilityState === 'visible', { polling: 50 });
      await agent.page.bringToFront();
      await panel.showsTicket(1032);
      await panel.holds(proof);
      await other.page.bringToFront();
      assert.deepEqual((await panel.showsTicket(1008)).records, []);
    },
  );

  add(
    'a portal page that is visible in another window does not fill the case in front: the panel asks',
    async (desk) => {
      const right = await desk.openRight();
      await right.page.goto(ADMIN);
      const { panel } = await lookAt(desk.left, 1002);
      await right.page.goto(`${ADMIN}license/410234`);
      assert.deepEqual(await heardOf(panel, 'license/410234'), []);
    },
  );

  add('an update of the extension alone fills nothing', async (desk) => {
    const right = await desk.openRight();
    await right.page.goto(`${ADMIN}license/410238`);
    await lookAt(desk.left, 1004);
    await desk.updateExtension();
    const panel = await desk.left.openPanel();
    await panel.showsTicket(1004);
    assert.deepEqual(await heardOf(panel, 'license/410238'), []);
  });

  add('a dropped file belongs to the ticket of the panel that it was dropped on', async (desk) => {
    const { panel: first } = await lookAt(desk.left, 1005);
    const { panel: second } = await lookAt(await desk.openRight(), 1027);
    await desk.left.activate();
    await first.showsTicket(1005);
    await drop(second, 'our license ID is 410233\n', false);
    await second.shows('the file is found', ({ sections }) =>
      (sections['Next step'] ?? '').includes('file proof.txt, dropped here'),
    );
    assert.equal((await said(first, 1005)).includes('proof.txt'), false);
  });

  add(
    'a file that is read only after the panel went on to another ticket is refused',
    async (desk) => {
      const { panel } = await lookAt(desk.left, 1007);
      await drop(panel, 'our license ID is 410233\n', true);
      const next = new AgentPage(
        await desk.left.newTab('https://gitlab.zendesk.com/agent/tickets/1008'),
      );
      await next.ready(1008);
      const before = (await panel.showsTicket(1008)).text;
      await panel.page.evaluate(() => {
        dispatchEvent(new Event('read-now'));
      });
      await panel.shows(
        'it says something of the file',
        ({ text, busy }) => !busy && text !== before,
      );
      assert.equal((await said(panel, 1008)).includes('dropped here'), false);
      await desk.left.page.bringToFront();
      assert.equal((await said(panel, 1007)).includes('dropped here'), false);
    },
  );
});
