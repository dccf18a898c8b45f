// From proof to verdict: the proof is found, one click walks the chain, a second one writes the note.
import assert from 'node:assert/strict';
import { noteOf, written } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';
import {
  AT_WORK,
  askedOfPortal,
  assertNowhere,
  beside,
  LICENSE_WALK,
  PROOFS,
  SECRET,
} from './steps/trace.js';

/**
 * Two clicks: Trace, and Add internal note.
 * @param {import('./steps/desk.js').Desk} desk
 * @param {import('./steps/cases.js').Chain} chain
 * @param {RegExp} says what the card says of the proof
 * @param {number} [organization]
 */
async function twoClicks(desk, chain, says, organization) {
  const { agent, panel } = await beside(desk, chain.ticket);
  const before = await panel.shows(
    'the proof is found',
    (reading) => !reading.busy && says.test(reading.sections['Next step'] ?? ''),
  );
  assert.deepEqual(askedOfPortal(desk), {}, 'nobody asked the portal before the click');
  assert.ok(before.buttons.includes('Trace'));
  await panel.press('Trace');
  await panel.says('Entitled');
  const lines = noteOf(chain, [], organization);
  assert.equal((await panel.read()).note, lines.join('\n'));
  await panel.press('Add internal note');
  await panel.saysTheNoteStands(chain.ticket);
  assert.deepEqual(await agent.composer(chain.ticket), written(lines));
  return { agent, panel, before };
}

