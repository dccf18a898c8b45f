/** Unpacks an archive that package.js made, with the permissions of its files, as any unzip does. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unzipSync } from 'fflate';

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * The permissions that an archive's directory names, which fflate does not tell.
 * @param {Buffer} zip
 * @returns {Map<string, number>}
 */
function permissions(zip) {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error('this is no zip archive');
  const modes = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error('the directory of the archive is broken');
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    modes.set(
      zip.toString('utf8', at + 46, at + 46 + (name ?? 0)),
      (zip.readUInt32LE(at + 38) >>> 16) & 0o777,
    );
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return modes;
}

/**
 * @param {string} archive
 * @param {string} folder
 * @returns {string[]} the files' names, as they stand in the archive
 */
export function unpack(archive, folder) {
  const zip = readFileSync(archive);
  const modes = permissions(zip);
  const entries = Object.entries(unzipSync(new Uint8Array(zip)));
  for (const [name, bytes] of entries) {
    const target = path.join(folder, name);
    if (!target.startsWith(folder + path.sep)) throw new Error(`${name} leads out of the folder`);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, bytes, { mode: modes.get(name) ?? 0o644 });
  }
  return entries.map(([name]) => name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [archive, folder] = parseArgs({ allowPositionals: true }).positionals;
  if (!archive || !folder) throw new Error('usage: node unpack.js ARCHIVE FOLDER');
  unpack(archive, path.resolve(folder));
}
