// Sends an answer, or what a fault makes of it.

import { setTimeout as wait } from 'node:timers/promises';

/**
 * @typedef {import('./answers.js').Answer} Answer
 * @typedef {import('./faults.js').Fault} Fault
 */

/** @param {unknown} body @returns {Buffer} */
function bytesOf(body) {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? null));
}

/**
 * @param {import('node:http').IncomingMessage} req
 * @param {import('node:http').ServerResponse} res
 * @param {Fault | undefined} fault
 * @param {number} delayMs
 * @param {() => Promise<Answer>} answerOf  does what was asked
 */
export async function send(req, res, fault, delayMs, answerOf) {
  const delay = delayMs + (fault?.delayMs ?? 0);
  if (delay) await wait(delay);
  await fault?.hold?.();
  if (fault?.hang) {
    req.resume();
    return;
  }
  const replaced = fault?.status !== undefined || fault?.body !== undefined;
  /** @type {Answer} */
  let answer = { status: 200, body: '' };
  if (!replaced || fault?.applied) answer = await answerOf();
  else req.resume();
  if (replaced) answer = { status: fault?.status ?? 200, body: fault?.body ?? '' };
  if (fault?.dropConnection) {
    req.socket.destroy();
    return;
  }
  if (fault?.loseAnswer) {
    // Browsers reject an answer with two lengths. If the connection were merely closed, a browser reusing it would resend the request,
    // even a write.
    req.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n');
    return;
  }

  const bytes = bytesOf(answer.body);
  const isText = typeof answer.body === 'string';
  res.statusCode = answer.status;
  res.setHeader(
    'Content-Type',
    isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
  );
  for (const [name, value] of Object.entries({ ...answer.headers, ...fault?.headers }))
    res.setHeader(name, value);
  if (fault?.contentType) res.setHeader('Content-Type', fault.contentType);
  res.setHeader('Content-Length', bytes.length);
  if (fault?.truncate !== undefined) {
    res.write(bytes.subarray(0, fault.truncate), () => req.socket.destroy());
    return;
  }
  res.end(req.method === 'HEAD' ? undefined : bytes);
}
