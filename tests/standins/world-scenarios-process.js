// Tickets off the usual way through the process: another product, a wrong form, missing metadata, organizations that are easy to
// mix up or that must not be touched.

import { addCompany, addOrder, addOrganization, addTicket, addUser } from './world-build.js';
import { FORM_SUPPORT, salesforce18 } from './world-ids.js';
import { numberedCase, ORGANIZATION, USER } from './world-usual.js';

/** @typedef {import('./world.js').World} World */

/** What the scenarios of this file show. @type {Record<number, string>} */
export const PROCESS_SCENARIOS = {
  1024: 'GitLab.com: the app associates by itself, or says why not; the organization exists.',
  1025: 'GitLab.com: the app failed; the organization is found by the Salesforce account that was found by hand.',
  1026: 'The ticket is on another form, and Support Ops Problem Type is empty.',
  1027: 'Support Ops Problem Type, L&R Product Type and Subscription Email are empty, and no proof was given.',
  1028: 'Two organizations have the very same name, a third begins with it; the license leads to one of them.',
  1029: 'The requester is entitled, but already belongs to another organization.',
  1030: 'The organization is an open partner.',
  1031: 'The organization is a restricted account whose support has expired.',
  1032: 'Everything agrees, and the organization has nothing in its notes and details.',
};

/** @param {World} world */
export function addProcessScenarios(world) {
  gitlabCom(world, {
    ticket: 1024,
    company: 'Gulls Collective',
    first: 'Linnéa',
    last: 'Måwe',
    email: 'linnea@gulls.example.com',
    domain: 'gulls.example.com',
    salesforce15: '0014M00001gLcOm',
    namespace: 'gulls-collective',
  });
  gitlabCom(world, {
    ticket: 1025,
    company: 'Herons Association',
    first: 'Matthieu',
    last: 'Héron',
    email: 'matthieu@herons.example.com',
    domain: 'herons.example.com',
    salesforce15: '0014M00001hErOn',
    namespace: 'herons-association',
  });
  numberedCase(world, {
    ticket: 1026,
    company: 'Wrong Form BV',
    first: 'Wouter',
    last: 'de Vries',
    email: 'wouter@wrongform.example.com',
    domain: 'wrongform.example.com',
    salesforce: '0014M00001wFoRmQAK',
    form: FORM_SUPPORT,
    problem: null,
    tags: ['base_weight_set', 'support', 'stage_nrt'],
    stage: 'stage_nrt',
  });
  addUser(world, { id: USER + 27, name: 'Yusuf Demir', email: 'yusuf@untold.example.com' });
  addTicket(world, {
    id: 1027,
    subject: 'Cannot see tickets',
    requester: USER + 27,
    subscriptionEmail: null,
    problem: null,
    product: null,
    says: ['I cannot see my tickets.'],
  });
  sameNames(world);
  otherOrganization(world);
  numberedCase(world, {
    ticket: 1030,
    company: 'Resale Partners GmbH',
    first: 'Uwe',
    last: 'Händler',
    email: 'uwe@resale.example.com',
    domain: 'resale.example.com',
    salesforce: '0014M00001rEsAlQAK',
    organizationFields: { account_type: 'Open Partner', partner_customer: true },
  });
  numberedCase(world, {
    ticket: 1031,
    company: 'Lapsed Industries',
    first: 'Vera',
    last: 'Novák',
    email: 'vera@lapsed.example.com',
    domain: 'lapsed.example.com',
    salesforce: '0014M00001lApSeQAK',
    organizationFields: {
      restricted_account: true,
      support_level: 'expired',
      expiration_date: `${world.year - 1}-06-30T00:00:00+00:00`,
    },
  });
  numberedCase(world, {
    ticket: 1032,
    company: 'Nothing Special Ltd',
    first: 'Zadie',
    last: 'Plain',
    email: 'zadie@nothing.example.com',
    domain: 'nothing.example.com',
    salesforce: '0014M00001nOtHiQAK',
    problem: 'supportops_manage_contacts',
  });
}

/**
 * A customer of GitLab.com: an order for a namespace, no license, no proof in the ticket.
 * @param {World} world
 * @param {{ticket:number, company:string, first:string, last:string, email:string, domain:string, salesforce15:string, namespace:string}} given
 */
function gitlabCom(world, given) {
  const offset = given.ticket - 1000;
  const { first, last, email } = given;
  addCompany(world, {
    account: 9200 + offset,
    name: given.company,
    salesforce: salesforce18(given.salesforce15),
    soldTo: { first, last, email },
  });
  addOrder(world, {
    id: 700300 + offset,
    subscription: `A-S001310${offset}`,
    account: 9200 + offset,
    customer: 1200 + offset,
    namespace: given.namespace,
  });
  addOrganization(world, {
    id: ORGANIZATION + offset,
    name: given.company,
    salesforce: given.salesforce15,
    domains: [given.domain],
  });
  addUser(world, { id: USER + offset, name: `${first} ${last}`, email });
  addTicket(world, {
    id: given.ticket,
    subject: `Support access for ${given.company}`,
    requester: USER + offset,
    subscriptionEmail: email,
    product: 'lr_gitlab_com',
    says: [
      `Hello,\n\nI own the group https://gitlab.com/${given.namespace} and would like to see our tickets.\n\n${first}`,
    ],
  });
}

/** @param {World} world */
function sameNames(world) {
  // Made first, so that every list shows the wrong one of the two above the right one.
  addOrganization(world, {
    id: ORGANIZATION + 928,
    name: 'Mirror Holdings',
    salesforce: '0014M00001mIrR1',
    domains: ['mirror.example.org'],
  });
  numberedCase(world, {
    ticket: 1028,
    company: 'Mirror Holdings',
    first: 'Xenia',
    last: 'Papadopoulou',
    email: 'xenia@mirror.example.com',
    domain: 'mirror.example.com',
    salesforce: '0014M00001mIrR2QAK',
  });
  addOrganization(world, {
    id: ORGANIZATION + 929,
    name: 'Mirror Holdings (EMEA)',
    salesforce: '0014M00001mIrR3',
    domains: ['emea.mirror.example.com'],
  });
}

/** @param {World} world */
function otherOrganization(world) {
  numberedCase(world, {
    ticket: 1029,
    company: 'New Employer Kft',
    first: 'Zsófia',
    last: 'Szűcs',
    email: 'zsofia@newemployer.example.com',
    domain: 'newemployer.example.com',
    salesforce: '0014M00001nEwEmQAK',
  });
  addOrganization(world, {
    id: ORGANIZATION + 930,
    name: 'Former Employer Zrt',
    salesforce: '0014M00001fOrEm',
    domains: ['formeremployer.example.com'],
  });
  const user = world.users.find((one) => one.id === USER + 29);
  const ticket = world.tickets.find((one) => one.id === 1029);
  if (user) user.organization_id = ORGANIZATION + 930;
  if (ticket) ticket.organization_id = ORGANIZATION + 930;
}
