// What the records of the world leave out: ticket forms and what a macro does.

import { FORM_SAAS, FORM_SUPPORT, FORM_SUPPORT_OPS } from '../world-ids.js';
import { escapeHtml } from './text.js';

/**
 * @typedef {import('./context.js').Context} Context
 * @typedef {import('./context.js').Ticket} Ticket
 * @typedef {import('./context.js').ZendeskRecords} ZendeskRecords
 */

/** Ticket forms: the one of the process, and others that tickets may have by mistake. */
export const FORMS = Object.freeze([
  { id: FORM_SUPPORT_OPS, name: 'Support Ops', active: true },
  { id: FORM_SAAS, name: 'SaaS', active: true },
  { id: FORM_SUPPORT, name: 'Support', active: true },
]);

/** @param {ZendeskRecords} records */
export const formsOf = (records) => records.ticketForms ?? FORMS;

/** The keys of an organization's own fields. */
export const ORGANIZATION_FIELDS = Object.freeze([
  'salesforce_id',
  'sfdc_short_id',
  'account_type',
  'support_level',
  'expiration_date',
  'support_hold',
  'restricted_account',
  'partner_customer',
  'region',
]);

/** @param {ZendeskRecords} records  @param {{id:number, name:string, active:boolean}} form */
export const fieldsOfForm = (records, form) => ({
  ...form,
  display_name: form.name,
  ticket_field_ids: records.ticketFields.map((one) => one.id),
});

/**
 * The preview of a macro on a ticket: placeholders filled, nothing saved.
 * @param {Context} context
 * @param {Ticket} ticket
 * @param {import('../world.js').Macro} macro
 */
export function applyMacro({ records, agent, origin }, ticket, macro) {
  const requester = records.users.find((one) => one.id === ticket.requester_id);
  /** @type {Record<string, string>} */
  const values = {
    'ticket.id': String(ticket.id),
    'ticket.title': ticket.subject,
    'ticket.link': `${origin}/agent/tickets/${ticket.id}`,
    'ticket.requester.name': requester?.name ?? '',
    'ticket.requester.first_name': requester?.name.split(' ')[0] ?? '',
    'ticket.requester.email': requester?.email ?? '',
    'current_user.name': agent.name,
  };
  /** @param {string} text  @param {(value: string) => string} as */
  const filled = (text, as) =>
    text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_all, name) => as(values[name] ?? ''));

  /** @type {Record<string, unknown>} */
  const result = { id: ticket.id, url: `${origin}/api/v2/tickets/${ticket.id}.json` };
  /** @type {{id: number, value: string}[]} */
  const fields = [];
  let body = '';
  let isPublic = true;
  for (const { field, value } of macro.actions) {
    const custom = /^custom_fields_(\d+)$/.exec(field);
    if (field === 'comment_value_html') body = filled(value, escapeHtml);
    else if (field === 'comment_value') body = filled(value, String);
    else if (field === 'comment_mode_is_public') isPublic = value === 'true';
    else if (custom) fields.push({ id: Number(custom[1]), value });
    else if (field === 'current_tags')
      result.tags = [...new Set([...ticket.tags, ...value.split(' ')])];
    else result[field] = value;
  }
  // No `html_body`: the published description has none.
  if (body) result.comment = { body, scoped_body: [['channel:all', body]], public: isPublic };
  if (fields.length) result.fields = fields;
  return result;
}
