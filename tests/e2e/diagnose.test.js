// `Diagnose this page` lists what is found and what is missing, and shows no value of the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bringAxe, violations } from './steps/axe.js';
import { CASES } from './steps/cases.js';
import { atDesk, atOneDesk } from './steps/desk.js';
import { diagnose, map, savedPage, valuesOf } from './steps/diagnosis.js';

/** Trial under another name and label, as after a change of the portal. */
const RENAMED = { trialAs: { name: 'evaluation', label: 'Evaluation' } };

const { portal: words, zendesk } = JSON.parse(
  readFileSync(new URL('../../extension/site-profile.json', import.meta.url), 'utf8'),
);

// The portal's older form differs in what its pages hold, not in what a browser does with them: one browser shows it.
for (const [version, turn] of /** @type {const} */ ([
  ['v3', 'firefox'],
  ['v2', 'chromium'],
])) {
  atDesk(
    `a label that was renamed (${version}) is named with what stands on the page instead, and the copied report holds no value`,
    { portal: { version, ...RENAMED }, turn },
    async (desk) => {
      const { ticket, proof } = CASES.license;
      await desk.openTicket(ticket);
      const panel = await desk.openPanel();
      await panel.showsTicket(ticket);
      const portal = await desk.openPortal(proof);
      const { checks } = await panel.holds(proof);
      assert.equal(checks['Not a trial']?.answer, 'can’t be read');
      const offer = await panel.shows('the offer', ({ sections }) =>
        /Does the page of License 410233 show “Trial”\?/.test(sections['Checks'] ?? ''),
      );
      assert.match(
        offer.sections['Checks'] ?? '',
        /Then find out why it is not read\. ?Diagnose this page/,
      );
      await panel.press('Show all checks');
      await panel.shows('its button', ({ buttons }) => buttons.includes('Diagnose this page'));
      const said = await diagnose(panel);
      assert.match(said, /^Tether reads this page as a license\. 7 fields are found, 1 missing\./);
      await bringAxe(panel.page);
      assert.deepEqual(await violations(panel.page), []);
      const report = await panel.copyReport(desk.browser);
      assert.match(
        report,
        new RegExp(
          `^### Tether \\d+\\.\\d+\\.\\d+ in ${desk.browser.kind === 'firefox' ? 'Firefox' : 'Chromium'} \\d[\\d.]*: a page of the Customers portal`,
        ),
      );
      assert.ok(report.includes('- Address: `/admin/license/<id>` names a license'), report);
      assert.ok(
        report.includes(
          '- ✗ `trial`: not on the page (no class `trial_field`, `is_trial_field`, no label `Trial`, `Is trial`)',
        ),
        report,
      );
      assert.ok(
        report.includes(
          `- \`Evaluation\` with class \`evaluation_field\` (boolean as ${version === 'v3' ? 'icon' : 'text'})`,
        ),
        report,
      );
      assert.ok(
        report.includes(
          '- ✓ `subscription_name`: found by class `zuora_subscription_name_field`, read',
        ),
        report,
      );
      const values = await valuesOf(portal.page);
      assert.ok(values.length > 10, String(values.length));
      for (const value of values) assert.ok(!report.includes(value), `${value} in\n${report}`);
    },
  );
}

atDesk(
  "where the composer's selectors find nothing, the report names them with their count",
  {
    turn: 'chromium',
    profile: {
      zendesk: {
        ...zendesk,
        selectors: {
          ...zendesk.selectors,
          composer: ['[data-test-id="composer-of-old"]', '.ck:no-such('],
        },
      },
    },
  },
  async (desk) => {
    await desk.openTicket(1001);
    const panel = await desk.openPanel();
    await panel.showsTicket(1001);
    const said = await diagnose(panel);
    assert.equal(
      said,
      'Tether sees a ticket. 1 of its lists of selectors does not find what it should.',
    );
    const report = await panel.copyReport(desk.browser);
    assert.ok(
      report.includes(
        '- ✗ `composer`: 0 found by none of 2 selectors, 1 expected; 0 in the whole page; no selector in this browser: 2',
      ),
      report,
    );
    assert.ok(report.includes('- ✗ No active pane, or no composer in it'), report);
    assert.ok(report.includes('- ✓ `active_pane`: 1 found by selector 1 of 2, 1 expected'), report);
    for (const value of ['1001', 'Lindqvist', 'ada'])
      assert.ok(!report.includes(value), `${value} in\n${report}`);
  },
);

