// Sends one request to the page's own origin, and returns its answer in the background's terms.

/** How long an answer may take, in ms, and how much of it is read, in bytes. */
const PATIENCE = 30_000;
const MOST = 1_000_000;

/** @typedef {import('../../shared/boundary.js').Answer} Answer */

/**
 * The body as text; null when it is too large.
 * @param {Response} response
 */
async function textOf(response) {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MOST) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * @param {URL} url
 * @param {RequestInit} [init]
 * @param {number} [patience] in ms
 * @returns {Promise<Answer>}
 */
export async function send(url, init, patience = PATIENCE) {
  try {
    const response = await fetch(url.href, {
      credentials: 'same-origin',
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
      ...init,
      headers: { Accept: 'application/json', ...init?.headers },
    });
    if (response.type === 'opaqueredirect') return { kind: 'redirected' };
    const body = await textOf(response);
    if (body === null) return { kind: 'too_large' };
    const header = (/** @type {string} */ name) => response.headers.get(name);
    return {
      kind: 'response',
      status: response.status,
      url: response.url,
      content_type: header('Content-Type') ?? '',
      retry_after: header('Retry-After'),
      body,
    };
  } catch (error) {
    if (/^(?:Timeout|Abort)Error$/.test(/** @type {Error} */ (error)?.name))
      return { kind: 'timed_out' };
    return { kind: navigator.onLine ? 'failed' : 'offline' };
  }
}
