// Carries out the core's effects. A failing effect reports to the core or, if no answer is awaited,
// only to the console.
import { fetch_file, read } from '../core/tether.js';
import { api } from '../shared/api.js';
import { openShortcuts } from '../shared/shortcuts.js';
import { messageOf } from './errors.js';
import { SCRIPTS } from './page-scripts.js';
import { forget, remind } from './reminders.js';
import { keep } from './settings-storage.js';
import { frontTab } from './tabs.js';

/**
 * @typedef {import('./contract.js').Effect} Effect
 * @typedef {import('./contract.js').Dispatch} Dispatch
 * @typedef {import('./contract.js').Job} Job
 */

/**
 * Why a page's script could not be given its page job, in the core's words if it has one.
 * @param {unknown} error
 */
function unreachable(error) {
  const message = messageOf(error);
  if (
    /no tab with id|invalid tab id|tab (?:was|is) closed|frame .*(?:removed|destroyed)/i.test(
      message,
    )
  )
    return 'closed';
  if (/permission|cannot access|cannot be scripted/i.test(message)) return 'no_access';
  if (/before a response was received|actor .*destroyed|conduit/i.test(message)) return 'lost';
  return message;
}

/** How long a tab may take to load that the browser had unloaded, ms. */
const LOADING = 15_000;

/**
 * Waits until a tab has loaded.
 * @param {number} tabId
 * @param {() => Promise<unknown>} start begins it, once it is waited for; an answer `true` says that it has loaded already
 * @returns {Promise<number>} its number from then on: Chromium may give it another one
 */
async function loaded(tabId, start) {
  let id = tabId;
  const complete = new Promise((resolve, reject) => {
    const replaced = (/** @type {number} */ added, /** @type {number} */ removed) => {
      if (removed === id) id = added;
    };
    const updated = (
      /** @type {number} */ changed,
      /** @type {{status?: string}} */ { status },
    ) => {
      if (changed === id && status === 'complete') end(resolve);
    };
    const timer = setTimeout(
      () => end(() => reject(new Error('the tab is asleep and does not load'))),
      LOADING,
    );
    const end = (/** @type {(value?: undefined) => void} */ done) => {
      clearTimeout(timer);
      api.tabs.onReplaced.removeListener(replaced);
      api.tabs.onUpdated.removeListener(updated);
      done();
    };
    api.tabs.onReplaced.addListener(replaced);
    api.tabs.onUpdated.addListener(updated);
    start().then(
      (already) => {
        if (already === true) end(resolve);
      },
      (error) => end(() => reject(error)),
    );
  });
  await complete;
  return id;
}

/**
 * Loads a tab again that the browser unloaded to save memory.
 * @param {number} tabId
 * @returns {Promise<number>} its number from then on
 */
async function wake(tabId) {
  return (await api.tabs.get(tabId)).discarded
    ? loaded(tabId, () => api.tabs.reload(tabId))
    : tabId;
}

/**
 * Puts scripts into a page. A tab that Firefox (153) has just woken shows an empty page without access until its own page has loaded.
 * @param {number} tabId
 * @param {string[]} files
 */
async function putIn(tabId, files) {
  const put = () => api.scripting.executeScript({ target: { tabId }, files });
  try {
    await put();
  } catch (error) {
    if (unreachable(error) !== 'no_access' || (await api.tabs.get(tabId)).status !== 'loading')
      throw error;
    await loaded(tabId, async () => (await api.tabs.get(tabId)).status === 'complete');
    await put();
  }
}

/**
 * Gives a page its job.
 * @param {number} tabId
 * @param {Job} job
 * @param {Dispatch} dispatch
 */
async function page(tabId, job, dispatch) {
  const { effect } = job;
  /** @param {string} why */
  const failed = (why) => dispatch({ type: 'page_unreachable', effect, why });
  try {
    try {
      tabId = await wake(tabId);
    } catch (error) {
      const why = unreachable(error);
      return await failed(why === 'closed' ? why : 'asleep');
    }
    await putIn(tabId, SCRIPTS[job.kind]);
    const answer = await api.tabs.sendMessage(tabId, job, { frameId: 0 });
    if (answer?.accepted !== true)
      return await failed(String(answer?.why ?? 'the page did not answer'));
    if (answer.outcome)
      return await dispatch({ type: 'page_result', tab: tabId, effect, outcome: answer.outcome });
  } catch (error) {
    return failed(unreachable(error));
  }
  return follow(tabId, effect, true, dispatch);
}

