// Tether listens to its own pages, and to its own scripts in the top frame of the two sites, each for its own site. Anybody else is
// not heard: nothing is shown, kept, asked, opened or written.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { until } from '../harness/wait.js';
import { CASES, noteOf } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';
import { assertDeaf, FORGED, MISSHAPEN, ofKind, sayInTab } from './steps/forging.js';
import { AT_WORK } from './steps/trace.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */

const PORTAL = 'https://customers.gitlab.com/admin/license/410233';
const ZENDESK = 'https://gitlab.zendesk.com/agent/tickets/1001';
const FEDERAL = 'https://gitlab-federal-support.zendesk.com/agent/tickets/2001';
/** An order's number as the core gives them out: small, counted from 1. */
const NUMBERS = [1, 2, 3, 5, 8, 13, 21, 34];

/** The kinds that only Tether's own pages may say. */
const OF_OWN_PAGES = ofKind(1).filter(
  ({ kind }) => kind !== 'portal_page' && kind !== 'page_result',
);

/** A ticket with one record of its case, and the tabs of both sites. @param {Desk} desk */
async function atWork(desk) {
  const agent = await desk.openTicket(1001);
  const panel = await desk.openPanel();
  await panel.showsTicket(1001);
  const portal = await desk.openPortal(CASES.license.proof);
  await panel.holds(CASES.license.proof);
  return { agent, panel, portal };
}

