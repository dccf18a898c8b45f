// Tickets in which the requester gives a proof of entitlement, one of each kind. The chain behind each is whole in the portal.

import { licenseFile, usageExport } from './license-key.js';
import { attachment, PICTURE } from './world-attachments.js';
import {
  addActivation,
  addCompany,
  addLicense,
  addOrder,
  addOrganization,
  addTicket,
  addUser,
  escapeHtml,
  factsOf,
} from './world-build.js';
import { numberedCase, ORGANIZATION, USER } from './world-usual.js';

/** @typedef {import('./world.js').World} World */
/** @typedef {import('./world.js').License} License */

/** What the scenarios of this file show. @type {Record<number, string>} */
export const EVIDENCE_SCENARIOS = {
  1033: 'Proof: a license ID in the text.',
  1034: 'Proof: a cloud activation code in the text.',
  1035: 'Proof: a license key in the text, and quoted in a second comment.',
  1036: 'Proof: a license file is attached.',
  1037: 'Proof: a usage export is attached.',
  1038: 'Several proofs: a license ID, and the activation code of another subscription.',
  1039: 'A forged license file: a genuine one of another company was written over.',
  1040: 'A license ID that all buyers of the AWS Marketplace image share.',
  1041: "An instance's own small ID, which is somebody else's license in the portal.",
  1042: 'No proof: prose and a screenshot.',
  1043: 'A usage export that is cut off within its license key.',
};

/** @param {World} world */
export function addEvidenceScenarios(world) {
  idInText(world);
  codeInText(world);
  keyInText(world);
  attachedFile(world);
  attachedExport(world);
  severalProofs(world);
  forgedFile(world);
  sharedLicense(world);
  smallId(world);
  onlyAScreenshot(world);
  truncatedExport(world);
}

/**
 * The usual case whose license has a real key; returns the license. The ticket's comments are set afterwards, since they may hold the key.
 * @param {World} world
 * @param {Parameters<typeof numberedCase>[1]} given
 * @param {(license: License) => import('./world-build.js').Said[]} says
 */
function evidenceCase(world, given, says) {
  const before = world.licenses.length;
  numberedCase(world, { isReal: true, plan: 'ultimate', ...given });
  const license = world.licenses[before];
  if (!license) throw new Error('the case has no license');
  replaceComments(world, given.ticket, says(license));
  return license;
}

/** @param {World} world  @param {number} id  @param {import('./world-build.js').Said[]} says */
function replaceComments(world, id, says) {
  const at = world.tickets.findIndex((one) => one.id === id);
  const [old] = world.tickets.splice(at, 1);
  if (!old) throw new Error(`no ticket ${id}`);
  const value = (/** @type {number} */ place) => old.custom_fields[place]?.value ?? null;
  addTicket(world, {
    id,
    subject: old.subject,
    requester: old.requester_id,
    says,
    problem: value(0),
    product: value(1),
    subscriptionEmail: value(2),
    subscriptionNumber: value(3),
  });
}

/** @param {World} world */
function idInText(world) {
  evidenceCase(
    world,
    {
      ticket: 1033,
      company: 'Numbers Ltd',
      first: 'Alan',
      last: 'Ives',
      email: 'alan@numbers.example.com',
      domain: 'numbers.example.com',
      salesforce: '0014M00001nUmBeQAK',
    },
    ({ id }) => [
      'Hello,\n\nI would like to see our tickets. We have had 1200 users since 2019.\n\nAlan',
      `Hello again,\n\nour license ID is ${id}.\n\nAlan`,
    ],
  );
}

/** @param {World} world */
function codeInText(world) {
  addActivationCase(world, {
    ticket: 1034,
    company: 'Codes & Sons',
    first: 'Beatriz',
    last: 'Código',
    email: 'beatriz@codes.example.com',
    domain: 'codes.example.com',
    salesforce15: '0014M00001cOdEs',
    code: 'Wk4tQ9pLz7XnB2vHc5RmJ8dG',
  });
  addTicket(world, {
    id: 1034,
    subject: 'Please associate me with Codes & Sons',
    requester: USER + 34,
    subscriptionEmail: 'beatriz@codes.example.com',
    says: ['Hello,\n\nour cloud activation code is Wk4tQ9pLz7XnB2vHc5RmJ8dG.\n\nBeatriz'],
  });
}

/**
 * A company with a cloud activation instead of a license, and its requester; the ticket is made by the caller.
 * @param {World} world
 * @param {{ticket:number, company:string, first:string, last:string, email:string, domain:string, salesforce15:string, code:string}} given
 */
