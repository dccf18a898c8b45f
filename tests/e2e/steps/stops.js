// The browser stops the background at the worst moments: each time that the panel shows something for the first time, right then.
import { until } from '../../harness/wait.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {import('./panel.js').Panel} Panel
 */

/** A page is writing, or about to: Zendesk keeps the write waiting until somebody has looked. */
const WRITES = /writing…|adding the note to #\d+…|drafting the reply in #\d+…/i;
/** Longest that Zendesk keeps a write waiting for somebody to look, in ms: not every one is shown while it is under way. */
const PATIENCE = 3000;
/** For so long nothing changes before something is pressed, in ms. */
const QUIET = 250;

export class Stops {
  /** What the panel has shown: for the same thing once more it does not stop again, or it would never end. @type {Set<string>} */
  #seen = new Set();
  /** Nothing is stopped during a press: as with a stop by the browser, the press must reach the background. */
  #turn = Promise.resolve();
  #over = false;
  #work;
  /** Writes that wait until the panel was looked at: a quick answer would end them before that, on some machines. @type {Set<() => void>} */
  #held = new Set();
  #hold;

  /** @param {Desk} desk @param {Panel} panel */
  constructor(desk, panel) {
    this.desk = desk;
    this.panel = panel;
    this.#hold = desk.zendesk.faults.add({
      match: (method) => method !== 'GET',
      hold: () => this.#untilLooked(),
    });
    this.#work = this.#run();
    // Its failure is told by `end`, and must not end the test's process before.
    this.#work.catch(() => undefined);
  }

  /** How often it stopped. */
  get count() {
    return this.#seen.size;
  }

  /**
   * Presses, and waits until the background took it.
   * @param {string} name
   * @param {() => Promise<unknown>} [opened] what comes of it, where the panel shows nothing else
   */
  async press(name, opened) {
    const act = async () => (await this.panel.control(name)).click();
    await this.#atRest(() =>
      opened
        ? act()
            .then(opened)
            .then(() => undefined)
        : this.#taken(act),
    );
  }

  /** Ticks or chooses what has that label. @param {string} label */
  async choose(label) {
    await this.#atRest(() => this.#taken(async () => (await this.panel.field(label)).click()));
  }

  /** Ends it, and answers with how often it stopped. */
  async end() {
    this.#over = true;
    this.#hold.remove();
    await this.#work;
    for (const release of this.#held) release();
    await this.panel.settled();
    return this.count;
  }

  async #run() {
    while (!this.#over) {
      await this.#alone(() => this.#look());
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /**
   * When nothing else is under way, so that what the panel shows next comes of the act.
   * @param {() => Promise<void>} act
   */
  async #atRest(act) {
    await this.panel.settled();
    await this.#alone(async () => {
      // A stop may have come early, and after one the tabs are reported again: the ticket may be read again.
      await this.#quiet();
      await act();
    });
  }

  /** @param {() => Promise<void>} act */
  #alone(act) {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #shown() {
    return this.panel.page.evaluate(() => document.querySelector('main')?.textContent ?? '');
  }

  /** Waits until nothing is under way, and for a while nothing has changed. */
  async #quiet() {
    for (let before; ; ) {
      await this.panel.settled();
      const shown = await this.#shown();
      if (shown === before) return;
      before = shown;
      await new Promise((resolve) => setTimeout(resolve, QUIET));
    }
  }

  #untilLooked() {
    return new Promise((resolve) => {
      const release = () => {
        clearTimeout(longest);
        this.#held.delete(release);
        resolve(undefined);
      };
      const longest = setTimeout(release, PATIENCE);
      this.#held.add(release);
    });
  }

  async #look() {
    const held = [...this.#held];
    const shown = await this.#shown();
    const isWriting = WRITES.test(shown);
    if (shown !== '' && !this.#seen.has(shown)) {
      this.#seen.add(shown);
      await this.desk.browser.stopWorker();
      await this.#ask();
    }
    if (isWriting) for (const release of held) release();
  }

  /** The engineer looked away and back: a panel that was hidden asks the background, which starts it. Ends when it has started. */
  async #ask() {
    await this.panel.page.evaluate(async () => {
      document.dispatchEvent(new Event('visibilitychange'));
      /** @type {typeof chrome} */
      const api = Reflect.get(globalThis, 'browser') ?? chrome;
      await api.runtime.sendMessage({ kind: 'panel_opened' }).catch(() => undefined);
    });
  }

  /**
   * Acts until the panel shows that it was taken. One that found nobody says so, and is done again.
   * @param {() => Promise<void>} act
   */
  async #taken(act) {
    const before = await this.#shown();
    let silent = true;
    while (silent) {
      await act();
      silent = await until('what was pressed is taken', async () => {
        if ((await this.#shown()) !== before) return { silent: false };
        return (await this.#unheard()) ? { silent: true } : undefined;
      }).then((found) => found.silent);
      if (silent) {
        await this.#ask();
        await until('the background answers again', async () => !(await this.#unheard()));
      }
    }
  }

  #unheard() {
    return this.panel.page.evaluate(
      () => document.querySelector('#notice')?.checkVisibility() ?? false,
    );
  }
}
