// Copies the bare identifiers that GitLab's own Zendesk app asks for, all together and one by one.
import assert from 'node:assert/strict';
import { CASES } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';

/** What each is called, and what it is. @type {[chain: keyof typeof CASES, ids: [string, string][]][]} */
const EXPECTED = [
  [
    'license',
    [
      ['License ID', '410233'],
      ['Order ID', '700101'],
      ['Billing account ID', '9001'],
      ['Salesforce account', '0014M00001aQxYzQAK'],
      ['Sold-to', 'ada.lindqvist@example.com'],
    ],
  ],
  [
    'activation',
    [
      ['Cloud activation ID', '30011'],
      ['Order ID', '700102'],
      ['Billing account ID', '9002'],
      ['Salesforce account', '0016100001BcDeF'],
      ['Sold-to', 'bruno.dalmeida@example.org'],
    ],
  ],
];

atOneDesk('Copy IDs', {}, (add) => {
  for (const [name, ids] of EXPECTED) {
    add.inTurn(
      `the ids of the ${name} route are copied all together, and each by itself`,
      async (desk) => {
        const { panel } = await desk.fillCase(CASES[name]);
        await panel.says('Entitled');
        const before = desk.sites.log.entries().length;
        await panel.press('Copy IDs');
        await panel.shows('it is said', ({ text }) => text.includes('Copied'));
        assert.equal(
          await desk.browser.readClipboard(),
          ids.map(([label, value]) => `${label}: ${value}`).join('\n'),
        );
        await panel.press('Copy one ID');
        for (const [label, value] of ids) {
          await panel.press(`Copy ${label}`);
          await panel.settled();
          assert.equal(await desk.browser.readClipboard(), value, label);
        }
        assert.equal(desk.sites.log.entries().length, before, 'copying asks nobody');
      },
    );
  }
});
