// Making and changing users: one at a time, or many by a job.

import { described, invalid, json, listed, notFound, Refusal, titled, tooMany } from './answers.js';
import { byId, stamp, userView } from './context.js';
import { manyOf } from './many.js';

/**
 * @typedef {import('./context.js').Context} Context
 * @typedef {import('./context.js').User} User
 * @typedef {import('./jobs.js').JobResult} JobResult
 */

/** Longest text that notes and details may have, in characters. */
const LONGEST_TEXT = 65_535;

/** @param {unknown} email */
const isAddress = (email) => /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(String(email ?? ''));

/**
 * Sets a user's default organization. Another one drops all memberships beside it; none makes another membership the default. The open
 * tickets of the user follow some time later, if the account does so.
 * @param {Context} context
 * @param {User} user
 * @param {number | null} organization
 */
function moveUser(context, user, organization) {
  const others = (user.other_organizations ?? []).filter((one) => one !== user.organization_id);
  const before = user.organization_id;
  user.organization_id = organization ?? others[0] ?? null;
  user.other_organizations = organization === null ? others.slice(1) : [];
  const lag = context.settings.ticketsFollowAfter;
  if (lag === null || user.organization_id === before) return;
  const follow = () => {
    for (const ticket of context.records.tickets.filter(
      (one) => one.requester_id === user.id && !['solved', 'closed'].includes(one.status),
    )) {
      if (ticket.organization_id === user.organization_id) continue;
      ticket.organization_id = user.organization_id;
      ticket.updated_at = stamp(context, ticket.updated_at);
    }
  };
  if (lag === 0) follow();
  else setTimeout(follow, lag).unref();
}

/**
 * Checks and makes the changes of one user; a refusal changes nothing.
 * @param {Context} context
 * @param {User} user
 * @param {Record<string, any>} wanted
 */
function changeUser(context, user, wanted) {
  const { records } = context;
  if (user.role !== 'end-user' && user.id !== context.agent.id && context.agent.role !== 'admin') {
    throw new Refusal(
      titled(
        403,
        'Forbidden',
        'You do not have access to this page. Please contact the account owner of this help desk for further help.',
      ),
    );
  }
  if (
    wanted.organization_id &&
    !records.organizations.some((one) => one.id === wanted.organization_id)
  ) {
    throw new Refusal(
      invalid({
        organization_id: [{ description: 'Organization: is invalid', error: 'InvalidValue' }],
      }),
    );
  }
  if (wanted.name !== undefined && !String(wanted.name ?? '').trim()) {
    throw new Refusal(
      invalid({
        name: [
          { description: 'Name: is too short (minimum one character)', error: 'ValueTooShort' },
        ],
      }),
    );
  }
  for (const name of /** @type {const} */ (['notes', 'details'])) {
    if (String(wanted[name] ?? '').length > LONGEST_TEXT) {
      throw new Refusal(
        invalid({
          [name]: [
            {
              description: `${name}: is too long (maximum ${LONGEST_TEXT} characters)`,
              error: 'ValueTooLong',
            },
          ],
        }),
      );
    }
  }
  if (wanted.organization_id !== undefined) moveUser(context, user, wanted.organization_id || null);
  if (wanted.name !== undefined) user.name = String(wanted.name);
  if (wanted.notes !== undefined) user.notes = String(wanted.notes ?? '');
  if (wanted.details !== undefined) user.details = String(wanted.details ?? '');
  if (wanted.suspended !== undefined) user.suspended = Boolean(wanted.suspended);
  user.updated_at = stamp(context, user.updated_at);
}

/**
 * A new user with what was wanted; a refusal makes none.
 * @param {Context} context
 * @param {string} email
 * @param {Record<string, any>} wanted
 * @returns {User}
 */
function makeUser(context, email, wanted) {
  if (!isAddress(email))
    throw new Refusal(
      invalid({
        email: [
          { description: `Email: ${email} is not properly formatted`, error: 'InvalidValue' },
        ],
      }),
    );
  if (wanted.role !== undefined && wanted.role !== 'end-user' && context.agent.role !== 'admin') {
    throw new Refusal(titled(403, 'Forbidden', 'Only an administrator can make agents'));
  }
  const at = stamp(context);
  /** @type {User} */
  const made = {
    id: context.newId(),
    name: email,
    email,
    role: 'end-user',
    organization_id: null,
    suspended: false,
    notes: '',
    details: '',
    created_at: at,
    updated_at: at,
  };
  changeUser(context, made, wanted);
  context.records.users.push(made);
  return made;
}

/** @param {Context} context  @param {string} email */
const userOf = ({ records }, email) => {
  const wanted = email.toLowerCase();
  return wanted
    ? records.users.find((user) =>
        [user.email, ...(user.other_emails ?? [])].some((one) => one?.toLowerCase() === wanted),
      )
    : undefined;
};

/** @param {Context} context  @returns {Record<string, any>} */
function wantedUser({ body }) {
  const wanted = body.user;
  if (!wanted || typeof wanted !== 'object')
    throw new Refusal(listed(400, 'MissingParameter', 'Missing parameter', 'A user is required'));
  return wanted;
}

