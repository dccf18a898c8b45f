// The Customers portal's admin, as far as a person or a program that walks from a license to its billing account sees it.

import { asset } from './assets.js';
import { Faults } from './faults.js';
import { createModels } from './models.js';
import { defaultOptions } from './options.js';
import { editPage, historyPage, listPage, listRows, plainPage, showPage } from './pages.js';
import { UnknownField } from './query.js';
import { Sessions, setCookie } from './session.js';
import { errorPage, movedPage, signInPage } from './static-pages.js';
import { formHtml, resultHtml, validated } from './validate.js';

const SITE = 'https://customers.gitlab.com';

/** Strict on purpose: a script of ours that leaks into the page, or a page's request to elsewhere, shows as a violation. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; form-action 'self' https://okta.example.com; base-uri 'none'; frame-ancestors 'self'; object-src 'none'";

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {{status: number, headers: Record<string, string>, body: string|Buffer}} Answer
 * @typedef {ReturnType<typeof createPortal>} Portal
 */

/**
 * @param {import('../world.js').World} world
 * @param {import('../log.js').RequestLog} _log  kept by the proxy; here for the sake of one shape for all sites
 * @param {import('./options.js').PortalOptions} [given]
 */
export function createPortal(world, _log, given = {}) {
  const options = { ...defaultOptions(), ...given };
  const faults = new Faults();
  const sessions = new Sessions();
  sessions.wall = !options.signedIn;
  const models = createModels(world, options);
  const context = { models, options };

  /** @param {number} status @param {string} html @param {Record<string, string>} [headers] @returns {Answer} */
  const page = (status, html, headers = {}) => ({
    status,
    body: html,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'max-age=0, private, must-revalidate',
      Vary: 'Accept',
      'Content-Security-Policy': POLICY,
      'X-Frame-Options': 'SAMEORIGIN',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      ...headers,
    },
  });
  /** @param {unknown} value @returns {Answer} */
  const json = (value) =>
    page(200, JSON.stringify(value), { 'Content-Type': 'application/json; charset=utf-8' });
  /** @param {string} location @param {Record<string, string>} [headers] */
  const redirect = (location, headers = {}) =>
    page(302, movedPage(location), { Location: location, 'Cache-Control': 'no-cache', ...headers });

  /** @param {Request} req @returns {Promise<Answer>} */
  async function answer(req) {
    const url = new URL(req.url ?? '/', SITE);
    const path = url.pathname.replace(/(.)\/+$/, '$1');
    const served = await asset(path);
    if (served) {
      return {
        status: 200,
        body: served.body,
        headers: {
          'Content-Type': served.type,
          'Cache-Control': 'max-age=3600',
          'X-Content-Type-Options': 'nosniff',
        },
      };
    }
    if (path === '/favicon.ico') return { status: 204, headers: {}, body: '' };
    const session = sessions.of(req);
    /** @type {Record<string, string>} */
    const cookie = session.isNew ? { 'Set-Cookie': setCookie(session) } : {};
    const made = await route(req, url, path, session);
    return { ...made, headers: { ...cookie, ...made.headers } };
  }

  /** @param {Request} req @param {URL} url @param {string} path @param {import('./session.js').Session} session @returns {Promise<Answer>} */
  async function route(req, url, path, session) {
    const method = req.method ?? 'GET';
    const admitted = sessions.admits(req, session, options.requireCookie);
    const form =
      method === 'POST' ? new URLSearchParams(await readBody(req)) : new URLSearchParams();
    if (method !== 'GET' && method !== 'HEAD' && !trusted(req, form, session))
      return page(422, errorPage('The change you wanted was rejected (422)'));

    if (path === '/admin/sign_in') return page(200, signInPage(session.csrf));
    if (path === '/admin/auth/okta' && method === 'POST') {
      if (options.signedOutTo === 'okta') return redirect(providerAddress());
      return redirect(`${SITE}/admin`, { 'Set-Cookie': setCookie(sessions.signIn()) });
    }
    if (path === '/admin/auth/okta/callback') {
      if (!sessions.useState(url.searchParams.get('state') ?? ''))
        return page(422, errorPage('The change you wanted was rejected (422)'));
      return redirect(`${SITE}/admin`, { 'Set-Cookie': setCookie(sessions.signIn()) });
    }
    if (path === '/') return redirect(`${SITE}/admin`);
    const [, root, modelPart = '', idPart, action] = path.split('/');
    if (root !== 'admin')
      return page(404, errorPage("The page you were looking for doesn't exist (404)"));
    if (!admitted)
      return redirect(options.signedOutTo === 'okta' ? providerAddress() : `${SITE}/admin/sign_in`);
    if (path === '/admin/sign_out') {
      session.signedIn = false;
      sessions.wall = true;
      return redirect(`${SITE}/admin/sign_in`);
    }
    // Nothing here can be changed: a write of any kind is refused, and the log shows that somebody tried.
    if (method !== 'GET' && method !== 'HEAD' && path !== '/admin/license/validate_license')
      return page(403, '');
    return admin(req, url, modelPart, idPart, action, form, session);
  }

  function providerAddress() {
    return `https://okta.example.com/app/customers/sso?state=${sessions.newState()}`;
  }

  /**
   * @param {Request} req @param {URL} url @param {string} modelPart @param {string|undefined} idPart @param {string|undefined} action
   * @param {URLSearchParams} form @param {import('./session.js').Session} session
   * @returns {Answer}
   */
  function admin(req, url, modelPart, idPart, action, form, session) {
    const pjax = req.headers['x-pjax'] !== undefined;
    const view = { context, url, csrf: session.csrf, pjax, flash: session.flash };
    const model = models.get(modelPart.replace(/\.json$/, ''));
    const asJson = wantsJson(req, url);
    /** The alert of an error page is shown by that page and once more by the next good one. @param {string} alert @param {(flash: string) => string} draw */
    const missing = (alert, draw) => {
      session.flash = alert;
      return page(404, draw(alert), { 'Cache-Control': 'no-cache' });
    };
    /** @param {() => string} draw */
    const good = (draw) => {
      const html = draw();
      session.flash = null;
      return page(200, html);
    };

    if (modelPart === '') return good(() => plainPage(view, null, 'Site Administration', '', null));
    if (modelPart === 'boom')
      return {
        status: 500,
        headers: { 'Content-Type': 'text/html; charset=UTF-8' },
        body: errorPage("We're sorry, but something went wrong (500)"),
      };
    if (!model)
      return missing(`Model '${modelPart}' could not be found`, (flash) =>
        plainPage({ ...view, flash }, null, 'Site Administration', '', null),
      );
    if (options.forbidden.includes(model.name))
      return { status: 403, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: '' };

    if (idPart === undefined) {
      if (asJson) return json(listJson(model, url));
      return good(() => listPage(view, model));
    }
    if (model.name === 'license' && idPart === 'validate_license') {
      const sent = form.get('license_file')?.replaceAll('\r\n', '\n') ?? '';
      const license = validated(world.licenses, sent);
      // A text that is no license leads back to the form without a word, and the alert waits for the next page.
      if (sent !== '' && !license) session.flash = 'The license is not valid';
      const result = license
        ? `\n<h3>License details</h3>\n${resultHtml(license, options.validation)}\n`
        : '';
      return page(
        200,
        plainPage(
          view,
          model,
          'Validate License',
          formHtml(session.csrf, sent) + result,
          'validate_license',
        ),
      );
    }
    const collection = model.collections.find(([name]) => name === idPart);
    if (collection)
      return good(() =>
        plainPage(view, model, collection[1], '<p>Not part of this stand-in.</p>', collection[0]),
      );

    const id = Number.parseInt(idPart, 10);
    const row = model.rows().find((one) => one.id === id);
    if (!row) {
      return missing(
        `${model.label} with id '${idPart.replace(/\.json$/, '')}' could not be found`,
        (flash) => listPage({ ...view, flash, url: new URL(`/admin/${model.name}`, SITE) }, model),
      );
    }
    if (action === undefined) {
      if (asJson) return json(recordJson(row));
      return good(() => showPage(view, model, row));
    }
    const member = model.members.find(([name]) => name === action);
    if (!member || action === 'show')
      return page(404, errorPage("The page you were looking for doesn't exist (404)"));
    if (action === 'edit') return good(() => editPage(view, model, row));
    return good(() => historyPage(view, model, row, member));
  }

  /** @param {import('./models.js').Model} model @param {URL} url */
  function listJson(model, url) {
    return listRows(context, model, url.searchParams).map(recordJson);
  }

  /** @param {import('./models.js').Row} row */
  function recordJson(row) {
    const { sold_to_form: _form, ...columns } = row;
    return columns;
  }

  /** @type {import('../proxy.js').Handle} */
  async function handle(req, res) {
    const fault = faults.take(req.method ?? 'GET', req.url ?? '/');
    await wait(options.delayMs + (fault?.delayMs ?? 0));
    if (fault?.hang) await faults.hang();
    if (fault?.reset) {
      res.destroy();
      return;
    }
    /** @type {Answer} */
    let made;
    try {
      made =
        fault?.redirect !== undefined
          ? redirect(fault.redirect)
          : fault?.status !== undefined || fault?.body !== undefined
            ? page(
                fault.status ?? 200,
                fault.body ??
                  (fault.status === 500
                    ? errorPage("We're sorry, but something went wrong (500)")
                    : ''),
              )
            : await answer(req);
    } catch (error) {
      if (!(error instanceof UnknownField)) throw error;
      made = {
        status: 500,
        headers: { 'Content-Type': 'text/html; charset=UTF-8' },
        body: errorPage("We're sorry, but something went wrong (500)"),
      };
    }
    if (fault?.contentType !== undefined) made.headers['Content-Type'] = fault.contentType;
    const body = fault?.truncate === undefined ? made.body : made.body.slice(0, fault.truncate);
    res.writeHead(made.status, { ...made.headers, 'Content-Length': Buffer.byteLength(body) });
    res.end(req.method === 'HEAD' ? undefined : body);
  }

  return {
    handle,
    faults,
    /** Live: a change takes effect with the next request. */
    options,
    /** Lowers the sign-in wall: everybody with a session's cookie is in. */
    signIn() {
      sessions.lowerWall();
    },
    /** Raises the wall and ends the running sessions. */
    signOut() {
      sessions.signOutAll();
    },
    /** Waited before every answer, in milliseconds. */
    get delayMs() {
      return options.delayMs;
    },
    set delayMs(value) {
      options.delayMs = value;
    },
    /** Where the identity provider sends people back to. @param {string} state */
    callback(state) {
      return `${SITE}/admin/auth/okta/callback?state=${encodeURIComponent(state)}`;
    },
  };
}

/** @param {Request} req @param {URLSearchParams} form @param {import('./session.js').Session} session */
function trusted(req, form, session) {
  const { origin } = req.headers;
  if (origin !== undefined && origin !== SITE) return false;
  return (form.get('authenticity_token') ?? req.headers['x-csrf-token']) === session.csrf;
}

/**
 * Rails' way to choose the format: the path's ending, else the Accept header unless it looks like a browser's.
 * @param {Request} req
 * @param {URL} url
 */
function wantsJson(req, url) {
  if (url.pathname.endsWith('.json')) return true;
  const accept = (req.headers.accept ?? '').trim();
  if (accept === '' || /,\s*\*\/\*|\*\/\*\s*,/.test(accept)) return false;
  return accept === '*/*' || accept.startsWith('application/json');
}

/** @param {Request} req @returns {Promise<string>} */
async function readBody(req) {
  const parts = [];
  for await (const part of req) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** @param {number} ms @returns {Promise<void>} */
function wait(ms) {
  return ms > 0
    ? new Promise((resolve) => {
        setTimeout(resolve, ms);
      })
    : Promise.resolve();
}
