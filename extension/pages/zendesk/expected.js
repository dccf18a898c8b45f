// Right before it writes, the page itself reads again what the write rests on.
import { send } from './send.js';

/** @typedef {import('./job.js').Expected} Expected */
/** @typedef {import('./job.js').Outcome} Outcome */

/**
 * Whether an answer holds what it should: of an object the named keys, of a list each entry in its order. An empty text is the
 * same as none; an object that is missing holds nothing.
 * @param {any} is
 * @param {any} wanted
 * @returns {boolean}
 */
const holds = (is, wanted) =>
  Object(wanted) === wanted
    ? Object(is) === is &&
      Object.keys(wanted).every((key) => holds(is?.[key], wanted[key])) &&
      (!Array.isArray(wanted) || is?.length === wanted.length)
    : (is ?? '') === (wanted ?? '');

/**
 * @param {Expected} one
 * @returns {Promise<Outcome | undefined>} nothing when it holds still
 */
async function look({ path, holds: wanted }) {
  const answer = await send(new URL(path, location.origin));
  if (answer.kind !== 'response' || answer.status !== 200) return { kind: 'answered', answer };
  let is;
  try {
    is = JSON.parse(answer.body);
  } catch {}
  return holds(is, wanted) ? undefined : { kind: 'not_as_expected', path };
}

/**
 * @param {{expected?: Expected[]}} job
 * @returns {Promise<Outcome | undefined>} nothing when all of it holds still
 */
export const changed = async ({ expected = [] }) =>
  (await Promise.all(expected.map(look))).find(Boolean);
