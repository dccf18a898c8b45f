/**
 * A new profile for Firefox. Its first start with an empty one takes half as long again (ESR 153: 5.2 s against 3.7 s with Tether, on two
 * cores): it makes its databases and compiles its own scripts. So that is done once for each build of Firefox, without an extension and
 * without a page having been visited, and every profile is a copy of it.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { closeOrKill } from './artifacts.js';
import { closeWithProcess, removeProfile, SIGNALS_OFF, temporaryProfile } from './processes.js';
import { PATIENCE } from './wait.js';

const KEPT = fileURLToPath(new URL('../../target/firefox', import.meta.url));

/**
 * Firefox keeps a process ready for the next tab, which takes most of a second of the processor each time one is used. A test's tabs are few:
 * each starts its own when it needs one.
 */
export const FEWER_PROCESSES = { 'dom.ipc.processPrelaunch.enabled': false };

/** What belongs to the one run that made it. */
const LEFT_OUT = [
  'cache2',
  'crashes',
  'datareporting',
  'lock',
  'minidumps',
  '.parentlock',
  'sessionCheckpoints.json',
  'sessionstore-backups',
  'sessionstore.jsonlz4',
  'storage',
  'user.js',
];

/**
 * @param {string} executable
 * @returns {Promise<string>} a folder that `removeProfile` removes
 */
export async function firefoxProfile(executable) {
  const { mtimeMs, size } = statSync(realpathSync(executable));
  const first = join(
    KEPT,
    createHash('sha256').update([executable, mtimeMs, size].join('\n')).digest('hex').slice(0, 16),
  );
  if (!existsSync(first)) await make(executable, first);
  const profile = temporaryProfile();
  cpSync(first, profile, { recursive: true });
  return profile;
}

/**
 * @param {string} executable
 * @param {string} first its path; created in one step, because several test files may need it at the same time
 */
async function make(executable, first) {
  const profile = temporaryProfile();
  const browser = await puppeteer
    .launch({
      browser: 'firefox',
      executablePath: executable,
      userDataDir: profile,
      protocolTimeout: PATIENCE,
      timeout: PATIENCE,
      ...SIGNALS_OFF,
    })
    .catch((error) => {
      removeProfile(profile);
      throw error;
    });
  const close = () => closeOrKill(browser);
  const forget = closeWithProcess({
    close,
    pid: browser.process()?.pid,
    temporaryProfile: profile,
  });
  try {
    await (await browser.newPage()).close();
    await close();
    for (const name of LEFT_OUT) rmSync(join(profile, name), { recursive: true, force: true });
    mkdirSync(KEPT, { recursive: true });
    const ready = `${first}.${process.pid}`;
    cpSync(profile, ready, { recursive: true });
    try {
      renameSync(ready, first);
    } catch {
      // Another process was first.
      rmSync(ready, { recursive: true, force: true });
    }
  } finally {
    await close();
    removeProfile(profile);
    forget();
  }
}
