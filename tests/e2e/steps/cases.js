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
 */

/** @satisfies {Record<string, Chain>} */
export const CASES = {
  license: { ticket: 1001, proof: 'license/410233', subscription: 'A-S00104417', order: 700101, account: 9001 },
  activation: { ticket: 1002, proof: 'cloud_activation/30011', subscription: 'A-S00120034', order: 700102, account: 9002 },
  trial: { ticket: 1003, proof: 'license/410234', subscription: 'A-S00131003', order: 700103, account: 9003 },
  mismatch: { ticket: 1004, proof: 'license/410238', subscription: 'A-S00131004', order: 700104, account: 9004 },
  prefix: { ticket: 1005, proof: 'license/410239', subscription: 'A-S00055512', order: 700401, account: 9005 },
  expired: { ticket: 1007, proof: 'license/410240', subscription: 'A-S00131007', order: 700107, account: 9007 },
  noOrganization: { ticket: 1008, proof: 'license/410241', subscription: 'A-S00131008', order: 700108, account: 9008 },
  twoOrganizations: { ticket: 1009, proof: 'license/410242', subscription: 'A-S00131009', order: 700109, account: 9009 },
  nameOnly: { ticket: 1010, proof: 'license/410243', subscription: 'A-S00131010', order: 700110, account: 9010 },
  noSubscriptionEmail: { ticket: 1011, proof: 'license/410244', subscription: 'A-S00131011', order: 700111, account: 9011 },
  letterCase: { ticket: 1012, proof: 'license/410248', subscription: 'A-S00131012', order: 700112, account: 9012 },
  trialUnknown: { ticket: 1013, proof: 'license/410237', subscription: 'A-S00131013', order: 700113, account: 9013 },
};

/**
 * The note of a case, line by line.
 * @param {Chain} chain
 * @param {{soldTo: string, salesforce: string, organization?: number | null}} values
 * @param {string[]} [more] lines that follow
 */
export function noteOf({ ticket, proof, order, account }, { soldTo, salesforce, organization }, more = []) {
  const number = organization === undefined ? 361_000_000_000 + ticket - 1000 : organization;
  return [
    `- ${proof.startsWith('license') ? 'License' : 'Cloud activation'}: ${PORTAL}/${proof}`,
    `- Order: ${PORTAL}/order/${order}`,
    `- Billing account: ${PORTAL}/billing_account/${account}`,
    `- Sold-to: ${soldTo}`,
    `- Salesforce ID: ${salesforce}`,
    `- Organization: ${number === null ? 'not found' : `${ZENDESK}/organizations/${number}`}`,
    ...more,
  ];
}

/** The links that a note holds. @param {string[]} lines */
export const linksOf = (lines) => lines.flatMap((line) => /: (https:\/\/\S+)$/.exec(line)?.[1] ?? []);

export const NOTES = {
  license: noteOf(CASES.license, { soldTo: 'ada.lindqvist@example.com', salesforce: '0014M00001aQxYzQAK' }),
  activation: noteOf(CASES.activation, { soldTo: 'bruno.dalmeida@example.org', salesforce: '0016100001BcDeF' }),
};
