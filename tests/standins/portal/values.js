// One value of a record as the admin shows it: HTML for the page and plain text for the title of a list's cell.

import { escapeHtml } from '../world-build.js';
import { zuoraLink } from './models.js';

/**
 * @typedef {import('./models.js').Field} Field
 * @typedef {import('./models.js').Row} Row
 * @typedef {{models: Map<string, import('./models.js').Model>, options: Required<import('./options.js').PortalOptions>}} Context
 * @typedef {{html:string, text:string, empty:boolean}} Cell
 */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * @param {Context} context
 * @param {Field} field
 * @param {Row} row
 * @returns {Cell}
 */
export function cell(context, field, row) {
  const value = field.value(row);
  if (field.form === 'sold_to') return soldTo(context, field, row);
  if (field.type === 'boolean') return boolean(context, field, value);
  if (field.type === 'belongs_to_association' || field.type === 'has_many_association')
    return association(context, field, value);
  if (value === null || value === undefined || value === '')
    return { html: ' - ', text: ' - ', empty: true };
  const text =
    field.type === 'date'
      ? longDate(String(value))
      : field.type === 'datetime'
        ? longTime(String(value))
        : String(value);
  const html = escapeHtml(text);
  switch (field.form) {
    case 'zuora':
      return filled(
        `<a target="_blank" rel="noopener noreferrer" href="${escapeHtml(zuoraLink(text))}">${html}</a>`,
        text,
      );
    case 'hostnames':
      return filled(
        `<a target="_blank" rel="noopener noreferrer" href="https://version.example.com/licenses?q=${html}">Lookup hostnames</a>`,
        text,
      );
    case 'pre':
      // A newline as an entity: templates of v2 must not indent what is preformatted.
      return filled(
        `<pre>${context.options.version === 'v2' ? html.replaceAll('\n', '&#x000A;') : html}</pre>`,
        text,
      );
    case 'salesforce':
      return context.options.salesforce === 'link'
        ? filled(
            `<a target="_blank" rel="noopener noreferrer" href="https://salesforce.example.com/lightning/r/Account/${encodeURIComponent(text)}/view">${html}</a>`,
            text,
          )
        : filled(html, text);
    default:
      return filled(html, text);
  }
}

/** @param {string} html @param {string} text @returns {Cell} */
function filled(html, text) {
  return { html, text, empty: false };
}

/** @param {Context} context @param {Field} field @param {unknown} value @returns {Cell} */
function boolean(context, field, value) {
  const { version, trial } = context.options;
  if (trial === 'text' && field.form === 'trial') {
    if (value === null || value === undefined) return { html: ' - ', text: ' - ', empty: true };
    return filled(value === true ? 'Yes' : 'No', value === true ? 'Yes' : 'No');
  }
  const [color, icon, sign] =
    value === true
      ? ['success', 'fa-check', '&#x2713;']
      : value === false
        ? ['danger', 'fa-times', '&#x2718;']
        : ['default', 'fa-minus', '&#x2012;'];
  return filled(
    version === 'v3'
      ? `<span class="badge bg-${color}"><span class="fas ${icon}"></span></span>`
      : `<span class='label label-${color}'>${sign}</span>`,
    '',
  );
}

/** @param {Context} context @param {Field} field @param {unknown} value @returns {Cell} */
function association(context, field, value) {
  const ids = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'number');
  const links = ids.flatMap((id) => {
    const target = find(context, field.to ?? '', id);
    return target
      ? [
          {
            html: link(context, field.to ?? '', target, title(context, field.to ?? '', target)),
            text: title(context, field.to ?? '', target),
          },
        ]
      : [];
  });
  if (links.length === 0) return { html: '-', text: '-', empty: true };
  return filled(
    links.map((one) => one.html).join('<br />'),
    links.map((one) => one.text).join(' '),
  );
}

/** @param {Context} context @param {Field} field @param {Row} row @returns {Cell} */
function soldTo(context, field, row) {
  const id = field.value(row);
  const contact = typeof id === 'number' ? find(context, 'billing_account_contact', id) : undefined;
  if (!contact) return { html: '-', text: '-', empty: true };
  const name = title(context, 'billing_account_contact', contact);
  const email = String(contact['work_email']);
  const both = `${name} <${email}>`;
  const form = context.options.soldTo === 'record' ? row['sold_to_form'] : context.options.soldTo;
  switch (form) {
    case 'name_email':
      return filled(escapeHtml(both), both);
    case 'mailto':
      return filled(`<a href="mailto:${escapeHtml(email)}">${escapeHtml(email)}</a>`, email);
    case 'contact_link':
      return filled(link(context, 'billing_account_contact', contact, both), both);
    case 'contact_name':
      return filled(link(context, 'billing_account_contact', contact, name), name);
    default:
      return filled(escapeHtml(email), email);
  }
}

/** @param {Context} context @param {string} model @param {number} id */
function find(context, model, id) {
  return context.models
    .get(model)
    ?.rows()
    .find((row) => row.id === id);
}

/** @param {Context} context @param {string} model @param {Row} row */
function title(context, model, row) {
  return context.models.get(model)?.title(row) ?? '';
}

/** @param {Context} context @param {string} model @param {Row} row @param {string} text */
function link(context, model, row, text) {
  if (context.options.unlinked.includes(model)) return escapeHtml(text);
  const pjax = context.options.version === 'v2' ? 'class="pjax" ' : '';
  return `<a ${pjax}href="/admin/${model}/${row.id}">${escapeHtml(text)}</a>`;
}

/** @param {string} date */
function longDate(date) {
  const [year, month, day] = date.split('-');
  return `${MONTHS[Number(month) - 1]} ${day}, ${year}`;
}

/** @param {string} time */
function longTime(time) {
  return `${longDate(time.slice(0, 10))} ${time.slice(11, 16)}`;
}