atOneDesk('a page is diagnosed', { turn: 'chromium' }, (add) => {
  add(
    'a ticket as it should be: everything is found, also with a second ticket open',
    async (desk) => {
      const agent = await desk.openTicket(1001);
      await agent.openFromList(1002);
      const panel = await desk.openPanel();
      await panel.showsTicket(1002);
      assert.equal(
        await diagnose(panel),
        'Tether sees a ticket. Its selectors find what they should.',
      );
      const report = await panel.copyReport(desk.browser);
      assert.ok(!report.includes('✗'), report);
      assert.match(
        report,
        /- ✓ `composer`: 1 found by selector 1 of 2, 1 expected; [12] in the whole page/,
      );
      assert.ok(report.includes('- ✓ Channel: public reply'), report);
      assert.ok(
        report.includes('- ✓ `subscription_email`: found by its title (`Subscription Email`)'),
        report,
      );
      assert.ok(report.includes('- Address: `/agent/tickets/<id>`'), report);
    },
  );

  add("a user's page: the Organization field is found, and how", async (desk) => {
    await desk.openTicket(1001);
    const panel = await desk.openPanel();
    await panel.showsTicket(1001);
    const page = await desk.browser.newPage('https://gitlab.zendesk.com/agent/users/371000000001');
    await page.waitForSelector('[data-user-id="371000000001"] textarea');
    assert.equal(
      await diagnose(panel),
      'Tether sees a user’s page. Its selectors find what they should.',
    );
    const report = await panel.copyReport(desk.browser);
    assert.match(report, /- ✓ Organization field: one, by its (?:label|selector)/);
    assert.ok(report.includes('- Address: `/agent/users/<id>`'), report);
    assert.ok(!report.includes('371000000001'), report);
  });

  add(
    'without a case, and on a page of another site: the button is there and says which hosts may be looked at',
    async (desk) => {
      await desk.browser.closePanel();
      await desk.browser.newPage('https://customers.gitlab.com/admin/');
      const panel = await desk.openPanel();
      assert.equal(
        await diagnose(panel),
        'Tether does not read this page: it is the admin’s front page.',
      );
      const report = await panel.copyReport(desk.browser);
      assert.ok(report.includes('- ✓ `customers.gitlab.com`: access is granted'), report);
      assert.ok(report.includes('- ✓ `gitlab.zendesk.com`: access is granted'), report);
    },
  );

  add(
    'orders of a list are counted, and Validate License is seen with and without a result',
    async (desk) => {
      await desk.openTicket(1001);
      const panel = await desk.openPanel();
      await panel.showsTicket(1001);
      const portal = await desk.openPortal('order');
      assert.match(
        await diagnose(panel),
        /^Tether reads this page as a list, each row an order: 20 rows\.$/,
      );
      await portal.visit('license/validate_license');
      assert.equal(await diagnose(panel), 'Tether sees Validate License without a result.');
    },
  );

  add('a diagnosis outlives a stop of the background, and is closed when told', async (desk) => {
    await desk.openTicket(1001);
    const panel = await desk.openPanel();
    await panel.showsTicket(1001);
    const said = await diagnose(panel);
    await desk.browser.stopWorker();
    await panel.press('Copy report');
    const { sections } = await panel.shows('it is said to be copied', ({ sections: all }) =>
      (all['Diagnosis'] ?? '').includes('The report was copied'),
    );
    assert.ok(sections['Diagnosis']?.startsWith(said), sections['Diagnosis']);
    await (await panel.control('Close')).click();
    await panel.shows('it is gone', ({ sections: all }) => !('Diagnosis' in all));
  });
});

