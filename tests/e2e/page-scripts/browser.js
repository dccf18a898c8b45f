// Starts a browser with the extension under test behind the stand-ins' proxy.
import puppeteer from 'puppeteer-core';
import { chromiumArguments } from '../../harness/chromium.js';
import { FEWER_PROCESSES, firefoxProfile } from '../../harness/firefox-profile.js';
import { QUIET, removeProfile } from '../../harness/processes.js';
import { until } from '../../harness/wait.js';

const FIREFOX_UUID = '5b0c5f0e-6a55-4d4f-9d55-0f3f6c1f6a01';
const EXTENSION_ID = 'page-scripts@tests.invalid';

/** @typedef {import('../steps/turns.js').BrowserName} BrowserName */

/**
 * @param {BrowserName} name
 * @param {string} folder of the extension
 * @param {number} proxyPort
 */
export async function start(name, folder, proxyPort) {
  if (name === 'chromium') {
    const browser = await puppeteer.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      pipe: true,
      enableExtensions: true,
      ...QUIET,
      args: chromiumArguments(proxyPort),
    });
    const id = await browser.installExtension(folder);
    const control = await browser.newPage();
    await control.goto(`chrome-extension://${id}/control.html`);
    return { browser, control };
  }
  const executablePath = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';
  const userDataDir = await firefoxProfile(executablePath);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    userDataDir,
    headless: true,
    acceptInsecureCerts: true,
    ...QUIET,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      ...FEWER_PROCESSES,
      'network.proxy.type': 1,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxyPort,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': proxyPort,
      'extensions.webextensions.uuids': JSON.stringify({ [EXTENSION_ID]: FIREFOX_UUID }),
    },
  });
  browser.process()?.once('exit', () => removeProfile(userDataDir));
  try {
    await browser.installExtension(folder);
    const control = await browser.newPage();
    // In Firefox the navigation to an extension page is never reported as done; the page itself says when it is there.
    control.goto(`moz-extension://${FIREFOX_UUID}/control.html`).catch(() => undefined);
    await until('the control page is there', () =>
      control.evaluate(() => Reflect.has(globalThis, 'control')).catch(() => false),
    );
    return { browser, control };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
