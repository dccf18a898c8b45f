// The panel with keyboard and screen reader: the main job without a mouse, a focus that survives updates, and few announcements.
import assert from 'node:assert/strict';
import { atOneDesk } from './steps/desk.js';
import { focused, heard, listenIn, tabTo } from './steps/keys.js';
import { panelStates, takeOver } from './steps/states.js';
import { AT_WORK, beside, PROOFS } from './steps/trace.js';

/** Unfolds what a step of the plan holds. @param {import('puppeteer-core').Page} page @param {RegExp} name */
async function unfold(page, name) {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** One state after the other, as they follow in a case. */
const FOLLOWS = [
  ['loading', 'evidence found'],
  ['evidence found', 'trace running'],
  ['trace running', 'entitled'],
  ['trace running', 'trace failed'],
  ['incomplete', 'entitled'],
  ['entitled', 'conflict'],
  ['conflict', 'entitled'],
  ['entitled', 'note written'],
  ['note written', 'note again'],
  ['entitled', 'note not written'],
  ['note written', 'association running'],
  ['association running', 'association done'],
  ['association done', 'association undone'],
  ['to decide', 'decided'],
  ['decided', 'to decide'],
  ['contacts to add', 'contacts being added'],
  ['contacts being added', 'contacts added'],
  ['contact with open tickets', 'contact removed all the same'],
  ['GitLab.com', 'GitLab.com by hand'],
  ['evidence found', 'rate limited'],
  ['hand-over', 'handed over'],
];

// Firefox's panel has a window of its own in tests, which stays behind the ticket's: there Enter presses nothing (seen in 153).
atOneDesk('The keyboard', { ...AT_WORK, browsers: ['chromium'] }, (it) => {
  it('does the main job alone, each stop is seen, and a screen reader says little', async (desk) => {
    const { panel } = await beside(desk, PROOFS.id.ticket);
    await panel.shows(
      'the proof is found',
      (reading) => !reading.busy && reading.buttons.includes('Trace'),
    );
    const { page } = panel;
    await listenIn(page);
    await tabTo(page, 'Trace');
    await page.keyboard.press('Enter');
    await panel.says('Entitled');
    await panel.settled();
    const said = await heard(page);
    assert.ok(
      said.length <= 5 &&
        said.at(-2)?.startsWith('Entitled') &&
        said.at(-1) === 'Next step: Finish this ticket',
      `a walk of four pages is a few sentences: ${JSON.stringify(said)}`,
    );
    assert.equal((await focused(page)).lost, false, 'the focus is still in the panel');

    await unfold(page, /^Preview: Add internal note$/);
    await tabTo(page, 'Add internal note');
    await page.keyboard.press('Space');
    await panel.saysTheNoteStands(PROOFS.id.ticket);
    // The step is done and goes, and its button with it.
    assert.equal((await focused(page)).name, 'Next step: Finish this ticket');
    assert.ok((await heard(page)).length <= 2);

    await unfold(page, /^Details: Associate /);
    await tabTo(page, 'Associate');
    await page.keyboard.press('Enter');
    await panel.shows(
      'the association is done',
      ({ sections, busy }) => !busy && /: done/.test(sections['Changes'] ?? ''),
    );
    const after = await focused(page);
    assert.equal(after.lost, false, JSON.stringify(after));
    await unfold(page, /^Preview: Draft reply /);
    await tabTo(page, 'Draft reply');
    await page.keyboard.press('Enter');
    // The note is in the composer and was not submitted, so nothing is drafted over it.
    await panel.shows(
      'why not',
      ({ alerts, busy }) => !busy && alerts.some((one) => one.includes('Submit the note first')),
    );
    assert.equal((await focused(page)).name, 'Draft reply');
  });

  it('runs the plan alone, and a screen reader hears the steps that need the engineer', async (desk) => {
    const { agent, panel } = await beside(desk, PROOFS.code.ticket);
    const { page } = panel;
    await tabTo(page, 'Trace');
    await page.keyboard.press('Enter');
    await panel.says('Entitled');
    await panel.settled();
    await listenIn(page);
    await tabTo(page, 'Run 4 steps');
    await page.keyboard.press('Enter');
    await panel.shows('the page is outdated', ({ buttons }) => buttons.includes('Reload ticket'));
    await panel.settled();
    await tabTo(page, 'Reload ticket');
    await page.keyboard.press('Enter');
    await panel.shows(
      'the plan is over',
      ({ sections, busy }) =>
        !busy && (sections['Next step'] ?? '').includes('Submit the reply as Solved'),
    );
    assert.equal((await focused(page)).lost, false, 'the focus is still in the panel');
    const said = await heard(page);
    assert.ok(
      said.length <= 7 &&
        said.includes('Step 4 of 4: Reload the ticket') &&
        said.includes('Last step: Submit the reply as Solved'),
      `four steps are a few sentences: ${JSON.stringify(said)}`,
    );
    assert.equal(await agent.channel(PROOFS.code.ticket), 'public');
  });

  it('Escape folds what is unfolded and keeps what was typed; a mistake in a form takes the cursor to its field', async (desk) => {
    await desk.openTicket(1001);
    const panel = await desk.openPanel();
    await panel.showsTicket(1001);
    const { page } = panel;
    await tabTo(page, 'Use a different proof');
    await page.keyboard.press('Enter');
    await tabTo(page, 'License ID');
    await page.keyboard.type('twelve');
    await page.keyboard.press('Escape');
    assert.deepEqual(
      [(await focused(page)).name, (await focused(page)).tag],
      ['Use a different proof', 'summary'],
    );
    await page.keyboard.press('Enter');
    await tabTo(page, 'License ID');
    await page.keyboard.press('Enter');
    await panel.shows('what is wrong', ({ alerts }) =>
      alerts.some((one) => one.startsWith('This is not a license ID')),
    );
    const { name, described } = await page.evaluate(() => ({
      name: document.activeElement?.getAttribute('name'),
      described:
        document.getElementById(document.activeElement?.getAttribute('aria-describedby') ?? '')
          ?.textContent ?? '',
    }));
    assert.equal(name, 'license_id');
    assert.match(described, /^This is not a license ID/);
  });
});

/**
 * What loses the focus when one state follows another: whatever can have it stays where it is, or the focus goes to the card's heading, or
 * to the panel if there is no card.
 * @param {import('puppeteer-core').Page} panel
 * @param {string} first
 * @param {string} second
 */
const lostBetween = (panel, first, second) =>
  panel.evaluate(
    (before, after) => {
      const view = /** @type {{render: (html: string) => void}} */ (
        Reflect.get(globalThis, '__view')
      );
      const reachable = () =>
        [
          ...document.querySelectorAll(
            'main :is(a[href], button, input, select, textarea, summary)',
          ),
        ].filter(
          (one) => one instanceof HTMLElement && one.checkVisibility() && !one.matches(':disabled'),
        );
      const found = [];
      view.render(before);
      const count = reachable().length;
      for (let n = 0; n < count; n += 1) {
        view.render(before);
        const one = /** @type {HTMLElement | undefined} */ (reachable()[n]);
        if (!one) continue;
        one.focus();
        view.render(after);
        const now = document.activeElement;
        const same = one.id !== '' && document.getElementById(one.id);
        const heading = document.getElementById('next-heading');
        const stays = now === one || now === (same || heading || document.getElementById('view'));
        if (!stays) found.push(`${one.outerHTML.slice(0, 100)} → ${now?.outerHTML.slice(0, 60)}`);
      }
      return found;
    },
    first,
    second,
  );

atOneDesk('The focus', {}, (it) => {
  it('no update takes the focus away, whatever has it', async (desk) => {
    const states = Object.fromEntries((await panelStates()).map(({ name, html }) => [name, html]));
    const panel = await desk.browser.openPanel();
    await takeOver(panel, desk.browser.extensionOrigin);
    /** @type {string[]} */
    const lost = [];
    for (const [first = '', second = ''] of FOLLOWS) {
      assert.ok(first in states && second in states, `there are states ${first} and ${second}`);
      lost.push(
        ...(await lostBetween(panel, states[first] ?? '', states[second] ?? '')).map(
          (what) => `${first}, ${second}: ${what}`,
        ),
      );
    }
    assert.deepEqual(lost, []);
  });
});
