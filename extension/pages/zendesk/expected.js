// What a write rests on is read once more by the page itself, right before it writes.
import { send } from './send.js';

/** @typedef {import('./job.js').Expected} Expected */
/** @typedef {import('./job.js').Outcome} Outcome */

/**
 * Whether an answer holds what it should: of an object the named keys, of a list each entry in its order. An empty text is the
 * same as none.
 * @param {any} is
 * @param {any} wanted
 * @returns {boolean}
 */
const holds = (is, wanted) =>
  Object(wanted) === wanted
    ? Object.keys(wanted).every((key) => holds(is?.[key], wanted[key])) &&
      (!Array.isArray(wanted) || is?.length === wanted.length)
    : (is ?? '') === (wanted ?? '');

/** @param {string} body */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/**
 * @param {{expected?: Expected[]}} job
 * @returns {Promise<Outcome | undefined>} nothing when all of it holds still
 */
export async function changed({ expected = [] }) {
  const answers = await Promise.all(
    expected.map(({ path }) => send(new URL(path, location.origin))),
  );
  for (const [at, answer] of answers.entries()) {
    const { path = '', holds: wanted } = expected[at] ?? {};
    if (answer.kind !== 'response' || answer.status !== 200) return { kind: 'answered', answer };
    if (!holds(parsed(answer.body), wanted)) return { kind: 'not_as_expected', path };
  }
  return undefined;
}
