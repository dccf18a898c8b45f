// The connection of the panel and the other pages to the background.
import { api, isAlive } from './api.js';

/**
 * @typedef {import('../background/contract.js').Snapshot} Snapshot
 * @typedef {import('./boundary.js').CaseKey} CaseKey
 * @typedef {{kind: 'updated'} | {kind: 'silent'} | {kind: 'broken', why: string, name: string} |
 *   {kind: 'unreadable', name: string}} Problem
 *   updated: this page belongs to a version that is gone; silent: nobody answered; broken: the core does not work; unreadable: the
 *   browser cannot read the file that was given
 */

/** Larger files are not read, bytes: the core does not look at them. */
const LARGEST_FILE = 15 * 1024 * 1024;

/** Of a file of settings no more is read, bytes: the core refuses what is longer than all that the browser keeps of them. */
const LARGEST_SETTINGS = 1024 * 1024;

/** The panel's window; nothing when the browser does not say. @type {Promise<number | undefined> | undefined} */
let place;

/** A panel in a tab may be moved to another window, and the browser says where it is then. */
const windowOf = () =>
  (place ??= api.windows.getCurrent().then(
    ({ id }) => id,
    () => undefined,
  ));

/** The same, once it is known. @type {number | undefined} */
let ownWindow;

/** Waits before the panel asks again, ms: a sidebar that the browser restores may be there before the background is. */
const PAUSES = [0, 200, 800, 2000];

/**
 * @param {object} message
 * @returns {Promise<{snapshot: Snapshot} | {problem: Problem}>}
 */
async function ask(message) {
  if (!isAlive()) return { problem: { kind: 'updated' } };
  try {
    const answer = await api.runtime.sendMessage(message);
    if (typeof answer?.error === 'string')
      return {
        problem: { kind: 'broken', why: answer.error, name: String(answer.errorName ?? 'unknown') },
      };
    if (typeof answer?.run === 'string') return { snapshot: answer };
  } catch (error) {
    if (/context invalidated/i.test(String(error))) return { problem: { kind: 'updated' } };
  }
  return { problem: { kind: isAlive() ? 'silent' : 'updated' } };
}

/**
 * Says that a page is there and asks for its snapshot.
 * @param {{kind: string, page?: string}} [hello] the panel's, if it is no other's
 */
export async function connect(hello = { kind: 'panel_opened' }) {
  place = undefined;
  ownWindow = await windowOf();
  /** @type {Awaited<ReturnType<typeof ask>>} */
  let answer = { problem: { kind: 'silent' } };
  for (const pause of PAUSES) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    answer = await ask(hello.page === undefined ? { ...hello, window: ownWindow } : hello);
    if ('snapshot' in answer || answer.problem.kind !== 'silent') break;
  }
  return answer;
}

/**
 * Sent once only: a command must not be carried out twice.
 * @param {string} name
 * @param {Record<string, string>} fields
 * @param {{page?: string} | {case: CaseKey | null}} [from] the case that the panel showed, or another page than the panel, whose snapshot is
 *   the answer
 */
export const sendCommand = async (name, fields, from = {}) =>
  ask({
    kind: 'command',
    name,
    fields,
    ...from,
    ...('page' in from ? {} : { window: await windowOf() }),
  });

/**
 * A file of settings that was given.
 * @param {File} file of one that is too large the first part goes, which the core refuses
 * @param {{page: string}} from
 */
export async function sendImport(file, from) {
  // If a file is gone, Chromium (156) reads a slice of it as empty text, and the whole file not at
  // all.
  const part = file.size > LARGEST_SETTINGS ? file.slice(0, LARGEST_SETTINGS) : file;
  const text = await part.text().catch(() => undefined);
  return text === undefined ? unreadable(file) : ask({ kind: 'import', text, ...from });
}

/**
 * A file that was given. Its bytes go as base64: between two pages of an extension Chromium passes on text and numbers only.
 * @param {File} file
 * @param {CaseKey | null} shown the case that the panel showed when it was dropped
 */
export async function sendFile(file, shown) {
  const window = await windowOf();
  const base64 = file.size > LARGEST_FILE ? '' : await base64Of(file).catch(() => undefined);
  return base64 === undefined
    ? unreadable(file)
    : ask({ kind: 'file', name: file.name, size: file.size, base64, case: shown, window });
}

/**
 * A folder is one, which a page gets as a file; so is what was moved or changed since it was chosen.
 * @param {File} file
 * @returns {{problem: Problem}}
 */
const unreadable = (file) => ({ problem: { kind: 'unreadable', name: file.name } });

/**
 * @param {File} file
 * @returns {Promise<string>}
 */
async function base64Of(file) {
  /** @type {string} */
  const address = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return address.slice(address.indexOf(',') + 1);
}

/**
 * Firefox complains of a message whose sender is gone before the answer. There a line that breaks says the same; elsewhere it would
 * not last as long as the panel.
 */
const BY_LINE = Reflect.has(api, 'sidebarAction');

/** Lets this start of the background know when the panel goes. */
export function stayInTouch() {
  if (BY_LINE && isAlive()) api.runtime.connect({ name: `panel:${ownWindow}` });
}

export function sendClosed() {
  if (!BY_LINE && isAlive())
    void api.runtime
      .sendMessage({ kind: 'panel_closed', window: ownWindow })
      .catch(() => undefined);
}

/**
 * Calls with every snapshot that the background sends by itself.
 * @param {(snapshot: Snapshot) => void} show
 * @param {string} [kind] of the messages that bring one
 */
export function onSnapshot(show, kind = 'view') {
  let leaving = false;
  addEventListener('pagehide', () => {
    leaving = true;
  });
  addEventListener('pageshow', () => {
    leaving = false;
  });
  api.runtime.onMessage.addListener((message, sender, sendResponse) => {
    // Only messages of the background count: it has no tab, and no page's script may draw here.
    if (sender.id !== api.runtime.id || sender.tab !== undefined || leaving) return;
    if (message?.kind !== kind && !(kind === 'view' && message?.kind === 'present')) return;
    // Each window's panel shows its own ticket.
    if (kind === 'view' && ownWindow !== undefined && message.window !== ownWindow) return;
    sendResponse(true);
    if (message.kind === kind) show(message);
  });
}

/**
 * To be called in the click itself: after an await the browser no longer counts it as one.
 * @param {string[]} origins patterns
 * @returns {Promise<boolean>}
 */
export const requestAccess = (origins) => api.permissions.request({ origins });

/** Starts the whole extension anew; this panel goes with it. */
export const restart = () => api.runtime.reload();
