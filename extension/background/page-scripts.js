// The scripts for each page job. They are injected only when the job is given, those that others
// need first.

const COMPOSER = 'pages/zendesk-composer.js';
const FIELD = 'pages/zendesk-field.js';

/** @type {Record<import('../shared/boundary.js').Job['kind'], string[]>} */
export const SCRIPTS = {
  write_note: [COMPOSER, 'pages/zendesk-compose.js'],
  write_reply: [COMPOSER, 'pages/zendesk-status.js', 'pages/zendesk-compose.js'],
  take_reply_out: [COMPOSER, 'pages/zendesk-take-out.js'],
  look_at_ticket: [COMPOSER, 'pages/zendesk-shown.js'],
  request: ['pages/zendesk-request.js'],
  fill_organization: [FIELD, 'pages/zendesk-organization.js'],
  fill_key: ['pages/portal-fill.js'],
  diagnose_portal: ['pages/portal-diagnose.js'],
  take_page: ['pages/take-page.js'],
  diagnose_zendesk: [COMPOSER, FIELD, 'pages/zendesk-diagnose.js'],
};
