/**
 * Draws extension/icons/tether-<size>.png from tether.svg with Chromium, the smallest from tether-small.svg. The PNGs are committed; run
 * this after changing an SVG:
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
await browser.close();
