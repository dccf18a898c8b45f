// The README's first command, as it runs on a machine without a display.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const DEMO = fileURLToPath(new URL('../demo/demo.js', import.meta.url));
const skip = process.env['TETHER_BROWSER'] === 'firefox' && 'the demo runs in Chromium';

test('the demo plays the main job by itself to the end', { skip }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [DEMO, '--play']);
  assert.match(stdout, /Everything is as it should be/);
});
