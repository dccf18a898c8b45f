// The invented world: every record of both sites, made fresh for each test, so that tests may change anything.
// Nobody in it exists. Years are counted from the current one, so that "expired" and "paid" stay true for ever.

import { addFederal } from './world-federal.js';
import { addFiller } from './world-filler.js';
import { AGENT_ONE, AGENT_TWO, FIELD, GROUP_SUPPORT_OPS } from './world-ids.js';
import { macros } from './world-macros.js';
import { addScenarios } from './world-scenarios.js';
import { addEvidenceScenarios, EVIDENCE_SCENARIOS } from './world-scenarios-evidence.js';
import { addPeopleScenarios, PEOPLE_SCENARIOS } from './world-scenarios-people.js';
import { addProcessScenarios, PROCESS_SCENARIOS } from './world-scenarios-process.js';

export {
  AGENT_ONE,
  AGENT_TWO,
  FIELD,
  FORM_SUPPORT,
  FORM_SUPPORT_OPS,
  GROUP_SUPPORT_OPS,
  salesforce18,
} from './world-ids.js';

/**
 * One license as the portal's database holds it. Dates are `YYYY-MM-DD`, times are ISO 8601; `trial` null is a column that is NULL.
 * @typedef {object} License
 * @property {number} id
 * @property {number|null} customer_id
 * @property {string} license_type
 * @property {string} name
 * @property {string} company
 * @property {string} email
 * @property {string} plan_code
 * @property {string} zuora_subscription_id
 * @property {string|null} zuora_subscription_name
 * @property {boolean|null} trial
 * @property {number} users_count
 * @property {number} previous_users_count
 * @property {number} trueup_count
 * @property {string} starts_at
 * @property {string|null} expires_at
 * @property {string} issued_at
 * @property {string|null} notes
 * @property {string} license_key
 * @property {string} created_at
 *
 * @typedef {object} CloudActivation
 * @property {number} id
 * @property {string} activation_code  24 letters and digits; a secret
 * @property {string|null} subscription_name
 * @property {boolean|null} trial
 * @property {number|null} billing_account_id
 * @property {number|null} customer_id
 * @property {number} seats
 * @property {boolean} cloud_licensing
 * @property {boolean} auto_renew
 * @property {string} starts_at
 * @property {string|null} expires_at
 * @property {string|null} last_activated_at
 * @property {string} created_at
 *
 * @typedef {object} Order
 * @property {number} id
 * @property {number|null} customer_id
 * @property {string} product_rate_plan_id
 * @property {string} subscription_id
 * @property {string|null} subscription_name
 * @property {string} start_date
 * @property {string|null} end_date
 * @property {number} quantity
 * @property {boolean|null} trial
 * @property {string|null} gl_namespace_id
 * @property {string|null} gl_namespace_name
 * @property {string} created_at
 * @property {string} updated_at
 * @property {number|null} billing_account_id
 *
 * How a billing account shows its Sold to: the bare e-mail, `Name <e-mail>`, a mailto link, a link to the contact whose text
 * is `Name <e-mail>`, or a link to the contact whose text is the name alone.
 * @typedef {'email'|'name_email'|'mailto'|'contact_link'|'contact_name'} SoldToForm
 *
 * @typedef {object} BillingAccount
 * @property {number} id
 * @property {string} zuora_account_id
 * @property {string} zuora_account_name
 * @property {string|null} salesforce_account_id  15 or 18 characters
 * @property {number|null} bill_to_id
 * @property {number|null} sold_to_id
 * @property {SoldToForm} sold_to_form
 * @property {string} created_at
 * @property {string} updated_at
 *
 * @typedef {object} Contact
 * @property {number} id
 * @property {string} first_name
 * @property {string} last_name
 * @property {string} work_email
 * @property {string} zuora_contact_id
 * @property {string} address1
 * @property {string} city
 * @property {string} postal_code
 * @property {string} country
 * @property {number|null} billing_account_id
 * @property {string} created_at
 *
 * @typedef {object} Customer
 * @property {number} id
 * @property {string} first_name
 * @property {string} last_name
 * @property {string} email
 * @property {string} company
 * @property {number|null} billing_account_id
 * @property {string} created_at
 *
 * @typedef {object} OrganizationFields
 * @property {string|null} salesforce_id   18 characters
 * @property {string|null} sfdc_short_id   15 characters
 * @property {string|null} account_type
 * @property {string|null} support_level
 * @property {string|null} expiration_date
 * @property {boolean} support_hold
 * @property {boolean} restricted_account
 * @property {boolean} partner_customer
 *
 * @typedef {object} Organization
 * @property {number} id
 * @property {string} name
 * @property {string} notes
 * @property {string} details
 * @property {string[]} domain_names
 * @property {OrganizationFields} organization_fields
 * @property {string[]} tags
 * @property {string} created_at
 * @property {string} updated_at
 *
 * @typedef {object} User
 * @property {number} id
 * @property {string} name
 * @property {string} email
 * @property {'end-user'|'agent'|'admin'} role
 * @property {number|null} organization_id  the default one
 * @property {number[]} [other_organizations]  those that the user is in besides
 * @property {string[]} [other_emails]  addresses beside the primary one
 * @property {boolean} [active]  false: deleted
 * @property {boolean} suspended
 * @property {string} notes
 * @property {string} details
 * @property {string} created_at
 * @property {string} updated_at
 *
 * @typedef {object} Attachment
 * @property {number} id
 * @property {string} file_name
 * @property {string} content_type
 * @property {number} size
 * @property {string} content_url
 * @property {string} malware_scan_result
 * @property {string|Uint8Array} [content]  what the address answers with; not part of the API's answer
 *
 * @typedef {object} Comment
 * @property {number} id
 * @property {number} author_id
 * @property {string} html_body
 * @property {boolean} [fromWorkspace]  typed in the agent workspace
 * @property {string} plain_body
 * @property {boolean} public
 * @property {string} created_at
 * @property {Attachment[]} attachments
 *
 * @typedef {object} Ticket
 * @property {number} id
 * @property {string} subject
 * @property {string} description
 * @property {'new'|'open'|'pending'|'hold'|'solved'|'closed'} status
 * @property {number} requester_id
 * @property {number|null} assignee_id
 * @property {number|null} group_id
 * @property {number|null} organization_id
 * @property {number} ticket_form_id
 * @property {string[]} tags
 * @property {{id:number, value:string|null}[]} custom_fields
 * @property {string} created_at
 * @property {string} updated_at
 * @property {Comment[]} comments
 *
 * @typedef {object} TicketField
 * @property {number} id
 * @property {string} title
 * @property {'subject'|'description'|'status'|'text'|'tagger'} type
 * @property {boolean} active
 * @property {{id:number, name:string, value:string}[]} [custom_field_options]
 *
 * @typedef {{id:number, name:string}} Group
 * @typedef {{id:number, title:string, active:boolean, restriction?: {type: string, id: number} | null, actions:{field:string, value:string}[]}} Macro
 *
 * The records of one Zendesk instance.
 * @typedef {object} ZendeskRecords
 * @property {Organization[]} organizations
 * @property {User[]} users
 * @property {Ticket[]} tickets
 * @property {TicketField[]} ticketFields
 * @property {Group[]} groups
 * @property {Macro[]} macros
 * @property {number} agentId  the user who is signed in
 * @property {{id: number, name: string, active: boolean}[]} [ticketForms]  other forms than the usual ones
 * @property {string[]} [organizationFields]  other keys than the usual ones
 *
 * The records of the portal.
 * @typedef {object} PortalRecords
 * @property {License[]} licenses
 * @property {CloudActivation[]} cloudActivations
 * @property {Order[]} orders
 * @property {BillingAccount[]} billingAccounts
 * @property {Contact[]} contacts
 * @property {Customer[]} customers
 *
 * @typedef {object} WorldExtras
 * @property {number} year  the year that "now" is in
 * @property {ZendeskRecords} federal  the US Government instance
 * @property {Record<number, string>} scenarios  what each ticket of the global instance shows
 *
 * @typedef {PortalRecords & ZendeskRecords & WorldExtras} World
 */

