// The panel, read and used by role and name.
import { until } from '../../harness/wait.js';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {{name: string, answer: string, why: string}} Check
 *
 * What the panel says.
 * @typedef {object} Reading
 * @property {string} title  which case
 * @property {string} verdict
 * @property {string} text  all of it
 * @property {Record<string, string>} sections  by heading, the text below it
 * @property {Record<string, Record<string, string>>} facts  by the section's heading, or by the record's kind: term to value
 * @property {string[]} records  held, each as the path of its page below the portal's admin
 * @property {Record<string, Check>} checks
 * @property {string[]} alerts  and warnings
 * @property {string[]} buttons  names of what can be pressed, links included
 * @property {string} note  as it will be written
 * @property {boolean} busy
 */

const CHECKS = [
  'Not a trial',
  'Not expired',
  'Sold-to matches',
  'Records belong together',
  'Proof from the requester',
  'License of one customer',
  'Company email',
  'Owner of a paid namespace',
  'Contact limit',
  'Organization notes',
];

export class Panel {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @returns {Promise<Reading>} */
  async read() {
    // As one text: over BiDi every value of an object is wrapped by itself, in scripts that Firefox has not compiled yet.
    return JSON.parse(
      await this.page.evaluate((names) => {
        const text = (/** @type {Element | null | undefined} */ one) =>
          (one?.textContent ?? '').replace(/\s+/g, ' ').trim();
        const shown = [...document.querySelectorAll('section')];
        const headed = shown.map(
          (one) =>
            /** @type {const} */ ([
              one.getAttribute('aria-label') ??
                text(document.getElementById(one.getAttribute('aria-labelledby') ?? '')),
              one,
            ]),
        );
        const section = Object.fromEntries(headed);
        /** @param {Element} list */
        const pairs = (list) =>
          Object.fromEntries(
            [...list.querySelectorAll('dt')].map((term) => [
              text(term),
              text(term.nextElementSibling),
            ]),
          );
        /** @type {Record<string, Record<string, string>>} */
        const facts = {};
        for (const [heading, one] of headed) {
          for (const list of one.querySelectorAll('dl'))
            facts[text(list.closest('li')?.querySelector('strong')) || heading] = pairs(list);
        }
        /** @type {Record<string, {name: string, answer: string, why: string}>} */
        const checks = {};
        for (const item of section['Checks']?.querySelectorAll('li') ?? []) {
          const name = names.find((each) => text(item).startsWith(each));
          const answer = text(item.querySelector('em'));
          if (name) checks[name] = { name, answer, why: text(item.querySelector('.why')) };
        }
        return JSON.stringify({
          title: text(document.querySelector('h1')),
          verdict:
            [...document.querySelectorAll('[role=status]')]
              .map(text)
              .find((each) => /^(?:Entitled|Not entitled|Incomplete)/.test(each)) ?? '',
          text: text(document.body),
          sections: Object.fromEntries(
            headed.map(([heading, one]) => {
              const all = text(one);
              return [heading, all.startsWith(heading) ? all.slice(heading.length).trim() : all];
            }),
          ),
          facts,
          records: [...(section['Records']?.querySelectorAll('li strong + a') ?? [])]
            .map((link) => link.getAttribute('href')?.split('/admin/')[1] ?? '')
            .filter((path) => path !== ''),
          checks,
          alerts: [...document.querySelectorAll('[role=alert], .error')]
            .filter((one) => one.checkVisibility())
            .map(text),
          buttons: [...document.querySelectorAll('button, a[href]')]
            .filter((one) => one.checkVisibility())
            .map((one) => one.getAttribute('aria-label') ?? text(one)),
          note: document.querySelector('pre[aria-label="Internal note"]')?.textContent ?? '',
          busy: document.querySelector('[aria-busy=true]') !== null,
        });
      }, CHECKS),
    );
  }

  /**
   * Waits until the panel says what is wanted, and answers with what it says then.
   * @param {string} what for the message when it never does
   * @param {(reading: Reading) => boolean} wanted
   */
  async shows(what, wanted) {
    /** @type {Reading | undefined} */
    let last;
    try {
      return await until(
        what,
        async () => {
          last = await this.read();
          return wanted(last) ? last : undefined;
        },
        30_000,
      );
    } catch (error) {
      throw new Error(
        `${error instanceof Error ? error.message : error}; the panel says:\n${JSON.stringify(last, null, 1)}`,
        { cause: error },
      );
    }
  }

  /** Waits until nothing runs any more. */
  settled() {
    return this.shows('the panel is at rest', (reading) => reading.title !== '' && !reading.busy);
  }

