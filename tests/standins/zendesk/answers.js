// What a handler gives back, and the four shapes in which Zendesk reports an error.

/**
 * An answer before it is sent: `body` is an object for JSON, text or bytes for anything else.
 * @typedef {object} Answer
 * @property {number} status
 * @property {unknown} body
 * @property {Record<string, string | string[]>} [headers]
 */

/** Thrown by a handler to end the request with this answer. */
export class Refusal extends Error {
  /** @param {Answer} answer */
  constructor(answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/**
 * @param {unknown} body
 * @param {number} [status]
 * @param {Record<string, string | string[]>} [headers]
 * @returns {Answer}
 */
export const json = (body, status = 200, headers = {}) => ({ status, body, headers });

/** The shape of "not signed in". */
export const notSignedIn = () => json({ error: "Couldn't authenticate you" }, 401);

/**
 * Shape with a title and a message.
 * @param {number} status
 * @param {string} title
 * @param {string} message
 */
export const titled = (status, title, message) => json({ error: { title, message } }, status);

/**
 * Shape with a code word and a description, and sometimes details.
 * @param {number} status
 * @param {string} error
 * @param {string} description
 * @param {Record<string, {description:string, error?:string}[]>} [details]
 */
export const described = (status, error, description, details) =>
  json(details ? { error, description, details } : { error, description }, status);

/**
 * Shape with a list of errors, as JSON:API has it.
 * @param {number} status
 * @param {string} code
 * @param {string} title
 * @param {string} detail
 */
export const listed = (status, code, title, detail) =>
  json({ errors: [{ code, title, detail }] }, status);

export const notFound = () => described(404, 'RecordNotFound', 'Not found');

/** @param {Record<string, {description:string, error?:string}[]>} details */
export const invalid = (details) =>
  described(422, 'RecordInvalid', 'Record validation errors', details);

/** @param {number} seconds */
export const tooMany = (seconds) => ({
  ...described(429, 'APIRateLimitExceeded', 'Number of allowed API requests per minute exceeded'),
  headers: { 'Retry-After': String(seconds) },
});
