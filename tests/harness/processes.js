/** Ends every browser and removes every temporary profile when the test process ends (except by SIGKILL, on which Chromium ends by itself). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Running
 * @property {() => Promise<void>} close
 * @property {number | undefined} pid
 * @property {string | undefined} temporaryProfile
 */

/** @type {Set<Running>} */
const open = new Set();
let listening = false;

/** Launch options of puppeteer. */
export const SIGNALS_OFF = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/** Launch options of puppeteer: nobody asks what the browser fetches, since the stand-ins know it, and to tell it costs the browser much. */
export const QUIET = { networkEnabled: false, issuesEnabled: false };

/**
 * The environment of a browser that draws on a display of X, even where the machine has Wayland.
 * @param {string} display
 */
export function onDisplay(display) {
  const { WAYLAND_DISPLAY: _, ...others } = process.env;
  return { ...others, DISPLAY: display, MOZ_ENABLE_WAYLAND: '0' };
}

/** @returns {string} A new folder that `closeWithProcess` removes. */
export function temporaryProfile() {
  return mkdtempSync(join(tmpdir(), 'tether-profile-'));
}

/** @param {string} folder */
export function removeProfile(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/**
 * Puppeteer's own handlers close the browser on a signal but leave the node process running, so that a run under `timeout` hangs, and
 * after an uncaught exception Firefox stays (puppeteer-core 24.43): hence `SIGNALS_OFF`, and these handlers stand in for them.
 * @param {Running} running
 * @returns {() => void}  to be called once the browser is closed
 */
export function closeWithProcess(running) {
  open.add(running);
  if (!listening) {
    listening = true;
    process.once('exit', killAll);
    for (const [signal, code] of /** @type {const} */ ([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ])) {
      process.once(signal, () => {
        void Promise.allSettled([...open].map((each) => each.close())).then(() =>
          process.exit(code),
        );
      });
    }
  }
  return () => void open.delete(running);
}

function killAll() {
  for (const { pid, temporaryProfile: folder } of open) {
    try {
      // Puppeteer starts a browser as the leader of its own process group.
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It was gone already.
    }
    if (folder !== undefined) removeProfile(folder);
  }
}
