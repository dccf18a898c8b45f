// Users, organizations, search and jobs.

import { described, invalid, json, listed, notFound, Refusal, titled, tooMany } from './answers.js';
import { byId, organizationView, stamp, ticketView, userView } from './context.js';
import { pageOf } from './pages.js';
import { find } from './search.js';

/**
 * @typedef {import('./context.js').Context} Context
 * @typedef {import('./context.js').User} User
 * @typedef {import('./jobs.js').JobResult} JobResult
 */

/** Search and lists of a search end at so many results. */
const SEARCH_LIMIT = 1000;

/** @param {Context} context */
const isIndexed = (context) => (/** @type {{created_at: string}} */ record) => {
  const age = context.now() - Date.parse(record.created_at);
  return age < 0 || age >= context.settings.searchLag; // a date to come is one of the invented records on a slow clock
};

/** @param {Context} context */
function showMe(context) {
  return json({ user: { ...userView(context, context.agent), authenticity_token: context.csrf } });
}

/** What `users/me` says to somebody who is not signed in: no error. */
export const anonymous = () => json({
  user: { id: null, url: null, name: 'Anonymous user', email: 'invalid@example.com', role: 'end-user', verified: false, organization_id: null, authenticity_token: null },
});

/** @param {Context} context */
function searchUsers(context) {
  const { records, url } = context;
  const found = find(records, `type:user ${url.searchParams.get('query') ?? ''}`, isIndexed(context));
  const { items, rest } = pageOf(url, /** @type {User[]} */ (found), { most: SEARCH_LIMIT });
  return json({ users: items.map((one) => userView(context, one)), ...rest });
}

/** @param {Context} context */
function search(context) {
  const { records, url } = context;
  const query = url.searchParams.get('query');
  if (!query) throw new Refusal(listed(400, 'MissingParameter', 'Missing parameter', 'query is required'));
  const { items, rest } = pageOf(url, find(records, query, isIndexed(context)), { most: SEARCH_LIMIT });
  const results = items.map((one) => {
    if ('organization_fields' in one) return { ...organizationView(context, one), result_type: 'organization' };
    if ('subject' in one) return { ...ticketView(context, one), result_type: 'ticket' };
    return { ...userView(context, one), result_type: 'user' };
  });
  return json({ results, facets: null, ...rest });
}

/**
 * Checks and makes the changes of one user; a refusal changes nothing.
 * @param {Context} context
 * @param {User} user
 * @param {Record<string, any>} wanted
 */
function changeUser(context, user, wanted) {
  const { records } = context;
  if (wanted.organization_id && !records.organizations.some((one) => one.id === wanted.organization_id)) {
    throw new Refusal(invalid({ organization_id: [{ description: 'Organization: is invalid', error: 'InvalidValue' }] }));
  }
  if (wanted.name !== undefined && !String(wanted.name).trim()) {
    throw new Refusal(invalid({ name: [{ description: 'Name: is too short (minimum one character)', error: 'ValueTooShort' }] }));
  }
  if (wanted.organization_id !== undefined) user.organization_id = wanted.organization_id;
  if (wanted.name !== undefined) user.name = String(wanted.name);
  if (wanted.notes !== undefined) user.notes = String(wanted.notes ?? '');
  if (wanted.details !== undefined) user.details = String(wanted.details ?? '');
  if (wanted.suspended !== undefined) user.suspended = Boolean(wanted.suspended);
  user.updated_at = stamp(context, user.updated_at);
}

/** @param {Context} context  @param {string} id */
function updateUser(context, id) {
  const user = byId(context.records.users, id);
  const wanted = context.body.user;
  if (!wanted || typeof wanted !== 'object') throw new Refusal(listed(400, 'MissingParameter', 'Missing parameter', 'A user is required'));
  if (user.role !== 'end-user' && user.id !== context.agent.id && context.agent.role !== 'admin') {
    throw new Refusal(titled(403, 'Forbidden', 'You do not have access to this page. Please contact the account owner of this help desk for further help.'));
  }
  const refused = context.limits.userUpdate(user.id);
  if (refused) throw new Refusal(refused);
  changeUser(context, user, wanted);
  return json({ user: userView(context, user) });
}

/** @param {Context} context  @param {number} total  @param {() => JobResult[]} work */
function beginJob(context, total, work) {
  if (context.jobs.isFull()) throw new Refusal({ ...described(429, 'TooManyJobs', 'Too many jobs are currently queued or running. Try again later.'), headers: tooMany(30).headers });
  return json({ job_status: jobView(context, context.jobs.begin(total, work)) });
}

/** @param {Context} context  @param {import('./jobs.js').Job} job */
const jobView = ({ origin }, job) => ({ ...job, url: `${origin}/api/v2/job_statuses/${job.id}.json` });

/** @param {unknown} list  @param {string} name  @returns {Record<string, any>[]} */
function manyOf(list, name) {
  if (!Array.isArray(list) || !list.length) throw new Refusal(listed(400, 'MissingParameter', 'Missing parameter', `${name} is required`));
  if (list.length > 100) throw new Refusal(listed(400, 'TooManyValues', 'Too many values', `${name}: 100 at most`));
  return list;
}