/**
 * Asks a page whether it has a page job, and holds a line to it, which breaks when the page goes before it is done.
 * @param {number} tabId
 * @param {number} effect
 * @param {boolean} taken whether the page has said before that it has it
 * @param {Dispatch} dispatch
 */
function follow(tabId, effect, taken, dispatch) {
  let answered = false;
  const line = api.tabs.connect(tabId, { frameId: 0, name: String(effect) });
  line.onMessage.addListener(({ has, outcome }) => {
    // Each script in the page answers, and all give the same answer.
    if (answered) return;
    answered = true;
    if (outcome) void dispatch({ type: 'page_result', tab: tabId, effect, outcome });
    else void dispatch({ type: 'page_has_job', effect, has: has === true });
    if (outcome || !has) line.disconnect();
  });
  line.onDisconnect.addListener(() => {
    // Reading it keeps the browser from writing it to the console.
    void api.runtime.lastError;
    if (answered || taken) void dispatch({ type: 'page_unreachable', effect, why: 'lost' });
    else void dispatch({ type: 'page_has_job', effect, has: false });
  });
}

/**
 * @param {string} url
 * @param {number} token
 * @param {Dispatch} dispatch
 */
async function openTab(url, token, dispatch) {
  if (new URL(url).protocol !== 'https:') throw new Error('only https addresses are opened');
  const front = await frontTab();
  // Right after the tab that it belongs to, like a tab that a link opens.
  const place =
    front?.id === undefined
      ? {}
      : { openerTabId: front.id, windowId: front.windowId, index: front.index + 1 };
  const tab = await api.tabs.create({ url, active: true, ...place });
  if (tab.id !== undefined) await dispatch({ type: 'tab_opened', tab: tab.id, token });
}

/** @param {number} id */
async function focusTab(id) {
  const tab = await api.tabs.update(id, { active: true });
  if (tab) await api.windows.update(tab.windowId, { focused: true });
}

/** @param {{text: string, color: string, title: string}} badge */
async function showBadge({ text, color, title }) {
  await Promise.all([
    api.action.setBadgeText({ text }),
    color === '' ? undefined : api.action.setBadgeBackgroundColor({ color }),
    // The browsers choose the text color themselves, each in its own way; on these backgrounds
    // white is readable.
    api.action.setBadgeTextColor({ color: '#fff' }),
    api.action.setTitle({ title }),
  ]);
}

/**
 * @param {Effect} effect
 * @param {Dispatch} dispatch
 * @returns {Promise<void>}
 */
async function carryOut(effect, dispatch) {
  switch (effect.type) {
    case 'read':
      return dispatch(await read(effect.id, effect.url, effect.accept));
    case 'fetch':
      return dispatch(await fetch_file(effect.id, effect.url, effect.follow ?? undefined));
    case 'wait':
      // Short enough that the browser does not stop the background; a stop also ends the wait.
      await new Promise((resolve) => setTimeout(resolve, effect.ms));
      return dispatch({ type: 'waited', id: effect.id });
    case 'page':
      return page(effect.tab, effect.job, dispatch);
    case 'ask_page':
      return follow(effect.tab, effect.effect, false, dispatch);
    case 'open_tab':
      return openTab(effect.url, effect.token, dispatch);
    case 'focus_tab':
      return focusTab(effect.tab);
    case 'reload_tab':
      // Its load tells the core by itself.
      return api.tabs.reload(effect.tab);
    case 'remind':
      return remind(effect.url, effect.at_ms, dispatch);
    case 'forget':
      return forget(effect.url, dispatch);
    case 'settings':
      return keep(effect.entries, dispatch);
    case 'release_host':
      await api.permissions.remove({ origins: [effect.origin] });
      return;
    case 'open_shortcuts':
      return openShortcuts();
    case 'open_settings':
      return api.runtime.openOptionsPage();
    case 'badge':
      return showBadge(effect);
  }
}

/**
 * Starts an effect without waiting for its end.
 * @param {Effect} effect
 * @param {Dispatch} dispatch
 */
export function run(effect, dispatch) {
  carryOut(effect, dispatch).catch((error) =>
    console.warn(`Tether could not carry out ${effect.type}:`, messageOf(error)),
  );
}
