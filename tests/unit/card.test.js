// While a field of the card has the focus, a new card waits until it is left.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

Reflect.set(globalThis, 'CSS', { escape: (/** @type {string} */ text) => text });
const { Card } = await import('../../extension/shared/card.js');

/** A control. @param {string} id @param {boolean} [isField] */
const control = (id, isField = true) => ({ id, matches: () => isField });
/** @typedef {ReturnType<typeof control>} Control */

/** A card. @param {string} title @param {Control[]} [controls] @returns {any} */
const card = (title, controls = []) => ({
  title,
  contains: (/** @type {Control} */ one) => controls.includes(one),
  querySelector: (/** @type {string} */ selector) =>
    selector === '#next-heading'
      ? { textContent: title }
      : (controls.find(({ id }) => selector === `[id="${id}"]`) ?? null),
  cloneNode: () => card(title, controls),
});

/** What the core gave: its card, which may be replaced by another one. @param {any} [its] */
const content = (its) => {
  const found = { card: its };
  if (its)
    its.replaceWith = (/** @type {any} */ other) => {
      found.card = other;
    };
  return /** @type {any} */ ({
    found,
    querySelector: (/** @type {string} */ selector) =>
      selector === 'header.case'
        ? {
            after: (/** @type {any} */ one) => {
              found.card = one;
            },
          }
        : (found.card ?? null),
  });
};

/** A panel. */
function panel() {
  /** @type {Record<string, ((event: any) => void)[]>} */
  const listeners = {};
  const listen = (/** @type {string} */ type, /** @type {(event: any) => void} */ listener) => {
    listeners[type] = [...(listeners[type] ?? []), listener];
  };
  const tell = (/** @type {string} */ type, /** @type {any} */ event = {}) => {
    for (const listener of listeners[type] ?? []) listener(event);
  };
  const ownerDocument = {
    addEventListener: listen,
    activeElement: /** @type {Control | null} */ (null),
    hasFocus: () => true,
  };
  /** @type {any} */
  let shown = null;
  const releases = { count: 0 };
  const one = new Card(
    /** @type {any} */ ({
      addEventListener: listen,
      ownerDocument,
      querySelector: () => shown,
    }),
    () => {
      releases.count += 1;
    },
  );
  /** Draws what the core gave, and says the title of the card that is shown then. @param {any} [its] */
  const draw = (its) => {
    const given = content(its);
    one.keepIn(given);
    shown = given.found.card ?? null;
    return shown?.title;
  };
  /** @param {Control | null} target */
  const focus = (target) => {
    const before = ownerDocument.activeElement;
    ownerDocument.activeElement = target;
    if (before) tell('focusout', { target: before });
    if (target) tell('focusin', { target });
  };
  return { one, draw, focus, tell, releases, ownerDocument };
}

const FIELD = control('reason');

/** What was pressed: something that does something at once, or not. */
class Pressed {
  #acts;
  /** @param {boolean} acts */
  constructor(acts) {
    this.#acts = acts;
  }
  closest() {
    return this.#acts ? this : null;
  }
  matches() {
    return this.#acts;
  }
}
Reflect.set(globalThis, 'Element', Pressed);

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

test('a new card waits while a field has the focus, and comes once it is left', () => {
  const { draw, focus, releases } = panel();
  assert.equal(draw(card('Decide', [FIELD])), 'Decide');
  focus(FIELD);
  assert.equal(draw(card('Finish this ticket')), 'Decide');
  assert.equal(draw(undefined), 'Decide', 'no card is a new one, too');
  focus(control('elsewhere', false));
  assert.equal(releases.count, 0, 'the click that moves the focus comes first');
  mock.timers.tick(0);
  assert.equal(releases.count, 1);
  assert.equal(draw(card('Finish this ticket')), 'Finish this ticket');
});

test('the same card is drawn anew under the focus, but not without the field', () => {
  const { draw, focus } = panel();
  draw(card('Decide', [FIELD]));
  focus(FIELD);
  const other = control('other');
  assert.equal(draw({ ...card('Decide', [FIELD, other]), mark: 'new' }), 'Decide');
  assert.equal(draw(card('Decide', [other])), 'Decide');
  focus(null);
  assert.equal(draw(card('Decide', [other])), 'Decide');
});

test('between two fields of the card it waits on', () => {
  const { draw, focus, releases } = panel();
  const other = control('other');
  draw(card('Decide', [FIELD, other]));
  focus(FIELD);
  draw(card('Finish this ticket'));
  focus(other);
  mock.timers.tick(0);
  assert.equal(releases.count, 0);
});

test('a button, or a field elsewhere, holds nothing up', () => {
  const { draw, focus } = panel();
  for (const one of [control('stop', false), control('search')]) {
    draw(card('Decide', one.matches() ? [] : [one]));
    focus(one);
    assert.equal(draw(card('Finish this ticket')), 'Finish this ticket');
    focus(null);
  }
});

test('a window that has not the focus has no field that has it', () => {
  const { draw, focus, ownerDocument } = panel();
  draw(card('Decide', [FIELD]));
  focus(FIELD);
  ownerDocument.hasFocus = () => false;
  assert.equal(draw(card('Finish this ticket')), 'Finish this ticket');
});

test('what comes after the card was sent from its field is its result, until something else is typed', () => {
  const { one, draw, focus, tell } = panel();
  draw(card('Decide', [FIELD]));
  focus(FIELD);
  one.sent();
  assert.equal(draw(card('Running', [FIELD])), 'Running');
  tell('input', { target: FIELD });
  assert.equal(draw(card('Finish this ticket')), 'Running');
});

test('a press of a button leaves the field, even if the browser gives the button no focus', () => {
  const { draw, focus, tell } = panel();
  draw(card('Decide', [FIELD]));
  focus(FIELD);
  tell('click', { target: new Pressed(false) });
  assert.equal(draw(card('Running')), 'Decide', 'a click on the field itself is none');
  tell('click', { target: new Pressed(true) });
  assert.equal(draw(card('Running')), 'Running');
});

test('what comes after a choice that is sent at once is its result', () => {
  const { draw, focus, tell } = panel();
  draw(card('Decide', [FIELD]));
  focus(FIELD);
  tell('input', { target: FIELD });
  tell('change', { target: new Pressed(false) });
  assert.equal(draw(card('Running', [FIELD])), 'Decide', 'this one is sent with its form');
  tell('change', { target: new Pressed(true) });
  assert.equal(draw(card('Running', [FIELD])), 'Running');
});

test('what was pressed with the mouse stays until the button of the mouse is up', () => {
  const { draw, focus, tell, releases } = panel();
  draw(card('Decide', [FIELD]));
  focus(FIELD);
  draw(card('Finish this ticket'));
  tell('pointerdown');
  focus(control('accept', false));
  mock.timers.tick(1000);
  assert.equal(releases.count, 0);
  tell('pointerup');
  mock.timers.tick(0);
  assert.equal(releases.count, 1);
});

test('another case brings its card at once', () => {
  const { one, draw, focus } = panel();
  draw(card('Decide', [FIELD]));
  focus(FIELD);
  draw(card('Finish this ticket'));
  one.start(content(card('Trace')));
  focus(null);
  assert.equal(draw(card('Trace again')), 'Trace again');
});
