/** The browser's own interface: promises in both, and Firefox's has what Chromium's lacks. @type {typeof chrome} */
export const api = Reflect.get(globalThis, 'browser') ?? chrome;

/** Address of the extension's own pages, with a slash at its end. */
export const OWN = api.runtime.getURL('');
