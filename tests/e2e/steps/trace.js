// Tickets with a proof of each kind, and what is to be seen of a walk from it.
import assert from 'node:assert/strict';
import { LICENSE_TEST_PUBLIC_KEY } from '../../standins/license-key.js';

/** @typedef {import('./desk.js').Desk} Desk */
/** @typedef {import('./panel.js').Panel} Panel */

/** A desk at which Trace may ask the portal, and license keys of the stand-ins open. @type {import('./desk.js').DeskOptions} */
export const AT_WORK = {
  asks: ['customers.gitlab.com'],
  profile: { license_keys: [LICENSE_TEST_PUBLIC_KEY] },
};

/**
 * The usual chain of a ticket with a proof.
 * @param {number} ticket
 * @param {string} proof
 * @param {string} soldTo
 * @param {string} salesforce
 * @returns {import('./cases.js').Chain}
 */
const chain = (ticket, proof, soldTo, salesforce) => ({
  ticket,
  proof,
  soldTo,
  salesforce,
  subscription: `A-S0013${ticket}`,
  order: 700_300 + ticket - 1000,
  account: 9_200 + ticket - 1000,
});

/** By the kind of the proof. */
export const PROOFS = {
  id: chain(1033, 'license/410266', 'alan@numbers.example.com', '0014M00001nUmBeQAK'),
  code: chain(1034, 'cloud_activation/30334', 'beatriz@codes.example.com', '0014M00001cOdEs'),
  key: chain(1035, 'license/410268', 'aino@pastedkeys.example.com', '0014M00001pAsTeQAK'),
  file: chain(1036, 'license/410269', 'claude@attached.example.com', '0014M00001aTtAcQAK'),
  export: chain(1037, 'license/410270', 'dora@exportimport.example.com', '0014M00001eXpOrQAK'),
  several: chain(1038, 'license/410271', 'eva@bothsides.example.com', '0014M00001bOtHsQAK'),
  forged: chain(1039, 'license/410272', 'georgina@genuine.example.com', '0014M00001gEnUiQAK'),
};

/** The activation code of ticket 1034: a secret. */
export const SECRET = 'Wk4tQ9pLz7XnB2vHc5RmJ8dG';

/** What a walk from a license asks the portal for. */
export const LICENSE_WALK = {
  'GET customers.gitlab.com/admin/license/#': 1,
  'GET customers.gitlab.com/admin/order': 1,
  'GET customers.gitlab.com/admin/order/#': 1,
  'GET customers.gitlab.com/admin/billing_account/#': 1,
};

/** What Tether asked the portal for, by kind. @param {Desk} desk */
export const askedOfPortal = (desk) =>
  Object.fromEntries(
    Object.entries(desk.requests.counts()).filter(([kind]) =>
      kind.includes('customers.gitlab.com'),
    ),
  );

/**
 * A ticket with the panel open, at rest; the engineer is signed in to the portal.
 * @param {Desk} desk
 * @param {number} ticket
 */
export async function beside(desk, ticket) {
  // A portal page that was looked at this morning: its session is what the background asks with.
  const portal = await desk.openPortal();
  await portal.shows('Site Administration');
  const agent = await desk.openTicket(ticket);
  const panel = await desk.openPanel();
  await panel.showsTicket(ticket);
  await panel.settled();
  desk.sites.log.clear();
  return { agent, panel, portal };
}

/**
 * A text is in no place where it could be read later: the panel, the browser's storage, the composer.
 * @param {Desk} desk
 * @param {Panel} panel
 * @param {string} secret
 */
export async function assertNowhere(desk, panel, secret) {
  assert.equal((await panel.page.content()).includes(secret), false, 'in the panel');
  const stored = await desk.browser.evaluateInWorker(async () => {
    const api = Reflect.get(globalThis, 'browser') ?? chrome;
    return JSON.stringify([await api.storage.session.get(null), await api.storage.local.get(null)]);
  });
  assert.ok(stored.includes('case:gitlab.zendesk.com'), 'the case is stored');
  assert.equal(stored.includes(secret), false, 'in the storage');
  assert.equal(
    JSON.stringify(await desk.browser.errors()).includes(secret),
    false,
    'in the console',
  );
}
