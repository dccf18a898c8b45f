// Pages as rails_admin 2.x marks them up. Under pjax, only the content of `[data-pjax-container]` is sent.

import { escapeHtml as e } from '../world-build.js';
import { memberClass } from './layout-v3.js';
import { SIDEBAR } from './models.js';

const SITE = 'https://customers.gitlab.com';

/**
 * @typedef {import('./layout-v3.js').Page} Page
 * @typedef {import('./layout-v3.js').Group} Group
 * @typedef {import('./layout-v3.js').Table} Table
 */

/** @param {Page} page */
export function pageV2(page) {
  return `<!DOCTYPE html>
<html lang='en'>
<head>
<meta content='text/html; charset=utf-8' http-equiv='Content-Type'>
<meta content='width=device-width, initial-scale=1' name='viewport'>
<meta content='NONE,NOARCHIVE' name='robots'>
<meta name="csrf-param" content="authenticity_token" />
<meta name="csrf-token" content="${e(page.csrf)}" />
<link rel="stylesheet" media="all" href="/assets/rails_admin/application-standin.css" />
<script src="/assets/rails_admin/jquery-standin.js"></script>
<script src="/assets/rails_admin/jquery-shim-standin.js"></script>
<script src="/assets/rails_admin/jquery-pjax-standin.js"></script>
<script src="/assets/rails_admin/rails_admin-standin.js"></script>
</head>
<body class='rails_admin'>
<div data-i18n-options='{&quot;contains&quot;:&quot;Contains&quot;,&quot;is_exactly&quot;:&quot;Is exactly&quot;}' id='admin-js'></div>
<div class='label label-warning' id='loading' style='display:none; position:fixed; right:20px; bottom:20px; z-index:100000'>Loading...</div>
<nav class='navbar navbar-default navbar-fixed-top'>
<div class='container-fluid'>
<div class='navbar-header'>
<a class='navbar-brand pjax' href='/admin/'>
GitLab Customers Portal
<small>Admin</small>
</a>
</div>
<div class='collapse navbar-collapse' id='secondary-navigation'>
<ul class='nav navbar-nav navbar-right root_links'>
<li class='dashboard_root_link'><a class="pjax" href="/admin/">Dashboard</a></li>
<li><a rel="nofollow" data-method="delete" href="/admin/sign_out"><span class="label label-danger">Log out</span></a></li>
</ul>
</div>
</div>
</nav>
<div class='container-fluid'>
<div class='row'>
<div class='col-sm-3 col-md-2 sidebar-nav'>
<ul class='nav nav-pills nav-stacked'><li class='dropdown-header'>Navigation</li>${SIDEBAR.map(([name, plural]) => `<li data-model="${name}"><a class="pjax" href="${SITE}/admin/${name}">${plural}</a></li>`).join('')}</ul>
</div>
<div class='col-sm-9 col-sm-offset-3 col-md-10 col-md-offset-2'>
<div class='content' data-pjax-container>
${fragmentV2(page)}
</div>
</div>
</div>
</div>
</body>
</html>
`;
}

/** @param {Page} page */
export function fragmentV2(page) {
  return `<title>${e(page.documentTitle)}</title>
<div class='page-header' data-model='${e(page.model)}'>
<h1>${e(page.heading)}</h1>
</div>
${
  page.flash === null
    ? ''
    : `<div class='alert alert-dismissible alert-danger'>
<button class='close' data-dismiss='alert' type='button'>&times;</button>
${e(page.flash)}
</div>
`
}<ol class="breadcrumb">${page.crumbs.map(({ text, href }) => (href === undefined ? `<li class="active">${e(text)}</li>` : `<li class="false"><a class="pjax" href="${SITE}${e(href)}">${e(text)}</a></li>`)).join('')}</ol>
<ul class='nav nav-tabs'>
${page.tabs
  .map(
    (tab) => `
          <li title="" rel="" class="icon ${tab.name}_${tab.member ? 'member' : 'collection'}_link ${tab.active ? 'active' : ''}">
            <a class="pjax" href="${SITE}${tab.href}">
              <i class="${tab.icon2}"></i>
              <span>${e(tab.label)}</span>
            </a>
          </li>
        `,
  )
  .join('')}
${page.extraTabs ?? ''}
</ul>
${page.body}
`;
}

/** @param {Group[]} groups */
export function showV2(groups) {
  return groups
    .map(
      (group) => `<div class='fieldset'>
<h4>
${e(group.label)}
</h4>
<dl>
${group.rows
  .map(
    (row) => `<dt>
<span class='label label-info ${row.type}_type ${row.name}_field'>
${e(row.label)}
</span>
</dt>
<dd class='well'>
${row.html}
</dd>
`,
  )
  .join('')}</dl>
</div>
`,
    )
    .join('');
}

