// Starts both stand-ins behind the proxy. As a program: prints the port and waits until it is stopped.

import { pathToFileURL } from 'node:url';
import { RequestLog } from './log.js';
import { createIdentityProvider } from './portal/identity.js';
import { createPortal } from './portal/index.js';
import { startProxy } from './proxy.js';
import { createWorld } from './world.js';

/**
 * What every stand-in of a site offers to the proxy.
 * @typedef {{handle: import('./proxy.js').Handle, close?(): void}} Site
 *
 * @typedef {object} StartOptions
 * @property {import('./world.js').World} [world]  a prepared world instead of a fresh one
 * @property {import('./portal/options.js').PortalOptions} [portal]
 * @property {Record<string, unknown>} [zendesk]
 * @property {(world: import('./world.js').World, log: RequestLog, options: any) => Site} [createZendesk]
 *   stands for the module `zendesk/index.js`, which is loaded only without it
 * @property {Record<string, import('./proxy.js').Handle>} [hosts]  more hosts
 */

/**
 * The portal's staging shows the same records, with addresses of its own.
 * @param {import('./proxy.js').Handle} handle
 * @returns {import('./proxy.js').Handle}
 */
const asStaging = (handle) => (req, res) => {
  const end = /** @type {(body?: unknown) => typeof res} */ (res.end.bind(res));
  const own = (/** @type {unknown} */ body) =>
    String(body).replaceAll('https://customers.gitlab.com', 'https://customers.staging.gitlab.com');
  const head = /** @type {(status: number, headers?: Record<string, unknown>) => typeof res} */ (
    res.writeHead.bind(res)
  );
  res.writeHead = /** @type {typeof res.writeHead} */ (
    (/** @type {number} */ status, /** @type {Record<string, unknown>} */ headers = {}) => {
      // The length is another one here.
      const { 'Content-Length': _, ...others } = headers;
      return head(status, others);
    }
  );
  res.end = /** @type {typeof res.end} */ (
    (/** @type {unknown} */ body) => end(body === undefined ? undefined : own(body))
  );
  return handle(req, res);
};

/** @param {StartOptions} options */
export async function startStandIns(options = {}) {
  const world = options.world ?? createWorld();
  const log = new RequestLog();
  const portal = createPortal(world, log, options.portal ?? {});
  const createZendesk = options.createZendesk ?? (await import('./zendesk/index.js')).createZendesk;
  const zendesk = createZendesk(world, log, options.zendesk ?? {});
  const identity = createIdentityProvider(portal);
  /** @type {Map<string, import('./proxy.js').Handle>} */
  const hosts = new Map([
    ['customers.gitlab.com', portal.handle],
    ['customers.staging.gitlab.com', asStaging(portal.handle)],
    ['okta.example.com', identity.handle],
    ['gitlab1707170878.zendesk.com', (req, res) => zendesk.handle(req, res)],
    ['gitlab.zendesk.com', (req, res) => zendesk.handle(req, res)],
    ['p19.zdusercontent.com', (req, res) => zendesk.handle(req, res)],
    ['gitlab-federal-support.zendesk.com', (req, res) => zendesk.handle(req, res)],
    ...Object.entries(options.hosts ?? {}),
  ]);
  const proxy = await startProxy(hosts, log);
  return {
    proxyPort: proxy.port,
    world,
    log,
    portal,
    zendesk,
    async close() {
      portal.faults.clear();
      zendesk.close?.();
      await proxy.close();
    },
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const standIns = await startStandIns();
  console.log(`stand-ins behind the proxy 127.0.0.1:${standIns.proxyPort} (Ctrl+C stops them)`);
  for (const [ticket, shows] of Object.entries(standIns.world.scenarios)) {
    console.log(`  https://gitlab.zendesk.com/agent/tickets/${ticket}  ${shows}`);
  }
  process.once('SIGINT', () => void standIns.close());
  process.once('SIGTERM', () => void standIns.close());
}