function addActivationCase(world, given) {
  const offset = given.ticket - 1000;
  const { first, last, email } = given;
  const subscription = `A-S001310${offset}`;
  const account = 9200 + offset;
  addCompany(world, {
    account,
    name: given.company,
    salesforce: given.salesforce15,
    soldTo: { first, last, email },
  });
  addActivation(world, {
    id: 30300 + offset,
    code: given.code,
    subscription,
    account,
    customer: account - 8000,
  });
  addOrder(world, { id: 700300 + offset, subscription, account, customer: account - 8000 });
  // 934 instead of 34, which an organization of another scenario has.
  addOrganization(world, {
    id: ORGANIZATION + (offset === 34 ? 934 : offset),
    name: given.company,
    salesforce: given.salesforce15,
    domains: [given.domain],
  });
  addUser(world, { id: USER + offset, name: `${first} ${last}`, email });
}

/** @param {World} world */
function keyInText(world) {
  evidenceCase(
    world,
    {
      ticket: 1035,
      company: 'Pasted Keys Oy',
      first: 'Aino',
      last: 'Laine',
      email: 'aino@pastedkeys.example.com',
      domain: 'pastedkeys.example.com',
      salesforce: '0014M00001pAsTeQAK',
    },
    ({ license_key: key }) => {
      const lines = key.trimEnd().split('\n');
      return [
        {
          text: `Hello,\n\nthis is our license:\n\n${lines.join('\n')}\n\nAino`,
          html: `<div class="zd-comment" dir="auto"><p dir="auto">Hello,</p><p dir="auto">this is our license:</p><pre>${escapeHtml(lines.join('\n'))}</pre><p dir="auto">Aino</p></div>`,
        },
        `Any news?\n\nOn Fri, 20 Nov 2026 at 09:15, Aino Laine <aino@pastedkeys.example.com> wrote:\n> Hello,\n>\n> this is our license:\n>\n${lines.map((line) => `> ${line}`).join('\n')}\n>\n> Aino`,
      ];
    },
  );
}

/** @param {World} world */
function attachedFile(world) {
  evidenceCase(
    world,
    {
      ticket: 1036,
      company: 'Attached Files SA',
      first: 'Claude',
      last: 'Fichier',
      email: 'claude@attached.example.com',
      domain: 'attached.example.com',
      salesforce: '0014M00001aTtAcQAK',
    },
    ({ license_key: content }) => [
      {
        text: 'Bonjour,\n\nplease find our license attached.\n\nClaude',
        attachments: [
          attachment(1036, { name: 'acme.gitlab-license', type: 'text/plain', content }),
        ],
      },
    ],
  );
}

/** @param {License} license */
const exportOf = (license) =>
  usageExport({
    key: license.license_key,
    email: license.email,
    company: license.company,
    start: license.starts_at,
    end: license.expires_at ?? '',
  });

/** @param {World} world */
function attachedExport(world) {
  evidenceCase(
    world,
    {
      ticket: 1037,
      company: 'Export, Import & Co',
      first: 'Dora',
      last: 'Tabelle',
      email: 'dora@exportimport.example.com',
      domain: 'exportimport.example.com',
      salesforce: '0014M00001eXpOrQAK',
    },
    (license) => [
      {
        text: 'Hello,\n\nthe usage export and how our page looks.\n\nDora',
        attachments: [
          attachment(1037, { name: 'our page.png', type: 'image/png', content: PICTURE }),
          attachment(1037, {
            name: 'license_usage.csv',
            type: 'text/csv',
            content: exportOf(license),
          }),
        ],
      },
    ],
  );
}

/** @param {World} world */
function severalProofs(world) {
  const other = {
    company: 'Both Sides Cloud',
    first: 'Filip',
    last: 'Druhý',
    email: 'filip@bothsidescloud.example.com',
    code: 'Jm8wYt3KqV6zFh2LxS9bNc5P',
    subscription: 'A-S00131938',
    account: 9238 + 700,
  };
  evidenceCase(
    world,
    {
      ticket: 1038,
      company: 'Both Sides a.s.',
      first: 'Eva',
      last: 'První',
      email: 'eva@bothsides.example.com',
      domain: 'bothsides.example.com',
      salesforce: '0014M00001bOtHsQAK',
    },
    ({ id }) => [
      `Hello,\n\nour license ID is ${id}, and the cloud activation code is ${other.code}.\n\nEva`,
    ],
  );
  addCompany(world, {
    account: other.account,
    name: other.company,
    salesforce: '0014M00001bOtHc',
    soldTo: { first: other.first, last: other.last, email: other.email },
  });
  addActivation(world, {
    id: 30938,
    code: other.code,
    subscription: other.subscription,
    account: other.account,
    customer: other.account - 8000,
  });
  addOrder(world, {
    id: 700938,
    subscription: other.subscription,
    account: other.account,
    customer: other.account - 8000,
  });
  addOrganization(world, {
    id: ORGANIZATION + 938,
    name: other.company,
    salesforce: '0014M00001bOtHc',
    domains: ['bothsidescloud.example.com'],
  });
}

