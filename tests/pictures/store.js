// Takes the stores' screenshots: the panel beside a ticket of the stand-ins, in the sizes that the stores accept. `./build.sh package`
// runs it after the build. Everything in the pictures is invented.

import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTicket, press, says, verdict } from '../demo/engineer.js';
import { launch } from '../harness/browser.js';
import { startStandIns } from '../standins/start.js';

/**
 * @typedef {import('../harness/browser.js').Browser} Browser
 * @typedef {import('puppeteer-core').Page} Page
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PARTS = join(ROOT, 'tests', 'out', 'store');
const OUT = join(ROOT, 'dist', 'store', 'screenshots');

/** The full size; the smaller one is half of it. */
const WIDTH = 1280;
const HEIGHT = 800;
const PANEL = 400;

/** @param {Page} page until it has drawn what it shows */
const painted = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)));
      }),
  );

/** @param {Buffer} png @returns {string} its size, as its header says */
export const sizeOf = (png) => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;

/**
 * One picture of ticket and panel side by side, in both sizes.
 * @param {Browser} browser
 * @param {Page} ticket
 * @param {Page} panel
 * @param {string} name
 */
async function take(browser, ticket, panel, name) {
  await ticket.bringToFront();
  await ticket.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
  );
  await panel.setViewport({ width: PANEL, height: HEIGHT });
  await panel.evaluate(() => scrollTo(0, 0));
  await painted(panel);
  await browser.screenshot(panel, join(PARTS, `${name}-panel.png`));
  await browser.screenshot(ticket, join(PARTS, `${name}-ticket.png`), {
    width: WIDTH - PANEL,
    height: HEIGHT,
  });
  for (const scale of [1, 0.5]) await compose(browser, name, scale);
}

/** @param {Browser} browser @param {string} name @param {number} scale */
async function compose(browser, name, scale) {
  /** @param {string} part @param {number} width */
  const image = async (part, width) => {
    const png = await readFile(join(PARTS, `${name}-${part}.png`));
    return `<img alt="" width="${width * scale}" height="${HEIGHT * scale}" src="data:image/png;base64,${png.toString('base64')}">`;
  };
  const [width, height] = [WIDTH * scale, HEIGHT * scale];
  const file = join(OUT, `${name}-${width}x${height}.png`);
  const page = await browser.newPage();
  try {
    await page.setViewport({ width, height });
    await page.setContent(`<!doctype html><style>
      body { margin: 0; display: flex; }
      img + img { box-shadow: 0 0 6px #0006; }
    </style>${await image('ticket', WIDTH - PANEL)}${await image('panel', PANEL)}`);
    await page.screenshot({ path: file });
  } finally {
    await page.close();
  }
  const size = sizeOf(await readFile(file));
  if (size !== `${width}x${height}`) throw new Error(`${file} is ${size}`);
}

/**
 * A ticket with its proof followed to the verdict.
 * @param {Browser} browser
 * @param {Page} panel
 * @param {number} number
 * @param {RegExp} expected
 */
async function traced(browser, panel, number, expected) {
  const ticket = await openTicket(browser, number);
  await says(panel, `#${number}`);
  await press(panel, 'Trace');
  await says(panel, expected, () => verdict(panel));
  return ticket;
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await mkdir(PARTS, { recursive: true });
const sites = await startStandIns({ zendesk: { autoSignIn: true } });
try {
  const browser = await launch({
    browser: 'chromium',
    extension: join(ROOT, 'dist', 'chromium'),
    proxyPort: sites.proxyPort,
    width: WIDTH,
    height: HEIGHT,
  });
  try {
    const entitled = await openTicket(browser, 1001);
    const panel = await browser.openPanel({ width: PANEL, height: HEIGHT });
    await says(panel, '#1001');
    await take(browser, entitled, panel, '1-proof-found');
    await press(panel, 'Trace');
    await says(panel, /^Entitled/, () => verdict(panel));
    await take(browser, entitled, panel, '2-entitled');

    const refused = await traced(browser, panel, 1004, /^Not entitled/);
    await take(browser, refused, panel, '3-not-entitled');

    const contacts = await openTicket(browser, 1018);
    await says(panel, '#1018');
    await says(panel, /Add \d+ contacts/);
    await take(browser, contacts, panel, '4-contacts');

    await browser.setColorScheme('dark');
    await entitled.bringToFront();
    await says(panel, '#1001');
    await take(browser, entitled, panel, '5-dark');
  } finally {
    await browser.close();
  }
} finally {
  await sites.close();
}
console.log(`dist/store/screenshots: 5 pictures of ${WIDTH}x${HEIGHT}, and of half that size`);
