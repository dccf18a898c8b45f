// The CSRF token that Zendesk requires for every write.
import { attribute } from './find.js';
import { send } from './send.js';

/** @typedef {import('./send.js').Answer} Answer */

/** @param {string} body */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** @returns {string} the one that the page was made with; empty when it names none */
export const ownToken = () =>
  attribute(document.querySelector('meta[name="csrf-token"]'), 'content');

/**
 * Asks Zendesk for the session's token.
 * @returns {Promise<string | {kind: 'signed_out'} | {kind: 'no_token'}>}
 */
export async function freshToken() {
  const answer = await send(new URL('/api/v2/users/me', location.origin));
  if (answer.kind === 'redirected') return { kind: 'signed_out' };
  if (answer.kind !== 'response') return { kind: 'no_token' };
  const user = parsed(answer.body)?.user;
  if (answer.status === 401 || user?.id === null) return { kind: 'signed_out' };
  const token = user?.authenticity_token;
  return answer.status === 200 && token && typeof token === 'string' ? token : { kind: 'no_token' };
}

/**
 * Whether a write was refused for its token alone: then nothing was written. Every other refusal is the caller's to judge.
 * @param {Answer} answer
 */
export function isStale(answer) {
  if (answer.kind !== 'response' || (answer.status !== 403 && answer.status !== 422)) return false;
  const error = parsed(answer.body)?.error;
  return /^invalid ?authenticity ?token$/i.test(error?.message ?? error);
}
