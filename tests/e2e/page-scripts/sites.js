// The pages that the page scripts are tried on, under the real host names.
import { RequestLog } from '../../standins/log.js';
import { startProxy } from '../../standins/proxy.js';
import { bundle } from './build.js';

/** Nothing but the page's own scripts, and no string may become a script or markup in the page's own world. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; form-action 'self'";

/**
 * The agent page.
 * @returns {Promise<import('../../standins/proxy.js').Handle>}
 */
export async function agentSite() {
  const script = await bundle('agent-page.jsx');
  return (request, response) => {
    if (request.url === '/page.js') {
      response
        .writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'max-age=3600' })
        .end(script);
      return;
    }
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': CSP,
    });
    response.end(
      '<!doctype html><html lang="en"><title>Agent</title><link rel="icon" href="data:,"><nav></nav><main></main><script src="/page.js"></script>',
    );
  };
}

/** @param {Map<string, import('../../standins/proxy.js').Handle>} hosts */
export const serve = (hosts) => startProxy(hosts, new RequestLog());
