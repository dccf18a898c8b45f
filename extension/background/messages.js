// Who may send which message: the panel opens, closes and sends commands; a page's script reports,
// for its own site only.
import { api } from '../shared/api.js';
import { dispatch, failed } from './core.js';
import { hosts } from './hosts.js';
import { OWN, rememberOwnTab } from './own-pages.js';
import { countOpening, current, isPage, present } from './snapshot.js';
import { frontSeen, tabSeen } from './tabs.js';

/**
 * A message as it comes: anything.
 * @typedef {{kind?: unknown, [member: string]: unknown}} Message
 * @typedef {import('./contract.js').Event} Event
 * @typedef {import('../shared/boundary.js').PageOutcome} PageOutcome
 */

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The fields of a form are text; anything else is left out.
 * @param {unknown} fields
 * @returns {Record<string, string>}
 */
const textFields = (fields) =>
  Object.fromEntries(
    Object.entries(isObject(fields) ? fields : {}).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );

/**
 * The case that the panel showed when it was used.
 * @param {Message} message
 * @returns {import('../shared/boundary.js').CaseKey | null}
 */
function caseIn({ case: shown }) {
  if (!isObject(shown)) return null;
  const { host, ticket } = shown;
  return typeof host === 'string' &&
    typeof ticket === 'number' &&
    Number.isSafeInteger(ticket) &&
    ticket > 0
    ? { host, ticket }
    : null;
}

/** @returns {Promise<Record<string, string>>} the keys of the browser's shortcuts, by the command's name */
async function keys() {
  const commands = await api.commands.getAll();
  return Object.fromEntries(commands.map(({ name, shortcut }) => [name ?? '', shortcut ?? '']));
}

/**
 * @param {Message} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<unknown> | undefined} what to answer; nothing when the message is none of ours
 */
function fromOwnPage(message, sender) {
  const page = isPage(message['page']) ? message['page'] : undefined;
  const window = typeof message['window'] === 'number' ? message['window'] : sender.tab?.windowId;
  const answer = () => failed() ?? current(page ?? window);
  switch (message.kind) {
    case 'panel_opened':
      if (window === undefined) return undefined;
      countOpening(window);
      // Until a panel in a tab says that it is one, it may be mistaken for the page in front.
      if (sender.tab?.id !== undefined) {
        rememberOwnTab(sender.tab.id);
        void dispatch({ type: 'tab_closed', tab: sender.tab.id });
      }
      void dispatch(frontSeen);
      return dispatch({ type: 'panel_in', window }).then(answer);
    case 'page_opened':
      if (page === undefined) return undefined;
      countOpening(page);
      if (sender.tab?.id !== undefined) rememberOwnTab(sender.tab.id);
      return dispatch(async () => ({
        type: 'page_opened',
        page,
        keys: await keys(),
        extension: api.runtime.id,
      })).then(answer);
    case 'import':
      if (typeof message['text'] !== 'string') return undefined;
      return dispatch({ type: 'import_given', text: message['text'] }).then(answer);
    case 'panel_closed':
      return window === undefined ? undefined : present(window, dispatch);
    case 'command':
      if (typeof message['name'] !== 'string') return undefined;
      return dispatch({
        type: 'command',
        name: message['name'],
        fields: textFields(message['fields']),
        case: caseIn(message),
        window: window ?? null,
      }).then(answer);
    case 'file':
      if (
        typeof message['name'] !== 'string' ||
        typeof message['size'] !== 'number' ||
        typeof message['base64'] !== 'string'
      )
        return undefined;
      return dispatch({
        type: 'file_given',
        name: message['name'],
        size: message['size'],
        base64: message['base64'],
        case: caseIn(message),
        window: window ?? null,
      }).then(answer);
    default:
      return undefined;
  }
}

/**
 * The event that a page's script reports. The hosts are known when its turn has come.
 * @param {Message} message
 * @param {number} tab
 * @param {URL} page where the script runs, by the browser's word
 * @returns {Event | undefined}
 */
function reported(message, tab, page) {
  if (message.kind === 'portal_page' && hosts().portal.includes(page.host)) {
    const { url, html } = message;
    // The address may have changed since the message was sent, but not its site.
    if (typeof url !== 'string' || typeof html !== 'string' || new URL(url).origin !== page.origin)
      return undefined;
    return {
      type: message['openBefore'] === true ? 'portal_page_open_before' : 'portal_page',
      tab,
      url,
      html,
    };
  }
  if (message.kind === 'page_result') {
    const { effect, outcome } = message;
    if (typeof effect !== 'number' || !isObject(outcome)) return undefined;
    // The portal's script hands over its own page and has no other page job; all other page jobs
    // are for Zendesk.
    const { kind, url } = outcome;
    const from = kind === 'page' ? hosts().portal : hosts().zendesk;
    if (
      !from.includes(page.host) ||
      (kind === 'page' && new URL(String(url)).origin !== page.origin)
    )
      return undefined;
    // The core checks whether the outcome is complete.
    return { type: 'page_result', tab, effect, outcome: /** @type {PageOutcome} */ (outcome) };
  }
  return undefined;
}

/**
 * @param {unknown} message
 * @param {chrome.runtime.MessageSender} sender
 * @param {(answer: unknown) => void} sendResponse
 * @returns {boolean} whether the answer comes later
 */
export function hear(message, sender, sendResponse) {
  if (!isObject(message) || sender.id !== api.runtime.id || sender.url === undefined) return false;
  if (sender.url.startsWith(OWN)) {
    const answer = fromOwnPage(message, sender);
    void answer?.then(sendResponse);
    return answer !== undefined;
  }
  const tab = sender.tab?.id;
  if (tab === undefined || sender.frameId !== 0) return false;
  const page = new URL(sender.url);
  if (page.protocol !== 'https:') return false;
  // Answered at the end, so that the browser does not stop the background earlier. The tab's
  // current place is reported with it, because it decides which case the page belongs to.
  void dispatch(async () => [await tabSeen(tab), reported(message, tab, page)]).then(() =>
    sendResponse(true),
  );
  return true;
}

/** A panel's line that breaks says that the panel is gone. @param {chrome.runtime.Port} port */
export function holdLine(port) {
  const { sender } = port;
  if (sender?.id !== api.runtime.id || !sender.url?.startsWith(OWN)) return;
  const window = Number(/^panel:(\d+)$/.exec(port.name)?.[1] ?? sender.tab?.windowId);
  port.onDisconnect.addListener(() => void (Number.isNaN(window) || present(window, dispatch)));
}
