// `./build.sh demo`: the stand-ins of both sites and a Chromium with Tether. With a display you get a browser to try; without one,
// or with --play, it plays the main job by itself and fails if anything is wrong.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withProfile } from '../harness/patched.js';
import { LICENSE_TEST_PUBLIC_KEY } from '../standins/license-key.js';
import { startStandIns } from '../standins/start.js';
import { explore } from './explore.js';
import { play } from './play.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const unknown = process.argv.slice(2).filter((word) => word !== '--play');
if (unknown.length > 0) {
  console.error(`demo: there is no option ${unknown.join(' ')}; it takes --play`);
  process.exit(2);
}
const hasDisplay =
  process.platform === 'darwin' ||
  Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
const standIns = await startStandIns({ zendesk: { autoSignIn: true } });
// The stand-ins' license keys are invented: they open with a key of their own.
const built = await withProfile(join(ROOT, 'dist', 'chromium'), {
  license_keys: [LICENSE_TEST_PUBLIC_KEY],
});
const places = { extension: built.folder, pictures: join(ROOT, 'tests', 'out', 'demo') };
try {
  if (process.argv.includes('--play') || !hasDisplay) await play(standIns, places);
  else await explore(standIns, places);
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await standIns.close();
  await built.remove();
}
