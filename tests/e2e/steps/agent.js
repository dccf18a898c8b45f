// Zendesk's agent page, as a person sees it and as its editor holds it.
import { until } from '../../harness/wait.js';

/**
 * What the stand-in's page tells to tests.
 * @typedef {{editorData: (ticket: number) => string | null, undo: (ticket: number) => void, channel: (ticket: number) => string | null}} Inside
 */

export class AgentPage {
  /** @param {import('puppeteer-core').Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {number} ticket */
  async ready(ticket) {
    await until(`the composer of ticket ${ticket} is there`, () =>
      this.data(ticket).then((data) => data !== null),
    );
  }

  /** The HTML that the editor itself holds; null without an editor. @param {number} ticket @returns {Promise<string | null>} */
  data(ticket) {
    return this.page.evaluate(
      (id) =>
        /** @type {Inside | undefined} */ (Reflect.get(globalThis, '__agent'))?.editorData(id) ??
        null,
      ticket,
    );
  }

  /** Public reply or internal note. @param {number} ticket */
  channel(ticket) {
    return this.page.evaluate(
      (id) => /** @type {Inside} */ (Reflect.get(globalThis, '__agent')).channel(id),
      ticket,
    );
  }

  /** What Ctrl+Z does. @param {number} ticket */
  async undo(ticket) {
    await this.page.evaluate(
      (id) => /** @type {Inside} */ (Reflect.get(globalThis, '__agent')).undo(id),
      ticket,
    );
  }

  /**
   * Lines and links of what the editor holds.
   * @param {number} ticket
   * @returns {Promise<{lines: string[], links: string[]}>}
   */
  async composer(ticket) {
    const data = (await this.data(ticket)) ?? '';
    return this.page.evaluate((html) => {
      const { body } = new DOMParser().parseFromString(html, 'text/html');
      const lines = [...body.querySelectorAll('p, li')].filter(
        (one) => !one.querySelector('p, li'),
      );
      return {
        lines: lines.map(
          (one) =>
            `${one.closest('ul') ? '- ' : ''}${(one.textContent ?? '').replaceAll('\u00a0', ' ')}`,
        ),
        links: [...body.querySelectorAll('a')].map((one) => one.getAttribute('href') ?? ''),
      };
    }, data);
  }

  /** Types into the ticket's composer. @param {number} ticket @param {string} text */
  async type(ticket, text) {
    await this.page.bringToFront();
    await this.page.click(`[data-ticket-id="${ticket}"] .ck-editor__editable`);
    await this.page.keyboard.type(text);
    await until('the typed text is in the editor', async () =>
      (await this.data(ticket))?.includes(text),
    );
  }

  /** Pastes with the keyboard into the ticket's composer. @param {number} ticket */
  async paste(ticket) {
    await this.page.bringToFront();
    await this.page.click(`[data-ticket-id="${ticket}"] .ck-editor__editable`);
    await this.page.keyboard.down('Control');
    // Chromium takes the editing command from the protocol's event and not from the keys.
    await this.page.keyboard.press('v', { commands: ['Paste'] });
    await this.page.keyboard.up('Control');
    await until('what was pasted is in the editor', async () => (await this.data(ticket)) !== '');
  }

  /** Chooses one of the agent page's own tabs. @param {number} ticket */
  async chooseTab(ticket) {
    await this.page.bringToFront();
    await this.page.click(`[role=tab][data-entity-id="${ticket}"]`);
    await this.page.waitForFunction(
      (id) => location.pathname === `/agent/tickets/${id}`,
      { polling: 50 },
      ticket,
    );
  }

  /** Opens another ticket from the list of tickets, in the same tab. @param {number} ticket */
  async openFromList(ticket) {
    await this.page.bringToFront();
    await this.page.click('nav.rail a[aria-label="Views"]');
    const link = `main a[href="/agent/tickets/${ticket}"]`;
    await this.page.waitForSelector(link, { visible: true });
    await this.page.click(link);
    await this.ready(ticket);
  }

  /**
   * Submits the ticket with the button itself, or with an entry of its menu. Where the page says that the ticket was changed meanwhile, it
   * is refreshed and submitted again, as a person would.
   * @param {number} ticket
   * @param {'open' | 'pending' | 'solved'} [status]
   */
  async submit(ticket, status) {
    const pane = `[data-ticket-id="${ticket}"]`;
    await this.page.bringToFront();
    await this.#press(pane, status);
    const said = await this.#notice(pane);
    if (!said.includes('Refresh')) return;
    await this.page.click(`${pane} footer [role=status] button`);
    await this.page.waitForFunction(
      (where) => !document.querySelector(`${where} footer [role=status]`),
      { polling: 50 },
      pane,
    );
    await this.#press(pane, status);
    const then = await this.#notice(pane);
    if (!then.includes('has been updated'))
      throw new Error(
        `ticket ${ticket} was refreshed and submitted again, and the page says: ${then}`,
      );
  }

  /** @param {string} pane @param {string | undefined} status */
  async #press(pane, status) {
    // What was said before is told from what is said next: the page takes it away and makes another.
    await this.page.evaluate(
      (where) =>
        document.querySelector(`${where} footer [role=status]`)?.setAttribute('data-old', ''),
      pane,
    );
    if (status === undefined) {
      await this.page.click(`${pane} [data-test-id="submit_button-button"]`);
      return;
    }
    await this.page.click(`${pane} [data-test-id="submit_button-menu-button"]`);
    const entry = `[data-test-id="submit_button-menu-${status}"]`;
    // The menu comes with an animation, and what is pressed while it moves is missed.
    await this.page.waitForFunction(
      (wanted) => {
        const one = document.querySelector(wanted);
        if (!one) return false;
        const { x, y, width, height } = one.getBoundingClientRect();
        const at = `${x} ${y}`;
        const rests =
          one.getAttribute('data-at') === at &&
          one.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        one.setAttribute('data-at', at);
        return rests;
      },
      { polling: 100 },
      entry,
    );
    await this.page.click(entry);
  }

  /** What the page says after a submission. @param {string} pane */
  async #notice(pane) {
    const said = await this.page.waitForFunction(
      (where) => {
        const text =
          document.querySelector(`${where} footer [role=status]:not([data-old])`)?.textContent ??
          '';
        return /has been updated|Refresh|Not saved/.test(text) ? text : null;
      },
      { polling: 50, timeout: 15_000 },
      pane,
    );
    return String(await said.jsonValue());
  }
}
