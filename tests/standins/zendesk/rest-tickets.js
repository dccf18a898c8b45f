// Tickets, their comments, fields, forms, groups and macros.

import { described, invalid, json, listed, Refusal } from './answers.js';
import {
  byId,
  commentView,
  included,
  organizationView,
  stamp,
  ticketView,
  userView,
  without,
} from './context.js';
import { pageOf } from './pages.js';
import { applyMacro, fieldsOfForm, formsOf } from './seed.js';
import { htmlOf, plainOf } from './text.js';

/**
 * @typedef {import('./context.js').Context} Context
 * @typedef {import('./context.js').Ticket} Ticket
 * @typedef {import('./context.js').Answer} Answer
 */

/** @param {Context} context  @param {Ticket[]} tickets */
function sideloads(context, tickets) {
  const { records, url } = context;
  const wanted = included(url);
  /** @type {Record<string, unknown>} */
  const extra = {};
  if (wanted.has('users')) {
    const ids = without(tickets.flatMap((one) => [one.requester_id, one.assignee_id]));
    extra.users = ids.map((id) => userView(context, byId(records.users, id)));
  }
  if (wanted.has('groups'))
    extra.groups = without(tickets.map((one) => one.group_id)).map((id) =>
      byId(records.groups, id),
    );
  if (wanted.has('organizations')) {
    const ids = without(tickets.map((one) => one.organization_id));
    extra.organizations = ids.map((id) =>
      organizationView(context, byId(records.organizations, id)),
    );
  }
  return extra;
}

/** @param {Context} context  @param {string} id */
function showTicket(context, id) {
  const ticket = byId(context.records.tickets, id);
  return json({ ticket: ticketView(context, ticket), ...sideloads(context, [ticket]) });
}

/** @param {Context} context  @param {string} id */
function listComments(context, id) {
  const { records, url } = context;
  const newestFirst =
    url.searchParams.get('sort') === '-created_at' || url.searchParams.get('sort_order') === 'desc';
  const all = byId(records.tickets, id).comments;
  const { items, rest } = pageOf(url, newestFirst ? [...all].reverse() : all);
  const authors = without(items.map((one) => one.author_id)).map((one) =>
    userView(context, byId(records.users, one)),
  );
  return json({
    comments: items.map(commentView),
    ...(included(url).has('users') ? { users: authors } : {}),
    ...rest,
  });
}

/**
 * Puts the wanted custom field values into the ticket; an option that the field does not have is refused.
 * @param {Context} context
 * @param {Ticket} ticket
 * @param {unknown} wanted
 */
function checkedFields(context, ticket, wanted) {
  if (!Array.isArray(wanted))
    throw new Refusal(
      listed(400, 'InvalidValue', 'Invalid attribute', 'custom_fields must be a list'),
    );
  const values = new Map(ticket.custom_fields.map((one) => [one.id, one.value]));
  for (const { id, value } of wanted) {
    const field = context.records.ticketFields.find((one) => one.id === Number(id));
    if (!field) continue; // Zendesk drops values of unknown fields without a word.
    const options = field.custom_field_options;
    if (options && value && !options.some((one) => one.value === value)) {
      throw new Refusal(
        invalid({ base: [{ description: `${field.title}: ${value} is not a valid value` }] }),
      );
    }
    values.set(Number(id), value || null);
  }
  return [...values].map(([id, value]) => ({ id, value }));
}

/** Closed tickets are archived after some months. */
const ARCHIVED_AFTER_MS = 120 * 24 * 3_600_000;

const STATUSES = /** @type {const} */ (['new', 'open', 'pending', 'hold', 'solved', 'closed']);