/** @param {Table} table */
export function filterTabsV2(table) {
  return `<li class='dropdown' style='float:right'>
<a class='dropdown-toggle' data-toggle='dropdown' href='#'>
Add filter
<b class='caret'></b>
</a>
<ul class='dropdown-menu' id='filters' style='left:auto; right:0;'>
${table.filterable
  .map(
    (one) => `<li>
<a data-field-label='${e(one.label)}' data-field-name='${e(one.name)}' data-field-options='' data-field-required='false' data-field-type='${one.type}' data-field-value='' href='#'>${e(one.label)}</a>
</li>
`,
  )
  .join('')}</ul>
</li>`;
}

/** @param {Table} table */
export function tableV2(table) {
  const more = table.moreColumnsHref;
  return `<div id='list'>
<form class="pjax-form form-inline" action="/admin/${table.model}?model_name=${table.model}" accept-charset="UTF-8" method="get">
<div class='well'>
<span data-options='${e(JSON.stringify(table.filters))}' id='filters_box'></span>
<hr class='filters_box' style='display:${table.filters.length > 0 ? 'block' : 'none'}'>
<div class='input-group'>
<input class='form-control input-small' name='query' placeholder='Filter' type='search' value='${e(table.query)}'>
<span class='input-group-btn'>
<button class='btn btn-primary' type='submit'>
<i class='icon-white icon-refresh'></i>
Refresh
</button>
<button class='btn btn-info' id='remove_filter' title='Reset filters'>
<i class='icon-white icon-remove'></i>
</button>
</span>
</div>
</div>
</form>

<form id="bulk_form" class="form" action="/admin/${table.model}/bulk_action" accept-charset="UTF-8" method="post"><input type="hidden" name="authenticity_token" value="${e(table.csrf)}" autocomplete="off" />
<table class='table table-condensed table-striped'>
<thead>
<tr>
<th class='shrink'>
<input class='toggle' type='checkbox'>
</th>
${table.columns
  .map(
    (
      column,
    ) => `<th class='header pjax  ${column.name}_field ${column.type}_type' data-href='${e(column.sortHref)}' rel='tooltip' title=''>${e(column.label)}</th>
`,
  )
  .join('')}${
  more === null
    ? ''
    : `<th class='other right shrink'>...</th>
`
}<th class='last shrink'></th>
</tr>
</thead>
<tbody>
${table.rows
  .map(
    (row) => `<tr class='${table.model}_row '>
<td><input type="checkbox" name="bulk_ids[]" id="bulk_ids_" value="${row.id}" /></td>
${row.cells
  .map(
    (one) => `<td class='${one.name}_field ${one.type}_type' title='${e(one.text)}'>${one.html}</td>
`,
  )
  .join('')}${
  more === null
    ? ''
    : `<td class='other right'><a class="pjax" href="${e(more)}">...</a></td>
`
}<td class='last links'>
<ul class='inline list-inline'>${table.members
      .map(
        ([action, label, , icon]) => `
          <li title="${e(label)}" rel="tooltip" class="icon ${memberClass(action)}_member_link ">
            <a class="pjax" href="${SITE}/admin/${table.model}/${row.id}${action === 'show' ? '' : `/${action}`}">
              <i class="${icon}"></i>
              <span style='display:none'>${e(label)}</span>
            </a>
          </li>
        `,
      )
      .join('')}</ul>
</td>
</tr>
`,
  )
  .join('')}</tbody>
</table>
<div class='row'>
<div class='col-md-6'>${pagination(table)}</div>
</div>
<div class='row'>
<div class='col-md-6'>${table.showAll === null ? '' : `<a class="show-all btn btn-default clearfix pjax" href="${e(table.showAll)}">Show all</a>`}</div>
</div>
<div class='clearfix total-count'>${table.totalText}</div>
</form>

</div>
`;
}

/** @param {Table} table */
function pagination(table) {
  if (table.pages.length < 2) return '';
  /** @param {string} kind @param {string} text @param {string|null} href */
  const end = (kind, text, href) =>
    href === null
      ? `<li class='${kind} disabled'><a href="#">${text}</a></li>`
      : `<li class='${kind}'><a class="pjax" href="${e(href)}">${text}</a></li>`;
  return `<ul class='pagination'>
${end('prev', '&laquo; Prev', table.previous)}
${table.pages.map((page) => `<li${page.active ? " class='active'" : ''}><a class="pjax" href="${e(page.href)}">${page.number}</a></li>`).join('\n')}
${end('next', 'Next &raquo;', table.next)}
</ul>
`;
}
