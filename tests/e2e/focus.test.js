// What an update leaves alone: the focus, what is unfolded, the card in which somebody is typing. And what Enter does in it.
import assert from 'node:assert/strict';
import { CASES } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';
import { focused, heard, listenIn } from './steps/keys.js';

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * Takes the panel's page from its background, with all that makes a panel of it; what is sent is written down.
 * @param {Page} page
 * @param {string} origin the extension's
 */
const takeOver = (page, origin) =>
  page.evaluate(async (at) => {
    const [{ View }, { Guard }, { Busy }, { listen }] = await Promise.all(
      ['shared/view.js', 'panel/guard.js', 'shared/busy.js', 'shared/actions.js'].map(
        (file) => import(`${at}/${file}`),
      ),
    );
    const own = document.querySelector('main');
    if (!own) throw new Error('the panel has no main');
    const main = /** @type {HTMLElement} */ (own.cloneNode());
    own.replaceWith(main);
    const guard = new Guard(main);
    const view = new View(main, (/** @type {() => void} */ change) => guard.during(change));
    const busy = new Busy();
    /** @type {unknown[]} */
    const sent = [];
    listen(
      main,
      busy,
      (/** @type {string} */ name, /** @type {unknown} */ fields) => sent.push([name, fields]),
      (/** @type {HTMLFormElement} */ form) => view.forget(form),
    );
    Reflect.set(globalThis, '__panel', {
      show: (/** @type {string} */ html) => {
        guard.during(() => view.render(html));
        busy.clear();
      },
      sent: () => sent.splice(0),
    });
  }, origin);

/** @typedef {{show: (html: string) => void, sent: () => unknown[]}} Taken */

/** @param {Page} page @param {string} html */
const show = (page, html) =>
  page.evaluate(
    (given) => /** @type {Taken} */ (Reflect.get(globalThis, '__panel')).show(given),
    html,
  );

/** What was sent since. @param {Page} page */
const sent = (page) =>
  page.evaluate(() => /** @type {Taken} */ (Reflect.get(globalThis, '__panel')).sent());

/** @param {Page} page @param {string} selector */
const textOf = (page, selector) =>
  page.evaluate((one) => document.querySelector(one)?.textContent ?? '', selector);

/** @param {Page} page @param {string} selector */
const focus = (page, selector) =>
  page.evaluate((one) => {
    const found = document.querySelector(one);
    if (found instanceof HTMLElement) found.focus();
  }, selector);

/** A panel as the core draws it. @param {string} card @param {string} [records] @param {number} [ticket] */
const panel = (card, records = '', ticket = 41) => `
  <header class="case" data-case-host="gitlab.zendesk.com" data-case-ticket="${ticket}"><h1>Ticket #${ticket}</h1></header>
  ${card}
  <div class="sheet"><section aria-labelledby="records-heading"><h2 id="records-heading">Records</h2><ol>${records}</ol></section></div>
  <footer class="foot"><button type="button" data-command="refresh">Refresh</button></footer>`;

/** @param {string} title @param {string} content */
const card = (title, content) => `
  <section class="next" aria-labelledby="next-heading">
    <div role="status"><h2 id="next-heading">${title}</h2></div>${content}
  </section>`;

/** @param {string[]} steps */
const plan = (...steps) =>
  card(
    'Finish this ticket',
    `<form data-command="run_plan" id="plan"><ol>${steps
      .map(
        (step) =>
          `<li class="step" data-key="${step}"><label><input type="checkbox" name="${step}" value="1" checked>${step}</label>
           <details><summary aria-label="Preview: ${step}">Preview</summary><p>${step} in full</p></details></li>`,
      )
      .join(
        '',
      )}</ol><button class="primary" type="submit">Run ${steps.length} steps</button></form>`,
  );

const DECISION = card(
  'Does Sold-to match the ticket?',
  `<form data-command="decide"><label>Reason <input name="reason"></label><button type="submit">Accept</button></form>`,
);

/** @param {string} kind @param {string} says */
const record = (kind, says) =>
  `<li class="record" data-key="${kind}"><p>${says}</p><details><summary aria-label="Details of ${says}"></summary><p>More</p></details></li>`;

