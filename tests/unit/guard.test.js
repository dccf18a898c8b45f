// A control that has just come to where the mouse is takes no click for a moment, and a new primary neither click nor key.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Guard } from '../../extension/panel/guard.js';

/** As much of an element as the guard asks for. */
class FakeElement {
  /** @param {string} id @param {string} [kind] */
  constructor(id, kind = 'button') {
    this.id = id;
    this.kind = kind;
    this.marks = new Set();
  }

  /** @param {string} selector */
  matches(selector) {
    return selector === this.kind;
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
  const at = { control: new FakeElement('stop'), primary: new FakeElement('trace') };
  const root = {
    addEventListener: listen,
    contains: () => true,
    querySelectorAll: (/** @type {string} */ selector) =>
      selector === '.primary' ? [at.primary] : [at.control, at.primary],
    ownerDocument: {
      addEventListener: listen,
      documentElement: { addEventListener: listen },
      elementFromPoint: () => at.control,
    },
  };
  const guard = new Guard(/** @type {any} */ (root));
  /** Whether an event gets through. @param {string} type @param {object} event */
  const passes = (type, event) => {
    let stopped = false;
    const stop = () => {
      stopped = true;
    };
    listeners[type]?.({ preventDefault: stop, stopImmediatePropagation: stop, ...event });
    return !stopped;
  };
  /** Whether a click gets through. @param {number} [detail] 0: a key made it */
  const click = (detail = 1, target = at.control) => passes('click', { detail, target });
  const move = () => listeners['pointermove']?.({ clientX: 5, clientY: 5 });
  /** @param {string} id of the control that is there then */
  const become = (id) =>
    guard.during(() => {
      at.control = new FakeElement(id);
    });
  /** @param {string} id of the primary that is there then */
  const lead = (id) =>
    guard.during(() => {
      at.primary = new FakeElement(id);
    });
  return { click, passes, move, become, lead, at, guard };
}

test('a click on a control that replaced another one under the mouse counts only after a moment', (t) => {
  Reflect.set(globalThis, 'Element', FakeElement);
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.after(() => mock.timers.reset());
  const { click, move, become, at } = panel();
  move();
  assert.ok(click(), 'the button that is there is pressed');
  become('associate');
  assert.ok(at.control.marks.has('data-settling'));
  mock.timers.tick(399);
  assert.ok(!click(), 'the second click was meant for the control that was there before');
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

test('a primary that replaces another takes neither click nor key for a moment, wherever the mouse is', (t) => {
  Reflect.set(globalThis, 'Element', FakeElement);
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.after(() => mock.timers.reset());
  const { click, lead, at } = panel();
  lead('trace');
  assert.ok(click(1, at.primary), 'the first one of a panel that opens replaces none');
  lead('run');
  assert.ok(at.primary.marks.has('data-settling'));
  mock.timers.tick(399);
  assert.ok(!click(1, at.primary), 'the second click of a double click on Trace');
  assert.ok(!click(0, at.primary), 'and the second Enter');
  mock.timers.tick(1);
  assert.ok(click(1, at.primary));
  assert.ok(click(0, at.primary));
  assert.ok(!at.primary.marks.has('data-settling'));
});

test('a primary that stays may be pressed at once, whatever else is drawn anew', (t) => {
  Reflect.set(globalThis, 'Element', FakeElement);
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.after(() => mock.timers.reset());
  const { click, lead, at } = panel();
  lead('run');
  lead('run');
  assert.ok(click(1, at.primary));
  assert.ok(click(0, at.primary));
});

test('Enter that is held down presses once, and writes as many lines as it likes', () => {
  Reflect.set(globalThis, 'Element', FakeElement);
  const { passes } = panel();
  const enter = (/** @type {boolean} */ repeat, target = new FakeElement('run')) =>
    passes('keydown', { key: 'Enter', repeat, target });
  assert.ok(enter(false));
  assert.ok(!enter(true));
  assert.ok(enter(true, new FakeElement('addresses', 'textarea')));
});

test('while it holds nothing is taken, not even from a script', () => {
  Reflect.set(globalThis, 'Element', FakeElement);
  const { click, passes, guard } = panel();
  guard.hold(true);
  assert.ok(!click());
  assert.ok(!click(0));
  for (const type of ['submit', 'drop', 'dragover']) assert.ok(!passes(type, {}), type);
  guard.hold(false);
  assert.ok(click());
  assert.ok(passes('submit', {}));
});
