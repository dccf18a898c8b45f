/** A virtual screen: a display server without a monitor, a small window manager, and a tool for mouse and keys. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { closeWithProcess } from './processes.js';
import { until, within } from './wait.js';

const call = promisify(execFile);

/** What it needs, of Debian's packages xvfb, openbox, xdotool and x11-utils; pictures need imagemagick too. */
const TOOLS = ['Xvfb', 'openbox', 'xdotool', 'xprop'];

/** Which of the programs it needs this machine does not have. */
export const missingTools = () =>
  TOOLS.filter(
    (name) =>
      !(process.env['PATH'] ?? '')
        .split(delimiter)
        .some((folder) => existsSync(join(folder, name))),
  );

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Place  of a window with its frame, in pixels of the screen
 *
 * @typedef {object} Screen
 * @property {string} display  such as `:99`
 * @property {(...words: (string | number)[]) => Promise<string>} xdotool  what it answers
 * @property {(classes: string[]) => Promise<string[]>} windows  ids of the browser windows that are shown, by the class of their program
 * @property {(id: string, place: Place) => Promise<void>} place  resolves when the window is there
 * @property {(id: string) => Promise<void>} activate  brings the window to the front with the keyboard's focus; resolves when it has it
 * @property {(x: number, y: number) => Promise<void>} move  the mouse
 * @property {(x: number, y: number, options?: {button?: number, count?: number}) => Promise<void>} click
 * @property {(file: string) => Promise<void>} picture  a PNG of the whole screen
 * @property {() => Promise<void>} close
 */

/**
 * @param {{width?: number, height?: number}} [size]
 * @returns {Promise<Screen>}
 */
export async function openScreen({ width = 2400, height = 1000 } = {}) {
  // The server takes a free number by itself and writes it where it is asked to.
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      detached: true,
    },
  );
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let manager;
  const close = async () => {
    manager?.kill();
    await stop(server);
    forget();
  };
  const forget = closeWithProcess({ close, pid: server.pid, temporaryProfile: undefined });
  try {
    const number = await within('starting Xvfb', firstLine(server));
    const display = `:${number}`;
    const env = { ...process.env, DISPLAY: display };
    /** @param {(string | number)[]} words */
    const xdotool = async (...words) =>
      (await call('xdotool', words.map(String), { env })).stdout.trim();
    // The same file of rules everywhere: what a machine's own says is of no concern.
    manager = spawn(
      'openbox',
      ['--sm-disable', '--config-file', new URL('./openbox.xml', import.meta.url).pathname],
      { env, stdio: 'ignore' },
    );
    manager.once('error', () => undefined);
    await until('the window manager is there', () =>
      call('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'], { env }).then(({ stdout }) =>
        stdout.includes('window id'),
      ),
    );
    return {
      display,
      xdotool,
      async windows(classes) {
        const found = await Promise.all(
          classes.map((name) =>
            xdotool('search', '--onlyvisible', '--class', name).catch(() => ''),
          ),
        );
        const ids = [...new Set(found.flatMap((text) => text.split('\n')).filter(Boolean))];
        const kinds = await Promise.all(
          ids.map((id) =>
            call('xprop', ['-id', id, 'WM_STATE', '_NET_WM_WINDOW_TYPE'], { env }).then(
              ({ stdout }) => stdout,
              () => '',
            ),
          ),
        );
        return ids.filter(
          (_, n) =>
            /window state: Normal/.test(kinds[n] ?? '') && /_TYPE_NORMAL/.test(kinds[n] ?? ''),
        );
      },
      async place(id, { x, y, width: w, height: h }) {
        await xdotool('windowsize', id, w, h, 'windowmove', id, x, y);
        await until('the window has its place', async () => {
          const at = Object.fromEntries(
            (await xdotool('getwindowgeometry', '--shell', id))
              .split('\n')
              .map((line) => line.split('=')),
          );
          return (
            Number(at['X']) === x &&
            Number(at['Y']) === y &&
            Number(at['WIDTH']) === w &&
            Number(at['HEIGHT']) === h
          );
        });
      },
      async activate(id) {
        await xdotool('windowactivate', '--sync', id);
        await until(
          'the window has the focus',
          async () => (await xdotool('getactivewindow').catch(() => '')) === id,
        );
      },
      async move(x, y) {
        await xdotool('mousemove', Math.round(x), Math.round(y));
      },
      async click(x, y, { button = 1, count = 1 } = {}) {
        await xdotool(
          'mousemove',
          Math.round(x),
          Math.round(y),
          'click',
          '--repeat',
          count,
          '--delay',
          40,
          button,
        );
      },
      async picture(file) {
        await mkdir(dirname(file), { recursive: true });
        await call('import', ['-window', 'root', file], { env });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {import("node:child_process").ChildProcess} server
 * @returns {Promise<string>}
 */
function firstLine(server) {
  return new Promise((resolve, reject) => {
    let text = '';
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3]?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.trim());
    });
  });
}

/** @param {import("node:child_process").ChildProcess} child */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await within('ending Xvfb', gone, 10_000).catch(() => child.kill('SIGKILL'));
}
