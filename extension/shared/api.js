// The browser's extension API, and whether the extension of this script still runs.

/** Promises in both browsers; Firefox's `browser` has parts that Chromium's `chrome` lacks. @type {typeof chrome} */
export const api = Reflect.get(globalThis, 'browser') ?? chrome;

/** After an update or a removal, the scripts in open pages live on, cut off from the extension. */
export function isAlive() {
  try {
    return Boolean(api.runtime?.id);
  } catch {
    return false;
  }
}
