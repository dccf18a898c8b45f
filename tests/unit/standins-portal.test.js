// The portal stand-in and the proxy in front of it: what the other tests take for granted.

import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { after, before, beforeEach, describe, it } from 'node:test';
import tls from 'node:tls';
import { defaultOptions } from '../standins/portal/options.js';
import { contents } from '../standins/portal/validate.js';
import { startStandIns } from '../standins/start.js';
import { createWorld, salesforce18 } from '../standins/world.js';

const SITE = 'https://customers.gitlab.com';
const HTML = 'text/html,application/xhtml+xml';
const COOKIE = '_customersdot_session=test';

/**
 * @typedef {{status:number, headers: import('node:http').IncomingHttpHeaders, body:string}} Answer
 * @typedef {{method?:string, headers?:Record<string,string>, body?:string}} Asked
 */

/** @type {Awaited<ReturnType<typeof startStandIns>>} */
let sites;

before(async () => {
  sites = await startStandIns({
    createZendesk: () => ({
      handle: (_req, res) => {
        res.end('zendesk');
      },
    }),
  });
});
after(() => sites.close());
beforeEach(() => {
  sites.portal.faults.clear();
  Object.assign(sites.portal.options, defaultOptions());
  sites.portal.signIn();
  sites.log.clear();
});

/**
 * Asks for an address through the proxy.
 * @param {string} url
 * @param {Asked} [asked]
 * @returns {Promise<Answer>}
 */
async function ask(url, asked = {}) {
  const { hostname, pathname, search } = new URL(url, SITE);
  const socket = await connect(hostname, 443);
  return new Promise((resolve, reject) => {
    const req = https.request(
      {
        host: hostname,
        path: pathname + search,
        method: asked.method ?? 'GET',
        createConnection: () =>
          tls.connect({ socket, servername: hostname, rejectUnauthorized: false }),
        headers: { Host: hostname, Accept: HTML, Cookie: COOKIE, ...asked.headers },
      },
      (res) => {
        let body = '';
        res
          .setEncoding('utf8')
          .on('data', (part) => {
            body += part;
          })
          .on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
      },
    );
    req.on('error', reject);
    req.end(asked.body);
  });
}

/** @param {string} host @param {number} port @returns {Promise<import('node:net').Socket>} */
function connect(host, port) {
  return new Promise((resolve, reject) => {
    const req = http.request({
      host: '127.0.0.1',
      port: sites.proxyPort,
      method: 'CONNECT',
      path: `${host}:${port}`,
      agent: false,
    });
    req.on('connect', (res, socket) => {
      if (res.statusCode === 200) resolve(/** @type {import('node:net').Socket} */ (socket));
      else {
        socket.destroy();
        reject(new Error(`proxy said ${res.statusCode}`));
      }
    });
    req.on('error', reject);
    req.end();
  });
}

/** The ids of a list's rows, in order. @param {string} body */
function rowIds(body) {
  return [...body.matchAll(/name="bulk_ids\[\]" id="bulk_ids_" value="(\d+)"/g)].map((found) =>
    Number(found[1]),
  );
}

/** @param {string} operator @param {string} value @param {string} [field] */
function orders(operator, value, field = 'subscription_name') {
  return `/admin/order?f%5B${field}%5D%5B7%5D%5Bo%5D=${operator}&f%5B${field}%5D%5B7%5D%5Bv%5D=${encodeURIComponent(value)}`;
}

/** @param {string} body */
function csrf(body) {
  return /name="csrf-token" content="([^"]+)"/.exec(body)?.[1] ?? '';
}

describe('the proxy', () => {
  it('refuses a host that no stand-in answers for, and logs it', async () => {
    await assert.rejects(ask('https://elsewhere.example.com/'), /proxy said 403/);
    assert.deepEqual([...sites.log.refused()], [['elsewhere.example.com', 1]]);
    assert.equal(sites.log.entries().length, 0);
  });

  it('refuses another port of a known host', async () => {
    await assert.rejects(connect('customers.gitlab.com', 80), /proxy said 403/);
  });

  it('refuses plain http', async () => {
    const status = await new Promise((resolve, reject) => {
      http
        .get(
          { host: '127.0.0.1', port: sites.proxyPort, path: 'http://customers.gitlab.com/admin' },
          (res) => {
            res.resume();
            resolve(res.statusCode);
          },
        )
        .on('error', reject);
    });
    assert.equal(status, 403);
  });

  it('logs what was asked, by host, with the headers that tell who asked', async () => {
    const mark = sites.log.mark();
    const { body } = await ask('/admin/license/410233', {
      headers: { Origin: SITE, 'Sec-Fetch-Mode': 'cors' },
    });
    await ask('https://gitlab.zendesk.com/agent/tickets/1001', { headers: { Cookie: '' } });
    const [portal, zendesk] = sites.log.since(mark);
    assert.equal(portal?.host, 'customers.gitlab.com');
    assert.equal(portal?.path, '/admin/license/410233');
    assert.equal(portal?.accept, HTML);
    assert.equal(portal?.origin, SITE);
    assert.equal(portal?.secFetchMode, 'cors');
    assert.equal(portal?.cookie, true);
    assert.equal(portal?.status, 200);
    assert.equal(portal?.bytes, Buffer.byteLength(body));
    assert.equal(zendesk?.host, 'gitlab.zendesk.com');
  });
});

