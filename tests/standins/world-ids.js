// The ids that both sites and the tests agree on, and how Salesforce writes its own.

/** Ids of the ticket fields that the process needs. */
export const FIELD = Object.freeze({
  problemType: 360020614540,
  productType: 360012882099,
  subscriptionEmail: 360005248199,
  subscriptionNumber: 360008812434,
  ticketStage: 360009713520,
});

/** The form of the Support Ops tickets. */
export const FORM_SUPPORT_OPS = 360001801419;

/** The form of ordinary support tickets: the wrong one for the process. */
export const FORM_SUPPORT = 360000837100;

/** The form of tickets about GitLab.com. */
export const FORM_SAAS = 360000803379;

/** The group that works on the Support Ops tickets. */
export const GROUP_SUPPORT_OPS = 360003401220;

/** The agent who is signed in on the global instance. */
export const AGENT_ONE = 370000000001;

/** Another agent of the global instance. */
export const AGENT_TWO = 370000000002;

/**
 * The 18 characters of a 15-character Salesforce id: the suffix spells which characters are upper case.
 * @param {string} id15
 * @returns {string}
 */
export function salesforce18(id15) {
  if (!/^[A-Za-z0-9]{15}$/.test(id15))
    throw new Error(`not a Salesforce id of 15 characters: ${id15}`);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
  let suffix = '';
  for (let group = 0; group < 3; group += 1) {
    let bits = 0;
    for (let place = 0; place < 5; place += 1) {
      if (/[A-Z]/.test(id15.charAt(group * 5 + place))) bits |= 1 << place;
    }
    suffix += alphabet.charAt(bits);
  }
  return id15 + suffix;
}
