/** The built extension with another site profile, in a folder of its own: what is shipped stays as it is. */

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * @param {string} extension  folder of the built extension
 * @param {Record<string, unknown>} changes  keys of the profile with their new values
 * @returns {Promise<{folder: string, remove: () => Promise<void>}>}
 */
export async function withProfile(extension, changes) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tether-profile-'));
  await cp(extension, folder, { recursive: true });
  const file = path.join(folder, 'site-profile.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...changes }));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
