// Reading users and organizations, and search.

import { json, listed, Refusal, titled } from './answers.js';
import { byId, organizationView, stamp, ticketView, userView, without } from './context.js';
import { manyOf } from './many.js';
import { pageOf } from './pages.js';
import { find } from './search.js';
import { ORGANIZATION_FIELDS } from './seed.js';

/**
 * @typedef {import('./context.js').Context} Context
 * @typedef {import('./context.js').User} User
 */

/** A search ends at so many results, and one for users at ten times as many. */
const SEARCH_LIMIT = 1000;

/** @param {Context} context */
const isIndexed = (context) => (/** @type {{created_at: string}} */ record) => {
  const age = context.now() - Date.parse(record.created_at);
  return age < 0 || age >= context.settings.searchLag; // a date to come is one of the invented records on a slow clock
};

/** @param {User} user  @param {number} organization */
const isMember = (user, organization) =>
  user.organization_id === organization || (user.other_organizations ?? []).includes(organization);

/** @param {Context} context */
function showMe(context) {
  return json({ user: { ...userView(context, context.agent), authenticity_token: context.csrf } });
}

/** What `users/me` says to somebody who is not signed in: no error. */
export const anonymous = () =>
  json({
    user: {
      id: null,
      url: null,
      name: 'Anonymous user',
      email: 'invalid@example.com',
      role: 'end-user',
      verified: false,
      organization_id: null,
      authenticity_token: null,
    },
  });

/** @param {Context} context */
function searchUsers(context) {
  const { records, url } = context;
  const found = find(
    records,
    `type:user ${url.searchParams.get('query') ?? ''}`,
    isIndexed(context),
  );
  const { items, rest } = pageOf(url, /** @type {User[]} */ (found), {
    most: 10 * SEARCH_LIMIT,
    cursors: false,
  });
  return json({ users: items.map((one) => userView(context, one)), ...rest });
}

/** @param {Context} context */
function search(context) {
  const { records, url } = context;
  const query = url.searchParams.get('query');
  if (!query)
    throw new Refusal(listed(400, 'MissingParameter', 'Missing parameter', 'query is required'));
  const { items, rest } = pageOf(url, find(records, query, isIndexed(context)), {
    most: SEARCH_LIMIT,
    cursors: false,
  });
  const results = items.map((one) => {
    if ('organization_fields' in one)
      return { ...organizationView(context, one), result_type: 'organization' };
    if ('subject' in one) return { ...ticketView(context, one), result_type: 'ticket' };
    return { ...userView(context, one), result_type: 'user' };
  });
  return json({ results, facets: null, ...rest });
}

/** @param {Context} context */
function autocomplete(context) {
  const name = (context.url.searchParams.get('name') ?? '').trim().toLowerCase();
  if (name.length < 2)
    throw new Refusal(
      listed(400, 'InvalidValue', 'Invalid attribute', 'name must be at least 2 characters long'),
    );
  const found = context.records.organizations
    .filter((one) => one.name.toLowerCase().startsWith(name) && isIndexed(context)(one))
    .sort((a, b) => a.name.localeCompare(b.name));
  const { items, rest } = pageOf(context.url, found, { cursors: false });
  return json({ organizations: items.map((one) => organizationView(context, one)), ...rest });
}

/** The primary address, the other ones, and nothing else that a user could sign in with. @param {Context} context  @param {string} id */
function identities(context, id) {
  const user = byId(context.records.users, id);
  const emails = without([user.email, ...(user.other_emails ?? [])]);
  const all = emails.map((value, index) => ({
    id: user.id * 100 + index,
    user_id: user.id,
    type: 'email',
    value,
    verified: true,
    primary: index === 0,
    deliverable_state: 'deliverable',
  }));
  const { items, rest } = pageOf(context.url, all);
  return json({ identities: items, ...rest });
}

