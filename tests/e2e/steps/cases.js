// The named tickets of the stand-ins, what leads to their notes, and the notes to the letter.

const PORTAL = 'https://customers.gitlab.com/admin';
const ZENDESK = 'https://gitlab.zendesk.com/agent';

/**
 * @typedef {object} Chain
 * @property {number} ticket
 * @property {string} proof  path below the portal's admin
 * @property {string} subscription
 * @property {number} order
 * @property {number} account
 * @property {string} soldTo
 * @property {string} salesforce  account id
 */

/** @satisfies {Record<string, Chain>} */
export const CASES = {
  license: {
    ticket: 1001,
    proof: 'license/410233',
    subscription: 'A-S00104417',
    order: 700101,
    account: 9001,
    soldTo: 'ada.lindqvist@example.com',
    salesforce: '0014M00001aQxYzQAK',
  },
  activation: {
    ticket: 1002,
    proof: 'cloud_activation/30011',
    subscription: 'A-S00120034',
    order: 700102,
    account: 9002,
    soldTo: 'bruno.dalmeida@example.org',
    salesforce: '0016100001BcDeF',
  },
  trial: {
    ticket: 1003,
    proof: 'license/410234',
    subscription: 'A-S00131003',
    order: 700103,
    account: 9003,
    soldTo: 'chi.nguyen@vidu.example.net',
    salesforce: '0014M00001hVdUqQAK',
  },
  mismatch: {
    ticket: 1004,
    proof: 'license/410238',
    subscription: 'A-S00131004',
    order: 700104,
    account: 9004,
    soldTo: 'procurement@reseller.example.org',
    salesforce: '0014M00001rMzLgQAK',
  },
  prefix: {
    ticket: 1005,
    proof: 'license/410239',
    subscription: 'A-S00055512',
    order: 700401,
    account: 9005,
    soldTo: 'soren@praefiks.example.com',
    salesforce: '0014M00001pRfXsQAK',
  },
  expired: {
    ticket: 1007,
    proof: 'license/410240',
    subscription: 'A-S00131007',
    order: 700107,
    account: 9007,
    soldTo: 'juergen.weiss@bygones.example.com',
    salesforce: '0014M00001bYgOnQAK',
  },
  noOrganization: {
    ticket: 1008,
    proof: 'license/410241',
    subscription: 'A-S00131008',
    order: 700108,
    account: 9008,
    soldTo: 'paivi.makinen@unsynced.example.com',
    salesforce: '0014M00001uNsYnQAK',
  },
  twoOrganizations: {
    ticket: 1009,
    proof: 'license/410242',
    subscription: 'A-S00131009',
    order: 700109,
    account: 9009,
    soldTo: 'siobhan@twinworks.example.com',
    salesforce: '0014M00001tWiNsQAK',
  },
  nameOnly: {
    ticket: 1010,
    proof: 'license/410243',
    subscription: 'A-S00131010',
    order: 700110,
    account: 9010,
    soldTo: 'oie.tamm@nameless.example.com',
    salesforce: '0014M00001nAmElQAK',
  },
  noSubscriptionEmail: {
    ticket: 1011,
    proof: 'license/410244',
    subscription: 'A-S00131011',
    order: 700111,
    account: 9011,
    soldTo: 'achats@twoletters.example.com',
    salesforce: '0014M00001tWoLeQAK',
  },
  letterCase: {
    ticket: 1012,
    proof: 'license/410248',
    subscription: 'A-S00131012',
    order: 700112,
    account: 9012,
    soldTo: 'renee@casematters.example.com',
    salesforce: '0014M00001cAsEmQAK',
  },
  trialUnknown: {
    ticket: 1013,
    proof: 'license/410237',
    subscription: 'A-S00131013',
    order: 700113,
    account: 9013,
    soldTo: 'joost@perhaps.example.com',
    salesforce: '0014M00001pErHaQAK',
  },
  secondLicense: {
    ticket: 1014,
    proof: 'license/410245',
    subscription: 'A-S00131014',
    order: 700114,
    account: 9014,
    soldTo: 'hanako@firstsecond.example.com',
    salesforce: '0014M00001fIrStQAK',
  },
  renewals: {
    ticket: 1015,
    proof: 'license/410247',
    subscription: 'A-S00088210',
    order: 700203,
    account: 9015,
    soldTo: 'maire@renewal.example.com',
    salesforce: '0014M00001rEnEwQAK',
  },
  plain: {
    ticket: 1032,
    proof: 'license/410265',
    subscription: 'A-S00131032',
    order: 700332,
    account: 9232,
    soldTo: 'zadie@nothing.example.com',
    salesforce: '0014M00001nOtHiQAK',
  },
  freeMail: {
    ticket: 1017,
    proof: 'license/410250',
    subscription: 'A-S00131017',
    order: 700117,
    account: 9017,
    soldTo: 'nobody.in.particular.invented@gmail.com',
    salesforce: '0014M00001pRiVaQAK',
  },
  associated: {
    ticket: 1018,
    proof: 'license/410251',
    subscription: 'A-S00131018',
    order: 700118,
    account: 9018,
    soldTo: 'anais@settled.example.com',
    salesforce: '0014M00001sEtTlQAK',
  },
  contactLimit: {
    ticket: 1019,
    proof: 'license/410252',
    subscription: 'A-S00131019',
    order: 700119,
    account: 9019,
    soldTo: 'bjorn@fullhouse.example.com',
    salesforce: '0014M00001fUlLhQAK',
  },
  withNotes: {
    ticket: 1020,
    proof: 'license/410253',
    subscription: 'A-S00131020',
    order: 700120,
    account: 9020,
    soldTo: 'ines@careful.example.com',
    salesforce: '0014M00001cArEfQAK',
  },
};

/**
 * The note of a case, line by line.
 * @param {Chain} chain
 * @param {string[]} [more] lines that follow
 * @param {number} [organization] its number, where the ticket's own does not tell it
 */
export function noteOf(
  { ticket, proof, order, account, soldTo, salesforce },
  more = [],
  organization = 361_000_000_000 + ticket - 1000,
) {
  return [
    `- ${proof.startsWith('license') ? 'License' : 'Cloud activation'}: ${PORTAL}/${proof}`,
    `- Order: ${PORTAL}/order/${order}`,
    `- Billing account: ${PORTAL}/billing_account/${account}`,
    `- Sold-to: ${soldTo}`,
    `- Salesforce ID: ${salesforce}`,
    `- Organization: ${ZENDESK}/organizations/${organization}`,
    ...more,
  ];
}

/** The links that a note holds. @param {string[]} lines */
export const linksOf = (lines) =>
  lines.flatMap((line) => /: (https:\/\/\S+)$/.exec(line)?.[1] ?? []);

/** What a composer holds with these lines alone. @param {string[]} lines */
export const written = (lines) => ({ lines, links: linksOf(lines) });
