// Makes the README's pictures, and the panel in its main states for whoever changes its looks: node tests/pictures/make.js
// What the README shows is written beside this file, everything else to tests/out/pictures.

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newTab, openTicket, press, says, type, verdict, walkChain } from '../demo/engineer.js';
import { launch } from '../harness/browser.js';
import { startStandIns } from '../standins/start.js';

/**
 * @typedef {import('../harness/browser.js').Browser} Browser
 * @typedef {import('puppeteer-core').Page} Page
 */

const HERE = fileURLToPath(new URL('./', import.meta.url));
const ROOT = join(HERE, '..', '..');
const OUT = join(ROOT, 'tests', 'out', 'pictures');

/** The panel's width in the README's pictures, CSS pixels. */
const WIDTH = 400;
/** Of the agent page and the panel beside it. */
const HEIGHT = 860;

/** Takes the whole panel, however long it is. @param {Browser} browser @param {Page} panel @param {string} name @param {number} [width] */
async function whole(browser, panel, name, width = WIDTH) {
  await panel.setViewport({ width, height: 400 });
  const height = await panel.evaluate(() => document.documentElement.scrollHeight);
  await panel.setViewport({ width, height });
  await painted(panel);
  await browser.screenshot(panel, join(OUT, `${name}.png`));
}

/** Takes the panel's upper part. @param {Browser} browser @param {Page} panel @param {string} name @param {number} height */
async function upper(browser, panel, name, height) {
  await panel.setViewport({ width: WIDTH, height });
  await panel.evaluate(() => scrollTo(0, 0));
  await painted(panel);
  await browser.screenshot(panel, join(OUT, `${name}.png`));
}

/** After a change of size the first picture may lack what was out of view before. @param {Page} page */
const painted = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)));
      }),
  );

/** @param {'chromium' | 'firefox'} kind @param {(browser: Browser) => Promise<void>} take */
async function withBrowser(kind, take) {
  const standIns = await startStandIns({ zendesk: { autoSignIn: true } });
  try {
    const browser = await launch({
      browser: kind,
      extension: join(ROOT, 'dist', kind),
      proxyPort: standIns.proxyPort,
      width: 1280,
      height: HEIGHT,
    });
    try {
      await take(browser);
    } finally {
      await browser.close();
    }
  } finally {
    await standIns.close();
  }
}

/** @param {Browser} browser */
async function chromium(browser) {
  const entitled = await openTicket(browser, 1001);
  const panel = await browser.openPanel({ width: WIDTH, height: HEIGHT });
  await says(panel, 'ada.lindqvist@example.com');
  await whole(browser, panel, 'chromium-incomplete');
  await walkChain(browser, panel, { license: 410233, order: 700101, account: 9001 }, entitled);
  await says(panel, /^Entitled/, () => verdict(panel));
  for (const width of [320, WIDTH, 480])
    await whole(browser, panel, `chromium-entitled-${width}`, width);
  await press(panel, 'Add internal note');
  await says(panel, 'Internal note added to the composer of #1001');
  await whole(browser, panel, 'chromium-written');
  await upper(browser, panel, 'panel', HEIGHT);
  await entitled.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
  );
  await browser.screenshot(entitled, join(OUT, 'ticket.png'), { width: 1240, height: HEIGHT });

  const refused = await openTicket(browser, 1004);
  await says(panel, 'diego.ramirez@logistica.example.com');
  await walkChain(browser, panel, { license: 410238, order: 700104, account: 9004 }, refused);
  await says(panel, /^Not entitled/, () => verdict(panel));
  for (const width of [320, WIDTH])
    await whole(browser, panel, `chromium-not-entitled-${width}`, width);
  await upper(browser, panel, 'state-not-entitled', 640);
  await refused.close();
  await press(panel, 'Add internal note');
  await says(panel, 'No tab shows ticket #1004');
  await whole(browser, panel, 'chromium-error');

  const conflict = await openTicket(browser, 1014);
  await says(panel, 'hanako@firstsecond.example.com');
  await walkChain(browser, panel, { license: 410245, order: 700114, account: 9014 }, conflict);
  await type(panel, 'license_id', '410246');
  await newTab(browser, () => press(panel, 'Open license'));
  await says(panel, 'Which license counts?');
  await conflict.bringToFront();
  await whole(browser, panel, 'chromium-conflict');
  await browser.setColorScheme('dark');
  await whole(browser, panel, 'chromium-conflict-dark');

  const activation = await openTicket(browser, 1002);
  await says(panel, 'bruno.dalmeida@example.org');
  await walkChain(
    browser,
    panel,
    { activation: 30011, code: 'hQ7mZ2vKx9RbT4nLc8WdYp3s', order: 700102, account: 9002 },
    activation,
  );
  await says(panel, /^Entitled/, () => verdict(panel));
  await whole(browser, panel, 'chromium-entitled-dark');
  await upper(browser, panel, 'state-entitled-dark', 640);

  await compose(browser);
}

/** @param {Browser} browser */
async function firefox(browser) {
  const ticket = await openTicket(browser, 1001);
  const panel = await browser.openPanel({ width: WIDTH, height: HEIGHT });
  await says(panel, 'ada.lindqvist@example.com');
  await whole(browser, panel, 'firefox-incomplete');
  await walkChain(browser, panel, { license: 410233, order: 700101, account: 9001 }, ticket);
  await says(panel, /^Entitled/, () => verdict(panel));
  await whole(browser, panel, 'firefox-entitled');
  await upper(browser, panel, 'state-firefox', 640);
}

/** @param {string} name a picture of this run @returns {Promise<string>} */
const embedded = async (name) =>
  `data:image/png;base64,${(await readFile(join(OUT, `${name}.png`))).toString('base64')}`;

/**
 * The ticket with the panel beside it, as one picture.
 * @param {Browser} browser
 */
async function compose(browser) {
  await picture(
    browser,
    'overview',
    1240 + WIDTH,
    HEIGHT,
    [
      ['ticket', 1240],
      ['panel', WIDTH],
    ],
    0,
  );
  await picture(
    browser,
    'states',
    2 * WIDTH + 24,
    640,
    [
      ['state-not-entitled', WIDTH],
      ['state-entitled-dark', WIDTH],
    ],
    24,
  );
}

/**
 * @param {Browser} browser
 * @param {string} name
 * @param {number} width
 * @param {number} height
 * @param {[name: string, width: number][]} parts  from left to right
 * @param {number} gap
 */
async function picture(browser, name, width, height, parts, gap) {
  const images = await Promise.all(
    parts.map(async ([part, wide]) => `<img alt="" width="${wide}" src="${await embedded(part)}">`),
  );
  const page = await browser.newPage();
  await page.setViewport({ width: width + 2, height: height + 2 });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; display: flex; gap: ${gap}px; background: #fff; }
    img { outline: 1px solid #c2c8cc; margin: 1px 0; }
    img:first-of-type { margin-inline-start: 1px; }
  </style>${images.join('')}`);
  await page.screenshot({ path: join(HERE, `${name}.png`), optimizeForSpeed: false });
  await page.close();
}

await mkdir(OUT, { recursive: true });
const wanted = process.argv.slice(2);
if (wanted.length === 0 || wanted.includes('chromium')) await withBrowser('chromium', chromium);
if (wanted.length === 0 || wanted.includes('firefox')) await withBrowser('firefox', firefox);
console.log(`Pictures: ${HERE} and ${OUT}`);
