/**
 * A policy that is installed for the whole machine, as an administrator installs it, for one browser alone: it runs in a mount namespace of
 * its own, in which the browser's folder of policies is another one. Nothing of the machine changes, and nothing is left behind.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Why no policy can be installed for one browser here; undefined: it can. */
export function cannotInstall() {
  if (process.platform !== 'linux') return 'only Linux has mount namespaces';
  const { status, error } = spawnSync('unshare', ['--mount', 'true']);
  return error || status !== 0 ? 'this user may not make a mount namespace' : undefined;
}

/**
 * The folder that a browser reads policies from, and where in it.
 * @param {'chromium' | 'firefox'} kind
 * @param {string} executable
 */
function place(kind, executable) {
  if (kind === 'chromium') return { folder: '/etc/chromium', file: 'policies/managed/tether.json' };
  const folder = join(dirname(realpathSync(executable)), 'distribution');
  return { folder: realpathSync(folder), file: 'policies.json' };
}

/**
 * @param {'chromium' | 'firefox'} kind
 * @param {string} executable  of the browser
 * @param {string} text  the file
 * @returns {{executable: string, remove: () => void}} what starts the browser under the policy
 */
export function underPolicy(kind, executable, text) {
  const { folder, file } = place(kind, executable);
  const own = mkdtempSync(join(tmpdir(), 'tether-policy-'));
  const instead = join(own, 'folder');
  if (existsSync(folder)) cpSync(folder, instead, { recursive: true });
  mkdirSync(dirname(join(instead, file)), { recursive: true });
  writeFileSync(join(instead, file), text);
  const script = join(own, 'start');
  const mount = `mount --bind '${instead}' '${folder}' && exec '${executable}' "$@"`;
  writeFileSync(
    script,
    `#!/bin/sh\nexec unshare --mount sh -c ${JSON.stringify(mount).replaceAll('$', '\\$')} sh "$@"\n`,
  );
  chmodSync(script, 0o755);
  return { executable: script, remove: () => rmSync(own, { recursive: true, force: true }) };
}
