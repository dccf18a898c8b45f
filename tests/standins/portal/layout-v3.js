// Pages as rails_admin 3.1 and later marks them up.

import { escapeHtml as e } from '../world-build.js';
import { SIDEBAR } from './models.js';

const SITE = 'https://customers.gitlab.com';

/**
 * What the layouts need to know about a page, whatever the version.
 * @typedef {object} Page
 * @property {string} model  name, or empty on the dashboard
 * @property {string} documentTitle
 * @property {string} heading
 * @property {{text:string, href?:string}[]} crumbs  the last one is the current page
 * @property {{name:string, label:string, href:string, icon3:string, icon2:string, active:boolean, member:boolean}[]} tabs
 * @property {string} [extraTabs]  more of the tab bar, as HTML
 * @property {string} body  HTML
 * @property {string|null} flash
 * @property {string} csrf
 *
 * @typedef {{label:string, rows:{label:string, type:string, name:string, html:string}[]}} Group
 *
 * One list page.
 * @typedef {object} Table
 * @property {string} model
 * @property {string} plural
 * @property {string} totalText
 * @property {{name:string, label:string, type:string, sortHref:string}[]} columns
 * @property {{id:number, title:string, cells:{name:string, type:string, html:string, text:string}[]}[]} rows
 * @property {string|null} moreColumnsHref  v2 only: the address of the columns that did not fit
 * @property {[action:string, label:string, icon3:string, icon2:string][]} members
 * @property {{number:number, href:string, active:boolean}[]} pages
 * @property {string|null} previous
 * @property {string|null} next
 * @property {string|null} showAll
 * @property {{label:string, name:string, type:string, operator:string|null, index?:string, value?:string}[]} filters  set now
 * @property {{label:string, name:string, type:string}[]} filterable
 * @property {string} query
 * @property {string} csrf
 */

/** @param {string} type */
function operators(type) {
  if (type === 'boolean') return ['_discard', 'true', 'false', '_separator', '_present', '_blank'];
  if (type === 'string' || type === 'text' || type === 'belongs_to_association') {
    return [
      '_discard',
      'like',
      'not_like',
      'is',
      'starts_with',
      'ends_with',
      '_separator',
      '_present',
      '_blank',
    ];
  }
  return ['default', 'between', '_separator', '_not_null', '_null'];
}

