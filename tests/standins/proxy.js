// The CONNECT proxy that a test's browser uses: known hosts end in this process, under TLS and their real names; every other
// host is refused, so that nothing that a test does can leave the machine.

import http from 'node:http';
import https from 'node:https';
import { createCertificate } from './certificate.js';

/**
 * @typedef {(req: import('node:http').IncomingMessage, res: import('node:http').ServerResponse) => Promise<void>|void} Handle
 * @typedef {{port:number, close():Promise<void>}} Proxy
 */

/** The certificates' pins, by the proxies' ports. @type {Map<number, string>} */
const pins = new Map();

/** The pin of the certificate that the proxy on a port shows, if it is one of this process. @param {number} port */
export const pinOf = (port) => pins.get(port);

/**
 * Starts the proxy on a free port of the loopback interface.
 * @param {Map<string, Handle>} hosts  which handler answers for which host
 * @param {import('./log.js').RequestLog} log
 * @returns {Promise<Proxy>}
 */
export async function startProxy(hosts, log) {
  const { key, cert, pin } = await createCertificate([...hosts.keys()]);
  const site = https.createServer({ key, cert, ALPNProtocols: ['http/1.1'] });
  /** @type {Set<import('node:stream').Duplex>} */
  const sockets = new Set();

  site.on('request', (req, res) => {
    const host = (req.headers.host ?? '').replace(/:443$/, '').toLowerCase();
    log.begin(req, res, host);
    const handle = hosts.get(host);
    if (!handle) {
      res.writeHead(421, { 'Content-Type': 'text/plain' }).end('no such host here');
      return;
    }
    Promise.resolve()
      .then(() => handle(req, res))
      .catch((/** @type {unknown} */ error) => {
        // A broken stand-in must be seen, and must not look like a fault that a test asked for.
        console.error(`stand-in ${host} ${req.method} ${req.url}:`, error);
        if (res.headersSent) res.destroy();
        else res.writeHead(599, { 'Content-Type': 'text/plain' }).end('the stand-in itself failed');
      });
  });
  // A browser that goes away in the middle of a handshake or an answer is no news.
  site.on('tlsClientError', () => {});
  site.on('clientError', (_error, socket) => socket.destroy());

  const proxy = http.createServer((req, res) => {
    const host = hostOf(req.url ?? '');
    log.reach(host);
    log.refuse(host, req.method ?? 'GET');
    res
      .writeHead(403, { 'Content-Type': 'text/plain', Connection: 'close' })
      .end('only CONNECT, and only to the stand-ins');
  });
  proxy.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  proxy.on('connect', (req, socket, head) => {
    socket.on('error', () => socket.destroy());
    const [host = '', port = ''] = (req.url ?? '').toLowerCase().split(':');
    log.reach(host);
    if (port !== '443' || !hosts.has(host)) {
      log.refuse(host, 'CONNECT');
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    site.emit('connection', socket);
  });
  proxy.on('clientError', (_error, socket) => socket.destroy());

  await new Promise((resolve, reject) => {
    proxy.once('error', reject);
    proxy.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  pins.set(address.port, pin);

  return {
    port: address.port,
    async close() {
      const closed = new Promise((resolve) => {
        proxy.close(resolve);
      });
      for (const socket of sockets) socket.destroy();
      site.close();
      await closed;
    },
  };
}

/** @param {string} url */
function hostOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
