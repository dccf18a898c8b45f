// Pages like those of the portal's admin: rails_admin 3 with the real Turbo (`/admin/…`), or rails_admin 2 with the real
// jquery-pjax when the host is started with `pjax`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const file = (/** @type {string} */ name) => readFileSync(require.resolve(name), 'utf8');

// jquery-pjax asks for some functions that jQuery 4 has given up.
const PJAX = () => `${file('jquery')}
Object.assign(jQuery, { isFunction: (f) => typeof f === 'function', isArray: Array.isArray, trim: (s) => s.trim(), type: (v) => typeof v });
${file('jquery-pjax/jquery.pjax.js')}
jQuery(document).pjax('a.pjax', '[data-pjax-container]', { timeout: 0 });`;
const TURBO = () => file('@hotwired/turbo/dist/turbo.es2017-umd.js');

const MODELS = /** @type {Record<string, string>} */ ({
  license: 'License',
  order: 'Order',
  billing_account: 'Billing account',
});

/** @typedef {{pjax?: boolean}} Options */

/**
 * @param {Options} [options]
 * @returns {import('../../standins/proxy.js').Handle & {hold: Map<string, Promise<void>>, titles: Map<string, string>}}
 */
export function portalSite({ pjax = false } = {}) {
  const script = pjax ? PJAX() : TURBO();
  /** Answers that wait. @type {Map<string, Promise<void>>} */
  const hold = new Map();
  /** Other values of the Name field. @type {Map<string, string>} */
  const titles = new Map();

  /** @param {string} path @param {string} method @returns {{status: number, html: string}} */
  function answer(path, method) {
    const [, , model = '', id = '', tab = 'show'] = path
      .split('/')
      .filter((part, at) => at === 0 || part !== '');
    if (!(model in MODELS)) return { status: 200, html: heading('', 'Dashboard') };
    if (id === 'validate_license') {
      const result =
        method === 'POST'
          ? '<h3>License details</h3><pre>{"restrictions": {"id": 410233}}</pre>'
          : '';
      return {
        status: 200,
        html: `${heading(model, 'Validate License')}<form id="validate_license" data-turbo="false" method="post" action="${path}">
          <textarea name="license_file">"restrictions": pasted</textarea><button type="submit">Validate</button></form>${result}`,
      };
    }
    const known = /^\d+(?:-.*)?$/.test(id) && !id.startsWith('999');
    if (!known) {
      const rows = [1, 2]
        .map(
          (row) =>
            `<tr class="${model}_row"><td><ul>${member(model, String(row), 'show', false)}</ul></td></tr>`,
        )
        .join('');
      return {
        status: id === '' ? 200 : 404,
        html: `${heading(model, `List of ${MODELS[model]}s`)}<table>${rows}</table>`,
      };
    }
    const own = id.replace(/-.*/, '');
    const tabs = ['show', 'edit', 'history']
      .map((each) => member(model, own, each, each === tab))
      .join('');
    const name = titles.get(`${model}/${own}`) ?? `${MODELS[model]} number ${own}`;
    const value = pjax
      ? `<dl><dt><span class="label string_type name_field">Name</span></dt><dd>${name}</dd></dl>`
      : `<div class="list-group-item string_type name_field"><div class="card"><h5 class="card-header">Name</h5><div class="card-body">${name}</div></div></div>`;
    return {
      status: 200,
      html: `${heading(model, `${tab === 'show' ? 'Details for' : tab === 'edit' ? 'Edit' : 'History of'} ${name}`)}<ul class="nav nav-tabs">${tabs}</ul>${tab === 'show' ? `<div class="fieldset"><h4>Basic</h4>${value}</div>` : '<form></form>'}`,
    };
  }

  /** @param {string} model @param {string} text */
  const heading = (model, text) => {
    const mark = model ? ` data-model="${model}"` : '';
    return pjax
      ? `<div class="page-header"${mark}><h1>${text}</h1></div>`
      : `<header${mark}><h1>${text}</h1></header>`;
  };
  /** @param {string} model @param {string} id @param {string} tab @param {boolean} active */
  const member = (model, id, tab, active) => {
    const href = `https://customers.gitlab.com/admin/${model}/${id}${tab === 'show' ? '' : `/${tab}`}`;
    return pjax
      ? `<li class="icon ${tab}_member_link ${active ? 'active' : ''}"><a class="pjax" href="${href}">${tab}</a></li>`
      : `<li class="nav-item ${tab}_member_link"><a class="nav-link ${active ? 'active' : ''}" href="${href}">${tab}</a></li>`;
  };

  return Object.assign(
    async (
      /** @type {import('node:http').IncomingMessage} */ request,
      /** @type {import('node:http').ServerResponse} */ response,
    ) => {
      const path = new URL(request.url ?? '/', 'https://customers.gitlab.com').pathname;
      if (path === '/app.js') {
        response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
        return;
      }
      await hold.get(path);
      const { status, html } = answer(path, request.method ?? 'GET');
      const links = [
        'license',
        'license/1',
        'license/2',
        'license/1/edit',
        'license/1/history',
        'order/1',
        'billing_account/1',
        'license/9990',
        'license/validate_license',
      ]
        .map(
          (to) => `<a class="pjax" id="${to.replaceAll('/', '-')}" href="/admin/${to}">${to}</a>`,
        )
        .join(' ');
      response.writeHead(status, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy':
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; form-action 'self'",
      });
      if (request.headers['x-pjax']) {
        response.end(`<title></title>${html}`);
        return;
      }
      response.end(`<!doctype html><html lang="en"><head><title>Admin</title><meta name="turbo-prefetch" content="false"><link rel="icon" href="data:,"><script src="/app.js" defer></script></head>
      <body><ul><li data-model="license">${links}</li></ul><div class="content"${pjax ? ' data-pjax-container' : ''}>${html}</div></body></html>`);
    },
    { hold, titles },
  );
}
