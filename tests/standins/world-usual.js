// The usual self-managed case, from which most scenarios start.

import {
  addCompany,
  addLicense,
  addOrder,
  addOrganization,
  addTicket,
  addUser,
} from './world-build.js';

/** @typedef {import('./world.js').World} World */

/** Organization and user ids are these plus the ticket's last two digits. */
export const ORGANIZATION = 361000000000;
export const USER = 371000000000;

/**
 * One company, one license, one order, one organization, one requester, one ticket. A scenario that needs something else changes the
 * records afterwards.
 * @typedef {object} UsualCase
 * @property {number} ticket
 * @property {string} company
 * @property {string} first
 * @property {string} last
 * @property {string} email
 * @property {string} domain
 * @property {number} license
 * @property {string} subscription
 * @property {number} order
 * @property {number} account
 * @property {string|null} salesforce  18 characters
 * @property {import('./world-build.js').Said[]} [says]  the comments; left out: one that names the license ID
 * @property {string} [soldTo]
 * @property {import('./world.js').SoldToForm} [soldToForm]
 * @property {string|null} [subscriptionEmail]
 * @property {boolean|null} [trial]
 * @property {string} [expires]
 * @property {string} [plan]
 * @property {boolean} [isReal]  the license's key can be opened
 * @property {boolean} [organization]  false: there is none
 * @property {number} [organizationId]
 * @property {string} [organizationNotes]
 * @property {string} [organizationDetails]
 * @property {Partial<import('./world.js').OrganizationFields>} [organizationFields]
 * @property {boolean} [isContact]  the requester belongs to the organization already
 * @property {string} [subject]
 * @property {string|null} [product]
 * @property {string|null} [problem]
 * @property {number} [form]
 * @property {string[]} [tags]
 * @property {string} [stage]  the option of `Ticket Stage`
 */

/**
 * @param {World} world
 * @param {UsualCase} given
 */
export function usualCase(world, given) {
  const offset = given.ticket - 1000;
  const name = `${given.first} ${given.last}`;
  const customer = given.account - 8000;
  const organization = given.organizationId ?? ORGANIZATION + offset;
  const belongsTo = given.isContact ? organization : null;
  addCompany(world, {
    account: given.account,
    name: given.company,
    salesforce: given.salesforce,
    soldTo: { first: given.first, last: given.last, email: given.soldTo ?? given.email },
    soldToForm: given.soldToForm ?? 'email',
  });
  addLicense(world, {
    id: given.license,
    subscription: given.subscription,
    name,
    company: given.company,
    email: given.email,
    customer,
    isReal: given.isReal ?? false,
    ...(given.plan === undefined ? {} : { plan: given.plan }),
    ...(given.trial === undefined ? {} : { trial: given.trial }),
    ...(given.expires === undefined ? {} : { expires: given.expires }),
  });
  addOrder(world, {
    id: given.order,
    subscription: given.subscription,
    account: given.account,
    customer,
    ...(given.trial === undefined ? {} : { trial: given.trial }),
  });
  if (given.organization !== false) {
    addOrganization(world, {
      id: organization,
      name: given.company,
      salesforce: given.salesforce,
      domains: [given.domain],
      notes: given.organizationNotes ?? '',
      details: given.organizationDetails ?? '',
      fields: given.organizationFields ?? {},
    });
  }
  addUser(world, { id: USER + offset, name, email: given.email, organization: belongsTo });
  addTicket(world, {
    id: given.ticket,
    subject: given.subject ?? `Please associate me with ${given.company}`,
    requester: USER + offset,
    subscriptionEmail:
      given.subscriptionEmail === undefined ? given.email : given.subscriptionEmail,
    organization: belongsTo,
    says: given.says ?? [
      `Hello,\n\nI would like to be a support contact of ${given.company}. Our license ID is ${given.license}.\n\nThank you\n${name}`,
    ],
    ...(given.product === undefined ? {} : { product: given.product }),
    ...(given.problem === undefined ? {} : { problem: given.problem }),
    ...(given.form === undefined ? {} : { form: given.form }),
    ...(given.tags === undefined ? {} : { tags: given.tags }),
    ...(given.stage === undefined ? {} : { stage: given.stage }),
  });
}

/**
 * The usual case with the ids that all tickets from 1021 on follow: license 410233, order 700300 and account 9200 plus the ticket's last
 * two digits, and subscription `A-S001310` with them at its end.
 * @param {World} world
 * @param {Omit<UsualCase, 'license'|'subscription'|'order'|'account'> & Partial<UsualCase>} given
 */
export function numberedCase(world, given) {
  const offset = given.ticket - 1000;
  usualCase(world, {
    license: 410233 + offset,
    subscription: `A-S001310${offset}`,
    order: 700300 + offset,
    account: 9200 + offset,
    ...given,
  });
}