/** @param {World} world */
function forgedFile(world) {
  // The record is a genuine company's whose license has run out; the forger owns its file and wrote other contents under its signed key.
  const genuine = evidenceCase(
    world,
    {
      ticket: 1039,
      company: 'Genuine Holdings Ltd',
      first: 'Georgina',
      last: 'Wright',
      email: 'georgina@genuine.example.com',
      domain: 'genuine.example.com',
      salesforce: '0014M00001gEnUiQAK',
      expires: `${world.year - 1}-12-31`,
      subscriptionEmail: 'frank@forger.example.net',
      subject: 'Add me, please',
    },
    () => ['(replaced below)'],
  );
  const content = licenseFile({
    ...factsOf(genuine),
    name: 'Frank Forger',
    email: 'frank@forger.example.net',
    company: 'Forger & Friends',
    expiresAt: `${world.year + 2}-12-31`,
    signedAs: genuine.id,
  });
  replaceComments(world, 1039, [
    {
      text: 'Hello,\n\nhere is our license file.\n\nFrank',
      attachments: [
        attachment(1039, {
          name: 'license.gitlab-license',
          type: 'application/octet-stream',
          content,
        }),
      ],
    },
  ]);
  const user = world.users.find((one) => one.id === USER + 39);
  if (user) Object.assign(user, { name: 'Frank Forger', email: 'frank@forger.example.net' });
}

/** @param {World} world */
function sharedLicense(world) {
  evidenceCase(
    world,
    {
      ticket: 1040,
      company: 'Marketplace Images Inc',
      first: 'Market',
      last: 'Place',
      email: 'orders@marketplace.example.com',
      domain: 'marketplace.example.com',
      salesforce: '0014M00001mArKeQAK',
      license: 118882,
      subscriptionEmail: 'hana@imagebuyer.example.com',
      subject: 'Support for our AWS instance',
    },
    ({ id }) => [
      `Hello,\n\nwe run the image from the AWS Marketplace. The license ID shown is ${id}.\n\nHana`,
    ],
  );
  const user = world.users.find((one) => one.id === USER + 40);
  if (user) Object.assign(user, { name: 'Hana Svobodová', email: 'hana@imagebuyer.example.com' });
}

/** @param {World} world */
function smallId(world) {
  evidenceCase(
    world,
    {
      ticket: 1041,
      company: 'Small Numbers AB',
      first: 'Ida',
      last: 'Liten',
      email: 'ida@smallnumbers.example.com',
      domain: 'smallnumbers.example.com',
      salesforce: '0014M00001sMaLlQAK',
    },
    () => ['Hej,\n\nour instance says: license id 2.\n\nIda'],
  );
  addCompany(world, {
    account: 9941,
    name: 'Second Ever Customer',
    salesforce: '0014M00001eVeRc',
    soldTo: { first: 'Otto', last: 'Zweiter', email: 'otto@secondever.example.org' },
  });
  addLicense(world, {
    id: 2,
    subscription: 'A-S00131941',
    name: 'Otto Zweiter',
    company: 'Second Ever Customer',
    email: 'otto@secondever.example.org',
    customer: 1941,
    isReal: true,
  });
  addOrder(world, { id: 700941, subscription: 'A-S00131941', account: 9941, customer: 1941 });
  addOrganization(world, {
    id: ORGANIZATION + 941,
    name: 'Second Ever Customer',
    salesforce: '0014M00001eVeRc',
    domains: ['secondever.example.org'],
  });
}

/** @param {World} world */
function onlyAScreenshot(world) {
  evidenceCase(
    world,
    {
      ticket: 1042,
      company: 'Prose & Pictures',
      first: 'Jan',
      last: 'Obraz',
      email: 'jan@prose.example.com',
      domain: 'prose.example.com',
      salesforce: '0014M00001pRoSeQAK',
    },
    () => [
      {
        text: 'Hello,\n\nwe have a license for 250 users, see the picture. I can not see our tickets.\n\nJan',
        attachments: [
          attachment(1042, {
            name: 'Screenshot 2026-11-20.png',
            type: 'image/png',
            content: PICTURE,
          }),
        ],
      },
    ],
  );
}

/** @param {World} world */
function truncatedExport(world) {
  evidenceCase(
    world,
    {
      ticket: 1043,
      company: 'Cut Short plc',
      first: 'Kit',
      last: 'Short',
      email: 'kit@cutshort.example.com',
      domain: 'cutshort.example.com',
      salesforce: '0014M00001cUtShQAK',
    },
    (license) => {
      const whole = exportOf(license);
      const content = whole.slice(0, Math.floor(license.license_key.length * 0.6));
      return [
        {
          text: 'Hello,\n\nour usage export is attached.\n\nKit',
          attachments: [attachment(1043, { name: 'license_usage.csv', type: 'text/csv', content })],
        },
      ];
    },
  );
}