/** The default organization, and those that the user is in besides. @param {Context} context  @param {string} id */
function memberships(context, id) {
  const { records, url } = context;
  const user = byId(records.users, id);
  const all = without([user.organization_id, ...(user.other_organizations ?? [])]).map(
    (organization, index) => ({
      id: user.id * 100 + index,
      user_id: user.id,
      organization_id: organization,
      default: organization === user.organization_id,
      organization_name: records.organizations.find((one) => one.id === organization)?.name ?? null,
      view_tickets: false,
    }),
  );
  const { items, rest } = pageOf(url, all);
  return json({ organization_memberships: items, ...rest });
}

/** @param {Context} context  @param {string} id */
function organizationUsers(context, id) {
  const owner = byId(context.records.organizations, id);
  const role = context.url.searchParams.get('role');
  const all = context.records.users.filter(
    (one) => isMember(one, owner.id) && (!role || one.role === role),
  );
  const { items, rest } = pageOf(context.url, all);
  return json({ users: items.map((one) => userView(context, one)), ...rest });
}

/** @param {Context} context  @param {string} id */
function organizationRelated({ records }, id) {
  const owner = byId(records.organizations, id);
  return json({
    organization_related: {
      tickets_count: records.tickets.filter((one) => one.organization_id === owner.id).length,
      users_count: records.users.filter((one) => one.organization_id === owner.id).length,
    },
  });
}

/** @param {Context} context  @param {'users' | 'organizations'} kind */
function showMany(context, kind) {
  const ids = manyOf(
    (context.url.searchParams.get('ids') ?? '').split(',').filter(Boolean),
    'ids',
  ).map(Number);
  return kind === 'users'
    ? json({
        users: context.records.users
          .filter((one) => ids.includes(one.id))
          .map((one) => userView(context, one)),
      })
    : json({
        organizations: context.records.organizations
          .filter((one) => ids.includes(one.id))
          .map((one) => organizationView(context, one)),
      });
}

/** @param {Context} context */
function organizationFields({ records, url }) {
  const all = (records.organizationFields ?? ORGANIZATION_FIELDS).map((key, index) => ({
    id: 360000500000 + index,
    key,
    title: key.replaceAll('_', ' '),
    type: 'text',
    active: true,
  }));
  const { items, rest } = pageOf(url, all);
  return json({ organization_fields: items, ...rest });
}

/** @type {import('./context.js').Route[]} */
export const peopleRoutes = [
  ['GET', /^users\/me$/, showMe],
  ['GET', /^organization_fields$/, organizationFields],
  [
    'GET',
    /^account\/settings$/,
    ({ severalOrganizations }) =>
      json({ settings: { user: { multiple_organizations: severalOrganizations } } }),
  ],
  ['GET', /^users\/search$/, searchUsers],
  ['GET', /^users\/show_many$/, (context) => showMany(context, 'users')],
  [
    'GET',
    /^users\/(\d+)$/,
    (context, id) => json({ user: userView(context, byId(context.records.users, id)) }),
  ],
  ['GET', /^users\/(\d+)\/identities$/, identities],
  ['GET', /^users\/(\d+)\/organization_memberships$/, memberships],
  ['GET', /^search$/, search],
  ['GET', /^organizations\/autocomplete$/, autocomplete],
  [
    'GET',
    /^organizations\/search$/,
    () =>
      titled(
        403,
        'Forbidden',
        'You do not have access to this page. Please contact the account owner of this help desk for further help.',
      ),
  ],
  ['GET', /^organizations\/show_many$/, (context) => showMany(context, 'organizations')],
  [
    'GET',
    /^organizations\/(\d+)$/,
    (context, id) =>
      json({ organization: organizationView(context, byId(context.records.organizations, id)) }),
  ],
  ['GET', /^organizations\/(\d+)\/users$/, organizationUsers],
  [
    'GET',
    /^organizations\/(\d+)\/users\/count$/,
    (context, id) => {
      const owner = byId(context.records.organizations, id);
      return json({
        count: {
          value: context.records.users.filter((one) => one.organization_id === owner.id).length,
          refreshed_at: stamp(context),
        },
      });
    },
  ],
  ['GET', /^organizations\/(\d+)\/related$/, organizationRelated],
];
