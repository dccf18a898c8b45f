// The panel's lists of people and of changes, read by role and name.
import { until } from '../../harness/wait.js';

/**
 * @typedef {import('./panel.js').Panel} Panel
 *
 * A line of a list.
 * @typedef {object} Line
 * @property {string} text  all of it
 * @property {string} says  its mark, or its state, and why: what is tagged, and its first paragraph
 * @property {string} label  what its box is called
 * @property {boolean} ticked
 * @property {boolean} locked  its box cannot be ticked
 * @property {string[]} buttons
 * @property {string[]} alerts
 */

/**
 * The name of the button that goes on with a change which met a problem, whatever the problem was.
 * @param {string} title the change's, or its beginning
 */
export const goOn = (title) =>
  new RegExp(`^(?:Try again|Continue|Check again): ${title.replace(/[^\w\s]/g, '\\$&')}`);

/** The lines of the lists of that name. @param {Panel} panel @param {string} name @returns {Promise<Line[]>} */
export function linesOf(panel, name) {
  return panel.page.evaluate((label) => {
    const text = (/** @type {Element} */ one) =>
      (one.textContent ?? '').replace(/\s+/g, ' ').trim();
    const lists = [...document.querySelectorAll('ul[aria-label], ol[aria-label]')].filter((one) =>
      [label, `${label}, continued`].includes(one.getAttribute('aria-label') ?? ''),
    );
    return lists
      .flatMap((list) => [...list.children])
      .map((line) => {
        const box = /** @type {HTMLInputElement | null} */ (
          line.querySelector('input[type=checkbox]')
        );
        return {
          text: text(line),
          says: ['.tag', 'p']
            .map((part) => line.querySelector(part))
            .flatMap((one) => (one && text(one) ? [text(one)] : []))
            .join(': '),
          label: line.querySelector('label')
            ? text(/** @type {Element} */ (line.querySelector('label')))
            : '',
          ticked: box?.checked ?? false,
          locked: box?.disabled ?? false,
          buttons: [...line.querySelectorAll('button')]
            .filter((one) => one.checkVisibility())
            .map((one) => one.getAttribute('aria-label') ?? text(one)),
          alerts: [...line.querySelectorAll('[role=alert]')].map(text),
        };
      });
  }, name);
}

/**
 * Waits until the lines of a list are as wanted.
 * @param {Panel} panel
 * @param {string} name
 * @param {string} what
 * @param {(lines: Line[]) => boolean} wanted
 */
export async function listShows(panel, name, what, wanted) {
  /** @type {Line[]} */
  let lines = [];
  try {
    return await until(
      what,
      async () => {
        lines = await linesOf(panel, name);
        return wanted(lines) ? lines : undefined;
      },
      45_000,
    );
  } catch (error) {
    const said = `the list ${name} says:\n${JSON.stringify(lines, null, 1)}\nand the panel:\n${(await panel.read()).text}`;
    throw new Error(`${error instanceof Error ? error.message : error}; ${said}`, { cause: error });
  }
}

/** The words behind the change's title. @param {Line} line */
export const stateOf = (line) =>
  /: (waiting for its turn|looking first…|opening the user’s page…|writing…|reading back…|waiting|undone|done|not done)(?=\.|$)/.exec(
    line.says,
  )?.[1] ?? line.says;

/**
 * Waits until the changes of a list ended so, in whatever order.
 * @param {Panel} panel
 * @param {'Metadata' | 'Association' | 'Contacts' | 'Hand-over'} name
 * @param {('done' | 'not done' | 'undone' | 'waiting' | 'waiting for its turn' | 'writing…')[]} states
 */
export const end = (panel, name, states) =>
  listShows(
    panel,
    name,
    `the changes are ${states.join(', ')}`,
    (all) => all.map(stateOf).sort().join() === [...states].sort().join(),
  );

/** The one alert that a list of changes shows. @param {Panel} panel @param {'Metadata' | 'Association' | 'Contacts' | 'Hand-over'} name */
export async function problemOf(panel, name) {
  const lines = await listShows(panel, name, 'a problem', (all) =>
    all.some(({ alerts }) => alerts.length > 0),
  );
  return lines.flatMap(({ alerts }) => alerts).join(' | ');
}
