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
    await until(`the composer of ticket ${ticket} is there`, () => this.data(ticket).then((data) => data !== null));
  }

  /** The HTML that the editor itself holds; null without an editor. @param {number} ticket @returns {Promise<string | null>} */
  data(ticket) {
    return this.page.evaluate((id) => /** @type {Inside | undefined} */ (Reflect.get(globalThis, '__agent'))?.editorData(id) ?? null, ticket);
  }

  /** Public reply or internal note. @param {number} ticket */
  channel(ticket) {
    return this.page.evaluate((id) => /** @type {Inside} */ (Reflect.get(globalThis, '__agent')).channel(id), ticket);
  }

  /** What Ctrl+Z does. @param {number} ticket */
  async undo(ticket) {
    await this.page.evaluate((id) => /** @type {Inside} */ (Reflect.get(globalThis, '__agent')).undo(id), ticket);
  }

  /**
   * Lines and links of what the editor holds.
   * @param {number} ticket
   * @returns {Promise<{lines: string[], links: string[]}>}
   */
  async composer(ticket) {
    const data = await this.data(ticket) ?? '';
    return this.page.evaluate((html) => {
      const { body } = new DOMParser().parseFromString(html, 'text/html');
      const lines = [...body.querySelectorAll('p, li')].filter((one) => !one.querySelector('p, li'));
      return {
        lines: lines.map((one) => `${one.closest('ul') ? '- ' : ''}${(one.textContent ?? '').replaceAll('\u00a0', ' ')}`),
        links: [...body.querySelectorAll('a')].map((one) => one.getAttribute('href') ?? ''),
      };
    }, data);
  }

  /** Types into the ticket's composer. @param {number} ticket @param {string} text */
  async type(ticket, text) {
    await this.page.bringToFront();
    await this.page.click(`[data-ticket-id="${ticket}"] .ck-editor__editable`);
    await this.page.keyboard.type(text);
    await until('the typed text is in the editor', async () => (await this.data(ticket))?.includes(text));
  }

  /** Pastes with the keyboard into the ticket's composer. @param {number} ticket */
  async paste(ticket) {
    await this.page.bringToFront();
    await this.page.click(`[data-ticket-id="${ticket}"] .ck-editor__editable`);
    await this.page.keyboard.down('Control');
    // Chromium takes the editing command from the protocol's event and not from the keys.
    await this.page.keyboard.press('v', { commands: ['Paste'] });
    await this.page.keyboard.up('Control');
    await until('what was pasted is in the editor', async () => await this.data(ticket) !== '');
  }

  /** Chooses one of the agent page's own tabs. @param {number} ticket */
  async chooseTab(ticket) {
    await this.page.bringToFront();
    await this.page.click(`[role=tab][data-entity-id="${ticket}"]`);
    await this.page.waitForFunction((id) => location.pathname === `/agent/tickets/${id}`, { polling: 50 }, ticket);
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
}
