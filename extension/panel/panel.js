// The side panel: shows the HTML that the core made and sends back what the engineer does. It decides nothing.
import { listen } from '../shared/actions.js';
import { Busy } from '../shared/busy.js';
import {
  connect,
  onSnapshot,
  sendClosed,
  sendCommand,
  sendFile,
  stayInTouch,
} from '../shared/connection.js';
import { readKeys } from '../shared/keys.js';
import { hideNotice, showNotice } from '../shared/notice.js';
import { openShortcuts } from '../shared/shortcuts.js';
import { View } from '../shared/view.js';
import { Announcer } from './announcer.js';
import { takeFiles } from './dropped-files.js';
import { FirstView } from './first-view.js';
import { Guard } from './guard.js';

/** @typedef {import('../background/contract.js').Snapshot} Snapshot */

const main = document.querySelector('main');
const refreshing = document.getElementById('refreshing');
const ticketChange = document.getElementById('ticket-change');
if (!main || !refreshing || !ticketChange) throw new Error('panel.html lacks a part');
const busy = new Busy();
const guard = new Guard(main);
const view = new View(main, (change) => guard.during(change));
const announcer = new Announcer(ticketChange);
const first = new FirstView(main, refreshing, guard, {
  draw: (html) => guard.during(() => view.render(html, { isFirst: true })),
  shown: shownCase,
});

/** What is shown, so that the same snapshot or an older one that comes later is known for one. @type {Snapshot | undefined} */
let shown;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let alarm;

/** A wake time that lies in the past must not become a busy loop. */
const SHORTEST_WAIT = 250;
/** The longest that a timer can count; then it asks anew. */
const LONGEST_WAIT = 0x7fffffff;

/** @param {Snapshot} snapshot */
function show(snapshot) {
  hideNotice();
  if (shown && shown.run === snapshot.run && shown.number >= snapshot.number) return;
  if (shown?.run !== snapshot.run) stayInTouch();
  shown = snapshot;
  if (snapshot.html !== null) {
    const { html } = snapshot;
    guard.during(() => {
      first.confirm();
      view.render(html);
    });
    busy.clear();
    announcer.show(shownCase(), main ?? document);
    if (!isStarted) start();
  }
  clearTimeout(alarm);
  if (snapshot.wake_at !== null) {
    const wait = Math.min(Math.max(snapshot.wake_at - Date.now(), SHORTEST_WAIT), LONGEST_WAIT);
    alarm = setTimeout(() => void command('tick', {}, null), wait);
  }
}

/** Whether the focus went to the card's heading, from which Tab leads to what is to do. */
let isStarted = false;

/** As soon as the panel has the focus; until then it is the page's. */
function start() {
  if (document.hasFocus()) isStarted = view.start();
}

/** @param {{snapshot: Snapshot} | {problem: import('../shared/connection.js').Problem}} answer */
function take(answer) {
  if ('snapshot' in answer) {
    show(answer.snapshot);
    return;
  }
  if (answer.problem.kind !== 'unreadable') first.fail();
  showNotice(answer.problem, open);
}

/**
 * The case that is shown now: what is pressed is about that one, whatever comes before the background hears of it.
 * @returns {import('../shared/boundary.js').CaseKey | null}
 */
function shownCase() {
  const { caseHost, caseTicket } =
    /** @type {HTMLElement | null | undefined} */ (main?.querySelector('header.case'))?.dataset ??
    {};
  return caseHost === undefined || caseTicket === undefined
    ? null
    : { host: caseHost, ticket: Number(caseTicket) };
}

/**
 * @param {string} name
 * @param {Record<string, string>} fields
 * @param {import('../shared/boundary.js').CaseKey | null} about the case that was shown when it was pressed
 */
async function command(name, fields, about) {
  take(await sendCommand(name, fields, { case: about }));
}

async function open() {
  void readKeys(main ?? document).catch(() => undefined);
  take(await connect());
}

onSnapshot(show);
takeFiles(main, (file) => void sendFile(file, shownCase()).then(take));
main.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[data-change-keys]'))
    void openShortcuts().catch(() => undefined);
});
listen(
  main,
  busy,
  (name, fields) => void command(name, fields, shownCase()),
  (form) => view.forget(form),
);

/** The shortest time between two looks, ms. A look that is asked for earlier is made then. */
const LOOK_PAUSE = 1000;
let looked = -LOOK_PAUSE;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let nextLook;

/**
 * The engineer comes back to the panel, perhaps from an app beside the ticket that reports nothing to Tether. A card that waits for the
 * app's result names the command that looks for it, by reading only.
 */
function lookAgain() {
  clearTimeout(nextLook);
  nextLook = setTimeout(
    () => {
      const name = main?.querySelector('[data-look]')?.getAttribute('data-look');
      if (!name) return;
      looked = performance.now();
      void command(name, {}, shownCase());
    },
    Math.max(0, looked + LOOK_PAUSE - performance.now()),
  );
}
document.documentElement.addEventListener('pointerenter', lookAgain);
addEventListener('focus', lookAgain);

// Also after it was hidden: what is in front may have changed meanwhile without a word.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  void open();
  lookAgain();
});
addEventListener('focus', () => {
  if (shown && !isStarted) start();
});
addEventListener('pagehide', sendClosed);
addEventListener('pageshow', (event) => {
  if (event.persisted) void open();
});
void first.show().catch(() => undefined);
void open();
