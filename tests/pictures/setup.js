// Check setup in both browsers, light and dark, on its page and in a narrow panel, with everything as assumed and with five things that
// differ: node tests/pictures/setup.js
// The pictures are in tests/out/setup.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CASES } from '../e2e/steps/cases.js';
import { withDesk } from '../e2e/steps/desk.js';
import { SetupCheck } from '../e2e/steps/setup.js';
import { drift, PORTAL_LABELS } from '../standins/drift.js';
import { FIELD } from '../standins/world-ids.js';

const OUT = fileURLToPath(new URL('../out/setup/', import.meta.url));
const LICENSE = '410233';

/** Five things of the sites become other than assumed. @param {import('../e2e/steps/desk.js').Desk} desk */
function drifted({ sites }) {
  drift(sites.world, ['forms']);
  for (const field of sites.world.ticketFields)
    if (field.id === FIELD.problemType) field.title = 'Art des Anliegens';
  for (const one of sites.world.macros)
    if (one.title.endsWith('Users added to organization')) one.title = 'CSO::Kontakte hinzugefügt';
  const expires = PORTAL_LABELS['license.expires_at'];
  if (expires) sites.portal.options.labels = { 'license.expires_at': expires };
}

await mkdir(OUT, { recursive: true });
for (const kind of /** @type {const} */ (['chromium', 'firefox'])) {
  for (const name of /** @type {const} */ (['all-good', 'five-wrong'])) {
    await withDesk(kind, {}, async (desk) => {
      if (name === 'five-wrong') drifted(desk);
      const portal = await desk.openPortal();
      await portal.shows('Site Administration');
      await desk.openTicket(CASES.license.ticket);
      const check = await SetupCheck.open(desk);
      await check.run(LICENSE);
      console.log(`${kind}, ${name}: ${(await check.wrong()).join(', ') || 'nothing wrong'}`);
      const { page: panel } = await desk.openPanel();
      for (const scheme of /** @type {const} */ (['light', 'dark'])) {
        await desk.browser.setColorScheme(scheme);
        for (const [page, width] of /** @type {const} */ ([
          [check.page, 900],
          [panel, 320],
          [panel, 400],
        ])) {
          await page.bringToFront().catch(() => undefined);
          await page.setViewport({ width, height: 1000 });
          await page.waitForSelector('.setup-findings');
          await page.$eval('#setup-heading', (one) => one.scrollIntoView());
          await desk.browser.screenshot(page, join(OUT, `${kind}-${name}-${scheme}-${width}.png`));
        }
      }
    });
  }
}
