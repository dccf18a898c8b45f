// Before the panel's own script, and in a bare page: notes when a case was drawn, and when it could be used, ms since the page was asked for.

/** @type {{shown?: number, usable?: number}} */
const times = {};
Reflect.set(globalThis, '__times', times);
let isDrawn = false;

function look() {
  const main = document.querySelector('main');
  if (!main?.querySelector('header.case')) return;
  if (!isDrawn) {
    isDrawn = true;
    // After the frame that shows it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        times.shown = performance.now();
      };
      port2.postMessage(undefined);
    });
  }
  if (!main.inert && !main.hasAttribute('aria-busy')) times.usable ??= performance.now();
}

new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
