// What an extension does to a page that nothing else changes: elements, changes of any kind, messages.
import { readFileSync } from 'node:fs';
import { DIST } from '../../tools/project.js';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {{elements: number, changes: number, globals: string[]}} Traces  what the page itself can see
 */

/** Pages without any script of their own, on the hosts of both sites. @type {Record<string, import('../../standins/proxy.js').Handle>} */
export const STILL_SITES = Object.fromEntries(
  ['customers.gitlab.com', 'gitlab.zendesk.com'].map((host) => [
    host,
    (request, response) => {
      const record = /^\/admin\/license\/(\d+)$/.exec(request.url ?? '')?.[1];
      const body =
        record === undefined
          ? '<header data-model="license"><h1>A page</h1></header>'
          : `<header data-model="license"><h1>License</h1></header><ul class="nav nav-tabs"><li class="show_member_link">
      <a class="active" href="/admin/license/${record}">Show</a></li></ul><div class="fieldset">Name</div>`;
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(
        `<!doctype html><html lang="en"><head><title>Still</title><link rel="icon" href="data:,"></head><body><main>${body}</main></body></html>`,
      );
    },
  ]),
);

/** From now on every page that is opened here tells what was done to it after its own parser was through. @param {Page} page */
export const watchTraces = (page) =>
  page.evaluateOnNewDocument(() => {
    const seen = { elements: 0, changes: 0 };
    const own = new Set(Object.getOwnPropertyNames(globalThis));
    Reflect.set(globalThis, '__traces', () => ({
      elements: document.getElementsByTagName('*').length - seen.elements,
      changes: seen.changes,
      globals: Object.getOwnPropertyNames(globalThis).filter(
        (name) => !own.has(name) && name !== '__traces',
      ),
    }));
    addEventListener(
      'DOMContentLoaded',
      () => {
        seen.elements = document.getElementsByTagName('*').length;
        new MutationObserver((records) => {
          seen.changes += records.length;
        }).observe(document, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        });
      },
      { once: true },
    );
  });

/** What was left in the page in front since it was parsed. @param {Page} page @returns {Promise<Traces>} */
export const tracesIn = (page) =>
  page.evaluate(() => /** @type {() => Traces} */ (Reflect.get(globalThis, '__traces'))());

/** A page of the extension counts the messages of page scripts from now on. @param {Page} own */
export const countMessages = (own) =>
  own.evaluate(() => {
    /** @type {string[]} */
    const heard = [];
    Reflect.set(globalThis, '__heard', heard);
    /** @type {typeof chrome} */ (
      Reflect.get(globalThis, 'browser') ?? chrome
    ).runtime.onMessage.addListener((message, sender) => {
      if (sender.tab && sender.url?.startsWith('https:')) heard.push(String(message?.kind));
    });
  });

/** Takes what was reported so far. @param {Page} own @returns {Promise<string[]>} */
export const takeMessages = (own) =>
  own.evaluate(() => /** @type {string[]} */ (Reflect.get(globalThis, '__heard')).splice(0));

/**
 * What the manifest puts into pages of a host before anybody clicks: each script with its bytes.
 * @param {import('../../tools/project.js').Browser} browser
 * @param {string} host
 * @returns {{file: string, bytes: number}[]}
 */
export function putBeforeAClick(browser, host) {
  const manifest = JSON.parse(readFileSync(`${DIST}/${browser}/manifest.json`, 'utf8'));
  /** @type {{matches: string[], js?: string[], css?: string[]}[]} */
  const scripts = manifest.content_scripts ?? [];
  return scripts
    .filter(({ matches }) => matches.some((pattern) => pattern.split('/')[2] === host))
    .flatMap(({ js = [], css = [] }) => [...js, ...css])
    .map((file) => ({ file, bytes: readFileSync(`${DIST}/${browser}/${file}`).length }));
}