atOneDesk('An update', { browsers: ['chromium'] }, (it) => {
  it('leaves the card alone while one of its fields has the focus, and shows everything else', async (desk) => {
    const page = await desk.browser.openPanel();
    await takeOver(page, desk.browser.extensionOrigin);
    await show(page, panel(DECISION));
    await focus(page, 'input[name=reason]');
    await page.keyboard.type('Same per');
    await show(page, panel(plan('note'), record('license', 'License 410233')));
    assert.equal(await textOf(page, '#next-heading'), 'Does Sold-to match the ticket?');
    assert.match(await textOf(page, '#records-heading + ol'), /License 410233/);
    await page.keyboard.type('son');
    assert.equal(
      await page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).value),
      'Same person',
    );
    // From the field to the button of the same card: the new card comes, and nothing of it is pressed.
    await page.keyboard.press('Tab');
    await page.waitForFunction(
      () => document.getElementById('next-heading')?.textContent === 'Finish this ticket',
    );
    assert.equal((await focused(page)).name, 'Finish this ticket');
    assert.deepEqual(await sent(page), []);
  });

  it('shows the result of a form that Enter sent, though its field still has the focus', async (desk) => {
    const page = await desk.browser.openPanel();
    await takeOver(page, desk.browser.extensionOrigin);
    await show(page, panel(DECISION));
    await focus(page, 'input[name=reason]');
    await page.keyboard.type('Same person');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(page), [['decide', { reason: 'Same person' }]]);
    await show(page, panel(DECISION));
    await show(page, panel(plan('note')));
    assert.equal(await textOf(page, '#next-heading'), 'Finish this ticket');
    assert.equal((await focused(page)).name, 'Finish this ticket', 'the focus goes to the heading');
  });

  it('shows at once what comes of a tick or a choice, though its field still has the focus', async (desk) => {
    const page = await desk.browser.openPanel();
    await takeOver(page, desk.browser.extensionOrigin);
    const choice = (/** @type {string} */ title) =>
      card(
        title,
        `<label><input type="checkbox" data-command="pick" id="pick">Iris</label>
         <select data-command="about" name="about" id="about"><option>A</option><option>B</option></select>`,
      );
    await show(page, panel(choice('Choose whom to remove')));
    await focus(page, '#pick');
    await page.keyboard.press('Space');
    await show(page, panel(choice('Remove 1 contact')));
    assert.equal(await textOf(page, '#next-heading'), 'Remove 1 contact');
    await focus(page, '#about');
    await show(page, panel(choice('Draft a reply')));
    assert.equal(await textOf(page, '#next-heading'), 'Remove 1 contact', 'its list may be open');
    await page.select('#about', 'B');
    await show(page, panel(choice('Draft a reply')));
    assert.equal(await textOf(page, '#next-heading'), 'Draft a reply');
    assert.deepEqual(
      /** @type {unknown[][]} */ (await sent(page)).map(([name]) => name),
      ['pick', 'about'],
    );
  });

  it('brings another ticket at once, and what was typed comes back with its own', async (desk) => {
    const page = await desk.browser.openPanel();
    await takeOver(page, desk.browser.extensionOrigin);
    await show(page, panel(DECISION));
    await focus(page, 'input[name=reason]');
    await page.keyboard.type('Same person');
    await show(page, panel(DECISION, '', 42));
    assert.equal(await textOf(page, 'h1'), 'Ticket #42');
    const value = () =>
      page.evaluate(() => {
        const field = document.querySelector('input[name=reason]');
        return field instanceof HTMLInputElement ? field.value : undefined;
      });
    assert.equal(await value(), '');
    await show(page, panel(DECISION, '', 41));
    assert.equal(await value(), 'Same person');
  });

  it('Enter on a step runs the plan, once however long it is held, and never the one that has just come', async (desk) => {
    const page = await desk.browser.openPanel();
    await takeOver(page, desk.browser.extensionOrigin);
    await show(page, panel(plan('note', 'reply')));
    await focus(page, 'input[name=note]');
    await page.keyboard.down('Enter');
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    assert.deepEqual(await sent(page), [['run_plan', { note: '1', reply: '1' }]]);

    // The card becomes another one with the same step in it: its primary is new.
    const next = card(
      'Finish this ticket',
      `<form data-command="continue_plan" id="plan"><ol><li class="step" data-key="note"><label>
        <input type="checkbox" name="note" value="1" checked>note</label></li></ol>
        <button class="primary" type="submit">Continue</button></form>`,
    );
    await show(page, panel(next));
    await focus(page, 'input[name=note]');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(page), [], 'the second Enter was meant for the first plan');
    await page.waitForFunction(() => !document.querySelector('[data-settling]'));
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(page), [['continue_plan', { note: '1' }]]);
  });

  it('Enter on a radio button presses the primary, and a button may belong to a form around it', async (desk) => {
    const page = await desk.browser.openPanel();
    await takeOver(page, desk.browser.extensionOrigin);
    const choice = card(
      'Choose the organization',
      `<form data-command="choose" id="choose">
         <label><input type="radio" name="id" value="91">A</label><label><input type="radio" name="id" value="92">B</label>
         <label>Search <input name="name" form="search"></label><button type="submit" form="search">Search</button>
         <button class="primary" type="submit">Choose organization</button></form>
       <form data-command="search" id="search"></form>`,
    );
    await show(page, panel(choice));
    await focus(page, '[value="92"]');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(page), [['choose', { id: '92' }]]);
    await focus(page, 'input[name=name]');
    await page.keyboard.type('Lindqvist');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(page), [['search', { name: 'Lindqvist' }]]);
  });

  it('when the panel opens, the focus is on the card, and a change of ticket is said once', async (desk) => {
    await desk.browser.closePanel();
    await desk.openTicket(CASES.license.ticket);
    const opened = await desk.openPanel();
    await opened.showsTicket(CASES.license.ticket);
    const at = () => opened.page.evaluate(() => document.activeElement?.id);
    assert.equal(await at(), 'next-heading');
    await listenIn(opened.page);
    await desk.openTicket(CASES.mismatch.ticket);
    await opened.showsTicket(CASES.mismatch.ticket);
    await opened.page.waitForFunction(
      () => document.getElementById('ticket-change')?.textContent !== '',
    );
    const said = (await heard(opened.page)).filter((one) => one.startsWith('Ticket #'));
    const subject = await textOf(opened.page, 'header.case .subject');
    assert.deepEqual(said, [`Ticket #${CASES.mismatch.ticket}, ${subject}`]);
    assert.equal(await at(), 'next-heading');
  });
});

