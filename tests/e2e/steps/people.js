// People and tickets as Zendesk holds them, and what was written there.
import assert from 'node:assert/strict';
import { until } from '../../harness/wait.js';
import { numberedCase } from '../../standins/world-usual.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {import('./cases.js').Chain} Chain
 */

export const USER = 371_000_000_000;
export const ORGANIZATION = 361_000_000_000;
/** The ticket field `Support Ops Problem Type`, and the value of its option `Manage my organization's contacts`. */
export const PROBLEM_TYPE = {
  field: 360_020_614_540,
  value: 'supportops_manage_contacts',
  name: "Manage my organization's contacts",
};

/**
 * What leads to the organization of one of the numbered tickets.
 * @param {number} ticket
 * @param {string} [soldTo]
 * @param {string} [salesforce]
 * @returns {Chain}
 */
export function chainOf(ticket, soldTo = '', salesforce = '') {
  const n = ticket - 1000;
  return {
    ticket,
    proof: `license/${410_233 + n}`,
    subscription: `A-S0013${ticket}`,
    order: 700_300 + n,
    account: 9200 + n,
    soldTo,
    salesforce,
  };
}

/** The user of that number or address. @param {Desk} desk @param {number | string} who */
export function user(desk, who) {
  const found = desk.sites.world.users.find((one) => one.id === who || one.email === who);
  assert.ok(found, `there is no user ${who}`);
  return found;
}

/** Whether anybody has that address. @param {Desk} desk @param {string} email */
export const isUser = (desk, email) => desk.sites.world.users.some((one) => one.email === email);

/** Addresses of the end users of an organization, in order. @param {Desk} desk @param {number} organization */
export const contactsOf = (desk, organization) =>
  desk.sites.world.users
    .filter(
      (one) => one.organization_id === organization && one.role === 'end-user' && !one.suspended,
    )
    .map((one) => one.email)
    .sort();

/** @param {Desk} desk @param {number} id */
export function ticketOf(desk, id) {
  const found = desk.sites.world.tickets.find((one) => one.id === id);
  assert.ok(found, `there is no ticket ${id}`);
  return found;
}

/** What a field of a ticket holds. @param {Desk} desk @param {number} ticket @param {number} field */
export const fieldOf = (desk, ticket, field) =>
  ticketOf(desk, ticket).custom_fields.find((one) => one.id === field)?.value;

/**
 * As if somebody else had changed the ticket just now.
 * @param {Desk} desk
 * @param {number} id
 * @param {Partial<import('../../standins/world.js').Ticket>} changes
 */
export function changeTicket(desk, id, changes) {
  const ticket = ticketOf(desk, id);
  Object.assign(ticket, changes, {
    updated_at: new Date(Date.parse(ticket.updated_at) + 60_000)
      .toISOString()
      .replace('.000Z', 'Z'),
  });
}

/** Every write that Zendesk was asked for, whoever asked. @param {Desk} desk */
export const writes = (desk) =>
  desk.sites.log
    .entries()
    .filter(({ host, method }) => host === 'gitlab.zendesk.com' && method !== 'GET')
    .map(({ method, path, status }) => `${method} ${path} ${status}`);

/** Waits until a write was asked for and has not been answered. @param {Desk} desk @param {string} path */
export const isUnderWay = (desk, path) =>
  until(`the write to ${path} is under way`, () =>
    desk.sites.log
      .entries()
      .some((one) => one.method !== 'GET' && one.path === path && one.status === 0),
  );

/**
 * A ticket of a contact of an organization of its own, who asks for something.
 * @param {Desk} desk
 * @param {number} ticket  from 1051 on
 * @param {(domain: string) => string} says
 */
export function addAsking(desk, ticket, says) {
  const n = ticket - 1000;
  const domain = `firm${n}.example.com`;
  numberedCase(desk.sites.world, {
    ticket,
    company: `Firm ${n}`,
    first: 'Mary',
    last: `Major ${n}`,
    email: `mary@${domain}`,
    domain,
    salesforce: `0014M00001fIr${n}QAK`,
    isContact: true,
    subject: 'Our contacts',
    says: [says(domain)],
  });
  return { domain, organization: ORGANIZATION + n, requester: USER + n };
}

/**
 * For a fault: the n-th request of that method with this start of its path.
 * @param {number} nth  from 1
 * @param {string} wanted
 * @param {string} path
 */
export function only(nth, wanted, path) {
  let seen = 0;
  return (/** @type {string} */ method, /** @type {string} */ url) => {
    if (method !== wanted || !url.startsWith(path)) return false;
    seen += 1;
    return seen === nth;
  };
}
