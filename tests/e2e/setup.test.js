// Check setup looks at everything that Tether assumes, by reading only, and takes other names on the spot.
import assert from 'node:assert/strict';
import { drift, otherPage, otherPortal } from '../standins/drift.js';
import { bringAxe, violations } from './steps/axe.js';
import { CASES } from './steps/cases.js';
import { atDesk } from './steps/desk.js';
import { savedFile } from './steps/diagnosis.js';
import { ORGANIZATION, ticketOf, USER, user } from './steps/people.js';
import { SetupCheck } from './steps/setup.js';
import { reload, WITH_TETHER } from './steps/situations.js';
import { AT_WORK, beside, PROOFS } from './steps/trace.js';

const asks = ['customers.gitlab.com'];
const LICENSE = '410233';

/** Signs in on both sites, as a morning begins: what the background reads needs the sessions. @param {import('./steps/desk.js').Desk} desk */
async function signIn(desk) {
  const portal = await desk.openPortal();
  await portal.shows('Site Administration');
  return desk.openTicket(CASES.license.ticket);
}

/** A user's page, whose selectors are looked at, too. @param {import('./steps/desk.js').Desk} desk */
async function openUser(desk) {
  const page = await desk.browser.newPage('https://gitlab.zendesk.com/agent/users/371000000001');
  await page.waitForSelector('[data-user-id="371000000001"] textarea');
}

atDesk(
  'with both sites as assumed, Check setup finds nothing wrong and only reads',
  { asks },
  async (desk) => {
    await signIn(desk);
    const check = await SetupCheck.open(desk);
    desk.sites.log.clear();
    const findings = await check.run(LICENSE);
    assert.deepEqual(await check.wrong(), []);
    for (const key of [
      'access.zendesk',
      'access.portal',
      'signed_in.zendesk',
      'rights',
      'ticket_form',
      'ticket_field.problem_type',
      'problem_type_option',
      'product_option.dedicated',
      'organization_field.salesforce_id',
      'one_organization',
      'macro.contacts_added',
      'hand_over.group',
      'note_saved',
      'signed_in.portal',
      'page.license',
      'field.license.trial',
      'order_list',
      'page.billing_account',
      'field.billing_account.sold_to',
      'organization_found',
      'selectors.composer',
    ])
      assert.equal(findings[key]?.state, 'good', `${key}: ${findings[key]?.says}`);
    assert.equal(findings['selectors.organization_field']?.state, 'not-looked');
    const methods = new Set(desk.requests.ofTether().map(({ method }) => method));
    assert.deepEqual([...methods], ['GET']);
    await bringAxe(check.page);
    assert.deepEqual(await violations(check.page), []);
  },
);

atDesk(
  'in a drifted world each name that differs is taken with Use it, counts at once, and a ticket gets Solved',
  AT_WORK,
  async (desk) => {
    drift(desk.sites.world);
    Object.assign(desk.sites.portal.options, otherPortal());
    Object.assign(desk.zendesk.page, otherPage());
    const since = Date.now();
    await signIn(desk);
    await openUser(desk);
    const check = await SetupCheck.open(desk, 'welcome');
    await check.run(LICENSE);
    const wrong = await check.wrong();
    assert.ok(wrong.includes('ticket_form') && wrong.includes('macro.contacts_added'), `${wrong}`);
    /** @type {[check: string, name: string][]} */
    const names = [
      ['ticket_form', 'Kundenbetrieb'],
      ['ticket_field.problem_type', 'Art des Anliegens'],
      ['ticket_field.product_type', 'Produkt'],
      ['ticket_field.subscription_email', 'E-Mail des Abonnements'],
      ['problem_type_option', 'Kontakte meiner Firma verwalten'],
      ['product_option.self_managed', 'Selbst betrieben'],
      ['organization_field.support_level', 'support_plan'],
      ['macro.proof_asked', 'Nachweis der Berechtigung'],
      ['macro.not_an_owner', 'Kein Owner auf GitLab.com'],
      ['macro.contacts_added', 'Kontakte hinzugefügt'],
      ['macro.contacts_removed', 'Kontakte entfernt'],
      ['macro.limit_reached', 'Zu viele Kontakte'],
      ['macro.open_tickets', 'Es gibt offene Tickets'],
      ['hand_over.group', 'Kundenbetrieb Fullstack'],
      ['hand_on.group', 'Kundenbetrieb'],
      ['hand_on.form', 'Kundenbetrieb'],
      ['hand_on.stage_field', 'Stufe des Tickets'],
      ['hand_on.stage', 'Erste Antwort'],
      ['field.license.subscription_name', 'Name of the subscription'],
      ['field.license.expires_at', 'Expires on day'],
      ['field.order.billing_account', 'Account for billing'],
      ['field.billing_account.salesforce_account', 'Salesforce account number'],
      ['field.billing_account.sold_to', 'Sold to person'],
      ['selectors.composer', '[data-test-id="workspace-reply-editor"]'],
      ['selectors.organization_field', '[data-test-id="contact-company-input"]'],
    ];
    for (const [key, name] of names) {
      const found = await check.becomes(key, 'wrong');
      assert.ok(found[key]?.offers.includes(name), `${key} offers ${found[key]?.offers}`);
      await check.use(key, name);
    }
    assert.deepEqual(await check.wrong(), []);
    console.log(`mending ${names.length} names took ${check.presses} presses`);
    await check.undo('ticket_form');
    assert.deepEqual(await check.wrong(), ['ticket_form']);
    await check.use('ticket_form', 'Kundenbetrieb');
    await bringAxe(check.page);
    assert.deepEqual(await violations(check.page), []);
    const hand = await WITH_TETHER.license(desk);
    const minutes = ((Date.now() - since) / 60_000).toFixed(1);
    console.log(
      `from the check to Solved: ${minutes} minutes; the ticket: ${JSON.stringify(hand)}`,
    );
  },
);

