// Makes whole records out of the few values that a scenario cares about, and keeps the links between them right.

import { createHash } from 'node:crypto';
import { licenseFile } from './license-key.js';
import {
  AGENT_ONE,
  FIELD,
  FORM_SUPPORT_OPS,
  GROUP_SUPPORT_OPS,
  salesforce18,
} from './world-ids.js';

/** @typedef {import('./world.js').World} World */

/**
 * 32 hexadecimal characters as Zuora's ids have them, the same for the same seed.
 * @param {string} seed
 */
export function zuoraId(seed) {
  return `8a${createHash('sha256').update(seed).digest('hex').slice(0, 30)}`;
}

/**
 * A text with the outer form of a license file, the same for the same seed; nothing can be decrypted from it.
 * @param {string} seed
 */
export function inventedKey(seed) {
  /** @param {string} part @param {number} bytes */
  const noise = (part, bytes) => {
    let out = Buffer.alloc(0);
    for (let n = 0; out.length < bytes; n += 1)
      out = Buffer.concat([out, createHash('sha256').update(`${seed}/${part}/${n}`).digest()]);
    return wrap(out.subarray(0, bytes).toString('base64'));
  };
  return wrap(
    Buffer.from(
      JSON.stringify({ data: noise('data', 640), key: noise('key', 256), iv: noise('iv', 16) }),
    ).toString('base64'),
  );
}

/** @param {string} base64 */
function wrap(base64) {
  return base64.replace(/(.{60})/g, '$1\n').replace(/\n?$/, '\n');
}

/**
 * What an escaped text looks like in HTML.
 * @param {string} text
 */
export function escapeHtml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * One company: billing account, contacts and customer in the portal.
 * @param {World} world
 * @param {{account:number, name:string, salesforce:string|null, soldTo:{first:string,last:string,email:string}|null,
 *   soldToForm?:import('./world.js').SoldToForm, contact?:number, customer?:number}} given
 */
export function addCompany(world, given) {
  const contactId = given.contact ?? given.account - 4000;
  const customerId = given.customer ?? given.account - 8000;
  const created = '2026-01-05T08:12:31.000Z';
  if (given.soldTo) {
    world.contacts.push({
      id: contactId,
      first_name: given.soldTo.first,
      last_name: given.soldTo.last,
      work_email: given.soldTo.email,
      zuora_contact_id: zuoraId(`contact ${contactId}`),
      address1: '1 Invented Street',
      city: 'Exampleville',
      postal_code: '00-001',
      country: 'Sweden',
      billing_account_id: given.account,
      created_at: created,
    });
    world.customers.push({
      id: customerId,
      first_name: given.soldTo.first,
      last_name: given.soldTo.last,
      email: given.soldTo.email,
      company: given.name,
      billing_account_id: given.account,
      created_at: created,
    });
  }
  world.billingAccounts.push({
    id: given.account,
    zuora_account_id: zuoraId(`account ${given.account}`),
    zuora_account_name: given.name,
    salesforce_account_id: given.salesforce,
    bill_to_id: given.soldTo ? contactId : null,
    sold_to_id: given.soldTo ? contactId : null,
    sold_to_form: given.soldToForm ?? 'email',
    created_at: created,
    updated_at: created,
  });
}

/**
 * One license.
 * @param {World} world
 * @param {{id:number, subscription:string|null, name:string, company:string, email:string, customer?:number|null, plan?:string,
 *   trial?:boolean|null, starts?:string, expires?:string|null, notes?:string|null, users?:number, type?:string, isReal?:boolean}} given
 *   `isReal`: its key is a license file that can be opened with the stand-ins' public key
 */
