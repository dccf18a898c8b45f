// Summarizes many samples in a few numbers.

/**
 * @typedef {{median: number, p90: number, samples: number}} Spread
 */

/** @param {number[]} sorted @param {number} part between 0 and 1 */
const at = (sorted, part) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;

/** @param {number[]} samples @returns {Spread} */
export function spread(samples) {
  const sorted = [...samples].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const median = Number.isInteger(middle)
    ? (at(sorted, 0.5) + (sorted[middle] ?? Number.NaN)) / 2
    : at(sorted, 0.5);
  return { median, p90: at(sorted, 0.9), samples: sorted.length };
}

/**
 * Measures several things in turn, A B A B, so that whatever else the machine does meets all of them alike. The first round warms up and
 * counts for nothing.
 * @template {string} Name
 * @param {number} rounds
 * @param {Record<Name, () => Promise<number>>} things
 * @returns {Promise<Record<Name, Spread>>}
 */
export async function inTurn(rounds, things) {
  /** @type {[Name, () => Promise<number>][]} */
  const all = /** @type {any} */ (Object.entries(things));
  const samples = new Map(all.map(([name]) => [name, /** @type {number[]} */ ([])]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, measure] of all) {
      const sample = await measure();
      if (round >= 0) samples.get(name)?.push(sample);
    }
  }
  return /** @type {any} */ (
    Object.fromEntries([...samples].map(([name, taken]) => [name, spread(taken)]))
  );
}
