// The panel in every named state, as it is when it comes up, light and dark, to tests/out/states: for whoever changes its looks.
// `node tests/pictures/states.js firefox 320 "plan"` takes one browser, another width, and every state whose name holds that part, those of the
// random walks too.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { panelStates, takeOver } from '../e2e/steps/states.js';
import { launch } from '../harness/browser.js';
import { startStandIns } from '../standins/start.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUT = join(ROOT, 'tests', 'out', 'states');

const [only = 'chromium,firefox', width = '400', part = ''] = process.argv.slice(2);

for (const kind of /** @type {const} */ (['chromium', 'firefox'])) {
  if (!only.includes(kind)) continue;
  const sites = await startStandIns({});
  const browser = await launch({
    browser: kind,
    extension: join(ROOT, 'dist', kind),
    proxyPort: sites.proxyPort,
  });
  try {
    const panel = await browser.openPanel({ width: Number(width), height: 800 });
    await takeOver(panel, browser.extensionOrigin);
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      await browser.setColorScheme(scheme);
      await mkdir(join(OUT, `${kind}-${scheme}-${width}`), { recursive: true });
      for (const { name, named, html } of await panelStates()) {
        if (!(named || part) || !name.includes(part)) continue;
        await panel.setViewport({ width: Number(width), height: 800 });
        const height = await panel.evaluate((content) => {
          /** @type {{render: (html: string) => void}} */ (
            Reflect.get(globalThis, '__view')
          ).render(content);
          return document.documentElement.scrollHeight;
        }, html);
        await panel.setViewport({ width: Number(width), height: Math.min(height, 4000) });
        await browser.screenshot(
          panel,
          join(OUT, `${kind}-${scheme}-${width}`, `${name.replace(/\W+/g, '-')}.png`),
        );
      }
    }
  } finally {
    await browser.close();
    await sites.close();
  }
}
console.log(`Pictures: ${OUT}`);
