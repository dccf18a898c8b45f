// Sessions by cookie, each with its CSRF token, and the check of the Origin on writes.

import { randomBytes } from 'node:crypto';
import { described } from './answers.js';

/** The session's cookie: sent on a link from another site too. */
export const SESSION_COOKIE = '_zendesk_session';
/** The second cookie: never sent on a request that another site began. The API wants both. */
export const STRICT_COOKIE = '_zendesk_strict';

/**
 * @typedef {object} Session
 * @property {string} id
 * @property {string} strict
 * @property {string} csrf
 *
 * @typedef {import('./answers.js').Answer} Answer
 */

/**
 * @param {string | undefined} header
 * @returns {Map<string, string>}
 */
function cookiesOf(header) {
  const found = new Map();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0) found.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return found;
}

const word = () => randomBytes(18).toString('base64url');

/**
 * The sessions of one instance.
 * @param {string} origin  the site's own origin, such as `https://gitlab.zendesk.com`
 */
export function createSessions(origin) {
  /** @type {Map<string, Session>} */
  const sessions = new Map();
  let open = true;

  return {
    /** Makes a session, as the sign-in form does. @returns {Session} */
    start() {
      const session = { id: word(), strict: word(), csrf: word() };
      sessions.set(session.id, session);
      open = true;
      return session;
    },
    /** Refuses every session until `revive`. */
    close() {
      open = false;
    },
    /** Takes the sessions back as they were, cookies and tokens included. */
    revive() {
      open = true;
    },
    /** @returns {boolean} */
    isOpen: () => open,
    /** Gives every session a new CSRF token; the pages that are open hold the old one. */
    rotateCsrf() {
      for (const session of sessions.values()) session.csrf = word();
    },
    /** @param {Session} session  @returns {string[]} */
    setCookieHeaders: (session) => [
      `${SESSION_COOKIE}=${session.id}; Path=/; Secure; HttpOnly; SameSite=Lax`,
      `${STRICT_COOKIE}=${session.strict}; Path=/; Secure; HttpOnly; SameSite=Strict`,
    ],
    /**
     * The session of a page load: the Lax cookie is enough, since a link from another site brings no more.
     * @param {import('node:http').IncomingMessage} req
     * @returns {Session | undefined}
     */
    ofPage(req) {
      return open
        ? sessions.get(cookiesOf(req.headers.cookie).get(SESSION_COOKIE) ?? '')
        : undefined;
    },
    /**
     * The session of an API request: both cookies.
     * @param {import('node:http').IncomingMessage} req
     * @returns {Session | undefined}
     */
    ofApi(req) {
      const cookies = cookiesOf(req.headers.cookie);
      const session = open ? sessions.get(cookies.get(SESSION_COOKIE) ?? '') : undefined;
      return session && cookies.get(STRICT_COOKIE) === session.strict ? session : undefined;
    },
    /**
     * What a write is refused with, if it is: the page's own Origin and the session's token are wanted.
     * @param {import('node:http').IncomingMessage} req
     * @param {Session} session
     * @returns {Answer | undefined}
     */
    refusalOfWrite(req, session) {
      const from = req.headers.origin;
      if (from !== origin) {
        return described(
          422,
          'InvalidOrigin',
          `HTTP Origin header (${from ?? 'none'}) didn't match request.base_url (${origin})`,
        );
      }
      if (req.headers['x-csrf-token'] !== session.csrf)
        return described(403, 'InvalidAuthenticityToken', 'Invalid authenticity token');
      return undefined;
    },
  };
}