atOneDesk('who is heard', AT_WORK, (add) => {
  add(
    'a page itself is not heard, whatever it posts, fires or asks of the browser',
    async (desk) => {
      const { agent, panel, portal } = await atWork(desk);
      for (const page of [agent.page, portal.page]) {
        await assertDeaf(desk, panel, async () => {
          const can = await page.evaluate(
            async (messages, tether) => {
              for (const message of messages) {
                const arrived = new Promise((resolve) =>
                  addEventListener('message', resolve, { once: true }),
                );
                postMessage(message, '*');
                await arrived;
                document.dispatchEvent(new CustomEvent(String(message.kind), { detail: message }));
                new BroadcastChannel('tether').postMessage(message);
              }
              // A page could speak to an extension that lets itself be spoken to.
              const runtime =
                Reflect.get(Reflect.get(globalThis, 'chrome') ?? {}, 'runtime') ??
                Reflect.get(Reflect.get(globalThis, 'browser') ?? {}, 'runtime');
              return runtime?.sendMessage
                ? runtime.sendMessage(tether, messages[0]).then(
                    () => true,
                    () => false,
                  )
                : false;
            },
            ofKind(1),
            desk.browser.extensionId,
          );
          assert.equal(can, false);
        });
      }
    },
  );

  add('another extension is not heard, though its script runs in both sites', async (desk) => {
    await desk.browser.puppeteer.installExtension(
      fileURLToPath(new URL('stranger', import.meta.url)),
    );
    const { agent, panel, portal } = await atWork(desk);
    for (const page of [agent.page, portal.page]) {
      await assertDeaf(desk, panel, async () => {
        for (const message of ofKind(1)) {
          const heard = await until('the stranger heard something', () =>
            page.evaluate(
              (detail) => {
                const { dataset } = document.documentElement;
                if (dataset['strangerAsked'] !== detail) {
                  dataset['strangerAsked'] = detail;
                  delete dataset['strangerHeard'];
                  document.dispatchEvent(new CustomEvent('stranger-says', { detail }));
                }
                return dataset['strangerHeard'];
              },
              JSON.stringify({ to: desk.browser.extensionId, message }),
            ),
          );
          assert.match(
            heard,
            /^refused: .*(?:Receiving end does not exist|Could not establish connection)/,
          );
        }
      });
    }
  });

  add("a frame in the portal is not heard, not even with Tether's own voice", async (desk) => {
    const { panel, portal } = await atWork(desk);
    await assertDeaf(desk, panel, async () => {
      // The portal lets no page frame itself; what is made on the spot is of its site all the same.
      await portal.page.evaluate(async () => {
        const frame = document.createElement('iframe');
        frame.srcdoc = '<p>made here</p>';
        const loaded = new Promise((resolve) =>
          frame.addEventListener('load', resolve, { once: true }),
        );
        document.body.append(frame);
        await loaded;
      });
      const heard = await sayInTab(desk, PORTAL, ofKind(1), 'frames');
      assert.equal(heard.length, ofKind(1).length, 'the frame could speak');
      assert.deepEqual(
        heard.filter(
          (one) =>
            one.startsWith('answered: ') &&
            one !== 'answered: undefined' &&
            one !== 'answered: null',
        ),
        [],
      );
    });
  });

  add(
    "what only the panel may say is not heard from a site's page, and draws nothing into the panel",
    async (desk) => {
      const { panel } = await atWork(desk);
      for (const address of [PORTAL, ZENDESK]) {
        await assertDeaf(desk, panel, async () => {
          await sayInTab(desk, address, OF_OWN_PAGES);
        });
      }
    },
  );

  add(
    'each site speaks for itself alone: no record from Zendesk, no result from the portal',
    async (desk) => {
      const { panel } = await atWork(desk);
      await assertDeaf(desk, panel, async () => {
        await sayInTab(desk, ZENDESK, [
          ...ofKind(1).filter(({ kind }) => kind === 'portal_page'),
          {
            kind: 'portal_page',
            url: `https://gitlab.zendesk.com/admin/${FORGED}`,
            html: '<html></html>',
          },
        ]);
        await sayInTab(
          desk,
          PORTAL,
          NUMBERS.flatMap((n) => ofKind(n).filter(({ kind }) => kind === 'page_result')),
        );
      });
    },
  );

  add(
    'a result that nobody waits for, and messages of the wrong shape, change nothing',
    async (desk) => {
      const { panel } = await atWork(desk);
      await assertDeaf(desk, panel, async () => {
        await sayInTab(
          desk,
          ZENDESK,
          NUMBERS.flatMap((n) => ofKind(n).filter(({ kind }) => kind === 'page_result')),
        );
        for (const address of [ZENDESK, PORTAL]) await sayInTab(desk, address, MISSHAPEN);
      });
      // The panel's own page may say more, and is no less held to the shape.
      await assertDeaf(desk, panel, async () => {
        await panel.page.evaluate(
          async (messages) => {
            const api = Reflect.get(globalThis, 'browser') ?? chrome;
            for (const message of messages)
              await api.runtime.sendMessage(message).catch(() => undefined);
          },
          [
            ...MISSHAPEN,
            { kind: 'command' },
            { kind: 'command', name: 5 },
            { kind: 'command', name: 'no_such_command', fields: { a: 1 } },
            { kind: 'file', name: 'x' },
          ],
        );
      });
    },
  );

  add(
    'the refused instance is not heard, though Tether may see its pages, and another host cannot be reached at all',
    async (desk) => {
      const { agent, panel } = await atWork(desk);
      await desk.browser.newPage(FEDERAL);
      await agent.page.bringToFront();
      await panel.showsTicket(1001);
      await assertDeaf(desk, panel, async () => {
        await sayInTab(desk, FEDERAL, [...NUMBERS.flatMap(ofKind), ...MISSHAPEN]);
      });
      await desk.browser.newPage('https://okta.example.com/');
      await agent.page.bringToFront();
      await panel.showsTicket(1001);
      await assert.rejects(sayInTab(desk, 'https://okta.example.com/', ofKind(1)));
    },
  );

  add(
    'and the right one is heard: after all of it the note is what the records say',
    async (desk) => {
      const { agent, panel, portal } = await atWork(desk);
      await sayInTab(desk, PORTAL, OF_OWN_PAGES);
      await desk.look(panel, portal, CASES.license);
      await panel.says('Entitled');
      await panel.press('Add internal note');
      await panel.saysTheNoteStands(1001);
      assert.deepEqual((await agent.composer(1001)).lines, noteOf(CASES.license));
    },
  );
});
