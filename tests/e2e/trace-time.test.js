// How long a walk takes compared with a bare loop over the same addresses, at 150 ms per answer. It prints the ratio: machines differ too much
// for a limit that is tight, so only a walk of twice the loop's time fails.
import assert from 'node:assert/strict';
import { atDesk } from './steps/desk.js';
import { AT_WORK, askedOfPortal, beside, LICENSE_WALK, PROOFS } from './steps/trace.js';

atDesk(
  'Trace takes about as long as asking for the same pages one after the other',
  { ...AT_WORK, turn: 'chromium' },
  async (desk) => {
    const { panel } = await beside(desk, PROOFS.id.ticket);
    await panel.shows('the proof', (reading) => !reading.busy && reading.buttons.includes('Trace'));
    desk.sites.portal.delayMs = 150;
    const { id: chain } = PROOFS;
    const addresses = [
      chain.proof,
      `order?f%5Bsubscription_name%5D%5B1%5D%5Bo%5D=is&f%5Bsubscription_name%5D%5B1%5D%5Bv%5D=${chain.subscription}`,
      `order/${chain.order}`,
      `billing_account/${chain.account}`,
    ];
    const loop = () =>
      panel.page.evaluate(async (paths) => {
        const begun = performance.now();
        for (const path of paths) {
          const answer = await fetch(`https://customers.gitlab.com/admin/${path}`, {
            headers: { Accept: 'text/html' },
            credentials: 'include',
            cache: 'no-store',
          });
          if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
          await answer.text();
        }
        return performance.now() - begun;
      }, addresses);
    // Once to have the connections open, as the walk may have them too.
    await loop();
    const bare = await loop();
    desk.sites.log.clear();
    const walk = await panel.page.evaluate(
      (last) =>
        new Promise((resolve) => {
          const begun = performance.now();
          const done = () =>
            [...document.querySelectorAll('.records li > p')].some(
              (one) => one.textContent?.trim() === last,
            );
          const observer = new MutationObserver(() => {
            if (!done()) return;
            observer.disconnect();
            resolve(performance.now() - begun);
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          /** @type {HTMLElement | null} */ (document.querySelector('button#trace'))?.click();
        }),
      `Billing account ${chain.account}`,
    );
    console.log(
      `${desk.browser.kind}: Trace ${Math.round(Number(walk))} ms, bare loop ${Math.round(bare)} ms, ratio ${(Number(walk) / bare).toFixed(2)}`,
    );
    assert.deepEqual(askedOfPortal(desk), LICENSE_WALK);
    assert.ok(Number(walk) < 2 * bare);
  },
);