atDesk(
  'the page is shown without its values, saved as it is shown, and dropped when told',
  {},
  async (desk) => {
    const { ticket, proof } = CASES.license;
    await desk.openTicket(ticket);
    const panel = await desk.openPanel();
    await panel.showsTicket(ticket);
    const portal = await desk.openPortal(proof);
    await diagnose(panel);
    // A value's word may also be in a label that stays.
    const labels = JSON.stringify([words.fields, words.models]).toLowerCase();
    const values = (await valuesOf(portal.page)).filter(
      (value) => !labels.includes(value.toLowerCase()),
    );
    assert.ok(values.length > 10, String(values.length));
    const portalPage = await savedPage(panel);
    assert.equal(portalPage.name, 'tether-portal-page.html');
    assert.equal(portalPage.text, portalPage.preview);
    assert.match(
      portalPage.text,
      /^<!-- Without its values, by Tether: https:\/\/customers\.gitlab\.com\/admin\/license\/\d{6} -->\n<!DOCTYPE html>/,
    );
    assert.match(portalPage.text, /class="[^"]*zuora_subscription_name_field/);
    const lower = portalPage.text.toLowerCase();
    for (const value of values)
      assert.ok(!portalPage.text.includes(value), `${value} in\n${portalPage.text}`);
    for (const mark of ['<script', '<style', 'csrf-token" content'])
      assert.ok(!lower.includes(mark), mark);
    await bringAxe(panel.page);
    assert.deepEqual(await violations(panel.page), []);
    await panel.press('Discard');
    await panel.shows('it is gone', ({ buttons }) =>
      buttons.includes('Save page without its values'),
    );

    // A ticket's page is Zendesk's own program: its selectors are structure, its texts are not.
    await desk.openTicket(ticket);
    await panel.showsTicket(ticket);
    await diagnose(panel);
    const ticketPage = await savedPage(panel);
    assert.equal(ticketPage.name, 'tether-zendesk-page.html');
    assert.match(ticketPage.text, /data-test-id="omnicomposer-rich-text-ckeditor"/);
    for (const value of ['Lindqvist', String(ticket)])
      assert.ok(!ticketPage.text.includes(value), `${value} in\n${ticketPage.text}`);
  },
);

atDesk(
  'without access to the host the diagnosis says so',
  { browsers: ['firefox'], grantHosts: false },
  async (desk) => {
    await desk.openPortal('license/410233');
    const panel = await desk.openPanel();
    await (await panel.control('Diagnose this page')).click();
    const { sections } = await panel.shows(
      'the diagnosis',
      ({ sections: all, busy }) => !busy && 'Diagnosis' in all,
    );
    assert.match(
      sections['Diagnosis'] ?? '',
      /`?customers\.gitlab\.com`?: access is not granted|does not let Tether into this page/,
    );
  },
);

atDesk(
  'a label is mapped on the spot: the check is answered at once, the mapping outlives a stop of the background, and Undo takes it back',
  { portal: RENAMED, turn: 'firefox' },
  async (desk) => {
    const { ticket, proof, order, account } = CASES.license;
    await desk.openTicket(ticket);
    const panel = await desk.openPanel();
    await panel.showsTicket(ticket);
    const portal = await desk.openPortal();
    for (const record of [`order/${order}`, `billing_account/${account}`, proof]) {
      await portal.visit(record);
      await panel.holds(record);
    }
    assert.match((await panel.says('Incomplete')).verdict, /1 check is waiting/);
    await diagnose(panel);
    await map(panel, 'Trial', 'License key');
    await panel.shows('the refusal', ({ alerts }) =>
      alerts.some((one) => one.startsWith('“License key” is a secret')),
    );
    await map(panel, 'Trial', 'Evaluation');
    const mapped = await panel.shows(
      'the mapping',
      ({ text, busy }) => !busy && text.includes('“Trial” is read under “Evaluation” now.'),
    );
    assert.ok(mapped.text.includes('8 fields are found, none is missing.'), mapped.text);
    assert.equal((await panel.says('Entitled')).checks['Not a trial']?.answer, 'passed');
    await desk.browser.stopWorker();
    // Looked at anew, it is read by what was kept.
    await panel.press('Remove license 410233');
    await panel.shows('it is gone', ({ records }) => !records.includes(proof));
    await portal.visit(proof);
    await panel.holds(proof);
    assert.equal((await panel.says('Entitled')).checks['Not a trial']?.answer, 'passed');
    await panel.press('Undo');
    await panel.shows(
      'it is not read any more',
      ({ checks, text }) =>
        checks['Not a trial']?.answer === 'can’t be read' && text.includes('“Trial” is labeled'),
    );
  },
);

atDesk(
  'a ticket field of another title is mapped to one that Zendesk has, and read at once',
  { turn: 'chromium' },
  async (desk) => {
    const field = desk.sites.world.ticketFields.find(({ title }) => title === 'Subscription Email');
    assert.ok(field);
    field.title = 'Subscription contact';
    await desk.openTicket(1001);
    const panel = await desk.openPanel();
    await panel.showsTicket(1001);
    assert.equal((await panel.read()).facts['Requester']?.['Subscription Email'], 'empty');
    assert.match(await diagnose(panel), /1 ticket field is missing\.$/);
    await map(panel, 'Subscription Email', 'Subscription contact');
    await panel.shows(
      'the field is read',
      ({ facts, text }) =>
        facts['Requester']?.['Subscription Email'] === CASES.license.soldTo &&
        text.includes('“Subscription Email” is read under “Subscription contact” now.'),
    );
  },
);