/** @param {unknown} error  @param {number} index  @returns {JobResult} */
function failure(error, index) {
  if (!(error instanceof Refusal)) throw error;
  const body = /** @type {{error?: string, description?: string, details?: unknown}} */ (error.answer.body);
  return { index, error: String(body.error ?? 'Failed'), details: JSON.stringify(body.details ?? body.description) };
}

/** @param {Context} context */
function createOrUpdateMany(context) {
  if (!context.settings.importsEnabled) {
    throw new Refusal(titled(403, 'Forbidden', 'Bulk imports are not enabled for this account'));
  }
  const wanted = manyOf(context.body.users, 'users');
  return beginJob(context, wanted.length, () => wanted.map((one, index) => {
    try {
      const email = String(one.email ?? '').trim();
      const known = context.records.users.find((user) => user.id === one.id || (email && user.email.toLowerCase() === email.toLowerCase()));
      if (known) {
        changeUser(context, known, one);
        return { id: known.id, email: known.email, action: 'update', status: 'Updated', success: true };
      }
      if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new Refusal(invalid({ email: [{ description: `Email: ${email} is not properly formatted` }] }));
      const at = stamp(context);
      /** @type {User} */
      const made = { id: context.newId(), name: email, email, role: 'end-user', organization_id: null, suspended: false, notes: '', details: '', created_at: at, updated_at: at };
      changeUser(context, made, one);
      context.records.users.push(made);
      return { id: made.id, email, action: 'create', status: 'Created', success: true };
    } catch (error) {
      return failure(error, index);
    }
  }));
}

/** @param {Context} context */
function updateMany(context) {
  const ids = (context.url.searchParams.get('ids') ?? '').split(',').filter(Boolean).map(Number);
  const wanted = ids.length
    ? manyOf(ids, 'ids').map((id) => ({ ...context.body.user, id }))
    : manyOf(context.body.users, 'users');
  return beginJob(context, wanted.length, () => wanted.map((one, index) => {
    try {
      const user = byId(context.records.users, one.id);
      changeUser(context, user, one);
      return { id: user.id, action: 'update', status: 'Updated', success: true };
    } catch (error) {
      return failure(error, index);
    }
  }));
}

/** @param {Context} context  @param {string} id */
function showJob(context, id) {
  const job = context.jobs.get(id);
  if (!job) throw new Refusal(notFound());
  return json({ job_status: jobView(context, job) });
}

/** @param {Context} context */
function autocomplete(context) {
  const name = (context.url.searchParams.get('name') ?? '').trim().toLowerCase();
  if (name.length < 2) throw new Refusal(listed(400, 'InvalidValue', 'Invalid attribute', 'name must be at least 2 characters long'));
  const found = context.records.organizations
    .filter((one) => one.name.toLowerCase().startsWith(name) && isIndexed(context)(one))
    .sort((a, b) => a.name.localeCompare(b.name));
  const { items, rest } = pageOf(context.url, found);
  return json({ organizations: items.map((one) => organizationView(context, one)), ...rest });
}

/** @param {Context} context  @param {string} id */
function organizationUsers(context, id) {
  const owner = byId(context.records.organizations, id);
  const role = context.url.searchParams.get('role');
  const all = context.records.users.filter((one) => one.organization_id === owner.id && (!role || one.role === role));
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
  const ids = manyOf((context.url.searchParams.get('ids') ?? '').split(',').filter(Boolean), 'ids').map(Number);
  return kind === 'users'
    ? json({ users: context.records.users.filter((one) => ids.includes(one.id)).map((one) => userView(context, one)) })
    : json({ organizations: context.records.organizations.filter((one) => ids.includes(one.id)).map((one) => organizationView(context, one)) });
}

/** @type {import('./context.js').Route[]} */
export const peopleRoutes = [
  ['GET', /^users\/me$/, showMe],
  ['GET', /^users\/search$/, searchUsers],
  ['GET', /^users\/show_many$/, (context) => showMany(context, 'users')],
  ['GET', /^users\/(\d+)$/, (context, id) => json({ user: userView(context, byId(context.records.users, id)) })],
  ['PUT', /^users\/(\d+)$/, updateUser],
  ['POST', /^users\/create_or_update_many$/, createOrUpdateMany],
  ['PUT', /^users\/update_many$/, updateMany],
  ['GET', /^job_statuses\/(\w+)$/, showJob],
  ['GET', /^search$/, search],
  ['GET', /^organizations\/autocomplete$/, autocomplete],
  ['GET', /^organizations\/search$/, () => titled(403, 'Forbidden', 'You do not have access to this page. Please contact the account owner of this help desk for further help.')],
  ['GET', /^organizations\/show_many$/, (context) => showMany(context, 'organizations')],
  ['GET', /^organizations\/(\d+)$/, (context, id) => json({ organization: organizationView(context, byId(context.records.organizations, id)) })],
  ['GET', /^organizations\/(\d+)\/users$/, organizationUsers],
  ['GET', /^organizations\/(\d+)\/users\/count$/, (context, id) => {
    const owner = byId(context.records.organizations, id);
    return json({ count: { value: context.records.users.filter((one) => one.organization_id === owner.id).length, refreshed_at: stamp(context) } });
  }],
  ['GET', /^organizations\/(\d+)\/related$/, organizationRelated],
];
