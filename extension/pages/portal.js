// Runs in the portal's admin pages. It sees when a record (or the result of Validate License) is in front and
// hands the page to the background, which does all the reading. It changes nothing in the page.
import { api, isAlive } from '../shared/api.js';
import { claim } from './common/claim.js';

/** A record's page, or a page of its kind: the site profile's `admin_path`, the model and the rest. */
const ADMIN_PAGE = /^\/admin\/([^/]+)\/([^/]+)\/?$/;

if (claim('tetherPortal')) watchPortal();

function watchPortal() {
  /** Reports every change of URL, if the browser supports it, so that a body that was swapped before its URL is noticed, too. */
  const navigation = /** @type {EventTarget | undefined} */ (Reflect.get(globalThis, 'navigation'));
  /** The page that was sent last: its address, its heading (which a new page brings anew) and what was sent; nothing before the first. */
  let sent = {
    url: '',
    html: '',
    heading: /** @type {WeakRef<Element> | undefined} */ (undefined),
  };
  /** What the observer watches now, so that it is not set up twice for one node. @type {Element | null} */
  let watched = null;
  /** Whether it watches everything below that node. */
  let deep = false;
  /** Whether this script has just come into the page. */
  let isFirstLook = true;
  /** Made when there is something to watch. @type {MutationObserver | undefined} */
  let observer;

  /**
   * Record id without the readable slug that may follow it.
   * @param {string} segment last segment of an address
   */
  const bareId = (segment) => /^\d+(?=-)/.exec(segment)?.[0] ?? segment;

  /**
   * The active Show tab, if the body shows the record that the address names. Turbo and pjax change the address before
   * the body, an unknown id shows a list under the record's address, and Edit and History carry the same heading.
   * @param {Element} heading
   * @param {string} model from the address
   * @param {string} id from the address
   */
  function recordTab(heading, model, id) {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const tabs = document.querySelectorAll(
      'li.show_member_link > a.active[href], li.show_member_link.active > a[href]',
    );
    const tab = tabs[0];
    if (!tab || tabs.length !== 1) return undefined;
    const own = ADMIN_PAGE.exec(tab.pathname);
    const same =
      own?.[1] === model &&
      heading.getAttribute('data-model') === model &&
      bareId(own[2] ?? '') === bareId(id);
    return same ? tab : undefined;
  }

  /**
   * Whether Validate License shows a result, or only its form. What was pasted into the form does not count.
   * @param {Element} part
   */
  function isValidated(part) {
    let text = part.textContent ?? '';
    for (const area of part.querySelectorAll('textarea:not([readonly], [disabled])')) {
      text = text.replace(area.textContent ?? '', () => '');
    }
    return /restrictions|licensee/i.test(text);
  }

  /**
   * The HTML of what shows a record: the heading and everything after it. The head with its tokens and the menu, larger than most
   * records, stay in the page, unless the page is built in another way.
   * @param {Element} heading the only one
   * @param {Element} tab
   */
  function recordHtml(heading, tab) {
    const part = heading.parentElement;
    const fields = '.fieldset';
    const hasAll =
      part?.contains(tab) &&
      part.querySelectorAll(fields).length === document.querySelectorAll(fields).length;
    return part && hasAll ? `<html>${part.outerHTML}</html>` : document.documentElement.outerHTML;
  }

  /** Looks at the page in front and sends it when it is one that is wanted and was not the last one sent. */
  function look() {
    const [, model = '', last = ''] = ADMIN_PAGE.exec(location.pathname) ?? [];
    // If URL changes are reported, a page of another kind needs no look at its document: pjax
    // changes the URL first.
    if (model === '' && navigation) return;
    const url = location.href;
    const known = sent.heading?.deref();
    if (known?.isConnected && sent.url === url) return;
    if (document.hidden || document.querySelector('html[data-turbo-preview]')) return;
    const headings = document.querySelectorAll('header[data-model], .page-header[data-model]');
    const heading = model === '' ? undefined : headings[0];
    const form = heading && last === 'validate_license' ? heading.parentElement : null;
    const isResult = form !== null && isValidated(form);
    watch(isResult ? null : form);
    if (!heading) return;
    let html = '';
    if (form) {
      if (isResult) html = document.documentElement.outerHTML;
    } else {
      const tab = recordTab(heading, model, last);
      if (tab)
        html =
          headings.length === 1 ? recordHtml(heading, tab) : document.documentElement.outerHTML;
    }
    if (html === '') return;
    const isNew = sent.url !== url || sent.html !== html;
    sent = { url, html, heading: form ? undefined : new WeakRef(heading) };
    if (isNew) send(sent);
  }

  /**
   * Whether the page was loaded long before this script came: an update of the extension brought it, nobody has just opened the page. Longer
   * than a busy machine takes between the two, ms.
   */
  function wasOpenBefore() {
    const LATE = 5000;
    const [loading] = /** @type {PerformanceNavigationTiming[]} */ (
      performance.getEntriesByType('navigation')
    );
    return (
      loading !== undefined &&
      loading.loadEventEnd > 0 &&
      performance.now() - loading.loadEventEnd > LATE
    );
  }

  /** @param {typeof sent} page */
  function send(page) {
    const openBefore = isFirstLook && wasOpenBefore();
    const failed = () => {
      // The report did not arrive, so the same page may be sent at the next occasion. A background
      // that was stopped before it listened may cause no error, but it answers nothing.
      if (sent.html === page.html) sent = { url: '', html: '', heading: undefined };
      if (!isAlive()) stop();
    };
    try {
      api.runtime
        .sendMessage({ kind: 'portal_page', url: page.url, html: page.html, openBefore })
        .then((heard) => heard || failed(), failed);
    } catch {
      failed();
    }
  }

  /**
   * Watches the one node that changes without an event for us: pjax swaps the children of its container and says
   * only jQuery; a Validate License form may get its result below it without a navigation.
   * @param {Element | null} form the part that still waits for a result
   */
  function watch(form) {
    const node = document.querySelector('[data-pjax-container]') ?? form;
    if (node === watched && (form !== null) === deep) return;
    observer?.disconnect();
    watched = node;
    deep = form !== null;
    if (!node) return;
    observer ??= new MutationObserver(again);
    observer.observe(node, { childList: true, subtree: deep });
  }

  /** Something happened, maybe long after this script's extension was updated or removed. */
  function again() {
    if (isAlive()) look();
    else stop();
  }

  /** @param {PageTransitionEvent} event */
  function shown({ persisted }) {
    if (!persisted) return;
    // Restored from the back/forward cache: another document may have sent its record in between.
    sent = { url: '', html: '', heading: undefined };
    again();
  }

  // All on the window, in the capture phase: each object that a script touches first is set up for
  // its world, and the document alone takes as long as all of these (Chromium 156).
  /** @type {[type: string, listener: (event: any) => void][]} */
  const listeners = [
    ['turbo:load', again],
    ['turbo:render', again],
    ['visibilitychange', again],
    ['popstate', again],
    ['pageshow', shown],
  ];
  for (const [type, listener] of listeners) addEventListener(type, listener, true);
  navigation?.addEventListener('currententrychange', again);

  function stop() {
    observer?.disconnect();
    for (const [type, listener] of listeners) removeEventListener(type, listener, true);
    navigation?.removeEventListener('currententrychange', again);
  }

  look();
  isFirstLook = false;
}
