// What every REST handler gets, and how the API shows records.

import { notFound, Refusal } from './answers.js';
import { withReferences } from './text.js';

/**
 * @typedef {import('../world.js').ZendeskRecords} ZendeskRecords
 * @typedef {import('../world.js').User} User
 * @typedef {import('../world.js').Organization} Organization
 * @typedef {import('../world.js').Ticket} Ticket
 * @typedef {import('../world.js').Comment} Comment
 * @typedef {import('../world.js').Attachment} Attachment
 *
 * @typedef {object} Context
 * @property {ZendeskRecords} records
 * @property {URL} url           as asked
 * @property {Record<string, any>} body  the parsed JSON of a write; untrusted
 * @property {User} agent        who is signed in
 * @property {string} csrf       the session's token
 * @property {string} origin
 * @property {import('./index.js').Settings} settings
 * @property {ReturnType<typeof import('./limits.js').createLimits>} limits
 * @property {ReturnType<typeof import('./jobs.js').createJobs>} jobs
 * @property {boolean} severalOrganizations  whether a user may be in several
 * @property {() => number} now  milliseconds
 * @property {() => number} newId
 *
 * @typedef {import('./answers.js').Answer} Answer
 * @typedef {(context: Context, ...parts: string[]) => Answer} Handler
 * @typedef {[method: string, path: RegExp, handler: Handler]} Route
 */

/**
 * @template {{id: number}} T
 * @param {T[]} list
 * @param {string | number | null | undefined} id
 * @returns {T}  or a 404
 */
export function byId(list, id) {
  const found = list.find((one) => one.id === Number(id));
  if (!found) throw new Refusal(notFound());
  return found;
}

/**
 * A time for `updated_at`: whole seconds, and always later than the one before, so that two updates never look like one.
 * @param {Context} context
 * @param {string} [before]
 */
export function stamp(context, before) {
  const second = Math.floor(context.now() / 1000) * 1000;
  const least = before ? Date.parse(before) + 1000 : 0;
  return new Date(Math.max(second, least)).toISOString().replace('.000Z', 'Z');
}

/** @param {Context} context  @param {Organization} one */
export const organizationView = ({ origin }, one) => ({
  url: `${origin}/api/v2/organizations/${one.id}.json`,
  ...one,
  shared_tickets: false,
  shared_comments: false,
  external_id: null,
  group_id: null,
});

/** @param {Context} context  @param {User} one */
export const userView = (
  { origin },
  { other_emails: _emails, other_organizations: _organizations, ...one },
) => ({
  url: `${origin}/api/v2/users/${one.id}.json`,
  active: true,
  role_type: null,
  custom_role_id: null,
  ticket_restriction: one.role === 'end-user' ? 'requested' : null,
  only_private_comments: false,
  ...one,
  verified: true,
  locale: 'en-US',
  time_zone: 'UTC',
  phone: null,
  tags: [],
  user_fields: {},
});

/** @param {Context} context  @param {Ticket} one */
export function ticketView({ origin }, one) {
  const { comments: _apart, ...rest } = one;
  return {
    url: `${origin}/api/v2/tickets/${one.id}.json`,
    ...rest,
    raw_subject: one.subject,
    submitter_id: one.requester_id,
    fields: one.custom_fields,
    type: null,
    priority: null,
    is_public: true,
    generated_timestamp: Math.floor(Date.parse(one.updated_at) / 1000),
  };
}

/** @param {Attachment} one */
function attachmentView(one) {
  const { content: _apart, ...rest } = one;
  return rest;
}

/** @param {Comment} one */
export const commentView = ({ fromWorkspace, ...one }) => ({
  type: 'Comment',
  ...one,
  // What is typed in the agent workspace ends in an empty line.
  html_body: fromWorkspace
    ? one.html_body.replace(/<\/div>$/, '<br>&nbsp;<br></div>')
    : one.html_body,
  body: one.plain_body,
  // Its tags are removed, its references stay.
  plain_body: `${withReferences(one.plain_body)}${fromWorkspace ? '\n&nbsp;\n' : ''}`,
  attachments: one.attachments.map(attachmentView),
  via: { channel: 'web', source: { from: {}, to: {}, rel: null } },
});

/**
 * The names in `?include=`.
 * @param {URL} url
 */
export const included = (url) =>
  new Set((url.searchParams.get('include') ?? '').split(',').filter(Boolean));

/** @template T @param {(T | null | undefined)[]} list  @returns {T[]} */
export const without = (list) =>
  /** @type {T[]} */ ([...new Set(list)].filter((one) => one !== null && one !== undefined));
