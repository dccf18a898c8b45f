// The admin's own script under pjax: links and forms of class `pjax` swap the container; people can add a filter.
'use strict';

(() => {
  /** @type {any} */
  const $ = Reflect.get(window, 'jQuery');
  const container = '[data-pjax-container]';
  const CHOICES = [
    ['like', 'Contains'],
    ['is', 'Is exactly'],
    ['starts_with', 'Starts with'],
    ['ends_with', 'Ends with'],
    ['_present', 'Is present'],
    ['_blank', 'Is blank'],
  ];

  /** @typedef {{label:string, name:string, type:string, index?:string, value?:string, operator?:string|null}} Filter */

  /** @param {Filter} filter */
  function addFilter(filter) {
    const index = filter.index ?? String(Math.floor(Math.random() * 100_000));
    const row = $('<p class="filter form-search"></p>');
    const remove = $('<button type="button" class="btn btn-info btn-sm delete"></button>').text(
      `${filter.label} ✕`,
    );
    remove.on('click', () => row.remove());
    row.append(remove, ' ');
    if (filter.type === 'boolean') {
      const select = $('<select class="input-sm form-control"></select>').attr(
        'name',
        `f[${filter.name}][${index}][v]`,
      );
      for (const [value, label] of [
        ['true', 'True'],
        ['false', 'False'],
      ])
        select.append($('<option></option>').val(value).text(label));
      row.append(select);
    } else {
      const select = $('<select class="input-sm form-control"></select>').attr(
        'name',
        `f[${filter.name}][${index}][o]`,
      );
      for (const [value, label] of CHOICES)
        select.append(
          $('<option></option>')
            .val(value)
            .text(label)
            .prop('selected', value === filter.operator),
        );
      const input = $('<input class="input-sm form-control" type="text">')
        .attr('name', `f[${filter.name}][${index}][v]`)
        .val(filter.value ?? '');
      row.append(select, ' ', input);
    }
    $('#filters_box').append(row);
    $('hr.filters_box').show();
  }

  function drawFilters() {
    const box = document.getElementById('filters_box');
    if (!box || box.childElementCount > 0) return;
    for (const filter of JSON.parse(box.dataset['options'] ?? '[]')) addFilter(filter);
  }

  $(document).on(
    'click',
    '.pjax',
    /** @this {Element} */ function visit(/** @type {any} */ event) {
      if (event.which > 1 || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      $.pjax({ container, url: $(this).data('href') || $(this).attr('href'), timeout: 20_000 });
    },
  );
  $(document).on(
    'submit',
    '.pjax-form',
    /** @this {HTMLFormElement} */ function submit(/** @type {any} */ event) {
      event.preventDefault();
      $.pjax({
        container,
        url: `${this.action}${this.action.includes('?') ? '&' : '?'}${$(this).serialize()}`,
        timeout: 20_000,
      });
    },
  );
  $(document).on(
    'click',
    '[data-toggle="dropdown"]',
    /** @this {Element} */ function toggle(/** @type {any} */ event) {
      event.preventDefault();
      $(this).next().toggleClass('show');
    },
  );
  $(document).on(
    'click',
    '#filters a',
    /** @this {Element} */ function choose(/** @type {any} */ event) {
      event.preventDefault();
      $('#filters').removeClass('show');
      addFilter({
        label: $(this).attr('data-field-label'),
        name: $(this).attr('data-field-name'),
        type: $(this).attr('data-field-type'),
      });
    },
  );
  $(document).on('click', '#remove_filter', (/** @type {any} */ event) => {
    event.preventDefault();
    $('#filters_box').empty();
    $('.pjax-form [name="query"]').val('');
    $('.pjax-form').trigger('submit');
  });
  $(document).on(
    'click',
    '[data-dismiss="alert"]',
    /** @this {Element} */ function dismiss() {
      $(this).closest('.alert').remove();
    },
  );
  $(document).on('pjax:end', drawFilters);
  $(drawFilters);
})();
