// The stand-in of Zendesk: its REST API with all the strictness of the real one, and the agent page.

import { createPageSettings, pageAnswer } from './agent-page.js';
import { described, listed, notFound, notSignedIn, Refusal } from './answers.js';
import { createAttachments, FILES_HOST } from './attachments.js';
import { createFaults } from './faults.js';
import { createJobs } from './jobs.js';
import { createLimits } from './limits.js';
import { anonymous, peopleRoutes } from './rest-people.js';
import { ticketRoutes } from './rest-tickets.js';
import { userRoutes } from './rest-users.js';
import { send } from './send.js';
import { createSessions } from './session.js';

export { buildAgentPage } from './agent-page.js';
export { FILES_HOST } from './attachments.js';

/**
 * @typedef {import('./answers.js').Answer} Answer
 * @typedef {import('./context.js').Context} Context
 * @typedef {import('./context.js').ZendeskRecords} ZendeskRecords
 *
 * What a test may set, at the start or while it runs.
 * @typedef {object} Settings
 * @property {number} searchLag         milliseconds in which search does not see a new record
 * @property {number|null} ticketsFollowAfter  milliseconds after which open tickets follow their requester's organization; null: never
 * @property {boolean} importsEnabled   false: `create_or_update_many` answers 403
 * @property {number} jobMs             milliseconds that a job takes
 * @property {boolean} autoSignIn       a page load without a session gets one, unless `signOut` was called
 * @property {boolean} attachmentRedirect  attachments are redirected to a signed address on the host for files, as Zendesk does
 *
 * @typedef {Partial<Settings> & {
 *   origin?: string, requestsPerMinute?: number, now?: () => number,
 *   page?: Partial<import('./agent-page.js').PageSettings>
 * }} Options
 */

const ROUTES = [...ticketRoutes, ...peopleRoutes, ...userRoutes];
const GLOBAL_ORIGIN = 'https://gitlab.zendesk.com';
const FEDERAL_HOST = 'gitlab-federal-support.zendesk.com';

