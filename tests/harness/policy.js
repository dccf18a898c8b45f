/** An organization's policy for an extension, as Firefox on Linux reads it: from a manifest in the home folder, here the test's own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @param {string} extensionId
 * @param {unknown} data  the contents of `storage.managed`
 * @returns {{home: string, remove: () => void}}
 */
export function managedStorage(extensionId, data) {
  const home = mkdtempSync(join(tmpdir(), 'tether-home-'));
  const folder = join(home, '.mozilla', 'managed-storage');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `${extensionId}.json`),
    JSON.stringify({ name: extensionId, description: "Tether's policy", type: 'storage', data }),
  );
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}
