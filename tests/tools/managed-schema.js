/**
 * Makes extension/managed-schema.json from extension/site-profile.json: what an organization's policy may set. Chromium refuses a
 * policy that does not fit it; Firefox asks for no schema. Run it after the profile's shape changed: node tests/tools/managed-schema.js
 */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXTENSION } from './project.js';

/** @typedef {{type: string, title?: string, description?: string, properties?: Record<string, Schema>, items?: Schema}} Schema */

/** What no setting changes; the core refuses it too. */
export const FIXED = [
  'version',
  'portal.known_hosts',
  'portal.of_zendesk',
  'zendesk.known_hosts',
  'zendesk.refused_hosts',
  'zendesk.file_host',
  'portal.admin_path',
  'portal.validate_action',
  'portal.models',
  'portal.models.license',
  'portal.models.cloud_activation',
  'portal.models.order',
  'portal.models.billing_account',
  'portal.models.contact',
];

/** What a group or a setting is, where its name does not say it. @type {Record<string, string>} */
const DESCRIPTIONS = {
  profile:
    'Settings that override the built-in ones. Engineers cannot change what is set here. A list replaces the whole built-in list.',
  portal: 'The Customers portal: hosts, addresses, and how Tether finds values on its pages.',
  'portal.hosts': 'Hosts on which the portal is read. Links lead to the first.',
  'portal.fields':
    'How values are found: keys are class names of fields, labels are printed beside them.',
  'portal.booleans': 'How yes, no and no value are shown.',
  'portal.no_trial_row': "What a cloud activation's page without a Trial row says: unknown, or no.",
  'portal.secrets':
    'Fields whose text never leaves the reader. Entries can be added to the built-in ones.',
  zendesk: 'Zendesk: hosts, fields, macros, limits, and how Tether finds things on its pages.',
  'zendesk.hosts': 'Hosts on which Tether works.',
  'zendesk.contact_limit': 'How many contacts an organization may have, 1 to 1000.',
  'zendesk.hand_over':
    'Who takes over a ticket: the first of these groups that exists in Zendesk, and optionally one person, by email address.',
  'zendesk.hand_on':
    'Where a ticket with another form goes after the association: group, form, stage, and the tags to take off.',
  'zendesk.macros': 'Titles of the macros for each reply.',
  'zendesk.replies': "The texts of replies if no macro is found, instead of Tether's own.",
  'zendesk.submit_menu': 'What a click on an entry of the submit menu does: submits or chooses.',
  'zendesk.note':
    'How a plan adds the internal note: saved (to the ticket) or composer (you submit it).',
  'zendesk.process':
    "Which process a case follows: handbook, or contact_management_app (GitLab's own app in Zendesk notes and associates).",
  'zendesk.removal_trace': 'Where a removal is recorded on the user: notes or details.',
  'zendesk.contact_project_phrases':
    "Phrases in an organization's notes and details that say that it manages its contacts in a project.",
  'zendesk.selectors': "CSS selectors for Zendesk's pages, tried in order.",
  license_keys: 'Public keys in PEM form that open license keys, in addition to the published one.',
};

/** @param {unknown} value @returns {string} */
const typeOf = (value) => (typeof value === 'number' ? 'integer' : 'string');

/**
 * @param {unknown} value  a part of the profile
 * @param {string} at  its path
 * @returns {Schema}
 */
function schemaOf(value, at) {
  const description = DESCRIPTIONS[at === '' ? 'profile' : at];
  const said = description === undefined ? {} : { description };
  if (Array.isArray(value)) return { type: 'array', ...said, items: { type: typeOf(value[0]) } };
  if (typeof value !== 'object' || value === null) return { type: typeOf(value), ...said };
  const parts = Object.entries(value).map(
    ([key, part]) => /** @type {const} */ ([key, part, at === '' ? key : `${at}.${key}`]),
  );
  const open = parts.filter(([, , inside]) => !FIXED.includes(inside));
  return {
    type: 'object',
    ...said,
    properties: Object.fromEntries(
      open.map(([key, part, inside]) => [key, schemaOf(part, inside)]),
    ),
  };
}

/** @param {unknown} profile the parsed site profile */
export const managedSchema = (profile) => ({
  type: 'object',
  properties: { profile: schemaOf(profile, '') },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const profile = JSON.parse(readFileSync(path.join(EXTENSION, 'site-profile.json'), 'utf8'));
  writeFileSync(
    path.join(EXTENSION, 'managed-schema.json'),
    `${JSON.stringify(managedSchema(profile), null, 2)}\n`,
  );
}