atOneDesk('A row', {}, (it) => {
  it('stays the same element, and unfolded, when others come before it or its words change', async (desk) => {
    const page = await desk.browser.openPanel();
    await takeOver(page, desk.browser.extensionOrigin);
    await show(page, panel(plan('note'), record('order', 'Order 700101')));
    await page.evaluate(() => {
      for (const [key, says] of [
        ['order', 'Order'],
        ['note', 'note'],
      ]) {
        const row = document.querySelector(`[data-key=${key}]`);
        row?.querySelector('summary')?.click();
        Reflect.set(globalThis, `__${says}`, row);
      }
    });
    await show(
      page,
      panel(
        plan('problem_type', 'note', 'reply'),
        record('license', 'License 410233') + record('order', 'Order 700102'),
      ),
    );
    const same = await page.evaluate(() =>
      ['order', 'note'].map((key) => {
        const row = document.querySelector(`[data-key=${key}]`);
        return [
          row === Reflect.get(globalThis, key === 'order' ? '__Order' : '__note'),
          row?.querySelector('details')?.open,
        ];
      }),
    );
    assert.deepEqual(same, [
      [true, true],
      [true, true],
    ]);
    assert.match(await textOf(page, '[data-key=order]'), /700102/);
    assert.equal(
      await page.evaluate(() => document.querySelectorAll('details[open]').length),
      2,
      'and no other is',
    );
  });
});
