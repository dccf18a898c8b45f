// The agent page's files: built once from `page/`, cached with a hash of their inputs, served under a strict CSP.

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { notFound } from './answers.js';
import { escapeHtml } from './text.js';

/**
 * @typedef {import('./answers.js').Answer} Answer
 *
 * How the page is made: the variants that Zendesk may show and the load that measurements want. A load of the page takes what
 * is here at that moment; `perTicket` holds other values for some tickets.
 * @typedef {object} PageSettings
 * @property {'menu'|'none'|'disabled'} channelSwitch  the switch between note and reply: there, missing, or not usable
 * @property {'public'|'internal'|'native_messaging'|'sms'|'chat'} channel  chosen at first
 * @property {'en'|'de'|'ja'} language                 of the switch's labels
 * @property {number} triggerTicket                    the ticket that the switch names; 0: its own
 * @property {'rich'|'plain'|'standalone'|'none'} composerKind  which editor the composer is: the ticket's, messaging's, the old interface's
 * @property {boolean} composerHidden                  "Hide composer" was pressed, in this ticket or an earlier one
 * @property {boolean} sideConversation                a side conversation is open, with an editor of its own
 * @property {'standard'|'custom'} layout
 * @property {boolean} composer                        false: no composer at all
 * @property {number} composerDelayMs                  the composer appears so much later than the rest of the ticket
 * @property {'submits'|'chooses'} submitMenu         an entry of the Submit button's menu submits, or only becomes what the button does
 * @property {boolean} customStatuses                  the submit menu also offers statuses of this Zendesk's own
 * @property {string} organizationLabel                what the user's page calls the Organization field
 * @property {string} composerTestId                  the mark of the composer's editor; empty: the usual one
 * @property {string} organizationTestId              the mark of the Organization field
 * @property {boolean} severalOrganizations            a user may have several: choosing one adds it, behind "Add organization"
 * @property {boolean} oldOrganizationField            the Organization field is a plain input with a list, as on old pages
 * @property {number} busy                             changes of the DOM per second
 * @property {number} elements                         more elements in every ticket's pane
 * @property {Record<string, Partial<PageSettings>>} perTicket
 */

/** @param {Partial<PageSettings>} [given]  @returns {PageSettings} */
export const createPageSettings = (given = {}) => ({
  channelSwitch: 'menu',
  channel: 'public',
  language: 'en',
  triggerTicket: 0,
  composerKind: 'rich',
  composerHidden: false,
  sideConversation: false,
  customStatuses: false,
  organizationLabel: 'Organization',
  composerTestId: '',
  organizationTestId: 'user-organization-input',
  severalOrganizations: false,
  layout: 'standard',
  composer: true,
  composerDelayMs: 0,
  submitMenu: 'submits',
  oldOrganizationField: false,
  busy: 0,
  elements: 0,
  perTicket: {},
  ...given,
});

const SOURCE = new URL('./page/', import.meta.url);
const TESTS = new URL('../../', import.meta.url);
const OUT = new URL('out/agent/', TESTS);

/** @returns {Promise<string>} */
async function sourceHash() {
  const hash = createHash('sha256');
  for (const name of (await readdir(SOURCE)).sort())
    hash.update(name).update(await readFile(new URL(name, SOURCE)));
  hash.update(await readFile(new URL('package-lock.json', TESTS)));
  return hash.digest('hex').slice(0, 16);
}

/** @typedef {{hash: string, script: Buffer, style: Buffer}} BuiltPage */

/** @type {Promise<BuiltPage> | undefined} */
let built;

/**
 * Builds the agent page, or takes what an earlier run built from the same sources.
 * @returns {Promise<BuiltPage>}
 */
export function buildAgentPage() {
  built ??= build();
  return built;
}

