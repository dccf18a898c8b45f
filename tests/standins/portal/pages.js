// The pages of the admin, put together for the version that is set.

import { escapeHtml } from '../world-build.js';
import { filterTabsV2, fragmentV2, pageV2, showV2, tableV2 } from './layout-v2.js';
import { filterTabsV3, memberClass, pageV3, showV3, tableV3 } from './layout-v3.js';
import { listing } from './query.js';
import { cell } from './values.js';

/**
 * @typedef {import('./models.js').Model} Model
 * @typedef {import('./models.js').Row} Row
 * @typedef {import('./values.js').Context} Context
 *
 * What a page needs to know about the request.
 * @typedef {{context: Context, url: URL, csrf: string, pjax: boolean, flash: string|null}} View
 */

/** v2 shows as many columns as fit; with these records that is six. */
const COLUMNS_V2 = 6;

/** @param {View} view @param {Model} model @param {Row} row */
export function showPage(view, model, row) {
  const { context } = view;
  const rows = model.show.flatMap((field) => {
    const { html, empty } = cell(context, field, row);
    if (empty && context.options.empty === 'absent') return [];
    return [{ label: field.label, type: field.type, name: field.name, html }];
  });
  const half = context.options.groups ? Math.ceil(rows.length / 2) : rows.length;
  const groups = [
    { label: 'Basic info', rows: rows.slice(0, half) },
    { label: 'More info', rows: rows.slice(half) },
  ].filter((group) => group.rows.length > 0);
  return layout(view, model, {
    heading: `Details for ${model.label} '${model.title(row)}'`,
    crumbs: [{ text: model.title(row) }],
    tabs: memberTabs(model, row, 'show'),
    body: context.options.version === 'v3' ? showV3(groups) : showV2(groups),
  });
}

/** A form with the record's own values, whose classes resemble those of the show page. @param {View} view @param {Model} model @param {Row} row */
export function editPage(view, model, row) {
  const e = escapeHtml;
  const controls = model.show
    .filter((field) => field.name !== 'id')
    .map((field) => {
      const value = field.value(row);
      return `<div class="control-group form-group row mb-3 ${field.type}_type ${field.name}_field " id="${model.name}_${field.name}_field"><label class="col-sm-2 col-form-label control-label" for="${model.name}_${field.name}">${e(field.label)}</label><div class="col-sm-10 controls"><input class="form-control" type="text" value="${e(value === null || value === undefined ? '' : String(value))}" name="${model.name}[${field.name}]" id="${model.name}_${field.name}" /></div></div>`;
    })
    .join('\n');
  return layout(view, model, {
    heading: `Edit ${model.label} '${model.title(row)}'`,
    crumbs: [recordCrumb(model, row), { text: 'Edit' }],
    tabs: memberTabs(model, row, 'edit'),
    body: `<form class="main form-horizontal" id="edit_${model.name}" action="/admin/${model.name}/${row.id}/edit" accept-charset="UTF-8" method="post"><input type="hidden" name="_method" value="put" autocomplete="off" /><input type="hidden" name="authenticity_token" value="${e(view.csrf)}" autocomplete="off" />
<fieldset>${controls}</fieldset>
<button class="btn btn-primary" type="submit">Save</button></form>`,
  });
}

/** @param {View} view @param {Model} model @param {Row} row @param {Model['members'][number]} member */
export function historyPage(view, model, row, member) {
  return layout(view, model, {
    heading: member[1],
    crumbs: [recordCrumb(model, row), { text: member[1] }],
    tabs: memberTabs(model, row, member[0]),
    body: `<table class="table" id="history"><tbody><tr><td>January 05, 2026 08:12</td><td>agent.two@example.com</td><td>update</td><td>${escapeHtml(model.title(row))}</td></tr></tbody></table>`,
  });
}

/** A page about no record: the dashboard, Validate License, what a collection's tab leads to. @param {View} view @param {Model|null} model @param {string} heading @param {string} body @param {string|null} active */
export function plainPage(view, model, heading, body, active) {
  return layout(view, model, {
    heading,
    crumbs: model === null ? [] : [{ text: heading }],
    tabs:
      model === null
        ? [
            {
              name: 'dashboard',
              label: 'Dashboard',
              href: '/admin/',
              icon3: 'fas fa-home',
              icon2: 'icon-home',
              active: true,
              member: false,
            },
          ]
        : collectionTabs(model, active ?? ''),
    body,
  });
}

