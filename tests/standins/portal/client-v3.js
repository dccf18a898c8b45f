// The admin's own script under Turbo: reports that a page is ready, and lets people add a filter. It must load only once: Turbo
// runs the scripts of the head again after an error page.
'use strict';

(() => {
  if (Reflect.has(window, 'railsAdminStandIn')) return;
  Reflect.set(window, 'railsAdminStandIn', true);

  const OPERATORS = /** @type {Record<string, string>} */ ({
    like: 'Contains',
    not_like: 'Does not contain',
    is: 'Is exactly',
    starts_with: 'Starts with',
    ends_with: 'Ends with',
    _present: 'Is present',
    _blank: 'Is blank',
    default: 'Number ...',
    true: 'True',
    false: 'False',
  });

  /** @typedef {{label:string, name:string, type:string, operator:string|null, operators:string[], index?:string, value?:string}} Filter */

  /** @param {Filter} filter */
  function addFilter(filter) {
    const box = document.getElementById('filters_box');
    if (!box) return;
    const index = filter.index ?? String(Math.floor(Math.random() * 100_000));
    const row = document.createElement('div');
    row.className = 'filter d-inline-block my-1';
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.className = 'btn btn-info btn-sm delete';
    remove.textContent = `${filter.label} ✕`;
    remove.addEventListener('click', () => row.remove());
    const select = document.createElement('select');
    select.className = 'form-control form-control-sm';
    select.name = `f[${filter.name}][${index}][${filter.type === 'boolean' ? 'v' : 'o'}]`;
    for (const name of filter.operators) {
      const label = OPERATORS[name];
      if (label === undefined) continue;
      const option = new Option(label, name, false, name === (filter.operator ?? filter.value));
      select.append(option);
    }
    row.append(remove, ' ', select);
    if (filter.type !== 'boolean') {
      const input = document.createElement('input');
      input.className = 'form-control form-control-sm additional-fieldset';
      input.type = 'text';
      input.name = `f[${filter.name}][${index}][v]`;
      input.value = filter.value ?? '';
      row.append(' ', input);
    }
    box.append(row);
    for (const line of document.querySelectorAll('hr.filters_box'))
      line.setAttribute('style', 'display:block');
  }

  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const toggle = target?.closest('[data-bs-toggle="dropdown"]');
    if (toggle) {
      event.preventDefault();
      toggle.nextElementSibling?.classList.toggle('show');
      return;
    }
    const choice = target?.closest('#filters [data-options]');
    if (choice) {
      event.preventDefault();
      choice.closest('.dropdown-menu')?.classList.remove('show');
      addFilter(JSON.parse(choice.getAttribute('data-options') ?? '{}'));
      return;
    }
    const sort = target?.closest('th.header[data-href]');
    if (sort) {
      /** @type {any} */
      const turbo = Reflect.get(window, 'Turbo');
      turbo.visit(sort.getAttribute('data-href'));
      return;
    }
    if (target?.closest('#remove_filter')) {
      event.preventDefault();
      const form = target.closest('form');
      for (const filter of document.querySelectorAll('#filters_box .filter')) filter.remove();
      const query = form?.querySelector('input[name="query"]');
      if (query instanceof HTMLInputElement) query.value = '';
      form?.requestSubmit();
      return;
    }
    if (target?.closest('[data-bs-dismiss="alert"]')) target.closest('.alert')?.remove();
  });

  document.addEventListener('rails_admin.dom_ready', () => {
    const box = document.getElementById('filters_box');
    // A cached page comes back with the filters that were drawn into it.
    if (!box || box.childElementCount > 0) return;
    for (const filter of JSON.parse(box.dataset['options'] ?? '[]')) addFilter(filter);
  });

  const ready = () => document.dispatchEvent(new CustomEvent('rails_admin.dom_ready'));
  document.addEventListener('turbo:render', ready);
  document.addEventListener('turbo:load', ready, { once: true });
})();