/** @param {import('node:http').IncomingMessage} req  @returns {Promise<string>} */
async function textOf(req) {
  /** @type {Buffer[]} */
  const parts = [];
  for await (const part of req) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/**
 * The parsed JSON object of a write.
 * @param {import('node:http').IncomingMessage} req
 * @returns {Promise<Record<string, any>>}
 */
async function bodyOf(req) {
  const text = await textOf(req);
  if (!/^application\/json\b/.test(req.headers['content-type'] ?? '')) {
    throw new Refusal(
      described(415, 'UnsupportedMediaType', 'Content-Type must be application/json'),
    );
  }
  try {
    const parsed = JSON.parse(text);
    if (parsed && typeof parsed === 'object' && !Array.isArray(parsed)) return parsed;
  } catch {
    /* answered below */
  }
  throw new Refusal(
    listed(400, 'InvalidJSON', 'Unprocessable request', 'The body is not a JSON object'),
  );
}

/**
 * One Zendesk instance, or both: requests for the US Government host are answered from `world.federal`.
 * @param {ZendeskRecords & {federal?: ZendeskRecords}} world
 * @param {import('../log.js').RequestLog | null} _log  the proxy writes the log; kept for one shape of all stand-ins
 * @param {Options} [options]
 */
export function createZendesk(world, _log, options = {}) {
  const now = options.now ?? Date.now;
  const origin = options.origin ?? GLOBAL_ORIGIN;
  /** @type {Settings} */
  const settings = {
    searchLag: options.searchLag ?? 0,
    ticketsFollowAfter: options.ticketsFollowAfter ?? null,
    importsEnabled: options.importsEnabled ?? true,
    jobMs: options.jobMs ?? 300,
    autoSignIn: options.autoSignIn ?? false,
    attachmentRedirect: options.attachmentRedirect ?? false,
  };
  const faults = createFaults();
  const page = createPageSettings(options.page);
  const limits = createLimits({ requestsPerMinute: options.requestsPerMinute ?? 700, now });
  const jobs = createJobs(settings);
  const attachments = createAttachments(now);
  const main = {
    records: /** @type {ZendeskRecords} */ (world),
    origin,
    sessions: createSessions(origin),
  };
  const federal = world.federal && {
    records: world.federal,
    origin: `https://${FEDERAL_HOST}`,
    sessions: createSessions(`https://${FEDERAL_HOST}`),
  };
  let lastId = 900_000_000_000;
  let delayMs = 0;
  let signedOut = false;

  /** @param {import('node:http').IncomingMessage} req */
  const isFilesHost = (req) => req.headers.host?.split(':')[0] === FILES_HOST;
  /** @param {import('node:http').IncomingMessage} req */
  const siteOf = (req) =>
    federal && req.headers.host?.split(':')[0] === FEDERAL_HOST ? federal : main;

  /**
   * @param {import('node:http').IncomingMessage} req
   * @param {URL} url
   * @returns {Promise<Answer>}
   */
  async function apiAnswer(req, url) {
    const { records, sessions, origin: own } = siteOf(req);
    const path = url.pathname
      .slice('/api/v2/'.length)
      .replace(/\.json$/, '')
      .replace(/\/$/, '');
    const method = req.method ?? 'GET';
    const { refused, headers } = limits.request();
    /** @param {Answer} answer @returns {Answer} */
    const counted = (answer) => ({
      ...answer,
      headers: {
        ...headers,
        'Cache-Control': 'max-age=0, private, must-revalidate',
        ...answer.headers,
      },
    });
    if (refused) return counted(refused);
    const session = sessions.ofApi(req);
    if (!session)
      return counted(path === 'users/me' && method === 'GET' ? anonymous() : notSignedIn());
    const isWrite = method !== 'GET' && method !== 'HEAD';
    const unwanted = isWrite ? sessions.refusalOfWrite(req, session) : undefined;
    if (unwanted) return counted(unwanted);

    const agent = records.users.find((one) => one.id === records.agentId);
    if (!agent)
      throw new Error(`the world has no user ${records.agentId}, who should be signed in`);
    const route = ROUTES.map(([wanted, pattern, handler]) => ({
      wanted,
      handler,
      parts: pattern.exec(path),
    })).find(({ wanted, parts }) => wanted === method && parts);
    if (!route?.parts) return counted(notFound());
    /** @type {Context} */
    const context = {
      records,
      url,
      agent,
      csrf: session.csrf,
      origin: own,
      settings,
      limits,
      jobs,
      severalOrganizations: page.severalOrganizations,
      now,
      body: isWrite ? await bodyOf(req) : {},
      newId: () => {
        lastId += 1;
        return lastId;
      },
    };
    return counted(route.handler(context, ...route.parts.slice(1)));
  }

  /** @param {import('node:http').IncomingMessage} req  @param {URL} url  @returns {Promise<Answer>} */
  async function answerOf(req, url) {
    try {
      if (isFilesHost(req)) return attachments.ofFilesHost(url);
      if (url.pathname.startsWith('/api/v2/')) return await apiAnswer(req, url);
      const { records, sessions } = siteOf(req);
      return (
        attachments.ofHost(records, url, {
          isSignedIn: sessions.ofPage(req) !== undefined,
          redirects: settings.attachmentRedirect,
        }) ??
        (await pageAnswer({
          req,
          url,
          sessions: siteOf(req).sessions,
          page,
          autoSignIn: settings.autoSignIn && !signedOut,
        }))
      );
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  return {
    faults,
    page,
    settings,
    /** Milliseconds before every answer of the API and every attachment. */
    get delayMs() {
      return delayMs;
    },
    set delayMs(value) {
      delayMs = value;
    },
    /** Ends all sessions: the API answers 401, pages lead to the sign-in form. */
    signOut() {
      signedOut = true;
      main.sessions.close();
      federal?.sessions.close();
    },
    /** Takes the sessions back, as if they had never ended. */
    signIn() {
      signedOut = false;
      main.sessions.revive();
      federal?.sessions.revive();
    },
    /** From now on the CSRF tokens of all open pages are stale. */
    rotateCsrf() {
      main.sessions.rotateCsrf();
      federal?.sessions.rotateCsrf();
    },
    /** A session made without the form: its cookies, as `Set-Cookie` values and as a `Cookie` header, and its token. */
    newSession() {
      const session = main.sessions.start();
      const setCookie = main.sessions.setCookieHeaders(session);
      return {
        setCookie,
        cookie: setCookie.map((one) => one.split(';')[0]).join('; '),
        csrf: session.csrf,
      };
    },
    rateLimit: limits.force,
    resetLimits: limits.reset,
    /** Stops the timers of jobs that are under way. */
    close() {
      jobs.close();
    },
    /**
     * @param {import('node:http').IncomingMessage} req
     * @param {import('node:http').ServerResponse} res
     * @returns {Promise<void>}
     */
    async handle(req, res) {
      const url = new URL(req.url ?? '/', siteOf(req).origin);
      const fault = faults.take(req.method ?? 'GET', req.url ?? '/');
      await send(
        req,
        res,
        fault,
        /^\/(?:api\/v2|attachments?)\//.test(url.pathname) ? delayMs : 0,
        () => answerOf(req, url),
      );
    },
  };
}