/** @param {View} view @param {Model} model */
export function listPage(view, model) {
  const { context, url } = view;
  const { version } = context.options;
  const found = listing(context, model, url.searchParams);
  const set =
    version === 'v2' ? Math.max(0, Number.parseInt(url.searchParams.get('set') ?? '', 10) || 0) : 0;
  const fields =
    version === 'v2' ? model.list.slice(set * COLUMNS_V2, (set + 1) * COLUMNS_V2) : model.list;
  /** @param {Record<string, string>} changes @param {string[]} [without] */
  const href = (changes, without = []) => {
    const params = new URLSearchParams();
    for (const [name, value] of url.searchParams)
      if (!['_pjax', 'page', ...without].includes(name) && !(name in changes))
        params.append(name, value);
    for (const [name, value] of Object.entries(changes)) params.append(name, value);
    const text = params.toString();
    return `/admin/${model.name}${text === '' ? '' : `?${text}`}`;
  };
  /** @param {number} number */
  const pageHref = (number) =>
    href(
      number === 1 ? { sort_reverse: 'false' } : { page: String(number), sort_reverse: 'false' },
    );
  /** @type {import('./layout-v3.js').Table} */
  const table = {
    model: model.name,
    plural: model.plural,
    totalText: `${found.total} ${(found.total === 1 ? model.label : model.plural).toLowerCase()}`,
    columns: fields.map((field) => ({
      name: field.name,
      label: field.label,
      type: field.type,
      sortHref: href({ model_name: model.name, sort: field.name }, ['sort_reverse', 'query']),
    })),
    rows: found.rows.map((row) => ({
      id: row.id,
      title: model.title(row),
      cells: fields.map((field) => ({
        name: field.name,
        type: field.type,
        ...cell(context, field, row),
      })),
    })),
    moreColumnsHref:
      version === 'v2' && model.list.length > (set + 1) * COLUMNS_V2
        ? href({ model_name: model.name, set: String(set + 1) })
        : null,
    members: model.members.filter(([name]) => ['show', 'edit', 'delete', 'history'].includes(name)),
    pages: Array.from({ length: found.pages }, (_, at) => ({
      number: at + 1,
      href: pageHref(at + 1),
      active: at + 1 === found.page,
    })),
    previous: found.page > 1 ? pageHref(found.page - 1) : null,
    next: found.page < found.pages ? pageHref(found.page + 1) : null,
    showAll: found.pages > 1 ? href({ all: 'true', model_name: model.name }) : null,
    filters: found.filters.map(({ field, key, operator, value }) => ({
      label: field.label,
      name: field.name,
      type: field.type,
      operator: operator === 'default' ? null : operator,
      index: key,
      value,
    })),
    filterable: model.list.map(({ label, name, type }) => ({ label, name, type })),
    query: found.query,
    csrf: view.csrf,
  };
  return layout(view, model, {
    heading: `List of ${model.plural}`,
    crumbs: [],
    tabs: collectionTabs(model, 'index'),
    extraTabs: version === 'v3' ? filterTabsV3(table) : filterTabsV2(table),
    body: version === 'v3' ? tableV3(table) : tableV2(table),
  });
}

/** The records of a list without its page. @param {Context} context @param {Model} model @param {URLSearchParams} params */
export function listRows(context, model, params) {
  return listing(context, model, params).rows;
}

/**
 * @param {View} view
 * @param {Model|null} model
 * @param {{heading:string, crumbs:{text:string, href?:string}[], tabs:import('./layout-v3.js').Page['tabs'], body:string, extraTabs?:string}} content
 */
function layout(view, model, content) {
  const list = model === null ? [] : [{ text: model.plural, href: `/admin/${model.name}` }];
  const crumbs = [{ text: 'Dashboard', href: '/admin/' }, ...list, ...content.crumbs];
  const last = crumbs.pop();
  /** @type {import('./layout-v3.js').Page} */
  const page = {
    ...content,
    model: model?.name ?? '',
    flash: view.flash,
    csrf: view.csrf,
    documentTitle: `${model?.label ?? content.heading} | GitLab Customers Portal Admin`,
    crumbs: last === undefined ? crumbs : [...crumbs, { text: last.text }],
  };
  if (view.context.options.version === 'v3') return pageV3(page);
  return view.pjax ? fragmentV2(page) : pageV2(page);
}

/** @param {Model} model @param {Row} row */
function recordCrumb(model, row) {
  return { text: model.title(row), href: `/admin/${model.name}/${row.id}` };
}

/** @param {Model} model @param {Row} row @param {string} active */
function memberTabs(model, row, active) {
  return model.members.map(([action, label, icon3, icon2]) => ({
    name: memberClass(action),
    label,
    icon3,
    icon2,
    member: true,
    active: action === active,
    href: `/admin/${model.name}/${row.id}${action === 'show' ? '' : `/${action}`}`,
  }));
}

/** @param {Model} model @param {string} active */
function collectionTabs(model, active) {
  return model.collections.map(([action, label, icon3, icon2]) => ({
    name: action,
    label,
    icon3,
    icon2,
    member: false,
    active: action === active,
    href: `/admin/${model.name}${action === 'index' ? '' : `/${action}`}`,
  }));
}