atOneDesk('Trace', AT_WORK, (add) => {
  add(
    'a license ID in a comment: two clicks to the note, and the chain is asked for once',
    async (desk) => {
      await twoClicks(
        desk,
        PROOFS.id,
        /Trace license ID 410266.*The requester sent it in comment 2, /,
      );
      assert.deepEqual(askedOfPortal(desk), LICENSE_WALK);
    },
  );

  add.inTurn(
    'a cloud activation code in a comment: two clicks to the note, and the code stands nowhere',
    async (desk) => {
      /** @type {string[]} */
      const said = [];
      const { agent, panel } = await beside(desk, PROOFS.code.ticket);
      panel.page.on('console', (message) => said.push(message.text()));
      await panel.shows('the proof is found', (reading) =>
        (reading.sections['Next step'] ?? '').includes('Trace cloud activation code'),
      );
      await assertNowhere(desk, panel, SECRET);
      await panel.press('Trace');
      await panel.says('Entitled');
      await assertNowhere(desk, panel, SECRET);
      await panel.press('Add internal note');
      await panel.saysTheNoteStands(PROOFS.code.ticket);
      await assertNowhere(desk, panel, SECRET);
      const lines = noteOf(PROOFS.code, [], 361_000_000_934);
      assert.deepEqual(await agent.composer(PROOFS.code.ticket), written(lines));
      assert.equal(said.join('\n').includes(SECRET), false);
      const { 'GET customers.gitlab.com/admin/license/#': _none, ...rest } = LICENSE_WALK;
      assert.deepEqual(askedOfPortal(desk), {
        'GET customers.gitlab.com/admin/cloud_activation': 1,
        'GET customers.gitlab.com/admin/cloud_activation/#': 1,
        ...rest,
      });
    },
  );

  add.inTurn('a license key in a comment: opened here, two clicks to the note', async (desk) => {
    const { before } = await twoClicks(desk, PROOFS.key, /decoded only: not yet proof/);
    assert.equal(before.facts['Next step']?.['Company'], 'Pasted Keys Oy');
    assert.equal(before.facts['Next step']?.['Portal’s ID'], '410268');
    assert.deepEqual(askedOfPortal(desk), LICENSE_WALK);
  });

  add.inTurn(
    'an attached license file: fetched once and opened here, two clicks to the note',
    async (desk) => {
      await twoClicks(
        desk,
        PROOFS.file,
        /The requester attached it: file acme\.gitlab-license in comment 1, /,
      );
      assert.deepEqual(askedOfPortal(desk), LICENSE_WALK);
    },
  );

  add.inTurn(
    'an attached usage export: found in the file, two clicks to the note',
    async (desk) => {
      await twoClicks(desk, PROOFS.export, /Trace usage export /);
      assert.deepEqual(askedOfPortal(desk), LICENSE_WALK);
    },
  );

  add.inTurn('several proofs: one is proposed, the other can be chosen', async (desk) => {
    const { panel } = await beside(desk, PROOFS.several.ticket);
    const reading = await panel.shows('two proofs', ({ sections }) =>
      (sections['Next step'] ?? '').includes('Choose the proof to trace'),
    );
    assert.equal(reading.verdict, 'Incomplete: 2 proofs found');
    assert.match(reading.sections['Next step'] ?? '', /License ID 410271/);
    const proposed = await panel.field('License ID 410271');
    assert.equal(await proposed.evaluate((radio) => radio.checked), true);
    await panel.choose('Cloud activation code');
    await panel.press('Trace');
    await panel.holds('billing_account/9938');
    assert.ok((await panel.read()).records.includes('cloud_activation/30938'));
  });

  add.inTurn('a forged file is caught by the record of the portal', async (desk) => {
    const { panel } = await beside(desk, PROOFS.forged.ticket);
    await panel.shows('the file is opened', ({ sections }) =>
      (sections['Next step'] ?? '').includes('Forger & Friends'),
    );
    await panel.press('Trace');
    const reading = await panel.says('Not entitled');
    const check = reading.checks['Records belong together'];
    assert.equal(check?.answer, 'failed');
    assert.match(
      check?.why ?? '',
      /company: the file says Forger & Friends[^;]*, the portal says Genuine Holdings Ltd/,
    );
    assert.match(
      check?.why ?? '',
      /license key: the file’s is another than the one that the portal shows/,
    );
    assert.match(reading.note, /- Failed validation: .*the file’s is another/);
  });

  add.inTurn('shared, small and truncated proofs are warned of', async (desk) => {
    for (const [ticket, warning] of /** @type {const} */ ([
      [1040, 'shared by all buyers of an AWS Marketplace image'],
      [1041, 'the instance’s own number'],
      [1043, 'cut off within its license key'],
    ])) {
      const { panel } = await beside(desk, ticket);
      await panel.shows(warning, ({ alerts }) => alerts.some((one) => one.includes(warning)));
    }
  });

  add.inTurn('without a proof it says so', async (desk) => {
    const { panel } = await beside(desk, 1042);
    const reading = await panel.shows('no proof', ({ sections }) =>
      (sections['Next step'] ?? '').includes('hold no license ID, activation code'),
    );
    assert.equal(reading.buttons.includes('Trace'), false);
  });

  add.inTurn('pasted proof counts: the code is taken and shown nowhere', async (desk) => {
    const { panel } = await beside(desk, 1042);
    const code = 'hQ7mZ2vKx9RbT4nLc8WdYp3s';
    await panel.fill('Proof of entitlement', code);
    await panel.press('Use as proof');
    await panel.shows('it is found', ({ sections }) =>
      (sections['Next step'] ?? '').includes(', pasted.'),
    );
    await panel.press('Use a different proof');
    assert.equal(
      await (await panel.field('Proof of entitlement')).evaluate((area) => area.value),
      '',
      'what was sent stays nowhere',
    );
    await assertNowhere(desk, panel, code);
    await panel.press('Trace');
    await panel.holds('billing_account/9002');
  });

  add.inTurn('a dropped file counts', async (desk) => {
    const { panel } = await beside(desk, 1027);
    await panel.page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['our license ID is 410233\n'], 'proof.txt', { type: 'text/plain' }));
      document
        .querySelector('#proof-text')
        ?.dispatchEvent(
          new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }),
        );
    });
    await panel.shows('it is found', ({ sections }) =>
      (sections['Next step'] ?? '').includes('file proof.txt, dropped here'),
    );
    assert.match((await panel.read()).sections['Next step'] ?? '', /Trace license ID 410233/);
  });
});
