// A control that has just come to where the mouse is takes no click for a moment.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Guard } from '../../extension/panel/guard.js';

/** As much of an element as the guard asks for. */
class FakeElement {
  /** @param {string} id */
  constructor(id) {
    this.id = id;
    this.marks = new Set();
  }

  matches() {
    return false;
  }

  closest() {
    return this;
  }

  /** @param {string} name */
  setAttribute(name) {
    this.marks.add(name);
  }

  /** @param {string} name */
  removeAttribute(name) {
    this.marks.delete(name);
  }
}

/** A panel with one control under the mouse. */
function panel() {
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const listen = (/** @type {string} */ type, /** @type {(event: any) => void} */ listener) => {
    listeners[type] = listener;
  };
  const at = { control: new FakeElement('stop') };
  const root = {
    addEventListener: listen,
    contains: () => true,
    querySelectorAll: () => [at.control],
    ownerDocument: {
      addEventListener: listen,
      documentElement: { addEventListener: listen },
      elementFromPoint: () => at.control,
    },
  };
  const guard = new Guard(/** @type {any} */ (root));
  /** Whether a click gets through. @param {number} [detail] 0: a key made it */
  const click = (detail = 1) => {
    let stopped = false;
    const stop = () => {
      stopped = true;
    };
    listeners['click']?.({
      detail,
      target: at.control,
      preventDefault: stop,
      stopImmediatePropagation: stop,
    });
    return !stopped;
  };
  const move = () => listeners['pointermove']?.({ clientX: 5, clientY: 5 });
  /** @param {string} id of the control that is there then */
  const become = (id) =>
    guard.during(() => {
      at.control = new FakeElement(id);
    });
  return { click, move, become, at };
}

test('a click on a control that replaced another one under the mouse counts only after a moment', (t) => {
  Reflect.set(globalThis, 'Element', FakeElement);
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.after(() => mock.timers.reset());
  const { click, move, become, at } = panel();
  move();
  assert.ok(click(), 'what stands there is pressed');
  become('associate');
  assert.ok(at.control.marks.has('data-settling'));
  mock.timers.tick(399);
  assert.ok(!click(), 'the second click was meant for what stood there before');
  assert.ok(click(0), 'a key goes to what has the focus, wherever the mouse is');
  mock.timers.tick(1);
  assert.ok(click());
  assert.ok(!at.control.marks.has('data-settling'));
});

test('a control that takes no click yet shows it even if the panel is drawn anew meanwhile', (t) => {
  Reflect.set(globalThis, 'Element', FakeElement);
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.after(() => mock.timers.reset());
  const { click, move, become, at } = panel();
  move();
  become('associate');
  mock.timers.tick(200);
  become('associate');
  assert.ok(at.control.marks.has('data-settling'));
  assert.ok(!click());
  mock.timers.tick(200);
  assert.ok(!at.control.marks.has('data-settling'));
  assert.ok(click());
});

test('the same control, drawn anew, may be clicked at once', (t) => {
  Reflect.set(globalThis, 'Element', FakeElement);
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.after(() => mock.timers.reset());
  const { click, move, become } = panel();
  move();
  become('stop');
  assert.ok(click());
});

test('without a mouse in the panel nothing is held back', () => {
  Reflect.set(globalThis, 'Element', FakeElement);
  const { click, become } = panel();
  become('associate');
  assert.ok(click());
});
