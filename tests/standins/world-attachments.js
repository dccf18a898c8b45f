// Attachments of comments, with the addresses that Zendesk gives them.

import { createHash } from 'node:crypto';

/**
 * One attachment; its address is hard to guess and the same for the same ticket and name.
 * @param {number} ticket
 * @param {{name:string, type:string, content:string|Uint8Array}} given
 * @returns {import('./world.js').Attachment}
 */
export function attachment(ticket, { name, type, content }) {
  const hash = createHash('sha256').update(`attachment ${ticket} ${name}`).digest();
  const token = hash.toString('base64url').replace(/[-_]/g, 'x').slice(0, 25);
  return {
    id: 380_000_000_000 + hash.readUInt32BE(0),
    file_name: name,
    content_type: type,
    size: Buffer.byteLength(content),
    content_url: `https://gitlab.zendesk.com/attachments/token/${token}/?name=${encodeURIComponent(name).replaceAll('%20', '+')}`,
    malware_scan_result: 'malware_not_found',
    content,
  };
}

/** A picture of one point, as a stand-in for a screenshot. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
