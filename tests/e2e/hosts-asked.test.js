// Every host that a browser with Tether contacts, from start to end. The proxy sees each connection.
import assert from 'node:assert/strict';
import { atDesk } from './steps/desk.js';
import { ORGANIZATION, USER, user } from './steps/people.js';
import { end } from './steps/tasks.js';
import { AT_WORK, PROOFS } from './steps/trace.js';

const SITES = ['customers.gitlab.com', 'gitlab.zendesk.com'];

/**
 * What the browsers ask for by themselves, with or without an extension: hosts of their makers. Seen with Chromium 156: accounts.google.com
 * (who is signed in), clients2.google.com (extensions of its store), update.googleapis.com (its own parts). With Firefox 153:
 * firefox.settings.services.mozilla.com (its own settings).
 */
const MAKERS = {
  chromium: /\.(?:google\.com|googleapis\.com|gvt1\.com)$/,
  firefox: /\.(?:mozilla\.(?:com|net|org)|firefox\.com)$/,
};

/** @param {import('./steps/desk.js').Desk} desk */
const reached = (desk) =>
  [...desk.sites.log.reached().keys()]
    .filter((host) => !MAKERS[desk.browser.kind].test(host))
    .sort();

atDesk(
  'from start to end no host but the two sites is asked, and none at all while nothing is wanted',
  { ...AT_WORK, turn: 'firefox' },
  async (desk) => {
    const { id } = PROOFS;
    // Started, with its background running and nothing in front that concerns it.
    const idle = await desk.browser.newPage('about:blank');
    await desk.browser.openPanel();
    assert.deepEqual(reached(desk), []);
    await desk.browser.stopWorker();
    await idle.bringToFront();
    await desk.browser.closePanel();

    // A whole case: read, walked, written, associated, answered.
    const portal = await desk.openPortal();
    await portal.shows('Site Administration');
    assert.deepEqual(reached(desk), ['customers.gitlab.com'], 'the page alone');
    const agent = await desk.openTicket(id.ticket);
    const panel = await desk.openPanel();
    await panel.showsTicket(id.ticket);
    await panel.press('Trace');
    await panel.says('Entitled');
    await panel.press('Add internal note');
    await panel.saysTheNoteStands(id.ticket);
    await agent.submit(id.ticket);
    await panel.press('Associate');
    await end(panel, 'Association', ['done']);
    assert.equal(
      user(desk, USER + id.ticket - 1000).organization_id,
      ORGANIZATION + id.ticket - 1000,
    );
    await panel.press('Draft reply');
    await panel.shows(
      'the reply is in the composer',
      ({ text, busy }) => !busy && text.includes('Reply drafted in the composer of #'),
    );
    assert.deepEqual(reached(desk), SITES);

    // Closed, and idle again: what happens in tabs is looked at and asked of nobody.
    await desk.browser.closePanel();
    const before = desk.requests.ofTether().length;
    await desk.browser.stopWorker();
    await agent.page.reload();
    await agent.ready(id.ticket);
    await portal.visit(id.proof);
    await portal.shows('Details for License');
    await idle.bringToFront();
    assert.deepEqual(desk.requests.ofTether().slice(before), []);
    assert.deepEqual(reached(desk), SITES);
  },
);
