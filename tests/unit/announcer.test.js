// A screen reader is told which ticket the panel shows, when that changes.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Announcer } from '../../extension/panel/announcer.js';

const key = (/** @type {number} */ ticket) => ({ host: 'gitlab.zendesk.com', ticket });

/** A view's header. @param {number} ticket @param {string} [subject] */
const view = (ticket, subject = '') =>
  /** @type {any} */ ({
    querySelector: (/** @type {string} */ selector) =>
      selector.endsWith('h1') ? { textContent: `Ticket #${ticket}` } : { textContent: subject },
  });

function announcer() {
  const region = { textContent: '' };
  const one = new Announcer(/** @type {any} */ (region));
  return { region, show: one.show.bind(one) };
}

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

test('the ticket for which the panel was opened is not announced', () => {
  const { region, show } = announcer();
  show(key(41), view(41, 'Associate me'));
  mock.timers.tick(5000);
  assert.equal(region.textContent, '');
});

test('another ticket is announced once, with its subject', () => {
  const { region, show } = announcer();
  show(key(41), view(41, 'Associate me'));
  show(key(42), view(42, '  Two\n contacts '));
  assert.equal(region.textContent, 'Ticket #42, Two contacts');
  region.textContent = 'as it was';
  show(key(42), view(42, 'Two contacts'));
  mock.timers.tick(5000);
  assert.equal(region.textContent, 'as it was');
});

test('a subject that is still read is waited for, and the number is said without it after a moment', () => {
  const { region, show } = announcer();
  show(key(41), view(41, 'Associate me'));
  show(key(42), view(42));
  assert.equal(region.textContent, '');
  mock.timers.tick(500);
  show(key(42), view(42, 'Two contacts'));
  assert.equal(region.textContent, 'Ticket #42, Two contacts');
  show(key(43), view(43));
  assert.equal(region.textContent, '', 'what was said of another ticket goes');
  mock.timers.tick(1000);
  assert.equal(region.textContent, 'Ticket #43');
  show(key(43), view(43, 'Late'));
  assert.equal(region.textContent, 'Ticket #43', 'nothing is said twice');
});

test('a ticket after none is announced, and none is announced by nothing', () => {
  const { region, show } = announcer();
  show(null, view(0));
  show(key(41), view(41, 'Associate me'));
  assert.equal(region.textContent, 'Ticket #41, Associate me');
  show(null, view(0));
  assert.equal(region.textContent, '');
});

test('the same number on another Zendesk is another ticket', () => {
  const { region, show } = announcer();
  show(key(41), view(41, 'Associate me'));
  show({ host: 'sandbox.zendesk.com', ticket: 41 }, view(41, 'A test'));
  assert.equal(region.textContent, 'Ticket #41, A test');
});
