// Diagnosing a page, and the values that a report must not contain.

/** @typedef {import('./panel.js').Panel} Panel */

/**
 * Presses `Diagnose this page` and waits for the result.
 * @param {Panel} panel
 * @returns {Promise<string>} the report in a sentence
 */
export async function diagnose(panel) {
  const before = await panel.page.evaluate(
    () => document.querySelector('[data-arrival]')?.getAttribute('data-arrival') ?? '',
  );
  await panel.press('Diagnose this page');
  const found = await panel.page.waitForFunction(
    (old) => {
      const arrived = document.querySelector('[data-arrival$="-done"]');
      return arrived && arrived.getAttribute('data-arrival') !== old
        ? arrived.querySelector('[role=status]')?.textContent
        : null;
    },
    { polling: 50 },
    before,
  );
  return String(await found.jsonValue());
}

/**
 * Presses `Save page without its values`, then `Save file`. The browser's own part, where the file goes, is left out.
 * @param {Panel} panel
 * @returns {Promise<{name: string, text: string, preview: string}>} the file, and what the preview shows
 */
export async function savedPage(panel) {
  await panel.press('Save page without its values');
  return savedFile(panel, 'page-without-values');
}

/**
 * Presses `Save file` beside a preview. The browser's own part, where the file goes, is left out.
 * @param {Panel} panel
 * @param {string} id  of the preview
 * @returns {Promise<{name: string, text: string, preview: string}>} the file, and what the preview shows
 */
export async function savedFile(panel, id) {
  await panel.page.waitForSelector(`#${id}`);
  await panel.page.evaluate(() => {
    const saved = { name: '', text: Promise.resolve('') };
    Reflect.set(globalThis, 'saved', saved);
    URL.createObjectURL = (file) => {
      if (file instanceof Blob) saved.text = file.text();
      return 'blob:';
    };
    HTMLAnchorElement.prototype.click = function () {
      saved.name = this.download;
    };
  });
  await (await panel.control('Save file')).click();
  const file = await panel.page.waitForFunction(
    async (wanted) => {
      const { name, text } = Reflect.get(globalThis, 'saved');
      const preview = document.getElementById(wanted)?.textContent ?? '';
      return name && { name, text: await text, preview };
    },
    { polling: 50 },
    id,
  );
  return /** @type {{name: string, text: string, preview: string}} */ (await file.jsonValue());
}

/**
 * The values that a record's page shows: texts of its fields, longer ones word by word, and the numbers that its links name.
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<string[]>}
 */
export function valuesOf(page) {
  return page.evaluate(() => {
    const cells = [...document.querySelectorAll('.fieldset .card-body, .fieldset dd, h1')];
    const labels = [...document.querySelectorAll('.card-header, dt')]
      .map((one) => one.textContent?.toLowerCase() ?? '')
      .join(' ');
    const words = cells
      .flatMap((one) => (one.textContent ?? '').split(/\s+/))
      .filter((word) => word.length > 3 && !labels.includes(word.toLowerCase()));
    const numbers = cells
      .flatMap((one) => [...one.querySelectorAll('a')])
      .flatMap((link) => link.pathname.match(/\d{4,}/g) ?? []);
    return [...new Set([...words, ...numbers, location.pathname.split('/').at(-1) ?? ''])];
  });
}

/**
 * Maps a missed field to one of the offered names.
 * @param {Panel} panel
 * @param {string} what as the site called it
 * @param {string} under the beginning of the offer
 */
export async function map(panel, what, under) {
  await panel.settled();
  const list = await panel.page.waitForFunction(
    (title) =>
      [...document.querySelectorAll('label')].find(
        (one) => one.textContent?.trim() === `“${title}” is labeled`,
      )?.control,
    { polling: 50 },
    what,
  );
  const select = /** @type {import('puppeteer-core').ElementHandle<HTMLSelectElement>} */ (
    list.asElement()
  );
  const value = await select.evaluate(
    (one, name) => [...one.options].find((option) => option.text.startsWith(name))?.value ?? '',
    under,
  );
  await select.select(value);
  const button = await select.evaluateHandle((one) => one.form?.querySelector('button') ?? null);
  await /** @type {import('puppeteer-core').ElementHandle<HTMLElement>} */ (
    button.asElement()
  ).click();
}