/** @param {Context} context  @param {string} id */
function updateTicket(context, id) {
  const { records, agent, body, limits, newId } = context;
  const ticket = byId(records.tickets, id);
  const wanted = body.ticket;
  if (!wanted || typeof wanted !== 'object') {
    throw new Refusal(listed(400, 'MissingParameter', 'Missing parameter', 'A ticket is required'));
  }
  const refused = limits.ticketUpdate(agent.id, ticket.id);
  if (refused) throw new Refusal(refused);
  if (ticket.status === 'closed') {
    throw new Refusal(
      invalid({ status: [{ description: 'Status: closed prevents ticket update' }] }),
    );
  }
  if (wanted.safe_update) {
    if (!wanted.updated_stamp)
      throw new Refusal(
        listed(
          400,
          'MissingParameter',
          'Missing parameter',
          'updated_stamp is required with safe_update',
        ),
      );
    if (Date.parse(wanted.updated_stamp) !== Date.parse(ticket.updated_at)) {
      throw new Refusal(
        described(
          409,
          'UpdateConflict',
          'Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.',
          {
            base: [
              {
                description: `updated_stamp ${wanted.updated_stamp} is older than ${ticket.updated_at}`,
              },
            ],
          },
        ),
      );
    }
  }

  // Everything is checked before anything is changed: an update is whole or not at all.
  const fields =
    wanted.custom_fields === undefined
      ? ticket.custom_fields
      : checkedFields(context, ticket, wanted.custom_fields);
  if (wanted.status !== undefined && !STATUSES.includes(wanted.status)) {
    throw new Refusal(
      invalid({ status: [{ description: `Status: ${wanted.status} is not valid` }] }),
    );
  }
  if (wanted.group_id && !records.groups.some((one) => one.id === wanted.group_id)) {
    throw new Refusal(invalid({ group: [{ description: 'Group is invalid' }] }));
  }
  if (
    wanted.ticket_form_id &&
    !formsOf(records).some((one) => one.id === wanted.ticket_form_id && one.active)
  ) {
    throw new Refusal(invalid({ ticket_form: [{ description: 'Ticket form is invalid' }] }));
  }
  const assignee = wanted.assignee_id
    ? records.users.find((one) => one.id === wanted.assignee_id)
    : undefined;
  if (wanted.assignee_id && (!assignee || assignee.role === 'end-user')) {
    throw new Refusal(
      invalid({ assignee: [{ description: 'Assignee is not able to solve this ticket' }] }),
    );
  }
  const comment = wanted.comment;
  if (comment && !comment.html_body && !comment.body) {
    throw new Refusal(
      invalid({ comment: [{ description: 'Comment: cannot be blank', error: 'BlankValue' }] }),
    );
  }

  const at = stamp(context, ticket.updated_at);
  ticket.custom_fields = fields;
  if (wanted.status !== undefined) ticket.status = wanted.status;
  if (wanted.subject !== undefined) ticket.subject = String(wanted.subject);
  if (wanted.group_id !== undefined) ticket.group_id = wanted.group_id;
  if (wanted.assignee_id !== undefined) ticket.assignee_id = wanted.assignee_id;
  if (wanted.ticket_form_id !== undefined) ticket.ticket_form_id = wanted.ticket_form_id;
  if (Array.isArray(wanted.tags)) ticket.tags = wanted.tags.map(String);
  if (comment) {
    const html = comment.html_body ? String(comment.html_body) : htmlOf(String(comment.body));
    ticket.comments.push({
      id: newId(),
      author_id: agent.id,
      html_body: `<div class="zd-comment" dir="auto">${html}</div>`,
      plain_body: comment.html_body ? plainOf(html) : String(comment.body),
      public: comment.public !== false, // left out, a comment is public
      fromWorkspace: Boolean(comment.html_body),
      created_at: at,
      attachments: [],
    });
  }
  ticket.updated_at = at;
  const events = comment
    ? [{ id: newId(), type: 'Comment', public: comment.public !== false }]
    : [];
  return json({
    ticket: ticketView(context, ticket),
    audit: { id: newId(), ticket_id: ticket.id, author_id: agent.id, created_at: at, events },
  });
}

/** @param {Context} context  @param {(ticket: Ticket) => boolean} wanted */
function listTickets(context, wanted) {
  const { items, rest } = pageOf(context.url, context.records.tickets.filter(wanted));
  return json({
    tickets: items.map((one) => ticketView(context, one)),
    ...sideloads(context, items),
    ...rest,
  });
}

/** @param {Context} context  @param {string} userId */
function requestedTickets(context, userId) {
  const user = byId(context.records.users, userId);
  const archived = (/** @type {Ticket} */ one) =>
    one.status === 'closed' && context.now() - Date.parse(one.updated_at) > ARCHIVED_AFTER_MS;
  const leavesOut = context.url.searchParams.get('exclude_archived') === 'true';
  return listTickets(
    context,
    (one) => one.requester_id === user.id && !(leavesOut && archived(one)),
  );
}