/** @returns {Promise<BuiltPage>} */
async function build() {
  const hash = await sourceHash();
  const script = new URL(`${hash}.js`, OUT);
  const style = new URL(`${hash}.css`, OUT);
  try {
    return { hash, script: await readFile(script), style: await readFile(style) };
  } catch {
    /* not built yet */
  }
  const { build: bundle } = await import('esbuild');
  const { outputFiles } = await bundle({
    entryPoints: [fileURLToPath(new URL('main.jsx', SOURCE))],
    bundle: true,
    minify: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const outputOf = (/** @type {string} */ ending) => {
    const file = outputFiles.find((one) => one.path.endsWith(ending));
    if (!file) throw new Error(`the agent page's build gave no ${ending} file`);
    return Buffer.from(file.contents);
  };
  const result = { hash, script: outputOf('.js'), style: outputOf('.css') };
  await mkdir(OUT, { recursive: true });
  await writeFile(script, result.script);
  await writeFile(style, result.style); // last: a run that finds it finds both
  return result;
}

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

const HTML_HEADERS = Object.freeze({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': POLICY,
  'Cache-Control': 'no-store',
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Content-Type-Options': 'nosniff',
});

/** @param {string} returnTo @returns {Answer} */
const signInPage = (returnTo) => ({
  status: 200,
  headers: HTML_HEADERS,
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title><link rel="icon" href="data:,">
<style>body{font:16px system-ui,sans-serif;background:#f4f5f5;display:grid;place-items:center;height:100vh;margin:0}
form{background:#fff;padding:40px;border-radius:8px;box-shadow:0 2px 12px #0002}button{font:inherit;padding:8px 24px;background:#1f73b7;color:#fff;border:0;border-radius:4px}</style>
</head><body><form method="post" action="/access/login"><h1>Sign in to the Zendesk stand-in</h1>
<input type="hidden" name="return_to" value="${escapeHtml(returnTo)}"><button type="submit">Sign in</button></form></body></html>`,
});

/** Only addresses of the site itself. @param {string | null} path */
const safePath = (path) => (path && /^\/(?![/\\])/.test(path) ? path : '/agent');

/** @param {string} location  @param {string[]} [cookies]  @returns {Answer} */
const redirect = (location, cookies) => ({
  status: 302,
  body: '',
  headers: { Location: location, ...(cookies ? { 'Set-Cookie': cookies } : {}) },
});

/**
 * @param {object} asked
 * @param {import('node:http').IncomingMessage} asked.req
 * @param {URL} asked.url
 * @param {ReturnType<typeof import('./session.js').createSessions>} asked.sessions
 * @param {PageSettings} asked.page
 * @param {boolean} asked.autoSignIn
 * @returns {Promise<Answer>}
 */
export async function pageAnswer({ req, url, sessions, page, autoSignIn }) {
  if (url.pathname === '/') return redirect('/agent');
  if (url.pathname === '/access/login') {
    if (req.method !== 'POST') return signInPage(safePath(url.searchParams.get('return_to')));
    /** @type {Buffer[]} */
    const parts = [];
    for await (const part of req) parts.push(part);
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    return redirect(safePath(form.get('return_to')), sessions.setCookieHeaders(sessions.start()));
  }
  if (url.pathname.startsWith('/agent/assets/')) {
    const { hash, script, style } = await buildAgentPage();
    const cache = { 'Cache-Control': 'public, max-age=31536000, immutable' };
    if (url.pathname === `/agent/assets/${hash}.js`)
      return {
        status: 200,
        body: script,
        headers: { ...cache, 'Content-Type': 'text/javascript; charset=utf-8' },
      };
    if (url.pathname === `/agent/assets/${hash}.css`)
      return {
        status: 200,
        body: style,
        headers: { ...cache, 'Content-Type': 'text/css; charset=utf-8' },
      };
    return notFound();
  }
  if (url.pathname !== '/agent' && !url.pathname.startsWith('/agent/')) {
    return {
      status: 404,
      body: '<!doctype html><title>Not found</title><h1>Not found</h1>',
      headers: HTML_HEADERS,
    };
  }
  let session = sessions.ofPage(req);
  const isNew = !session && autoSignIn;
  if (isNew) session = sessions.start();
  if (!session)
    return redirect(`/access/login?return_to=${encodeURIComponent(url.pathname + url.search)}`);
  const { hash } = await buildAgentPage();
  return {
    status: 200,
    headers: {
      ...HTML_HEADERS,
      ...(isNew ? { 'Set-Cookie': sessions.setCookieHeaders(session) } : {}),
    },
    body: `<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Zendesk stand-in</title>
<meta name="viewport" content="width=device-width"><meta name="csrf-param" content="authenticity_token">
<meta name="csrf-token" content="${session.csrf}">
<meta name="stand-in-settings" content="${escapeHtml(JSON.stringify(page))}">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/agent/assets/${hash}.css">
</head><body><div id="main_navigation"></div><script src="/agent/assets/${hash}.js"></script></body></html>`,
  };
}
