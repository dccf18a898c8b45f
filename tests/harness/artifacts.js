/** Screenshots for people to look at. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * @param {import("./browser.js").Browser} browser
 * @param {import("puppeteer-core").Page} page
 * @param {string} file
 * @param {import("./browser.js").ScreenshotOptions} [options]
 */
export async function screenshot(browser, page, file, options = {}) {
  if (options.width !== undefined && options.height !== undefined)
    await page.setViewport({ width: options.width, height: options.height });
  if (options.colorScheme) await browser.setColorScheme(options.colorScheme);
  await mkdir(dirname(file), { recursive: true });
  await page.screenshot({ path: /** @type {`${string}.png`} */ (file) });
}

/**
 * Closes a browser; kills it when it does not close by itself.
 * @param {import("puppeteer-core").Browser} browser
 */
export async function closeOrKill(browser) {
  const gone = new Promise((resolve) => {
    const child = browser.process();
    if (!child || child.exitCode !== null || child.signalCode !== null) resolve(undefined);
    else child.once('exit', resolve);
  });
  const killer = setTimeout(() => browser.process()?.kill('SIGKILL'), 10_000);
  try {
    await browser.close().catch(() => browser.process()?.kill('SIGKILL'));
    await gone;
  } finally {
    clearTimeout(killer);
  }
}