/** @returns {TicketField[]} */
function ticketFields() {
  return [
    { id: 360001000101, title: 'Subject', type: 'subject', active: true },
    { id: 360001000102, title: 'Description', type: 'description', active: true },
    { id: 360001000103, title: 'Status', type: 'status', active: true },
    {
      id: FIELD.problemType,
      title: 'Support Ops Problem Type',
      type: 'tagger',
      active: true,
      custom_field_options: [
        { id: 1, name: "Manage my organization's contacts", value: 'supportops_manage_contacts' },
        {
          id: 2,
          name: 'Associate my account with my organization',
          value: 'supportops_associate_account',
        },
        { id: 3, name: 'Zendesk sign-in problem', value: 'supportops_zendesk_sign_in' },
        { id: 4, name: 'Other', value: 'supportops_other' },
      ],
    },
    {
      id: FIELD.productType,
      title: 'L&R Product Type',
      type: 'tagger',
      active: true,
      custom_field_options: [
        { id: 11, name: 'GitLab.com', value: 'lr_gitlab_com' },
        { id: 12, name: 'Self-Managed', value: 'lr_self_managed' },
        { id: 13, name: 'GitLab Dedicated', value: 'lr_dedicated' },
      ],
    },
    { id: FIELD.subscriptionEmail, title: 'Subscription Email', type: 'text', active: true },
    { id: FIELD.subscriptionNumber, title: 'Subscription Number', type: 'text', active: true },
    {
      id: FIELD.ticketStage,
      title: 'Ticket Stage',
      type: 'tagger',
      active: true,
      custom_field_options: [
        { id: 21, name: 'FRT', value: 'stage_frt' },
        { id: 22, name: 'NRT', value: 'stage_nrt' },
        { id: 23, name: 'Paused', value: 'stage_paused' },
      ],
    },
  ];
}