export function addLicense(world, given) {
  /** @type {import('./world.js').License} */
  const made = {
    id: given.id,
    customer_id: given.customer ?? null,
    license_type: given.type ?? 'Offline Cloud License',
    name: given.name,
    company: given.company,
    email: given.email,
    plan_code: given.plan ?? 'premium',
    zuora_subscription_id: zuoraId(`subscription ${given.subscription}`),
    zuora_subscription_name: given.subscription,
    trial: given.trial === undefined ? false : given.trial,
    users_count: given.users ?? 250,
    previous_users_count: 200,
    trueup_count: 0,
    starts_at: given.starts ?? `${world.year - 1}-11-01`,
    expires_at: given.expires === undefined ? `${world.year + 1}-11-01` : given.expires,
    issued_at: '2026-01-05T08:12:31.000Z',
    notes: given.notes === undefined ? 'Issued automatically.' : given.notes,
    license_key: inventedKey(`license ${given.id}`),
    created_at: '2026-01-05T08:12:31.000Z',
  };
  if (given.isReal) made.license_key = licenseFile(factsOf(made));
  world.licenses.push(made);
}

/**
 * What the license file of a record is made of.
 * @param {import('./world.js').License} license
 * @returns {import('./license-key.js').LicenseFacts}
 */
export const factsOf = (license) => ({
  id: license.id,
  name: license.name,
  email: license.email,
  company: license.company,
  plan: license.plan_code,
  startsAt: license.starts_at,
  expiresAt: license.expires_at,
  trial: license.trial,
  subscriptionName: license.zuora_subscription_name,
  subscriptionId: license.zuora_subscription_id,
  users: license.users_count,
  previousUsers: license.previous_users_count,
});

/**
 * One cloud activation.
 * @param {World} world
 * @param {{id:number, code:string, subscription:string|null, account:number|null, customer?:number|null, trial?:boolean|null,
 *   expires?:string|null, seats?:number}} given
 */
export function addActivation(world, given) {
  world.cloudActivations.push({
    id: given.id,
    activation_code: given.code,
    subscription_name: given.subscription,
    trial: given.trial === undefined ? false : given.trial,
    billing_account_id: given.account,
    customer_id: given.customer ?? null,
    seats: given.seats ?? 120,
    cloud_licensing: true,
    auto_renew: true,
    starts_at: `${world.year - 1}-11-01`,
    expires_at: given.expires === undefined ? `${world.year + 1}-11-01` : given.expires,
    last_activated_at: '2026-01-04T03:04:05.000Z',
    created_at: '2026-01-05T08:12:31.000Z',
  });
}

/**
 * One order.
 * @param {World} world
 * @param {{id:number, subscription:string|null, account:number|null, customer?:number|null, trial?:boolean|null, starts?:string,
 *   ends?:string|null, quantity?:number, namespace?:string|null}} given
 */
export function addOrder(world, given) {
  world.orders.push({
    id: given.id,
    customer_id: given.customer ?? null,
    product_rate_plan_id: zuoraId('plan premium'),
    subscription_id: zuoraId(`subscription ${given.subscription}`),
    subscription_name: given.subscription,
    start_date: given.starts ?? `${world.year - 1}-11-01`,
    end_date: given.ends === undefined ? `${world.year + 1}-11-01` : given.ends,
    quantity: given.quantity ?? 250,
    trial: given.trial === undefined ? false : given.trial,
    gl_namespace_id: null,
    gl_namespace_name: given.namespace ?? null,
    created_at: '2026-01-05T08:12:31.000Z',
    updated_at: '2026-01-05T08:12:31.000Z',
    billing_account_id: given.account,
  });
}

/**
 * One organization. `salesforce` of 15 characters fills both fields as the sync does; give `fields` for anything else.
 * @param {import('./world.js').ZendeskRecords} into
 * @param {{id:number, name:string, salesforce?:string|null, notes?:string, details?:string, domains?:string[], tags?:string[],
 *   fields?:Partial<import('./world.js').OrganizationFields>}} given
 */
