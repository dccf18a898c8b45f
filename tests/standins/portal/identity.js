// The identity provider on a host of its own: one page with one button that leads back to the portal, signed in.

import { escapeHtml } from '../world-build.js';

/**
 * @param {{callback(state: string): string}} portal
 * @returns {{handle: import('../proxy.js').Handle}}
 */
export function createIdentityProvider(portal) {
  return {
    handle(req, res) {
      const url = new URL(req.url ?? '/', 'https://okta.example.com');
      const state = url.searchParams.get('state');
      if (url.pathname !== '/app/customers/sso' || state === null) {
        res.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('not found');
        return;
      }
      const back = escapeHtml(portal.callback(state));
      const body = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Example Okta - Sign in</title></head>
<body><main><h1>Example Okta</h1><p><a id="sign-in" href="${back}">Sign in as agent.one@example.com</a></p></main></body></html>`;
      res
        .writeHead(200, {
          'Content-Type': 'text/html; charset=utf-8',
          'Cache-Control': 'no-store',
          'Content-Length': Buffer.byteLength(body),
          'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
        })
        .end(body);
    },
  };
}