describe('a show page', () => {
  it('of v3 carries the field class, the label and the value, and ends the group with a stray </dl>', async () => {
    const { status, body } = await ask('/admin/license/410233');
    assert.equal(status, 200);
    assert.match(body, /<header [^>]*data-model="license">/);
    assert.match(
      body,
      /string_type company_field">\s*<div class="card">\s*<h5 class="card-header bg-light">\s*Company\s*<\/h5>\s*<div class="card-body">\s*Lindqvist Widgets AB\s*</,
    );
    assert.match(
      body,
      /show_member_link"><a href="https:\/\/customers\.gitlab\.com\/admin\/license\/410233" class="nav-link active">/,
    );
    assert.match(
      body,
      /trial_field">[\s\S]*?<span class="badge bg-danger"><span class="fas fa-times"><\/span><\/span>/,
    );
    assert.match(body, /<\/dl>\s*<\/div>/);
  });

  it('of v2 carries the class on the label and the value in the dd', async () => {
    sites.portal.options.version = 'v2';
    const { body } = await ask('/admin/billing_account/9002');
    assert.match(body, /<div class='page-header' data-model='billing_account'>/);
    assert.match(
      body,
      /salesforce_account_id_field'>\s*Salesforce account\s*<\/span>\s*<\/dt>\s*<dd class='well'>\s*0016100001BcDeF\s*<\/dd>/,
    );
    assert.match(
      body,
      /sold_to_field'>\s*Sold to\s*<\/span>\s*<\/dt>\s*<dd class='well'>\s*Bruno D&#39;Almeida &lt;bruno\.dalmeida@example\.org&gt;\s*<\/dd>/,
    );
    assert.match(body, /class="icon show_member_link active"/);
  });

  it('of v2 answers X-PJAX with the inside of the container only', async () => {
    sites.portal.options.version = 'v2';
    const { body } = await ask('/admin/order/700101?_pjax=%5Bdata-pjax-container%5D', {
      headers: { Accept: 'text/html, */*; q=0.01', 'X-PJAX': 'true' },
    });
    assert.match(body, /^<title>Order \| /);
    assert.doesNotMatch(body, /<html|data-pjax-container/);
  });

  it('accepts a trailing slash, a slug and a query string', async () => {
    for (const path of [
      '/admin/license/410233/',
      '/admin/license/410233-ada',
      '/admin/license/410233?x=1',
    ]) {
      assert.match((await ask(path)).body, /Lindqvist Widgets AB/, path);
    }
  });

  it('draws Trial as words, Sold to as a link and Salesforce as a link when told so', async () => {
    Object.assign(sites.portal.options, {
      trial: 'text',
      soldTo: 'contact_name',
      salesforce: 'link',
    });
    assert.match(
      (await ask('/admin/license/410234')).body,
      /trial_field">[\s\S]*?<div class="card-body">\s*Yes\s*</,
    );
    const { body } = await ask('/admin/billing_account/9001');
    assert.match(
      body,
      /sold_to_field">[\s\S]*?<a href="\/admin\/billing_account_contact\/5001">Ada Lindqvist<\/a>/,
    );
    assert.match(
      body,
      /salesforce_account_id_field">[\s\S]*?<a [^>]*salesforce\.example\.com[^>]*>0014M00001aQxYzQAK<\/a>/,
    );
  });

  it('leaves a row without a value out, or shows a dash when told so', async () => {
    assert.doesNotMatch((await ask('/admin/order/700116')).body, /billing_account_field/);
    sites.portal.options.empty = 'dash';
    assert.match(
      (await ask('/admin/order/700116')).body,
      /billing_account_field">[\s\S]*?<div class="card-body">\s*-\s*</,
    );
  });

  it('escapes hostile text of every record', async () => {
    for (const path of [
      '/admin/license/410606',
      '/admin/order/700606',
      '/admin/billing_account/9006',
      '/admin/billing_account/9027',
      '/admin/cloud_activation/30606',
      '/admin/order',
    ]) {
      const { body } = await ask(path);
      assert.doesNotMatch(body, /<img|<script>|href="javascript:/, path);
    }
  });
});

describe('a request for JSON', () => {
  it('is what Accept */* means, and gives the license key away', async () => {
    const { headers, body } = await ask('/admin/license/410233', { headers: { Accept: '*/*' } });
    assert.match(headers['content-type'] ?? '', /^application\/json/);
    assert.equal(
      JSON.parse(body).license_key,
      sites.world.licenses.find((one) => one.id === 410233)?.license_key,
    );
  });

  it('is what the ending .json means, for a list too', async () => {
    const { body } = await ask(orders('is', 'A-S00104417').replace('/order', '/order.json'));
    assert.deepEqual(
      JSON.parse(body).map((/** @type {{id:number}} */ row) => row.id),
      [700101],
    );
  });

  it('is not what a browser means', async () => {
    const { headers } = await ask('/admin/license/410233', {
      headers: { Accept: 'text/html,application/xml;q=0.9,*/*;q=0.8' },
    });
    assert.match(headers['content-type'] ?? '', /^text\/html/);
  });
});

describe('a list', () => {
  it('under Contains finds longer names as well, a wrong one first', async () => {
    assert.deepEqual(
      rowIds((await ask(orders('like', 'a-s00055512'))).body),
      [700403, 700402, 700401],
    );
  });

  it('under Is exactly finds the one', async () => {
    assert.deepEqual(rowIds((await ask(orders('is', 'A-S00055512'))).body), [700401]);
    assert.deepEqual(rowIds((await ask(orders('is', ' A-S00055512 '))).body), []);
  });

  it('takes % for anything and a blank value for no filter', async () => {
    assert.deepEqual(rowIds((await ask(orders('like', 'X%55512'))).body), [700403]);
    assert.match(
      (await ask(orders('like', ''))).body,
      new RegExp(`\\b${sites.world.orders.length} orders`),
    );
  });

  it('answers 500 to a filter on a field that it does not have', async () => {
    assert.equal((await ask(orders('is', 'x', 'no_such_field'))).status, 500);
  });

  it('shows 20 rows a page, counts all, and links to the rest', async () => {
    const first = await ask('/admin/license');
    const second = await ask('/admin/license?page=2');
    assert.equal(rowIds(first.body).length, 20);
    assert.match(
      first.body,
      new RegExp(`total-count">\\s*${sites.world.licenses.length} licenses`),
    );
    assert.match(first.body, /href="\/admin\/license\?page=2/);
    assert.equal(rowIds(second.body).length, 20);
    assert.equal(rowIds(first.body).filter((id) => rowIds(second.body).includes(id)).length, 0);
    assert.equal(
      rowIds((await ask('/admin/license?all=true')).body).length,
      sites.world.licenses.length,
    );
  });

  it('is searched by query in its text columns', async () => {
    assert.deepEqual(
      rowIds((await ask('/admin/cloud_activation?query=hQ7mZ2vKx9RbT4nLc8WdYp3s')).body),
      [30011],
    );
  });

  it('without a hit has an empty row in v3 and none in v2', async () => {
    assert.match((await ask(orders('is', 'nothing'))).body, /<tr class="empty_row">/);
    sites.portal.options.version = 'v2';
    assert.match((await ask(orders('is', 'nothing'))).body, /<tbody>\s*<\/tbody>/);
  });

  it('of v2 leaves out the columns that do not fit', async () => {
    sites.portal.options.version = 'v2';
    const { body } = await ask('/admin/license');
    assert.match(body, /<td class='other right'>/);
    assert.doesNotMatch(body, /zuora_subscription_name_field/);
    assert.match((await ask('/admin/license?set=1')).body, /zuora_subscription_name_field/);
  });
});

describe('what goes wrong', () => {
  it('an unknown id answers 404 with the whole list and an alert, which the next good page shows once more', async () => {
    const missing = await ask('/admin/license/999999');
    assert.equal(missing.status, 404);
    assert.match(
      missing.body,
      /alert-danger[\s\S]*License with id &#39;999999&#39; could not be found/,
    );
    assert.equal(rowIds(missing.body).length, 20);
    assert.match((await ask('/admin/license/410233')).body, /999999/);
    assert.doesNotMatch((await ask('/admin/license/410233')).body, /999999/);
  });

  it('a model that the viewer may not see answers 403 without a body', async () => {
    sites.portal.options.forbidden = ['order'];
    const { status, body } = await ask('/admin/order/700101');
    assert.deepEqual([status, body], [403, '']);
  });

  it('a fault strikes the requests that it names, as often as it says', async () => {
    sites.portal.faults.add({ match: /^\/admin\/order\//, status: 503, body: 'busy', times: 1 });
    assert.equal((await ask('/admin/license/410233')).status, 200);
    assert.equal((await ask('/admin/order/700101')).status, 503);
    assert.equal((await ask('/admin/order/700101')).status, 200);
  });

  it('a fault can redirect, truncate, change the type and cut the connection', async () => {
    sites.portal.faults.add({ match: /license/, redirect: 'https://okta.example.com/', times: 1 });
    assert.equal(
      (await ask('/admin/license/410233')).headers.location,
      'https://okta.example.com/',
    );
    sites.portal.faults.add({
      match: /license/,
      truncate: 100,
      contentType: 'text/plain',
      times: 1,
    });
    const cut = await ask('/admin/license/410233');
    assert.equal(cut.body.length, 100);
    assert.equal(cut.headers['content-type'], 'text/plain');
    sites.portal.faults.add({ match: /license/, reset: true, times: 1 });
    await assert.rejects(ask('/admin/license/410233'), /hang up|ECONNRESET/);
  });

  it('a request that hangs goes on when it is released', async () => {
    sites.portal.faults.add({ match: /license/, hang: true, times: 1 });
    let answered = false;
    const pending = ask('/admin/license/410233').then((answer) => {
      answered = true;
      return answer;
    });
    assert.equal((await ask('/admin/order/700101')).status, 200);
    assert.equal(answered, false);
    sites.portal.faults.release();
    assert.equal((await pending).status, 200);
  });
});

describe('signing in', () => {
  it('a fetch without the cookie is sent to the sign-in page, a document is let in and given one', async () => {
    const fetched = await ask('/admin/license/410233', { headers: { Cookie: '' } });
    assert.deepEqual([fetched.status, fetched.headers.location], [302, `${SITE}/admin/sign_in`]);
    const opened = await ask('/admin/license/410233', {
      headers: { Cookie: '', 'Sec-Fetch-Dest': 'document' },
    });
    assert.equal(opened.status, 200);
    assert.match(
      String(opened.headers['set-cookie']),
      /^_customersdot_session=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('the cookie that a stranger got on the way to the sign-in page opens nothing', async () => {
    const sent = await ask('/admin/license/410233', { headers: { Cookie: '' } });
    const cookie = String(sent.headers['set-cookie']).split(';')[0] ?? '';
    assert.equal((await ask('/admin/license/410233', { headers: { Cookie: cookie } })).status, 302);
  });

  it('signing out in the middle raises the wall for the running session, also for JSON', async () => {
    assert.equal((await ask('/admin/license/410233')).status, 200);
    sites.portal.signOut();
    assert.equal((await ask('/admin/license/410233')).status, 302);
    assert.equal((await ask('/admin/license/410233.json')).status, 302);
  });

  it('the button on the sign-in page signs in with a new session', async () => {
    sites.portal.signOut();
    const page = await ask('/admin/sign_in');
    const signed = await ask('/admin/auth/okta', {
      method: 'POST',
      headers: { Origin: SITE },
      body: `authenticity_token=${encodeURIComponent(csrf(page.body))}`,
    });
    assert.equal(signed.headers.location, `${SITE}/admin`);
    const cookie = String(signed.headers['set-cookie']).split(';')[0] ?? '';
    assert.notEqual(cookie, COOKIE);
    assert.equal((await ask('/admin/license/410233', { headers: { Cookie: cookie } })).status, 200);
    assert.equal((await ask('/admin/license/410233')).status, 302);
  });

  it('through the identity provider on another host leads back signed in, once', async () => {
    sites.portal.signOut();
    sites.portal.options.signedOutTo = 'okta';
    const away = await ask('/admin/license/410233');
    assert.match(away.headers.location ?? '', /^https:\/\/okta\.example\.com\//);
    const provider = await ask(away.headers.location ?? '');
    const back = /id="sign-in" href="([^"]+)"/.exec(provider.body)?.[1] ?? '';
    assert.match(String((await ask(back)).headers['set-cookie']), /_customersdot_session=/);
    assert.equal((await ask(back)).status, 422);
  });
});

describe('Validate License', () => {
  /** @param {string} key @param {Record<string,string>} [headers] */
  async function validate(key, headers = {}) {
    const { body } = await ask('/admin/license/validate_license');
    return ask('/admin/license/validate_license', {
      method: 'POST',
      headers: { Origin: SITE, ...headers },
      body: new URLSearchParams({ authenticity_token: csrf(body), license_file: key }).toString(),
    });
  }

  it('shows the contents with the license id in restrictions, in each form', async () => {
    const license = sites.world.licenses.find((one) => one.id === 410233);
    assert.ok(license);
    const json =
      /<pre>([\s\S]*)<\/pre>/.exec(
        (await validate(license.license_key.replaceAll('\n', '\r\n'))).body,
      )?.[1] ?? '';
    assert.deepEqual(JSON.parse(json.replaceAll('&quot;', '"')), contents(license));
    sites.portal.options.validation = 'yaml';
    assert.match(
      (await validate(license.license_key)).body,
      /restrictions:\n {2}plan: premium[\s\S]*\n {2}id: 410233\n/,
    );
    sites.portal.options.validation = 'table';
    assert.match(
      (await validate(license.license_key)).body,
      /<th>restrictions<\/th>[\s\S]*<tr><th>id<\/th><td>410233<\/td><\/tr>/,
    );
  });

  it('shows the bare form again for a text that is no license', async () => {
    const { status, body } = await validate('not a license');
    assert.equal(status, 200);
    assert.doesNotMatch(body, /<pre>/);
  });

  it('refuses a foreign origin and a missing or wrong token', async () => {
    assert.equal(
      (await validate('x', { Origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop' }))
        .status,
      422,
    );
    assert.equal(
      (
        await ask('/admin/license/validate_license', {
          method: 'POST',
          headers: { Origin: SITE },
          body: 'license_file=x',
        })
      ).status,
      422,
    );
    assert.equal(
      (
        await ask('/admin/license/validate_license', {
          method: 'POST',
          headers: { Origin: SITE },
          body: 'license_file=x&authenticity_token=wrong',
        })
      ).status,
      422,
    );
  });
});

describe('the admin', () => {
  it('cannot be written to, even with a right token', async () => {
    const before = JSON.stringify(sites.world.licenses);
    const { body } = await ask('/admin/license/410233/edit');
    const answer = await ask('/admin/license/410233/edit', {
      method: 'POST',
      headers: { Origin: SITE },
      body: new URLSearchParams({
        _method: 'put',
        authenticity_token: csrf(body),
        'license[name]': 'Changed',
      }).toString(),
    });
    assert.equal(answer.status, 403);
    assert.equal(JSON.stringify(sites.world.licenses), before);
  });

  it('sends a policy that forbids eval, inline scripts and foreign addresses', async () => {
    const policy = String((await ask('/admin')).headers['content-security-policy']);
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /connect-src 'self';/);
    assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline/);
  });

  it('serves the navigation libraries of both versions', async () => {
    for (const [version, marks] of /** @type {['v3'|'v2', RegExp[]][]} */ ([
      ['v3', [/turbo:before-render/]],
      ['v2', [/jQuery JavaScript Library/, /X-PJAX/]],
    ])) {
      sites.portal.options.version = version;
      const { body } = await ask('/admin');
      const scripts = await Promise.all(
        [...body.matchAll(/<script src="([^"]+)"/g)].map((found) => ask(found[1] ?? '')),
      );
      for (const script of scripts) assert.equal(script.status, 200);
      for (const mark of marks)
        assert.ok(
          scripts.some((script) => mark.test(script.body)),
          `${version} ${mark}`,
        );
    }
  });
});

describe('the world', () => {
  it('is fresh at every call, and its ids are unique', () => {
    const world = createWorld();
    world.licenses.length = 0;
    const other = createWorld();
    for (const rows of [
      other.licenses,
      other.cloudActivations,
      other.orders,
      other.billingAccounts,
      other.contacts,
      other.customers,
      other.organizations,
      other.users,
      other.tickets,
    ]) {
      const ids = rows.map((row) => row.id);
      assert.ok(ids.length > 0);
      assert.equal(new Set(ids).size, ids.length);
    }
  });

  it('has Salesforce ids whose suffix is right', () => {
    assert.equal(salesforce18('0014M00001hHV5C'), '0014M00001hHV5CQAW');
    assert.equal(salesforce18('0019000000B98de'), '0019000000B98deAAB');
    for (const { salesforce_account_id: id } of createWorld().billingAccounts) {
      if (id !== null && id.length === 18) assert.equal(salesforce18(id.slice(0, 15)), id);
    }
  });

  it('has a ticket for every scenario, asked by a user who exists', () => {
    const world = createWorld();
    for (const id of Object.keys(world.scenarios).map(Number)) {
      const ticket = world.tickets.find((one) => one.id === id);
      assert.ok(ticket && world.users.some((user) => user.id === ticket.requester_id), String(id));
    }
  });
});
