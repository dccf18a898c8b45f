// Validate License: what the portal says about the text of a license file. The result is the answer to a POST.

import { licenseContents, openLicenseFile } from '../license-key.js';
import { escapeHtml, factsOf } from '../world-build.js';

/**
 * @param {import('../world.js').License[]} licenses
 * @param {string} text
 * @returns {import('../world.js').License|null}
 */
export function licenseOfKey(licenses, text) {
  const bare = (/** @type {string} */ key) => key.replace(/[^A-Za-z0-9+/=]/g, '');
  const wanted = bare(text);
  return wanted === '' ? null : (licenses.find((one) => bare(one.license_key) === wanted) ?? null);
}

/**
 * What Validate License shows for the text of a license file: whatever is signed is opened, also when the record says otherwise; the
 * invented keys, which nobody can open, are known by their text.
 * @param {import('../world.js').License[]} licenses
 * @param {string} text
 * @returns {ReturnType<typeof licenseContents>|null}
 */
export function validated(licenses, text) {
  const opened = openLicenseFile(text);
  if (opened) return opened;
  const known = licenseOfKey(licenses, text);
  return known && contents(known);
}

/**
 * The content of this license's file.
 * @param {import('../world.js').License} license
 */
export const contents = (license) => licenseContents(factsOf(license));

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
    return Object.entries(value)
      .map(([key, held]) => {
        if (typeof held === 'object' && held !== null)
          return `${indent}${key}:\n${yaml(held, Array.isArray(held) ? indent : `${indent}  `)}`;
        return `${indent}${key}: ${typeof held === 'string' && !/^[A-Za-z][\w .@-]*$/.test(held) ? JSON.stringify(held) : String(held ?? '')}\n`;
      })
      .join('');
  }
  return `${String(value)}\n`;
}

/** @param {unknown} value @returns {string} */
function table(value) {
  if (typeof value !== 'object' || value === null) return escapeHtml(String(value ?? ''));
  return `<table class="table"><tbody>${Object.entries(value)
    .map(([key, held]) => `<tr><th>${escapeHtml(key)}</th><td>${table(held)}</td></tr>`)
    .join('')}</tbody></table>`;
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
