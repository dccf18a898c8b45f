// Chooses a user's organization on the user's page, which saves it automatically.
import { exact, lists, options, press, shownValue, turn, type } from './combobox.js';
import { changed } from './expected.js';
import { inFront, obstacle } from './page.js';
import { shared } from './shared.js';
import { until } from './wait.js';

/** @typedef {import('./job.js').FillOrganization} FillOrganization */
/** @typedef {import('./job.js').Outcome} Outcome */

/** What a field without an organization shows. */
const NOTHING = /^[-–—]?$/;
/** How long the field may take to appear, its list to offer the entry, and the page to save the choice, in ms. */
const MOUNT = 5000;
const OFFER = 6000;
const SAVE = 8000;
/** What has not changed for so long is taken as final, in ms. */
const QUIET = 400;

/**
 * Waits until `read` gives the same twice.
 * @param {() => string} read
 */
async function settled(read) {
  for (let changes = 0; changes < 10; changes++) {
    const last = read();
    if (!(await until(QUIET, () => read() !== last))) return;
  }
}

/**
 * @param {FillOrganization} job
 * @param {HTMLInputElement} input
 * @param {Set<Element>} earlier the lists that the page showed before
 * @returns {Promise<HTMLElement | Outcome>} the only entry of that name
 */
async function offered(job, input, earlier) {
  const entries = () => options(input, earlier);
  const equal = () => entries().filter((one) => exact(one.textContent) === exact(job.name));
  await until(OFFER, () => obstacle(job) ?? equal()[0]);
  // A list may arrive in parts, and a second entry of that name with the last one.
  await settled(() =>
    entries()
      .map((one) => one.textContent)
      .join('\n'),
  );
  const [entry, other] = equal();
  const standing = obstacle(job);
  if (standing) return standing;
  if (other) return { kind: 'several', count: equal().length };
  return (
    entry ?? {
      kind: 'no_entry',
      seen: entries()
        .slice(0, 10)
        .map((one) => exact(one.textContent).slice(0, 100)),
    }
  );
}

/**
 * @param {FillOrganization} job
 * @returns {Promise<Outcome>}
 */
export async function fillOrganization(job) {
  const name = exact(job.name);
  if (!name) throw new Error('the organization has no name');
  const standing = await inFront(job);
  if (standing) return standing;
  await until(MOUNT, () => shared.tetherField(job).kind !== 'no_field');
  const found = shared.tetherField(job);
  if (found.kind !== 'field') return found;
  const { input } = found;
  const before = shownValue(input);
  if (before === name) return { kind: 'already', shown: name };
  // Filled in only if it shows nothing, or the wrong organization that is to be replaced: a
  // colleague's choice stays.
  if (!NOTHING.test(before) && before !== exact(job.replaces))
    return { kind: 'field_shows', shown: before.slice(0, 200) };

  const kept = input.value;
  const earlier = lists();
  turn(input, 'focus');
  type(input, name);
  let entry = await offered(job, input, earlier);
  if (entry instanceof HTMLElement) {
    entry =
      (await changed(job)) ??
      obstacle(job) ??
      // The list may have changed in the meantime.
      (options(input, earlier).includes(entry) ? entry : { kind: 'no_entry', seen: [] });
  }
  if (!(entry instanceof HTMLElement)) {
    // Restore the old text first: a page may accept whatever is in a field that loses the focus.
    type(input, kept);
    turn(input, 'blur');
    await until(QUIET, () => !options(input, earlier)[0] && input.value === kept);
    return entry;
  }
  press(entry);
  // The page may render the field again.
  const now = () => shared.tetherField(job);
  const shows = () => {
    const field = now();
    return field.kind === 'field' ? shownValue(field.input) : '';
  };
  // The typed text may remain for a moment, then the old name while the page saves, and only then
  // the new one.
  const end = Date.now() + SAVE;
  do {
    await until(end - Date.now(), () => shows() === name);
    await settled(shows);
  } while (shows() !== name && Date.now() < end);
  const text = shows();
  const last = now();
  turn(last.kind === 'field' ? last.input : input, 'blur');
  return text === name ? { kind: 'chosen', shown: text } : { kind: 'not_arrived', text };
}
