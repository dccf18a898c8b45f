// @ts-expect-error: it is put beside this file when the extension is built.
import { SCRIPTS } from './page-scripts.js';

// Replaces the background: injects a script into Zendesk's page, gives it its job, and records what the pages report.

/** @type {typeof chrome} */
const api = Reflect.get(globalThis, 'browser') ?? chrome;

/** @type {{kind: string, tab: number | undefined, [key: string]: any}[]} */
const heard = [];
/** @type {Set<() => void>} */
const waiting = new Set();

api.runtime.onMessage.addListener((message, sender, sendResponse) => {
  if (control.deaf > 0) {
    control.deaf -= 1;
    return;
  }
  sendResponse(true);
  heard.push({ ...message, tab: sender.tab?.id });
  for (const look of waiting) look();
});

const control = {
  heard,

  /** How many of the next messages are ignored, as by a background that was stopped before it listened. */
  deaf: 0,

  /** @param {string} part of the address */
  async tab(part) {
    const found = (await api.tabs.query({})).filter((tab) => tab.url?.includes(part));
    if (found.length !== 1 || found[0]?.id === undefined)
      throw new Error(`${found.length} tabs with ${part}`);
    return found[0].id;
  },

  /** Brings a tab to the front of its window. @param {string} part of the address */
  async show(part) {
    await api.tabs.update(await control.tab(part), { active: true });
  },

  /** Opens an empty window, which takes the keyboard as the side panel does, and returns its id. */
  async otherWindow() {
    return (await api.windows.create({ url: 'control.html?other', focused: true }))?.id;
  },

  /** @param {number} id */
  async closeWindow(id) {
    await api.windows.remove(id);
  },

  /**
   * @param {{effect: number, kind: string}} job
   * @param {string} part of the address of the tab to write in
   */
  async order(job, part = 'gitlab.zendesk.com') {
    const tabId = await control.tab(part);
    await api.scripting.executeScript({ target: { tabId }, files: SCRIPTS[job.kind] ?? [] });
    return api.tabs.sendMessage(tabId, job, { frameId: 0 });
  },

  /** Waits for a page's report about a job. @param {number} effect */
  outcome(effect) {
    return new Promise((resolve) => {
      const look = () => {
        const found = heard.find(
          (message) => message.kind === 'page_result' && message.effect === effect,
        );
        if (!found) return;
        waiting.delete(look);
        resolve(found.outcome);
      };
      waiting.add(look);
      look();
    });
  },

  /** Waits until `count` portal pages have reported, and returns their addresses. @param {number} count */
  pages(count) {
    return new Promise((resolve) => {
      const look = () => {
        const found = heard.filter((message) => message.kind === 'portal_page');
        if (found.length < count) return;
        waiting.delete(look);
        resolve(found.map((message) => message.url));
      };
      waiting.add(look);
      look();
    });
  },

  /** Runs in every portal tab, so everything that its script sent before has arrived afterwards. */
  async settle() {
    for (const tab of await api.tabs.query({ url: 'https://customers.gitlab.com/admin*' })) {
      if (tab.id === undefined) continue;
      await api.scripting.executeScript({
        target: { tabId: tab.id },
        func: async () => {
          await new Promise((done) => setTimeout(done));
          await (Reflect.get(globalThis, 'browser') ?? chrome).runtime.sendMessage({
            kind: 'settled',
          });
        },
      });
    }
  },
};

Reflect.set(globalThis, 'control', control);
