/**
 * Draws extension/icons/tether-<size>.png from tether.svg with Chromium, the smallest from tether-small.svg, and the two pictures that
 * the stores want besides. The PNGs are committed; run this after changing an SVG:
 * CHROMIUM=/usr/bin/chromium node tests/tools/icons.js
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { EXTENSION } from './project.js';

const icons = path.join(EXTENSION, 'icons');
const svg = readFileSync(path.join(icons, 'tether.svg'), 'utf8');
const small = readFileSync(new URL('tether-small.svg', import.meta.url), 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
for (const size of [16, 32, 48, 128]) {
  await page.setViewport({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${size === 16 ? small : svg}`,
  );
  await page.screenshot({ path: `${icons}/tether-${size}.png`, omitBackground: true });
}

const store = path.join(EXTENSION, 'store');
// The Chrome Web Store wants 96 pixels of icon with a transparent margin of 16.
await page.setViewport({ width: 128, height: 128 });
await page.setContent(
  `<style>body{margin:16px}svg{display:block;width:96px;height:96px}</style>${svg}`,
);
await page.screenshot({ path: `${store}/store-128.png`, omitBackground: true });
await page.setViewport({ width: 440, height: 280 });
await page.setContent(
  `<style>
    body { margin: 0; height: 280px; display: flex; align-items: center; justify-content: center; gap: 28px; background: #e9f1f6; }
    svg { width: 120px; height: 120px; }
    p { margin: 0; font: 600 56px sans-serif; color: #17384d; }
  </style>${svg}<p>Tether</p>`,
);
await page.screenshot({ path: `${store}/promo-440x280.png` });
await browser.close();