/** @param {Page} page */
export function pageV3(page) {
  const sidebar = SIDEBAR.map(
    ([name, plural]) =>
      `<li data-model="${name}"><a class="nav-link${name === page.model ? ' active' : ''}" href="${SITE}/admin/${name}"> ${plural}</a></li>`,
  ).join('');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta content="text/html; charset=utf-8" http-equiv="Content-Type">
    <meta content="width=device-width, initial-scale=1" name="viewport">
    <meta content="NONE,NOARCHIVE" name="robots">
    <meta content="false" name="turbo-prefetch">
    <meta name="csrf-param" content="authenticity_token" />
    <meta name="csrf-token" content="${e(page.csrf)}" />
    <link rel="stylesheet" media="all" href="/assets/rails_admin/application-standin.css" data-turbo-track="reload" />
    <script src="/assets/rails_admin/turbo-standin.js" defer="defer" data-turbo-track="reload"></script>
    <script src="/assets/rails_admin/application-standin.js" defer="defer" data-turbo-track="reload"></script>
  </head>
  <body class="rails_admin">
    <div id="admin-js" data-i18n-options="{&quot;contains&quot;:&quot;Contains&quot;,&quot;is_exactly&quot;:&quot;Is exactly&quot;}"></div>
    <div class="badge bg-warning" id="loading" style="display:none; position:fixed; right:20px; bottom:20px; z-index:100000">
      Loading...
    </div>
    <nav class="navbar navbar-expand-md fixed-top navbar-dark bg-primary border-bottom">
      <div class="container-fluid">
        <a class="navbar-brand" href="/admin/">
          GitLab Customers Portal
          <small>
            Admin
          </small>
        </a>
        <div class="collapse navbar-collapse" id="secondary-navigation">
          <ul class="navbar-nav ms-auto root_links">
            <li class="nav-item dashboard_root_link">
              <a class="nav-link" href="/admin/">Dashboard</a>
            </li>
            <li class="nav-item edit_user_root_link">
              <span class="nav-link"><span>agent.one@example.com</span></span>
            </li>
            <li class="nav-item">
              <a class="nav-link" data-turbo="false" rel="nofollow" data-method="delete" href="/admin/sign_out">
                <span class="badge bg-danger">Log out</span>
</a>            </li>
          </ul>
        </div>
      </div>
    </nav>
    <div class="container-fluid">
      <div class="row">
        <div class="col-sm-3 col-md-2 flex-wrap p-0">
          <ul class="sidebar col-sm-3 col-md-2 nav btn-toggle-nav flex-column flex-nowrap bg-light">
            <li class="mb-1"><button aria-expanded="true" class="btn btn-toggle align-items-center rounded"><i class="fas fa-chevron-down"></i> Navigation</button><div class="collapse show main-standin"><ul class="btn-toggle-nav list-unstyled fw-normal pb-1">${sidebar}</ul></div></li>
          </ul>
        </div>
        <div class="col-sm-9 col-sm-offset-3 col-md-10 col-md-offset-2">
          <div class="container-fluid">
            <title>
  ${e(page.documentTitle)}
</title>
<header class="py-2 m-2 border-bottom" data-model="${e(page.model)}">
  <h1>
    ${e(page.heading)}
  </h1>
</header>
${
  page.flash === null
    ? ''
    : `<div class="alert-danger alert alert-dismissible">
  ${e(page.flash)}
  <button type="button" class="btn-close" data-bs-dismiss="alert" aria-label="Close"></button>
</div>
`
}<nav aria-label="breadcrumb">
  <ol class="breadcrumb">${page.crumbs.map(({ text, href }) => (href === undefined ? `<li class="breadcrumb-item active">${e(text)}</li>` : `<li class="breadcrumb-item"><a href="${SITE}${e(href)}">${e(text)}</a></li>`)).join('')}</ol>
</nav>
<ul class="nav nav-tabs mb-3">
  ${page.tabs.map((tab) => `<li class="nav-item icon ${tab.name}_${tab.member ? 'member' : 'collection'}_link"><a href="${SITE}${tab.href}" class="nav-link${tab.active ? ' active' : ''}"><i class="${tab.icon3}"></i> <span>${e(tab.label)}</span></a></li>`).join(' ')}
  ${page.extraTabs ?? ''}
</ul>
${page.body}
          </div>
        </div>
      </div>
    </div>
  </body>
</html>
`;
}

/** @param {Group[]} groups */
export function showV3(groups) {
  // The closing tag at the end is that of a list which was never opened: the template's own mistake, kept on purpose.
  return groups
    .map(
      (group) => `      <div class="fieldset">
        <h4>
          ${e(group.label)}
        </h4>
        <div class="list-group">
${group.rows
  .map(
    (row) => `            <div class="list-group-item border-0 ${row.type}_type ${row.name}_field">
              <div class="card">
                <h5 class="card-header bg-light">
                  ${e(row.label)}
                </h5>
                <div class="card-body">
                  ${row.html}
                </div>
              </div>
            </div>
`,
  )
  .join('')}        </dl>
      </div>
`,
    )
    .join('\n');
}

/** @param {{label:string, name:string, type:string, operator:string|null}} filter */
function options(filter) {
  return { ...filter, operators: operators(filter.type) };
}

/** @param {Table} table */
export function filterTabsV3(table) {
  return `<li class="nav-item dropdown">
    <a class="nav-link dropdown-toggle" data-bs-toggle="dropdown" href="#">
      Add filter
      <b class="caret"></b>
    </a>
    <ul class="dropdown-menu dropdown-menu-end" id="filters">
${table.filterable
  .map(
    (one) => `          <li>
            <a
              href="#"
              class="dropdown-item"
              data-options="${e(JSON.stringify(options({ ...one, operator: null })))}"
            >
              ${e(one.label)}
            </a>
          </li>
`,
  )
  .join('')}    </ul>
  </li>`;
}

/** @param {Table} table */
export function tableV3(table) {
  return `<div id="list">
  <form action="/admin/${table.model}?model_name=${table.model}" accept-charset="UTF-8" method="get">
    <div class="card mb-3 p-3 bg-light">
      <div class="row" data-options="${e(JSON.stringify(table.filters.map(options)))}" id="filters_box"></div>
      <hr class="filters_box" style="display:${table.filters.length > 0 ? 'block' : 'none'}"/>
      <div class="row">
        <div class="col-sm-6">
          <div class="input-group">
            <input class="form-control" name="query" placeholder="Filter" type="search" value="${e(table.query)}" />
            <button class="btn btn-primary" type="submit">
              <i class="fas fa-sync"></i>
              Refresh
            </button>
            <button class="btn btn-info" id="remove_filter" title="Reset filters">
              <i class="fas fa-times"></i>
            </button>
          </div>
        </div>
      </div>
    </div>
</form>  <form id="bulk_form" class="form mb-3" action="/admin/${table.model}/bulk_action" accept-charset="UTF-8" method="post"><input type="hidden" name="authenticity_token" value="${e(table.csrf)}" autocomplete="off" />
    <div id="sidescroll">
      <table class="table table-condensed table-striped table-hover">
        <thead>
          <tr>
              <th class="shrink sticky">
                <input class="toggle" type="checkbox" />
              </th>
${table.columns
  .map(
    (
      column,
    ) => `              <th class="header ${column.name}_field ${column.type}_type" data-href="${e(column.sortHref)}" rel="tooltip" title="">
                ${e(column.label)}
              </th>
`,
  )
  .join('')}            <th class="last shrink"></th>
          </tr>
        </thead>
        <tbody class="table-group-divider">
${
  table.rows.length === 0
    ? `            <tr class="empty_row">
              <td colspan="${table.columns.length + 1}">
                No records found
              </td>
            </tr>
`
    : table.rows
        .map(
          (row) => `            <tr class="${table.model}_row ">
                <td class="sticky">
                  <input type="checkbox" name="bulk_ids[]" id="bulk_ids_" value="${row.id}" />
                </td>
${row.cells
  .map(
    (one) => `                <td class="${one.name}_field ${one.type}_type" title="${e(one.text)}">
                  ${one.html}
</td>`,
  )
  .join('')}              <td class="last links ra-sidescroll-frozen">
                <ul class="nav d-inline list-inline">
                  ${table.members.map(([action, label, icon]) => `<li class="nav-item icon ${memberClass(action)}_member_link" title="${e(label)}" rel="tooltip"><a href="${SITE}/admin/${table.model}/${row.id}${action === 'show' ? '' : `/${action}`}" class="nav-link"><i class="${icon}"></i> <span style="display:none">${e(label)}</span></a></li>`).join(' ')}
                </ul>
              </td>
            </tr>
`,
        )
        .join('')
}        </tbody>
      </table>
    </div>
      <div class="row">
        <div class="col-md-6">
          ${pagination(table)}
        </div>
      </div>
      <div class="row">
        <div class="col-md-6">
          ${table.showAll === null ? '' : `<a class="show-all btn btn-light clearfix" href="${e(table.showAll)}">Show all</a>`}
        </div>
      </div>
      <div class="clearfix total-count">
        ${table.totalText}
      </div>
</form></div>
`;
}

/** The class of a tab is its action's name, but for the history. @param {string} action */
export function memberClass(action) {
  return action === 'history' ? 'record_history' : action;
}

/** @param {Table} table */
function pagination(table) {
  if (table.pages.length < 2) return '';
  /** @param {string} kind @param {string} text @param {string|null} href */
  const end = (
    kind,
    text,
    href,
  ) => `<li class="page-item ${kind}${href === null ? ' disabled' : ''}">
    <a class="page-link" href="${e(href ?? '#')}">${text}</a>
  </li>`;
  return `<nav aria-label="Page navigation">
    <ul class="pagination">
        ${end('prev', '&laquo; Prev', table.previous)}
${table.pages
  .map(
    (page) => `            <li class="page-item${page.active ? ' active' : ''}">
    <a class="page-link" href="${e(page.href)}">${page.number}</a>
  </li>
`,
  )
  .join('')}        ${end('next', 'Next &raquo;', table.next)}
    </ul>
  </nav>`;
}
