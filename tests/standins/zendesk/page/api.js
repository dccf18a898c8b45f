// The page's own calls to the API, with the token from its head.

/** A request that Zendesk refused. */
export class ApiError extends Error {
  /** @param {number} status  @param {any} body */
  constructor(status, body) {
    super(
      body?.description ??
        body?.error?.message ??
        body?.errors?.[0]?.detail ??
        (typeof body?.error === 'string' ? body.error : `status ${status}`),
    );
    this.status = status;
    this.body = body;
  }
}

const token = () =>
  document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';

/**
 * @param {string} path  after `/api/v2/`
 * @param {{method?: string, body?: unknown}} [options]
 */
export async function api(path, { method = 'GET', body } = {}) {
  const answer = await fetch(`/api/v2/${path}`, {
    method,
    headers:
      method === 'GET'
        ? { Accept: 'application/json' }
        : { 'Content-Type': 'application/json', 'X-CSRF-Token': token() },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const parsed = await answer.json().catch(() => null);
  if (!answer.ok) throw new ApiError(answer.status, parsed);
  return parsed;
}

/** How this page was asked to be made: from its head, and from its address (`?busy=60`). */
export function pageSettings() {
  const given = JSON.parse(
    document.querySelector('meta[name="stand-in-settings"]')?.getAttribute('content') ?? '{}',
  );
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (typeof given[name] === 'number') given[name] = Number(value);
    else if (typeof given[name] === 'boolean') given[name] = value === 'true';
    else if (typeof given[name] === 'string') given[name] = value;
  }
  return given;
}
