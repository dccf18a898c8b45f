// jquery-pjax was written for jQuery 1 to 3; these four helpers are missing in jQuery 4.
'use strict';

(() => {
  /** @type {any} */
  const jQuery = Reflect.get(window, 'jQuery');
  jQuery.isFunction ??= (/** @type {unknown} */ value) => typeof value === 'function';
  jQuery.isArray ??= Array.isArray;
  jQuery.trim ??= (/** @type {unknown} */ text) => String(text ?? '').trim();
  jQuery.type ??= (/** @type {unknown} */ value) =>
    value === null || value === undefined
      ? String(value)
      : Object.prototype.toString.call(value).slice(8, -1).toLowerCase();
})();