export function addOrganization(into, given) {
  const short = given.salesforce ? given.salesforce.slice(0, 15) : null;
  into.organizations.push({
    id: given.id,
    name: given.name,
    notes: given.notes ?? '',
    details: given.details ?? '',
    domain_names: given.domains ?? [],
    organization_fields: {
      salesforce_id: short === null ? null : salesforce18(short),
      sfdc_short_id: short,
      account_type: 'customer',
      support_level: 'premium',
      expiration_date: `${new Date().getUTCFullYear() + 1}-11-01T00:00:00+00:00`,
      support_hold: false,
      restricted_account: false,
      partner_customer: false,
      ...given.fields,
    },
    tags: given.tags ?? ['premium'],
    created_at: '2022-02-02T10:00:00Z',
    updated_at: '2026-02-02T10:00:00Z',
  });
}

/**
 * One user who is a customer.
 * @param {import('./world.js').ZendeskRecords} into
 * @param {{id:number, name:string, email:string, organization?:number|null, notes?:string, details?:string, suspended?:boolean}} given
 */
export function addUser(into, given) {
  into.users.push({
    id: given.id,
    name: given.name,
    email: given.email,
    role: 'end-user',
    organization_id: given.organization ?? null,
    suspended: given.suspended ?? false,
    notes: given.notes ?? '',
    details: given.details ?? '',
    created_at: '2026-10-01T07:00:00Z',
    updated_at: '2026-10-01T07:00:00Z',
  });
}

/**
 * A comment of a ticket: a text alone is the requester's; `html` if it is not simply the text in paragraphs.
 * @typedef {string|{text:string, html?:string, by?:number, public?:boolean, attachments?:import('./world.js').Attachment[]}} Said
 */

/**
 * One ticket on the Support Ops form.
 * @param {import('./world.js').ZendeskRecords} into
 * @param {{id:number, subject:string, requester:number, says:Said[], subscriptionEmail?:string|null, subscriptionNumber?:string|null,
 *   product?:string|null, problem?:string|null, status?:import('./world.js').Ticket['status'], tags?:string[],
 *   organization?:number|null, form?:number, stage?:string}} given
 */
export function addTicket(into, given) {
  const comments = given.says.map((said, at) => {
    const comment = typeof said === 'string' ? { text: said } : said;
    return {
      id: given.id * 1000 + 1 + at,
      author_id: comment.by ?? given.requester,
      html_body:
        comment.html ?? `<div class="zd-comment" dir="auto">${paragraphs(comment.text)}</div>`,
      plain_body: comment.text,
      public: comment.public ?? true,
      created_at: `2026-11-2${Math.min(at, 3)}T0${8 + Math.min(at, 1)}:15:00Z`,
      attachments: comment.attachments ?? [],
    };
  });
  into.tickets.push({
    id: given.id,
    subject: given.subject,
    description: comments[0]?.plain_body ?? '',
    status: given.status ?? 'open',
    requester_id: given.requester,
    assignee_id: into.agentId ?? AGENT_ONE,
    group_id: into.groups[0]?.id ?? GROUP_SUPPORT_OPS,
    organization_id: given.organization ?? null,
    ticket_form_id: given.form ?? FORM_SUPPORT_OPS,
    tags: given.tags ?? ['supportops'],
    custom_fields: [
      { id: FIELD.problemType, value: given.problem ?? null },
      {
        id: FIELD.productType,
        value: given.product === undefined ? 'lr_self_managed' : given.product,
      },
      { id: FIELD.subscriptionEmail, value: given.subscriptionEmail ?? null },
      { id: FIELD.subscriptionNumber, value: given.subscriptionNumber ?? null },
      { id: FIELD.ticketStage, value: given.stage ?? null },
    ],
    created_at: '2026-11-20T08:15:00Z',
    updated_at: '2026-11-23T09:15:00Z',
    comments,
  });
}

/** @param {string} text */
function paragraphs(text) {
  return text
    .split('\n\n')
    .map((part) => `<p dir="auto">${escapeHtml(part).replaceAll('\n', '<br>')}</p>`)
    .join('');
}