/** @param {Context} context  @param {User} user  @param {Record<string, any>} wanted */
function changeOne(context, user, wanted) {
  const refused = context.limits.userUpdate(user.id);
  if (refused) throw new Refusal(refused);
  changeUser(context, user, wanted);
  return json({ user: userView(context, user) });
}

/** One new user: unlike a job, this wants a name. @param {Context} context  @param {Record<string, any>} wanted */
function makeOne(context, wanted) {
  const user = makeUser(context, String(wanted.email ?? '').trim(), {
    ...wanted,
    name: wanted.name ?? '',
  });
  return json({ user: userView(context, user) }, 201, {
    Location: `${context.origin}/api/v2/users/${user.id}.json`,
  });
}

/** @param {Context} context  @param {string} id */
const updateUser = (context, id) =>
  changeOne(context, byId(context.records.users, id), wantedUser(context));

/** @param {Context} context */
function createUser(context) {
  const wanted = wantedUser(context);
  const email = String(wanted.email ?? '').trim();
  if (userOf(context, email)) {
    throw new Refusal(
      invalid({
        email: [
          {
            description: `Email: ${email} is already being used by another user`,
            error: 'DuplicateValue',
          },
        ],
      }),
    );
  }
  return makeOne(context, wanted);
}

/** @param {Context} context */
function createOrUpdate(context) {
  const wanted = wantedUser(context);
  const known = userOf(context, String(wanted.email ?? '').trim());
  return known ? changeOne(context, known, wanted) : makeOne(context, wanted);
}

/** @param {Context} context  @param {number} total  @param {() => JobResult[]} work */
function beginJob(context, total, work) {
  if (context.jobs.isFull())
    throw new Refusal({
      ...described(
        429,
        'TooManyJobs',
        'Too many jobs are currently queued or running. Try again later.',
      ),
      headers: tooMany(30).headers,
    });
  return json({ job_status: jobView(context, context.jobs.begin(total, work)) });
}

/** @param {Context} context  @param {import('./jobs.js').Job} job */
const jobView = ({ origin }, job) => ({
  ...job,
  url: `${origin}/api/v2/job_statuses/${job.id}.json`,
});

/** @param {unknown} error  @param {number} index  @returns {JobResult} */
function failure(error, index) {
  if (!(error instanceof Refusal)) throw error;
  const body =
    /** @type {{error?: string | {title: string, message: string}, description?: string, details?: unknown}} */ (
      error.answer.body
    );
  const word = typeof body.error === 'object' ? body.error.title : body.error;
  const details =
    typeof body.error === 'object' ? body.error.message : (body.details ?? body.description);
  return { index, error: word ?? 'Failed', details: JSON.stringify(details) };
}

/**
 * Each of the wanted ones by itself: one that is refused does not hold up the others.
 * @param {Record<string, any>[]} wanted
 * @param {(one: Record<string, any>) => JobResult} work
 */
const each = (wanted, work) => () =>
  wanted.map((one, index) => {
    try {
      return work(one);
    } catch (error) {
      return failure(error, index);
    }
  });

/** @param {Context} context */
function createOrUpdateMany(context) {
  if (!context.settings.importsEnabled) {
    throw new Refusal(titled(403, 'Forbidden', 'Bulk imports are not enabled for this account'));
  }
  const wanted = manyOf(context.body.users, 'users');
  return beginJob(
    context,
    wanted.length,
    each(wanted, (one) => {
      const email = String(one.email ?? '').trim();
      const known =
        context.records.users.find((user) => user.id === one.id) ?? userOf(context, email);
      if (known) {
        changeUser(context, known, one);
        return {
          id: known.id,
          email: known.email,
          action: 'update',
          status: 'Updated',
          success: true,
        };
      }
      return {
        id: makeUser(context, email, one).id,
        email,
        action: 'create',
        status: 'Created',
        success: true,
      };
    }),
  );
}

/** @param {Context} context */
function updateMany(context) {
  const ids = (context.url.searchParams.get('ids') ?? '').split(',').filter(Boolean).map(Number);
  const wanted = ids.length
    ? manyOf(ids, 'ids').map((id) => ({ ...context.body.user, id }))
    : manyOf(context.body.users, 'users');
  return beginJob(
    context,
    wanted.length,
    each(wanted, (one) => {
      const user = byId(context.records.users, one.id);
      changeUser(context, user, one);
      return { id: user.id, action: 'update', status: 'Updated', success: true };
    }),
  );
}

/** @param {Context} context  @param {string} id */
function showJob(context, id) {
  const job = context.jobs.get(id);
  if (!job) throw new Refusal(notFound());
  return json({ job_status: jobView(context, job) });
}

/** @type {import('./context.js').Route[]} */
export const userRoutes = [
  ['POST', /^users$/, createUser],
  ['POST', /^users\/create_or_update$/, createOrUpdate],
  ['PUT', /^users\/(\d+)$/, updateUser],
  ['POST', /^users\/create_or_update_many$/, createOrUpdateMany],
  ['PUT', /^users\/update_many$/, updateMany],
  ['GET', /^job_statuses\/(\w+)$/, showJob],
];
