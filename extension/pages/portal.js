// Runs in the portal's admin pages. It sees when a record (or the result of Validate License) is in front and
// hands the page to the background, which does all the reading. It changes nothing in the page.
(() => {
  /** @type {typeof chrome} */
  const api = Reflect.get(globalThis, 'browser') ?? chrome;

  // One watcher in this extension's world of the page, even if the script comes twice. A watcher whose extension
  // was updated or removed is dead and may be replaced.
  const MARK = 'tetherPortal';
  const alive = () => {
    try {
      return Boolean(api.runtime?.id);
    } catch {
      return false;
    }
  };
  const earlier = Reflect.get(globalThis, MARK);
  if (typeof earlier === 'function' && earlier()) return;
  Reflect.set(globalThis, MARK, alive);

  /** Fingerprint of the page that was sent last; empty before the first. */
  let sent = '';
  /** What the observer watches now, so that it is not set up twice for one node. @type {Element | null} */
  let watched = null;
  /** Whether it watches everything below that node. */
  let deep = false;
  const observer = new MutationObserver(() => look());
  const listeners = new AbortController();

  /** The heading's own model; the sidebar marks its entries with the same attribute, so only headings count. */
  const heading = () => document.querySelector('header[data-model], .page-header[data-model]');

  /**
   * Record id without the readable slug that may follow it.
   * @param {string} segment last segment of an address
   */
  const bareId = (segment) => /^\d+(?=-)/.exec(segment)?.[0] ?? segment;

  /**
   * Whether the body shows the record that the address names. Turbo and pjax change the address before the body,
   * an unknown id shows a list under the record's address, and Edit and History carry the same heading.
   * @param {string} model from the address
   * @param {string} id from the address
   */
  function showsRecord(model, id) {
    const tabs = document.querySelectorAll('li.show_member_link > a.active[href], li.show_member_link.active > a[href]');
    const tab = tabs[0];
    if (tabs.length !== 1 || !(tab instanceof HTMLAnchorElement)) return false;
    const own = /^\/admin\/([^/]+)\/([^/]+)\/?$/.exec(tab.pathname);
    return own !== null && own[1] === model && heading()?.getAttribute('data-model') === model
      && bareId(own[2] ?? '') === bareId(id);
  }

  /**
   * The text of the Validate License result, or nothing while there is only the form. What was pasted into the
   * form does not count as a result.
   * @param {Element} part
   */
  function validated(part) {
    let text = part.textContent ?? '';
    for (const area of part.querySelectorAll('textarea:not([readonly], [disabled])')) {
      text = text.replace(area.textContent ?? '', () => '');
    }
    return /restrictions/i.test(text) ? text : '';
  }

  /**
   * What tells two contents apart: text, link targets and icons (a boolean may be an icon only).
   * @param {Iterable<Element>} parts
   */
  function content(parts) {
    let all = '';
    for (const part of parts) {
      if (part.parentElement?.closest('.fieldset')) continue;
      all += part.textContent;
      for (const mark of part.querySelectorAll('a[href], span[class]')) {
        all += mark.getAttribute('href') ?? mark.className;
      }
    }
    return all;
  }

  /** FNV-1a, 32 bits: enough to see that a page changed. @param {string} text */
  function hash(text) {
    let value = 0x811c9dc5;
    for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
    return value >>> 0;
  }

  /** Looks at the page in front and sends it when it is one that is wanted and was not the last one sent. */
  function look() {
    if (!alive()) return stop();
    const html = document.documentElement;
    if (document.hidden || html.hasAttribute('data-turbo-preview')) return;
    const [, model = '', last = ''] = /^\/admin\/([^/]+)\/([^/]+)\/?$/.exec(location.pathname) ?? [];
    const part = last === 'validate_license' ? heading()?.parentElement : null;
    let text = '';
    if (part) text = validated(part);
    else if (showsRecord(model, last)) text = content(document.querySelectorAll('.fieldset')) || ' ';
    watch(part && text === '' ? part : null);
    if (text === '') return;
    const print = `${location.href} ${text.length} ${hash(text)}`;
    if (print === sent) return;
    sent = print;
    const failed = () => {
      // It did not arrive, so the same page may be sent at the next occasion.
      if (sent === print) sent = '';
      if (!alive()) stop();
    };
    try {
      api.runtime.sendMessage({ kind: 'portal_page', url: location.href, html: html.outerHTML }).catch(failed);
    } catch {
      failed();
    }
  }

  /**
   * Watches the one node that changes without an event for us: pjax swaps the children of its container and tells
   * only jQuery; a Validate License form may get its result below it without a navigation.
   * @param {Element | null} form the part that still waits for a result
   */
  function watch(form) {
    const node = document.querySelector('[data-pjax-container]') ?? form;
    if (node === watched && (form !== null) === deep) return;
    observer.disconnect();
    watched = node;
    deep = form !== null;
    if (node) observer.observe(node, { childList: true, subtree: deep });
  }

  function stop() {
    observer.disconnect();
    listeners.abort();
  }

  const { signal } = listeners;
  for (const event of ['turbo:load', 'turbo:render', 'visibilitychange']) {
    document.addEventListener(event, look, { signal });
  }
  addEventListener('popstate', look, { signal });
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    // Out of the back/forward cache: another document may have sent its record meanwhile.
    sent = '';
    look();
  }, { signal });
  // Where the browser tells of every change of address, a body that was swapped before its address is seen too.
  const navigation = /** @type {EventTarget | undefined} */ (Reflect.get(globalThis, 'navigation'));
  navigation?.addEventListener('currententrychange', look, { signal });
  look();
})();