  /** Waits for the case of a ticket, read. @param {number} ticket */
  showsTicket(ticket) {
    return this.shows(
      `the panel shows ticket ${ticket}`,
      (reading) =>
        reading.title === `Ticket #${ticket}` && 'Requester' in reading.facts && !reading.busy,
    );
  }

  /** @param {string} record its path below the portal's admin, such as `license/410233` */
  holds(record) {
    return this.shows(
      `the panel holds ${record}`,
      (reading) => !reading.busy && reading.records.includes(record),
    );
  }

  /** @param {number} ticket */
  saysTheNoteStands(ticket) {
    return this.shows(
      'the note is said to be in the composer',
      ({ text, busy }) =>
        !busy && text.includes(`Internal note added to the composer of #${ticket}`),
    );
  }

  /** @param {string} verdict its beginning */
  says(verdict) {
    return this.shows(
      `the verdict is ${verdict}`,
      (reading) => !reading.busy && reading.verdict.startsWith(verdict),
    );
  }

  /**
   * The button or link of that accessible name.
   * @param {string | RegExp} name
   * @returns {Promise<import('puppeteer-core').ElementHandle<HTMLElement>>}
   */
  async control(name) {
    const pattern =
      typeof name === 'string' ? `^${name.replace(/[^\w\s]/g, '\\$&')}$` : name.source;
    const found = await this.page.waitForFunction(
      (wanted) => {
        const all = ['button, a[href]', 'summary'].flatMap((kind) => [
          ...document.querySelectorAll(kind),
        ]);
        const named = all.filter(
          (one) =>
            !one.matches(':disabled, [aria-disabled=true], [data-settling]') &&
            new RegExp(wanted).test(
              (one.getAttribute('aria-label') ?? one.textContent ?? '').replace(/\s+/g, ' ').trim(),
            ),
        );
        // What does it, rather than a list that is called so.
        const does = named.filter((one) => one.localName !== 'summary');
        const visible = (does.length > 0 ? does : named).find((one) => one.checkVisibility());
        if (visible) return visible;
        // As an engineer does: unfold what holds it, from the outside in.
        const first = named[0]?.localName === 'summary' ? named[0].parentElement : named[0];
        first?.parentElement?.closest('details:not([open])')?.querySelector('summary')?.click();
        return undefined;
      },
      { polling: 50 },
      pattern,
    );
    const element = found.asElement();
    if (!element) throw new Error(`the panel has no ${name}`);
    return /** @type {import('puppeteer-core').ElementHandle<HTMLElement>} */ (element);
  }

  /** Clicks the button or link of that name, with nothing moving under the mouse. @param {string | RegExp} name @param {{count?: number}} [options] */
  async press(name, options = {}) {
    await this.settled();
    await (await this.control(name)).click(options);
  }

  /** The field with that label. @param {string} label @returns {Promise<import('puppeteer-core').ElementHandle<HTMLInputElement>>} */
  async field(label) {
    const found = await this.page.waitForFunction(
      (wanted) => {
        const named = [...document.querySelectorAll('label')].filter((one) =>
          one.textContent?.replace(/\s+/g, ' ').trim().startsWith(wanted),
        );
        const visible = named.find((one) => one.checkVisibility());
        if (visible) return visible.control;
        named[0]?.closest('details:not([open])')?.querySelector('summary')?.click();
        return undefined;
      },
      { polling: 50 },
      label,
    );
    const element = found.asElement();
    if (!element) throw new Error(`the panel has no field ${label}`);
    return /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (element);
  }

  /** Types into the field with that label. @param {string} label @param {string} text */
  async fill(label, text) {
    await this.settled();
    await (await this.field(label)).type(text);
  }

  /** Replaces the value of the field with that label by typing. @param {string} label @param {string} text */
  async replace(label, text) {
    await this.settled();
    const field = await this.field(label);
    await field.click();
    // A triple click takes only one line of a text area.
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press('a');
    await this.page.keyboard.up('Control');
    await field.press('Backspace');
    await field.type(text);
  }

  /** Presses `Copy report`, and answers with what the clipboard holds then. @param {import('../../harness/browser.js').Browser} browser */
  async copyReport(browser) {
    await (await this.control('Copy report')).click();
    await this.shows('the report is copied', ({ text }) => text.includes('The report was copied'));
    return browser.readClipboard();
  }

  /** Chooses the radio button, or ticks the box, with that label. @param {string} label */
  async choose(label) {
    await this.settled();
    await (await this.field(label)).click();
  }
}
