/** A copy of the built extension in its own folder, with another site profile or manifest, or unpacked from its package. The shipped files
 * stay unchanged. */

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { filesBelow } from '../tools/files.js';
import { archive } from '../tools/package.js';
import { unpack } from '../tools/unpack.js';

/**
 * @param {string} extension  folder of the built extension
 * @param {Record<string, unknown>} changes  keys of the profile with their new values
 * @param {string[]} [grants]  hosts that the shipped extension asks for in a click: Chromium's question for them cannot be answered by a
 *   test, so there they are granted from the start
 * @returns {Promise<{folder: string, remove: () => Promise<void>}>}
 */
export async function withProfile(extension, changes, grants = []) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tether-profile-'));
  await cp(extension, folder, { recursive: true });
  const file = path.join(folder, 'site-profile.json');
  await writeFile(
    file,
    JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...changes }),
  );
  if (grants.length > 0) {
    const manifest = path.join(folder, 'manifest.json');
    const asks = JSON.parse(await readFile(manifest, 'utf8'));
    asks.host_permissions.push(...grants);
    await writeFile(manifest, JSON.stringify(asks));
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * The extension packed as for a store, and unpacked as a browser does.
 * @param {string} extension  folder of the built extension
 * @returns {Promise<{folder: string, remove: () => Promise<void>}>}
 */
export async function packedAndUnpacked(extension) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tether-package-'));
  const zip = `${folder}.zip`;
  await writeFile(zip, archive(extension, filesBelow(extension)));
  unpack(zip, folder);
  await rm(zip);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
