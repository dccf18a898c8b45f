// Times that the core gives in UTC, as the engineer's clock shows them, and waits that count down: the core knows neither.

/** @param {ParentNode} content */
export function localise(content) {
  for (const time of content.querySelectorAll('time[data-local]')) {
    if (!(time instanceof HTMLTimeElement)) continue;
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const clock = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const today = at.toDateString() === new Date().toDateString();
    time.textContent = today ? clock : `${at.toLocaleDateString()}, ${clock}`;
  }
}

const SECOND = 1000;
/** From so many seconds on a wait is given in minutes. */
const MINUTES_FROM = 120;

/**
 * How long it still takes, in words.
 * @param {number} until ms since 1970
 * @param {number} now
 */
export function remaining(until, now) {
  const seconds = Math.max(0, Math.ceil((until - now) / SECOND));
  const [count, unit] =
    seconds < MINUTES_FROM ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * Puts in what is left of each wait, `<span data-until="ms since 1970">`. Without a number its own text stays.
 * @param {ParentNode} content
 * @param {number} [now]
 * @returns {number | undefined} ms until one of them says something else; nothing when no wait is left
 */
export function putWaits(content, now = Date.now()) {
  /** @type {number[]} */
  const left = [];
  for (const wait of content.querySelectorAll('[data-until]')) {
    const until = Number(wait.getAttribute('data-until') || NaN);
    if (!Number.isFinite(until)) continue;
    // Counting is not read aloud.
    wait.setAttribute('aria-live', 'off');
    const says = remaining(until, now);
    if (wait.textContent !== says) wait.textContent = says;
    if (until > now) left.push((until - now) % SECOND || SECOND);
  }
  return left.length === 0 ? undefined : Math.min(...left);
}

/** Counts the waits of what is shown down. */
export class Countdown {
  #root;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {ParentNode} root */
  constructor(root) {
    this.#root = root;
  }

  /** Goes on with what is shown now. */
  run() {
    clearTimeout(this.#timer);
    const next = putWaits(this.#root);
    this.#timer = next === undefined ? undefined : setTimeout(() => this.run(), next);
  }
}
