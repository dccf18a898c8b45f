/** A CONNECT proxy that answers every host itself: just enough for the harness to be tried without the stand-ins. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns {{key: Buffer, cert: Buffer}} A certificate of nobody, made anew for each run. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'harness-cert-'));
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=gitlab.zendesk.com',
        '-addext',
        'subjectAltName=DNS:gitlab.zendesk.com,DNS:customers.gitlab.com',
        '-keyout',
        join(folder, 'key.pem'),
        '-out',
        join(folder, 'cert.pem'),
      ],
      { stdio: 'ignore' },
    );
    return {
      key: readFileSync(join(folder, 'key.pem')),
      cert: readFileSync(join(folder, 'cert.pem')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @returns {Promise<{proxyPort: number, close: () => Promise<void>}>}
 */
export async function startMiniProxy() {
  const site = createTlsServer(certificate(), (request, response) => {
    const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:";
    if (request.url === '/script.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end(
        "document.documentElement.dataset.own = 'ran'; if (location.search === '?throw') { throw new Error('thrown in the page'); }",
      );
      return;
    }
    if (request.url === '/cookie') {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.end(
        `cookie ${request.headers.cookie ?? 'none'}; origin ${request.headers.origin ?? 'none'}`,
      );
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': csp,
      'set-cookie': 'session=1; Secure; HttpOnly; SameSite=Lax; Path=/',
    });
    const inline =
      request.url === '/violation' ? "<script>document.title = 'ran anyway'</script>" : '';
    response.end(
      `<!doctype html><html lang="en"><title>${request.headers.host}</title><link rel="icon" href="data:,"><script src="/script.js"></script>${inline}<h1>${request.headers.host}</h1>`,
    );
  });
  await new Promise((resolve) => site.listen(0, '127.0.0.1', () => resolve(undefined)));
  const sitePort = /** @type {import("node:net").AddressInfo} */ (site.address()).port;
  const proxy = createServer((_request, response) => response.writeHead(502).end());
  /** @type {Set<import("node:stream").Duplex>} */
  const sockets = new Set();
  proxy.on('connect', (request, client, head) => {
    const host = String(request.url).split(':')[0] ?? '';
    sockets.add(client);
    client.on('close', () => sockets.delete(client));
    client.on('error', () => client.destroy());
    if (host !== 'customers.gitlab.com' && host !== 'gitlab.zendesk.com') {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const upstream = connect(sitePort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', () => resolve(undefined)));
  return {
    proxyPort: /** @type {import("node:net").AddressInfo} */ (proxy.address()).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      site.closeAllConnections();
      await Promise.all([
        new Promise((done) => proxy.close(done)),
        new Promise((done) => site.close(done)),
      ]);
    },
  };
}
