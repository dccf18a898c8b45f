/// <reference path="./page-scripts/globals.d.ts" />
// Choosing a user's organization in the stand-in's user page: with Garden's combobox and with the older field.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe } from 'node:test';
import { until } from '../harness/wait.js';
import { addOrganization } from '../standins/world-build.js';
import { SELECTORS, startZendesk } from './page-scripts/zendesk.js';
import { BROWSERS, testInTurn } from './steps/turns.js';

const USER = 371000000001;
const OTHER = 371000000002;
/** Ids of the organizations that these tests add. */
const CORP = 361000009001;
const EMEA = 361000009002;
const TWIN = 361000009003;
const LATIN = 361000009005;
const ORGANIZATIONS = [
  { id: EMEA, name: 'Zephyr Corp (EMEA)' },
  { id: CORP, name: 'Zephyr Corp' },
  { id: 361000009006, name: 'zephyr corp' },
  { id: TWIN, name: 'Twin Works' },
  { id: TWIN + 1, name: 'Twin Works' },
  { id: LATIN, name: 'Café Ünïon & <Sons>' },
];

for (const name of BROWSERS) {
  const inTurn = testInTurn(name);
  describe(`the Organization field, ${name}`, { timeout: 300_000 }, () => {
    /** @type {Awaited<ReturnType<typeof startZendesk>>} */
    let desk;
    before(async () => {
      desk = await startZendesk(name);
      for (const one of ORGANIZATIONS) addOrganization(desk.world, one);
    });
    after(() => desk?.close());
    beforeEach(() => {
      desk.reset();
      for (const id of [USER, OTHER]) user(id).organization_id = null;
    });

    const user = (id = USER) => {
      const found = desk.world.users.find((one) => one.id === id);
      assert.ok(found);
      return found;
    };
    const input = (id = USER) =>
      `[data-user-id="${id}"] :is(#user_organization, [data-test-id="user-organization-input"])`;
    /** What the field shows. @param {number} [id] */
    const shown = (id = USER) =>
      desk.page.$eval(input(id), (one) => /** @type {HTMLInputElement} */ (one).value);
    /** @param {string} [query] */
    async function open(query = '') {
      await desk.open(`/agent/users/${USER}${query}`, `[data-user-id="${USER}"] textarea`);
      await desk.page.waitForSelector(input());
    }
    /** @param {string} wanted @param {object} [changes] */
    const fill = (wanted, changes = {}) =>
      desk.carryOut({ kind: 'fill_organization', user: USER, name: wanted, ...changes });
    /** @param {string} text */
    const waitFor = (text) =>
      until(`the field shows ${text}`, async () => (await shown()) === text);
    /** The field is as it was, no list is open, and nobody was asked to save anything. @param {string} text */
    async function untouched(text) {
      assert.equal(await shown(), text);
      // A list of Garden's that fades out is closed for everybody who asks.
      assert.equal(
        await desk.page.$$eval(
          '[role="option"]',
          (found) =>
            found.filter(
              (one) =>
                one.checkVisibility({ visibilityProperty: true }) &&
                !one.closest('[aria-hidden="true"]'),
            ).length,
        ),
        0,
        'a list is open',
      );
      assert.deepEqual(desk.writes(), []);
    }

    for (const old of [false, true]) {
      const form = old ? 'the old field' : "Garden's field";
      describe(form, () => {
        beforeEach(() => {
          desk.zendesk.page.oldOrganizationField = old;
        });

        for (const [how, selectors] of /** @type {[string, Record<string, string[]>][]} */ ([
          ['by its selectors', { ...SELECTORS, organization_labels: [] }],
          [
            'by its label alone',
            { ...SELECTORS, organization_field: [], organization_labels: ['  organization '] },
          ],
        ])) {
          (old ? inTurn : inTurn.everywhere)(
            `${form} is found ${how}, and the user is in that very organization afterwards`,
            async () => {
              await open();
              assert.deepEqual(await fill('Zephyr Corp', { selectors }), {
                kind: 'chosen',
                shown: 'Zephyr Corp',
              });
              assert.equal(user().organization_id, CORP);
              assert.equal(await shown(), 'Zephyr Corp');
              assert.deepEqual(desk.writes(), [`PUT /api/v2/users/${USER} 200`]);
            },
          );
        }

        inTurn(
          `in ${form} a name that begins like another one is not mistaken for it`,
          async () => {
            await open();
            assert.deepEqual(await fill('Zephyr Corp (EMEA)'), {
              kind: 'chosen',
              shown: 'Zephyr Corp (EMEA)',
            });
            assert.equal(user().organization_id, EMEA);
            assert.deepEqual(await fill('Zephyr Corp', { replaces: 'Zephyr Corp (EMEA)' }), {
              kind: 'chosen',
              shown: 'Zephyr Corp',
            });
            assert.equal(user().organization_id, CORP);
          },
        );

        inTurn(`in ${form} a name with marks, composed otherwise, is found`, async () => {
          await open();
          assert.deepEqual(await fill(` ${'Café Ünïon & <Sons>'.normalize('NFD')} `), {
            kind: 'chosen',
            shown: 'Café Ünïon & <Sons>',
          });
          assert.equal(user().organization_id, LATIN);
        });

        inTurn(`in ${form} two equal names are left to the engineer`, async () => {
          await open();
          assert.deepEqual(await fill('Twin Works'), { kind: 'several', count: 2 });
          await untouched('-');
        });

        inTurn(`in ${form} a name that only others begin with is not there`, async () => {
          user().organization_id = TWIN;
          await open();
          await waitFor('Twin Works');
          const outcome = await fill('Zephyr', { replaces: 'Twin Works' });
          assert.equal(outcome.kind, 'no_entry');
          assert.deepEqual([...outcome.seen].sort(), [
            'Zephyr Corp',
            'Zephyr Corp (EMEA)',
            'zephyr corp',
          ]);
          await untouched('Twin Works');
          assert.equal(user().organization_id, TWIN);
        });

        (old ? inTurn : inTurn.everywhere)(
          `${form} that a colleague filled meanwhile is left alone`,
          async () => {
            user().organization_id = TWIN;
            await open();
            await waitFor('Twin Works');
            for (const replaces of [null, 'Zephyr Corp (EMEA)', 'twin works']) {
              assert.deepEqual(await fill('Zephyr Corp', { replaces }), {
                kind: 'field_shows',
                shown: 'Twin Works',
              });
            }
            await untouched('Twin Works');
            assert.equal(user().organization_id, TWIN);
          },
        );

        inTurn(`${form} that shows the name already is left alone`, async () => {
          user().organization_id = CORP;
          await open();
          await waitFor('Zephyr Corp');
          assert.deepEqual(await fill('Zephyr Corp'), { kind: 'already', shown: 'Zephyr Corp' });
          await untouched('Zephyr Corp');
        });

        inTurn(`a slow list and a slow save are waited for in ${form}`, async () => {
          await open();
          await waitFor('-');
          desk.zendesk.delayMs = 1500;
          assert.deepEqual(await fill('Zephyr Corp'), { kind: 'chosen', shown: 'Zephyr Corp' });
          assert.equal(user().organization_id, CORP);
        });

        inTurn(`of two open users only the one in front is touched in ${form}`, async () => {
          await desk.open(
            '/agent/tickets/1002',
            `[data-is-active="true"] a[href="/agent/users/${OTHER}"]`,
          );
          await desk.follow(`/agent/users/${OTHER}`);
          await desk.page.waitForSelector(input(OTHER));
          await desk.follow('/agent');
          await desk.page.waitForSelector('a[href="/agent/tickets/1001"]', { visible: true });
          await desk.follow('/agent/tickets/1001');
          await desk.page.waitForSelector(
            `[data-is-active="true"] a[href="/agent/users/${USER}"]`,
            { visible: true },
          );
          await desk.follow(`/agent/users/${USER}`);
          await desk.page.waitForSelector(input());
          assert.deepEqual(await fill('Zephyr Corp', { user: OTHER }), {
            kind: 'wrong_page',
            front: `/agent/users/${USER}`,
          });
          await untouched('-');
          assert.deepEqual(
            await fill('Zephyr Corp', { selectors: { ...SELECTORS, organization_field: [] } }),
            { kind: 'chosen', shown: 'Zephyr Corp' },
          );
          assert.deepEqual([user().organization_id, user(OTHER).organization_id], [CORP, null]);
          assert.equal(await shown(OTHER), '-');
        });

        inTurn(`${form} is filled while another window has the keyboard`, async () => {
          await open();
          const other = await desk.control.evaluate(() => globalThis.control.otherWindow());
          // Without a screen, every window of Chromium's has the focus for itself.
          await desk.page.waitForFunction(
            (lost) => !document.hidden && document.hasFocus() !== lost,
            { polling: 50 },
            name === 'firefox',
          );
          assert.deepEqual(await fill('Twin Works'), { kind: 'several', count: 2 });
          await untouched('-');
          assert.deepEqual(await fill('Zephyr Corp'), { kind: 'chosen', shown: 'Zephyr Corp' });
          assert.equal(user().organization_id, CORP);
          await desk.control.evaluate((id) => globalThis.control.closeWindow(id), other);
        });
      });
    }

    inTurn.everywhere('the field is found by the label that Zendesk gives it today', async () => {
      desk.zendesk.page.organizationLabel = 'Org';
      await open();
      const { organization_labels: labels } = SELECTORS;
      assert.deepEqual(
        await fill('Zephyr Corp', {
          selectors: { ...SELECTORS, organization_field: [], organization_labels: labels },
        }),
        { kind: 'chosen', shown: 'Zephyr Corp' },
      );
      assert.equal(user().organization_id, CORP);
    });

    inTurn.everywhere('where a user may have several organizations, none is added', async () => {
      desk.zendesk.page.severalOrganizations = true;
      await desk.open(
        `/agent/users/${USER}`,
        `[data-user-id="${USER}"] [data-test-id="add-organization"]`,
      );
      assert.deepEqual(await fill('Zephyr Corp'), { kind: 'several_organizations' });
      assert.equal(user().organization_id, null);
      assert.deepEqual(desk.writes(), []);
    });

    inTurn('outside the pane of the user in front no field is looked for', async () => {
      await open();
      await desk.page.evaluate(() => {
        const other = document.createElement('label');
        other.append('Firma', document.createElement('input'));
        document.body.append(other);
      });
      assert.deepEqual(
        await fill('Zephyr Corp', {
          selectors: { ...SELECTORS, organization_field: [], organization_labels: ['Firma'] },
        }),
        { kind: 'no_field' },
      );
      assert.deepEqual(await fill('Zephyr Corp', { selectors: { ...SELECTORS, user_pane: [] } }), {
        kind: 'no_field',
      });
      await untouched('-');
    });

    inTurn('an unknown name is reported as missing', async () => {
      await open();
      assert.deepEqual(await fill('Nobody at all'), { kind: 'no_entry', seen: ['-'] });
      await untouched('-');
    });

    inTurn('a refused save is recognized by what the field shows then', async () => {
      await open();
      desk.zendesk.faults.add({
        match: `/api/v2/users/${USER}`,
        method: 'PUT',
        status: 422,
        body: { error: 'RecordInvalid', description: 'No' },
      });
      assert.deepEqual(await fill('Zephyr Corp'), { kind: 'not_arrived', text: '-' });
      assert.equal(user().organization_id, null);
    });

    inTurn('an entry is not chosen if the basis of the choice has changed', async () => {
      await open();
      const path = `/api/v2/users/${USER}`;
      const expected = [{ path, holds: { user: { organization_id: EMEA } } }];
      assert.deepEqual(await fill('Zephyr Corp', { expected }), { kind: 'not_as_expected', path });
      await untouched('-');
      expected[0] = { path, holds: { user: { organization_id: /** @type {any} */ (null) } } };
      assert.deepEqual(await fill('Zephyr Corp', { expected }), {
        kind: 'chosen',
        shown: 'Zephyr Corp',
      });
    });

    inTurn("an address whose pane is another user's is refused", async () => {
      await open();
      await desk.page.evaluate(
        (other) => history.replaceState(null, '', `/agent/users/${other}`),
        OTHER,
      );
      assert.deepEqual(await fill('Zephyr Corp', { user: OTHER }), {
        kind: 'wrong_page',
        front: `/agent/users/${USER}`,
      });
      await untouched('-');
    });

    inTurn('a page that stays hidden is refused', async () => {
      await open();
      await desk.control.bringToFront();
      await desk.page.waitForFunction(() => document.hidden, { polling: 50 });
      assert.deepEqual(await fill('Zephyr Corp'), { kind: 'hidden' });
      await desk.page.bringToFront();
      await untouched('-');
    });

    inTurn('a missing field is reported', async () => {
      await open();
      assert.deepEqual(
        await fill('Zephyr Corp', {
          selectors: {
            ...SELECTORS,
            organization_field: ['[[', '#nowhere'],
            organization_labels: ['Company'],
          },
        }),
        { kind: 'no_field' },
      );
      await untouched('-');
    });

    inTurn('two fields that answer are left to the engineer', async () => {
      await open();
      await desk.page.evaluate((id) => {
        const more = document.createElement('label');
        more.append('Organization', document.createElement('input'));
        document.querySelector(`[data-user-id="${id}"] aside`)?.append(more);
      }, USER);
      assert.deepEqual(
        await fill('Zephyr Corp', { selectors: { ...SELECTORS, organization_field: [] } }),
        { kind: 'ambiguous', what: 'organization field' },
      );
      await untouched('-');
    });

    /** Puts a field of another making into the page. @param {string} html */
    async function addField(html) {
      await desk.page.evaluate(
        (id, text) => {
          const made = new DOMParser().parseFromString(text, 'text/html').body.firstElementChild;
          const own = made?.querySelector('input');
          if (!made || !own) throw new Error('no field');
          own.value = 'Before';
          own.id = 'made';
          document.querySelector(`[data-user-id="${id}"] aside`)?.append(made);
        },
        USER,
        html,
      );
    }
    const foreign = { ...SELECTORS, organization_field: [], organization_labels: ['Firma'] };

    for (const [what, html] of /** @type {const} */ ([
      ['an aria-label', '<div><input aria-label="Firma"></div>'],
      ['a label around it', '<label><span>Firma</span> <input></label>'],
      ['a text beside it', '<div class="property_box"><h4>Firma</h4><div><input></div></div>'],
    ])) {
      inTurn(`a field is found by ${what}`, async () => {
        await open();
        await addField(html);
        assert.deepEqual(await fill('Before', { selectors: foreign }), {
          kind: 'already',
          shown: 'Before',
        });
      });
    }

    inTurn('a field beside a text is not used if it has its own label', async () => {
      await open();
      await addField('<div><h4>Firma</h4><p><label>Phone <input></label></p></div>');
      assert.deepEqual(await fill('Zephyr Corp', { selectors: foreign }), { kind: 'no_field' });
    });

    inTurn('a field that offers no list gets its text back', async () => {
      await open();
      await addField('<label>Firma <input></label>');
      assert.deepEqual(await fill('Zephyr Corp', { selectors: foreign, replaces: 'Before' }), {
        kind: 'no_entry',
        seen: [],
      });
      assert.equal(
        await desk.page.$eval('#made', (one) => /** @type {HTMLInputElement} */ (one).value),
        'Before',
      );
      await untouched('-');
    });

    inTurn('an engineer who leaves the page while the list loads stops it', async () => {
      await open();
      desk.zendesk.delayMs = 1000;
      const { effect } = await desk.order({
        kind: 'fill_organization',
        user: USER,
        name: 'Zephyr Corp',
      });
      await desk.page.waitForFunction(
        (selector) =>
          /** @type {HTMLInputElement | null} */ (document.querySelector(selector))?.value ===
          'Zephyr Corp',
        { polling: 20 },
        input(),
      );
      await desk.follow('/agent');
      assert.deepEqual(await desk.outcome(effect), { kind: 'wrong_page', front: '/agent' });
      assert.equal(user().organization_id, null);
      assert.deepEqual(desk.writes(), []);
    });
  });
}
