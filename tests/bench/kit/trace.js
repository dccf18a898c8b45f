// How much time a page spends in an extension's scripts, as the browser reports it.
//
// Chromium's tracing tells every piece of script that it runs in a page's process: `EvaluateScript` when a script is run for the first
// time, with its compilation, and `FunctionCall` for each call into it (listeners, observers, timers), each with the address of the script
// and the processor's time that its thread took (`tdur`), which leaves out what other programs made it wait. Scripts of an extension run in
// a world of their own, which a page's `performance` does not show. Callbacks of promises are not told; the page scripts have none that do
// more than look at an error. Tracing itself makes each number somewhat larger, for every extension alike. Seen with Chromium 156.

const CATEGORIES = ['-*', 'devtools.timeline', 'blink.user_timing'];
const OF_SCRIPTS = new Set(['EvaluateScript', 'FunctionCall']);

/**
 * @typedef {{name: string, ts: number, tdur?: number, dur?: number, args?: {data?: {url?: string}}}} TraceEvent
 * @typedef {{at: number, ms: number}} Call  at: of the browser's clock, µs; ms: of the processor
 */

/**
 * Does something in a page and returns every call into an extension's scripts during it.
 * @param {import('puppeteer-core').Page} page
 * @param {() => Promise<void>} work
 * @returns {Promise<{calls: Call[], marks: Map<string, number>}>} marks: set by the page with `performance.mark`, by the same clock
 */
export async function callsDuring(page, work) {
  await page.tracing.start({ categories: CATEGORIES });
  /** @type {Uint8Array | undefined} */
  let buffer;
  try {
    await work();
  } finally {
    buffer = await page.tracing.stop();
  }
  /** @type {{traceEvents: TraceEvent[]}} */
  const { traceEvents } = JSON.parse(Buffer.from(buffer ?? []).toString());
  const calls = traceEvents
    .filter(
      ({ name, args }) =>
        OF_SCRIPTS.has(name) && (args?.data?.url ?? '').startsWith('chrome-extension://'),
    )
    .map(({ ts, tdur, dur }) => ({ at: ts, ms: (tdur ?? dur ?? 0) / 1000 }));
  return {
    calls,
    marks: new Map(
      traceEvents.filter(({ name }) => name.startsWith('bench:')).map(({ name, ts }) => [name, ts]),
    ),
  };
}

/** @param {Call[]} calls */
export const sumOf = (calls) => calls.reduce((sum, { ms }) => sum + ms, 0);