/** @param {Context} context */
function showManyTickets(context) {
  const ids = (context.url.searchParams.get('ids') ?? '').split(',').map(Number);
  return listTickets(context, (one) => ids.includes(one.id));
}

/** The tags of tickets that begin with a text. @param {Context} context */
function tagsLike({ records, url }) {
  const name = (url.searchParams.get('name') ?? '').trim().toLowerCase();
  if (name.length < 2)
    throw new Refusal(
      listed(400, 'InvalidValue', 'Invalid attribute', 'name must be at least 2 characters long'),
    );
  const all = new Set(records.tickets.flatMap((one) => one.tags));
  const tags = [...all].filter((tag) => tag.startsWith(name)).sort();
  return json({ tags, count: tags.length });
}

/** @param {Context} context */
function listFields({ records, url }) {
  const { items, rest } = pageOf(url, records.ticketFields);
  return json({ ticket_fields: items, ...rest });
}

/**
 * A search finds retired macros and those of other groups too, unless it asks for `active=true` and `only_viewable=true`.
 * @param {Context} context
 * @param {{query: string, active: string | null, viewable?: boolean}} wanted
 */
function listMacros(context, { query, active, viewable = false }) {
  const found = context.records.macros.filter(
    (one) =>
      (active === null || String(one.active) === active) &&
      !(viewable && one.restriction) &&
      one.title.toLowerCase().includes(query.toLowerCase()),
  );
  const { items, rest } = pageOf(context.url, found, { cursors: false });
  return json({ macros: items, ...rest });
}

/** @param {Context} context */
function searchMacros(context) {
  const query = context.url.searchParams.get('query');
  if (!query)
    throw new Refusal(listed(400, 'MissingParameter', 'Missing parameter', 'query is required'));
  return listMacros(context, {
    query,
    active: context.url.searchParams.get('active'),
    viewable: context.url.searchParams.get('only_viewable') === 'true',
  });
}

/** @param {Context} context  @param {string} ticketId  @param {string} macroId */
function previewMacro(context, ticketId, macroId) {
  const ticket = byId(context.records.tickets, ticketId);
  const macro = byId(context.records.macros, macroId);
  return json({ result: { ticket: applyMacro(context, ticket, macro) } });
}

/** @type {import('./context.js').Route[]} */
export const ticketRoutes = [
  ['GET', /^tickets$/, (context) => listTickets(context, () => true)],
  ['GET', /^tickets\/show_many$/, showManyTickets],
  ['GET', /^tickets\/(\d+)$/, showTicket],
  ['PUT', /^tickets\/(\d+)$/, updateTicket],
  ['GET', /^tickets\/(\d+)\/comments$/, listComments],
  ['GET', /^tickets\/(\d+)\/macros\/(\d+)\/apply$/, previewMacro],
  ['GET', /^users\/(\d+)\/tickets\/requested$/, requestedTickets],
  ['GET', /^autocomplete\/tags$/, tagsLike],
  ['GET', /^ticket_fields$/, listFields],
  [
    'GET',
    /^ticket_fields\/(\d+)$/,
    ({ records }, id) => json({ ticket_field: byId(records.ticketFields, id) }),
  ],
  [
    'GET',
    /^ticket_forms$/,
    ({ records, url }) => {
      const { items, rest } = pageOf(url, [...formsOf(records)]);
      return json({ ticket_forms: items.map((form) => fieldsOfForm(records, form)), ...rest });
    },
  ],
  [
    'GET',
    /^ticket_forms\/(\d+)$/,
    ({ records }, id) =>
      json({ ticket_form: fieldsOfForm(records, byId([...formsOf(records)], id)) }),
  ],
  [
    'GET',
    /^groups$/,
    ({ records, url }) => {
      const { items, rest } = pageOf(url, records.groups);
      return json({ groups: items, ...rest });
    },
  ],
  [
    'GET',
    /^groups\/assignable$/,
    ({ records, url }) => {
      const { items, rest } = pageOf(url, records.groups);
      return json({ groups: items, ...rest });
    },
  ],
  ['GET', /^groups\/(\d+)$/, ({ records }, id) => json({ group: byId(records.groups, id) })],
  ['GET', /^macros\/active$/, (context) => listMacros(context, { query: '', active: 'true' })],
  ['GET', /^macros\/search$/, searchMacros],
];
