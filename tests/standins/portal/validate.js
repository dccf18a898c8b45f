// Validate License: what the portal says about the text of a license file. The result is the answer to a POST.

import { escapeHtml } from '../world-build.js';

/**
 * @param {import('../world.js').License[]} licenses
 * @param {string} text
 * @returns {import('../world.js').License|null}
 */
export function licenseOfKey(licenses, text) {
  const bare = (/** @type {string} */ key) => key.replace(/[^A-Za-z0-9+/=]/g, '');
  const wanted = bare(text);
  return wanted === '' ? null : licenses.find((one) => bare(one.license_key) === wanted) ?? null;
}

/**
 * What stands in the license file. Several ids stand in it: only the one in `restrictions` is the license's.
 * @param {import('../world.js').License} license
 */
export function contents(license) {
  return {
    version: 1,
    licensee: { Name: license.name, Email: license.email, Company: license.company },
    issued_at: license.starts_at,
    expires_at: license.expires_at,
    notify_admins_at: license.expires_at,
    block_changes_at: license.expires_at,
    cloud_licensing_enabled: true,
    offline_cloud_licensing_enabled: true,
    auto_renew_enabled: false,
    generated_from_customers_dot: true,
    restrictions: {
      plan: license.plan_code,
      trial: license.trial,
      active_user_count: license.users_count,
      previous_user_count: license.previous_users_count,
      subscription_id: license.zuora_subscription_id,
      subscription_name: license.zuora_subscription_name,
      add_on_products: { duo_enterprise: [{ id: 777, quantity: 25, started_on: license.starts_at, trial: false }] },
      id: license.id,
    },
  };
}

/**
 * @param {unknown} value
 * @param {'json'|'yaml'|'table'} form
 * @returns {string} HTML
 */
export function resultHtml(value, form) {
  if (form === 'json') return `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;
  if (form === 'yaml') return `<pre>${escapeHtml(`---\n${yaml(value, '')}`)}</pre>`;
  return table(value);
}

/** @param {unknown} value @param {string} indent @returns {string} */
function yaml(value, indent) {
  if (Array.isArray(value)) {
    return value.map((item) => `${indent}- ${yaml(item, `${indent}  `).trimStart()}`).join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, held]) => {
      if (typeof held === 'object' && held !== null) return `${indent}${key}:\n${yaml(held, Array.isArray(held) ? indent : `${indent}  `)}`;
      return `${indent}${key}: ${typeof held === 'string' && !/^[A-Za-z][\w .@-]*$/.test(held) ? JSON.stringify(held) : String(held ?? '')}\n`;
    }).join('');
  }
  return `${String(value)}\n`;
}

/** @param {unknown} value @returns {string} */
function table(value) {
  if (typeof value !== 'object' || value === null) return escapeHtml(String(value ?? ''));
  return `<table class="table"><tbody>${Object.entries(value).map(([key, held]) => `<tr><th>${escapeHtml(key)}</th><td>${table(held)}</td></tr>`).join('')}</tbody></table>`;
}

/**
 * The form, filled with what was sent.
 * @param {string} csrf
 * @param {string} sent
 */
export function formHtml(csrf, sent) {
  return `<form id="validate_license" data-turbo="false" action="/admin/license/validate_license" accept-charset="UTF-8" method="post"><input type="hidden" name="authenticity_token" value="${escapeHtml(csrf)}" autocomplete="off" />
  <div class="form-group mb-3">
    <label class="form-label" for="license_file">License File</label>
    <textarea name="license_file" id="license_file" rows="14" class="form-control">
${escapeHtml(sent)}</textarea>
  </div>
  <button class="btn btn-primary" type="submit">Validate</button>
</form>
`;
}