/**
 * All invented records. Every call makes a fresh world; nothing is shared between two.
 * @returns {World}
 */
export function createWorld() {
  /** @returns {User} */
  const agent = (
    /** @type {number} */ id,
    /** @type {string} */ name,
    /** @type {string} */ email,
    /** @type {'agent'|'admin'} */ role,
  ) => ({
    id,
    name,
    email,
    role,
    organization_id: null,
    suspended: false,
    notes: '',
    details: '',
    created_at: '2021-03-01T09:00:00Z',
    updated_at: '2026-01-05T09:00:00Z',
  });
  /** @type {World} */
  const world = {
    year: new Date().getUTCFullYear(),
    licenses: [],
    cloudActivations: [],
    orders: [],
    billingAccounts: [],
    contacts: [],
    customers: [],
    organizations: [],
    users: [
      agent(AGENT_ONE, 'Agent One', 'agent.one@example.com', 'agent'),
      agent(AGENT_TWO, 'Agent Two', 'agent.two@example.com', 'agent'),
      agent(370000000003, 'Admin Example', 'admin@example.com', 'admin'),
    ],
    tickets: [],
    ticketFields: ticketFields(),
    groups: [
      { id: GROUP_SUPPORT_OPS, name: 'Support Ops' },
      { id: 360003401221, name: 'Support Ops Fullstack' },
    ],
    macros: macros(),
    agentId: AGENT_ONE,
    federal: {
      organizations: [],
      users: [agent(380000000001, 'Agent One', 'agent.one@example.com', 'agent')],
      tickets: [],
      ticketFields: ticketFields(),
      groups: [{ id: 380003401220, name: 'Support Ops' }],
      macros: [],
      agentId: 380000000001,
    },
    scenarios: {},
  };
  addScenarios(world);
  addPeopleScenarios(world);
  addProcessScenarios(world);
  addEvidenceScenarios(world);
  Object.assign(world.scenarios, PEOPLE_SCENARIOS, PROCESS_SCENARIOS, EVIDENCE_SCENARIOS);
  addFederal(world);
  addFiller(world);
  return world;
}
