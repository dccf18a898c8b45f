// Attachments: served from Zendesk's own host to those who are signed in, or by a redirect to a signed address on the host for files.

import { randomBytes } from 'node:crypto';

/**
 * @typedef {import('./answers.js').Answer} Answer
 * @typedef {import('../world.js').Attachment} Attachment
 * @typedef {import('../world.js').ZendeskRecords} ZendeskRecords
 */

/** The host to which attachments are redirected. It knows no session: its addresses are signed, and end after a while. */
export const FILES_HOST = 'p19.zdusercontent.com';

/** Milliseconds for which a signed address is good. */
const SIGNED_FOR = 60_000;

/** @param {Attachment} one  @returns {Answer | undefined} */
const bytesOf = (one) =>
  one.content === undefined
    ? undefined
    : {
        status: 200,
        body: Buffer.from(one.content),
        headers: {
          'Content-Type': one.content_type,
          'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(one.file_name)}`,
          'X-Content-Type-Options': 'nosniff',
          'Cache-Control': 'private, no-store',
        },
      };

/** @param {() => number} now  milliseconds */
export function createAttachments(now) {
  /** @type {Map<string, {attachment: Attachment, until: number}>} */
  const signed = new Map();
  return {
    /**
     * The answer of Zendesk's own host; undefined if the address is no attachment's.
     * @param {ZendeskRecords} records
     * @param {URL} url
     * @param {{isSignedIn: boolean, redirects: boolean}} how
     * @returns {Answer | undefined}
     */
    ofHost(records, url, { isSignedIn, redirects }) {
      if (!url.pathname.startsWith('/attachments/')) return undefined;
      const all = records.tickets
        .flatMap((ticket) => ticket.comments)
        .flatMap((comment) => comment.attachments);
      const found = all.find((one) => {
        const address = new URL(one.content_url);
        return address.pathname === url.pathname && address.search === url.search;
      });
      if (!found) return undefined;
      if (!isSignedIn) {
        return {
          status: 302,
          body: '',
          headers: {
            Location: `/access/login?return_to=${encodeURIComponent(url.pathname + url.search)}`,
          },
        };
      }
      if (!redirects) return bytesOf(found);
      const token = randomBytes(24).toString('base64url');
      signed.set(token, { attachment: found, until: now() + SIGNED_FOR });
      return {
        status: 302,
        body: '',
        headers: {
          Location: `https://${FILES_HOST}/attachment/${found.id}/${encodeURIComponent(found.file_name)}?token=${token}`,
        },
      };
    },
    /**
     * The answer of the host for files.
     * @param {URL} url
     * @returns {Answer}
     */
    ofFilesHost(url) {
      const found = signed.get(url.searchParams.get('token') ?? '');
      const isGood =
        found &&
        found.until > now() &&
        url.pathname.startsWith(`/attachment/${found.attachment.id}/`);
      return (
        (isGood && bytesOf(found.attachment)) || {
          status: 403,
          body: 'Forbidden',
          headers: { 'Content-Type': 'text/plain' },
        }
      );
    },
  };
}
