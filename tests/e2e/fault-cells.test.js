// A share of the fault matrix (tests/native/fault_matrix.rs) in real browsers: one read and one write with every fault that a server can have. Each
// is named with what to do, the case keeps what it had, nothing is written twice, and doing what is offered completes it.
import assert from 'node:assert/strict';
import { atOneDesk } from './steps/desk.js';
import { addAsking, fieldOf, PROBLEM_TYPE, writes } from './steps/people.js';
import { end, goOn, linesOf } from './steps/tasks.js';
import { turns } from './steps/turns.js';

/**
 * @typedef {import('./steps/desk.js').Desk} Desk
 * @typedef {import('../standins/zendesk/faults.js').Fault} Fault
 *
 * @typedef {object} Cell
 * @property {string} name
 * @property {Omit<Fault, 'match'>} fault
 * @property {RegExp | undefined} read  what is said of a read; nothing where it succeeds all the same
 * @property {RegExp | undefined} write
 */

const HTML = '<!doctype html><title>Maintenance</title><p>We are back soon.';
const NOTHING = /nothing was written/i;

/** @type {Cell[]} */
const CELLS = [
  {
    name: 'no answer',
    fault: { loseAnswer: true },
    read: /could not be reached/,
    write: undefined,
  },
  {
    name: 'a redirect to sign in',
    fault: {
      status: 302,
      headers: { Location: 'https://gitlab.zendesk.com/access/unauthenticated' },
    },
    read: /signed out/,
    write: /signed out/,
  },
  {
    name: '401',
    fault: { status: 401, body: { error: "Couldn't authenticate you" } },
    read: /signed out/,
    write: /signed out/,
  },
  {
    name: '403',
    fault: { status: 403, body: { error: { title: 'Forbidden', message: 'no' } } },
    read: /may not read/,
    write: NOTHING,
  },
  {
    name: '404',
    fault: { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } },
    read: /no such record/,
    write: NOTHING,
  },
  {
    name: '409',
    fault: { status: 409, body: { error: 'UpdateConflict', description: 'Conflict' } },
    read: /changed in/,
    write: /./,
  },
  {
    name: '422',
    fault: {
      status: 422,
      body: { error: 'RecordInvalid', description: 'Record validation errors' },
    },
    read: /refused the request/,
    write: NOTHING,
  },
  {
    name: '429',
    fault: {
      status: 429,
      headers: { 'Retry-After': '1' },
      body: { error: 'APIRateLimitExceeded' },
    },
    read: undefined,
    write: undefined,
  },
  {
    name: '500',
    fault: { status: 500, body: HTML },
    read: /failed \(status 500\)/,
    write: NOTHING,
  },
  {
    name: 'HTML instead of JSON',
    fault: { status: 200, body: HTML },
    read: /something other than data/,
    write: NOTHING,
  },
  {
    name: 'truncated',
    fault: { truncate: 120 },
    read: /could not be reached|something other than data/,
    write: undefined,
  },
  {
    name: 'wrong types',
    fault: { status: 200, body: { ticket: { id: [], subject: 7 } } },
    read: /unknown form/,
    write: /does not show it/,
  },
  {
    name: '10 MB',
    fault: { status: 200, body: `"${'x'.repeat(10 << 20)}"` },
    read: /too large/,
    write: NOTHING,
  },
  { name: 'slow', fault: { delayMs: 1200 }, read: undefined, write: undefined },
];

const FIRST = 1061;

atOneDesk('faults in real browsers', {}, (add) => {
  add(
    'each fault of a read and of a write is said, keeps the case, and is overcome',
    async (desk) => {
      const panel = await desk.openPanel();
      const isNext = turns(desk.browser.kind);
      for (const [n, { name, fault, read, write }] of CELLS.entries()) {
        if (!isNext()) continue;
        const ticket = FIRST + n;
        const at = (/** @type {string} */ what) => `${name}, ${what}`;
        addAsking(desk, ticket, () => 'Hello.');
        const reading = desk.zendesk.faults.add({
          ...fault,
          match: `/api/v2/tickets/${ticket}?include=users,organizations`,
          method: 'GET',
          ...(read ? {} : { times: 1 }),
        });
        await desk.openTicket(ticket);
        if (read) {
          const { alerts, buttons } = await panel.shows(
            at('what is said of the read'),
            ({ title, alerts: said, sections }) =>
              title === `Ticket #${ticket}` &&
              [...said, sections['Next step'] ?? ''].some((one) => read.test(one)),
          );
          assert.ok(buttons.includes('Try again'), at(`a way on: ${alerts.join()}`));
          reading.remove();
          await panel.press('Try again');
        }
        await panel.showsTicket(ticket);
        assert.ok(reading.hits() > 0, at('the read met it'));
        await panel.shows(
          at('the fields'),
          ({ facts, busy }) => !busy && 'Problem type' in (facts['Requester'] ?? {}),
        );

        const writing = desk.zendesk.faults.add({
          ...fault,
          match: `/api/v2/tickets/${ticket}`,
          method: 'PUT',
          times: 1,
        });
        await panel.press('Set problem type');
        if (write) {
          const { text, facts } = await panel.shows(
            at('what is said of the write'),
            ({ alerts, busy }) => !busy && alerts.some((one) => write.test(one)),
          );
          assert.equal(facts['Requester']?.['Problem type'], 'empty', at(text));
          assert.equal(
            facts['Requester']?.['Name'],
            `Mary Major ${ticket - 1000}`,
            at('the case keeps what it had'),
          );
          await panel.press(goOn('Set problem type'));
        }
        await end(panel, 'Metadata', ['done']);
        assert.equal(writing.hits(), 1, at('the write met it'));
        assert.equal(
          fieldOf(desk, ticket, PROBLEM_TYPE.field),
          PROBLEM_TYPE.value,
          at('it is written'),
        );
        assert.deepEqual(
          (await linesOf(panel, 'Metadata')).flatMap(({ alerts }) => alerts),
          [],
          at('nothing stands in the way any more'),
        );
        const made = writes(desk).filter((one) => one === `PUT /api/v2/tickets/${ticket} 200`);
        assert.ok(made.length <= (write ? 2 : 1), at(made.join()));
      }
    },
  );
});
