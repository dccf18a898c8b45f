// A drifted world: both sites as somebody may have set them up who never saw the site profile. Tags and records stay; what people named is
// called otherwise, in German or in other words.

import { FIELD } from './world-ids.js';
import { FORMS, ORGANIZATION_FIELDS } from './zendesk/seed.js';

/** @typedef {import('./world.js').World} World */

/** What can drift in Zendesk. */
export const DRIFTS = Object.freeze(
  /** @type {const} */ (['forms', 'fields', 'options', 'macros', 'groups', 'organizationFields']),
);

/**
 * How the agent's page differs: another mark of the composer and of the Organization field, which has another label, and a second editor
 * beside the composer. A user may be in several organizations, too, if wanted; then the page's field adds one behind a click.
 * @param {{severalOrganizations?: boolean}} [more]
 * @returns {Partial<import('./zendesk/agent-page.js').PageSettings>}
 */
export const otherPage = ({ severalOrganizations = false } = {}) => ({
  composerTestId: 'workspace-reply-editor',
  organizationTestId: 'contact-company-input',
  organizationLabel: 'Firma',
  sideConversation: true,
  severalOrganizations,
});

/** The new names, by the old ones. @type {Readonly<Record<string, string>>} */
const NAMES = Object.freeze({
  'Support Ops': 'Kundenbetrieb',
  'Support Ops Problem Type': 'Art des Anliegens',
  'L&R Product Type': 'Produkt',
  'Subscription Email': 'E-Mail des Abonnements',
  'Ticket Stage': 'Stufe des Tickets',
  FRT: 'Erste Antwort',
  "Manage my organization's contacts": 'Kontakte meiner Firma verwalten',
  'Self-Managed': 'Selbst betrieben',
  'Support-Ops::Proof of support entitlement': 'CSO::Nachweis der Berechtigung',
  'Support-Ops::GitLab.com user is not an Owner': 'CSO::Kein Owner auf GitLab.com',
  'Support Ops::Users added to organization': 'CSO::Kontakte hinzugefügt',
  'Support Ops::Users removed from organization': 'CSO::Kontakte entfernt',
  'Support-Ops::Maximum contacts reached': 'CSO::Zu viele Kontakte',
  'Support-Ops::User has non-closed tickets': 'CSO::Es gibt offene Tickets',
});

/** How much larger the numbers of the forms are. */
const OTHER_FORMS = 5000;

/** @param {string} name */
const renamed = (name) => NAMES[name] ?? name;

/**
 * Renames in a world what is named there; all of it, unless it is said what.
 * @param {World} world
 * @param {readonly (typeof DRIFTS)[number][]} [what]
 */
export function drift(world, what = DRIFTS) {
  const has = (/** @type {(typeof DRIFTS)[number]} */ one) => what.includes(one);
  if (has('forms')) {
    // Forms that somebody else made have other numbers, too.
    world.ticketForms = FORMS.map((form) => ({
      ...form,
      id: form.id + OTHER_FORMS,
      name: renamed(form.name),
    }));
    for (const ticket of world.tickets)
      if (ticket.ticket_form_id) ticket.ticket_form_id += OTHER_FORMS;
  }
  /** @type {number[]} */
  const dropdowns = [FIELD.problemType, FIELD.productType, FIELD.ticketStage];
  for (const field of world.ticketFields) {
    if (has('fields')) field.title = renamed(field.title);
    if (has('options') && dropdowns.includes(field.id))
      for (const option of field.custom_field_options ?? []) option.name = renamed(option.name);
  }
  if (has('macros')) for (const one of world.macros) one.title = renamed(one.title);
  if (has('groups')) {
    world.groups.forEach((group, at) => {
      group.name = ['Kundenbetrieb', 'Kundenbetrieb Fullstack'][at] ?? group.name;
    });
  }
  if (has('organizationFields')) {
    world.organizationFields = ORGANIZATION_FIELDS.map((key) =>
      key === 'support_level' ? 'support_plan' : key,
    );
    for (const { organization_fields: fields } of world.organizations) {
      const all = /** @type {Record<string, unknown>} */ (fields);
      all['support_plan'] = all['support_level'];
      delete all['support_level'];
    }
  }
  return world;
}

/**
 * A portal of another version that draws its pages otherwise, and with other labels.
 * @returns {import('./portal/options.js').PortalOptions}
 */
export const otherPortal = () => ({
  version: 'v2',
  trial: 'text',
  salesforce: 'link',
  empty: 'dash',
  groups: true,
  labels: PORTAL_LABELS,
});

/** Labels of the portal in another language, with fields of other names. @type {Record<string, {name: string, label: string}>} */
export const PORTAL_LABELS = {
  'license.expires_at': { name: 'valid_to', label: 'Expires on day' },
  'license.zuora_subscription_name': { name: 'zuora_name', label: 'Name of the subscription' },
  'order.billing_account': { name: 'payer', label: 'Account for billing' },
  'billing_account.salesforce_account_id': { name: 'crm', label: 'Salesforce account number' },
  'billing_account.sold_to': { name: 'customer_contact', label: 'Sold to person' },
};
