// Who is signed in: session cookies, the wall in front of the admin, the CSRF token and the alert that waits in a session.

import { randomBytes } from 'node:crypto';

export const COOKIE = '_customersdot_session';

/**
 * `isNew`: the browser does not know it yet. `outside`: made for somebody whom the wall sent away.
 * @typedef {{id:string, csrf:string, signedIn:boolean, flash:string|null, isNew:boolean, outside:boolean}} Session
 */

/** All sessions of one portal. */
export class Sessions {
  /** @type {Map<string, Session>} */
  #sessions = new Map();
  /** @type {Set<string>} */
  #states = new Set();
  wall = false;

  /**
   * The session that the request's cookie names; any value of the cookie is taken, and a request without one gets a new session.
   * @param {import('node:http').IncomingMessage} req
   * @returns {Session}
   */
  of(req) {
    const found = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(req.headers.cookie ?? '');
    const id = found?.[1];
    if (id === undefined) return this.#create(token(), true);
    const session = this.#sessions.get(id) ?? this.#create(id, false);
    session.isNew = false;
    return session;
  }

  /**
   * May this request see the admin?
   * @param {import('node:http').IncomingMessage} req
   * @param {Session} session
   * @param {boolean|'fetches'} requireCookie
   */
  admits(req, session, requireCookie) {
    if (session.signedIn) return true;
    const stranger = session.isNew || session.outside;
    const document = requireCookie === 'fetches' && req.headers['sec-fetch-dest'] === 'document';
    const admitted = !this.wall && (requireCookie === false || !stranger || document);
    session.outside = !admitted;
    return admitted;
  }

  /**
   * A fresh session that is signed in: signing in changes the cookie, as it should.
   * @returns {Session}
   */
  signIn() {
    const session = this.#create(token(), true);
    session.signedIn = true;
    return session;
  }

  /** Ends all sessions and raises the wall. */
  signOutAll() {
    this.wall = true;
    for (const session of this.#sessions.values()) session.signedIn = false;
  }

  /** Lowers the wall: whoever has a session is in. */
  lowerWall() {
    this.wall = false;
    for (const session of this.#sessions.values()) session.outside = false;
  }

  /** A value that the identity provider hands back once. */
  newState() {
    const state = token();
    this.#states.add(state);
    return state;
  }

  /** @param {string} state */
  useState(state) {
    return this.#states.delete(state);
  }

  /**
   * @param {string} id
   * @param {boolean} isNew  the browser does not know it yet
   */
  #create(id, isNew) {
    /** @type {Session} */
    const session = { id, csrf: token(), signedIn: false, flash: null, isNew, outside: false };
    this.#sessions.set(id, session);
    return session;
  }
}

/** @param {Session} session */
export function setCookie(session) {
  return `${COOKIE}=${session.id}; Path=/; HttpOnly; Secure; SameSite=Lax`;
}

function token() {
  return randomBytes(24).toString('base64url');
}
