/** Small helpers over trees of files. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * All files below a folder, as sorted relative paths with forward slashes. A folder that isn't there has none.
 * @param {string} folder
 * @returns {string[]}
 */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path
        .relative(folder, path.join(entry.parentPath ?? entry.path, entry.name))
        .split(path.sep)
        .join('/'),
    )
    .sort();
}

/**
 * Makes a folder hold exactly these files. What is equal already is not touched, so that a browser that has the folder
 * loaded sees changes only.
 * @param {string} folder
 * @param {Map<string, Uint8Array>} files
 * @returns {number} how many files were written or removed
 */
export function sync(folder, files) {
  let changes = 0;
  for (const present of filesBelow(folder)) {
    if (files.has(present)) continue;
    rmSync(path.join(folder, present));
    changes += 1;
  }
  for (const [name, bytes] of files) {
    const target = path.join(folder, name);
    if (existsSync(target) && readFileSync(target).equals(bytes)) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, bytes);
    changes += 1;
  }
  return changes;
}