atDesk(
  'signed out of both sites, Check setup says so and calls nothing good that it could not look at',
  { asks, turn: 'chromium' },
  async (desk) => {
    await signIn(desk);
    desk.zendesk.signOut();
    desk.sites.portal.signOut();
    const check = await SetupCheck.open(desk);
    const findings = await check.run(LICENSE);
    assert.deepEqual(await check.wrong(), ['signed_in.portal', 'signed_in.zendesk']);
    assert.equal(findings['ticket_form']?.state, 'unknown');
    assert.equal(findings['page.license']?.state, 'unknown');
  },
);

atDesk(
  'the error report can be looked at and copied, and holds no address',
  { asks, turn: 'firefox' },
  async (desk) => {
    await signIn(desk);
    const check = await SetupCheck.open(desk);
    await check.run();
    await (await check.page.waitForSelector('[data-command="error_report"]'))?.click();
    const copy = await check.page.waitForSelector('[data-command="error_report_copied"]');
    const report = await copy?.evaluate((one) => one.getAttribute('data-copy-text') ?? '');
    assert.match(
      report ?? '',
      /^### Tether \d+\.\d+\.\d+ in (?:Firefox|Chromium) [\d.]+: error report/,
    );
    assert.match(report ?? '', /answered 200/);
    assert.doesNotMatch(report ?? '', /https?:|gitlab|@/);
    await copy?.click();
    await check.page.waitForFunction(() =>
      document.body.textContent?.includes('The report was copied'),
    );
    assert.equal((await desk.browser.readClipboard()).trim(), report?.trim());
  },
);

atDesk(
  'where users may have several organizations and nobody may import, the first ticket still gets Solved',
  { ...AT_WORK, zendesk: { importsEnabled: false }, turn: 'chromium' },
  async (desk) => {
    Object.assign(desk.zendesk.page, otherPage({ severalOrganizations: true }));
    await signIn(desk);
    const check = await SetupCheck.open(desk, 'welcome');
    await check.run(LICENSE);
    assert.deepEqual(await check.wrong(), ['one_organization', 'selectors.composer']);
    await check.use('selectors.composer', '[data-test-id="workspace-reply-editor"]');
    const { ticket } = PROOFS.id;
    const { agent, panel } = await beside(desk, ticket);
    await panel.press('Trace');
    await panel.says('Entitled');
    await panel.press('Run 4 steps');
    await panel.shows('the way that is left', ({ buttons }) => buttons.includes('Use the API'));
    await panel.press('Use the API');
    await reload(panel);
    await panel.shows(
      'the plan is over',
      ({ sections, busy }) =>
        !busy && (sections['Next step'] ?? '').includes('Submit the reply as Solved'),
    );
    assert.equal(user(desk, USER + ticket - 1000).organization_id, ORGANIZATION + 33);
    await agent.submit(ticket, 'solved');
    assert.equal(ticketOf(desk, ticket).status, 'solved');
    console.log(`presses in Check setup: ${check.presses}; in the panel: 4, and the submit`);
  },
);

atDesk(
  'an answer of Zendesk is saved without its values, and nothing is sent',
  { asks, turn: 'chromium' },
  async (desk) => {
    const { ticket } = CASES.license;
    await signIn(desk);
    const panel = await desk.openPanel();
    await panel.showsTicket(ticket);
    await panel.settled();
    desk.sites.log.clear();
    await panel.page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true;
    });
    await panel.page.select('#answer-kind', 'ticket');
    await panel.press('Save answer without its values');
    const { name, text, preview } = await savedFile(panel, 'answer-without-values');
    assert.equal(name, 'tether-ticket-answer.json');
    assert.equal(text, preview);
    const saved = JSON.parse(text);
    assert.ok(saved.ticket.custom_fields.length > 3, text);
    const { subject, requester_id } = ticketOf(desk, ticket);
    for (const value of [subject, String(requester_id)])
      assert.ok(!text.includes(value), `${value} in\n${text}`);
    const asked = desk.requests.ofTether();
    assert.deepEqual([...new Set(asked.map(({ method }) => method))], ['GET']);
    await bringAxe(panel.page);
    assert.deepEqual(await violations(panel.page), []);
    await panel.press('Discard');
    await panel.shows('it is gone', ({ buttons }) =>
      buttons.includes('Save answer without its values'),
    );
  },
);
