// The admin's models: which fields a show page and a list have, in which order, under which labels, and how a record is called.

import { zuoraId } from '../world-build.js';

/**
 * A record of any model, looked at by field name.
 * @typedef {Record<string, unknown> & {id: number}} Row
 *
 * `source` is the column or the way to the value; an association gives the model that it leads to.
 * @typedef {object} Field
 * @property {string} name  the class on the page is this plus `_field`
 * @property {string} label
 * @property {'integer'|'string'|'text'|'boolean'|'date'|'datetime'|'belongs_to_association'|'has_many_association'} type
 * @property {(row: Row) => unknown} value
 * @property {string} [to]  the model that an association leads to
 * @property {'zuora'|'hostnames'|'pre'|'sold_to'|'salesforce'|'trial'} [form]  a way of its own to show the value
 *
 * @typedef {object} Model
 * @property {string} name
 * @property {string} label
 * @property {string} plural
 * @property {Field[]} show
 * @property {Field[]} list
 * @property {() => Row[]} rows
 * @property {(row: Row) => string} title
 * @property {[name:string, label:string, icon3:string, icon2:string][]} members  tabs of a record
 * @property {[name:string, label:string, icon3:string, icon2:string][]} collections  tabs of the list
 */

/** @type {[string, string, string, string]} */
const SHOW = ['show', 'Show', 'fas fa-info-circle', 'icon-info-sign'];
/** @type {[string, string, string, string]} */
const EDIT = ['edit', 'Edit', 'fas fa-pencil-alt', 'icon-pencil'];
/** @type {[string, string, string, string]} */
const REMOVE = ['delete', 'Delete', 'fas fa-times', 'icon-remove'];
/** @type {[string, string, string, string]} */
const HISTORY = ['history', 'History', 'fas fa-book', 'icon-book'];
/** @type {[string, string, string, string]} */
const LIST = ['index', 'List', 'fas fa-th-list', 'icon-th-list'];
/** @type {[string, string, string, string]} */
const NEW = ['new', 'Add new', 'fas fa-plus', 'icon-plus'];
/** @type {[string, string, string, string]} */
const EXPORT = ['export', 'Export', 'fas fa-file-export', 'icon-share'];

/** Sidebar entries in their order; those without records of their own answer with an empty list. */
export const SIDEBAR = /** @type {[string, string][]} */ ([
  ['billing_account', 'Billing accounts'],
  ['billing_account_contact', 'Billing account contacts'],
  ['cloud_activation', 'Cloud activations'],
  ['customer', 'Customers'],
  ['license', 'Licenses'],
  ['order', 'Orders'],
]);

/**
 * @param {string} name
 * @param {string} label
 * @param {Field['type']} type
 * @param {Partial<Field>} [more]
 * @returns {Field}
 */
function field(name, label, type, more = {}) {
  return { name, label, type, value: (row) => row[name], ...more };
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} to
 * @param {Partial<Field>} [more]
 * @returns {Field}
 */
function belongsTo(name, label, to, more = {}) {
  return {
    name,
    label,
    type: 'belongs_to_association',
    to,
    value: (row) => row[`${name}_id`],
    ...more,
  };
}

/**
 * The models over a world's records. The arrays are looked up at each call, so that a test may also replace them.
 * @param {import('../world.js').World} world
 * @param {import('./options.js').PortalOptions} options
 * @returns {Map<string, Model>}
 */
export function createModels(world, options) {
  const id = field('id', 'Id', 'integer');
  const created = field('created_at', 'Created at', 'datetime');
  const updated = field('updated_at', 'Updated at', 'datetime');
  /** @type {Field} */
  const trial = {
    ...field('trial', 'Trial', 'boolean', { form: 'trial' }),
    get name() {
      return options.trialAs?.name ?? 'trial';
    },
    get label() {
      return options.trialAs?.label ?? 'Trial';
    },
  };
  const customer = belongsTo('customer', 'Customer', 'customer');
  const account = belongsTo('billing_account', 'Billing account', 'billing_account');
  const starts = field('starts_at', 'Starts at', 'date');
  const expires = field('expires_at', 'Expires at', 'date');
  const issued = field('issued_at', 'Issued at', 'datetime');
  const licenseType = field('license_type', 'License type', 'string');
  const name = field('name', 'Name', 'string');
  const company = field('company', 'Company', 'string');
  const email = field('email', 'Email', 'string');
  const plan = field('plan_code', 'Plan code', 'string');
  const users = field('users_count', 'Users count', 'integer');
  /** @type {Field} */
  const zuoraName = {
    ...field('zuora_subscription_name', '', 'string', { form: 'zuora' }),
    get label() {
      return options.subscriptionLabel ?? 'Zuora subscription name';
    },
  };
  const subscription = field('subscription_name', 'Subscription name', 'string');
  const soldTo = belongsTo('sold_to', 'Sold to', 'billing_account_contact', { form: 'sold_to' });
  const salesforce = field('salesforce_account_id', 'Salesforce account', 'string', {
    form: 'salesforce',
  });
  const code = field('activation_code', 'Activation code', 'string');
  const seats = field('seats', 'Seats', 'integer');
  const ratePlan = field('product_rate_plan_id', 'Product rate plan', 'string');
  const startDate = field('start_date', 'Start date', 'date');
  const endDate = field('end_date', 'End date', 'date');
  const quantity = field('quantity', 'Quantity', 'integer');
  const namespace = field('gl_namespace_id', 'Gl namespace', 'string');
  const namespaceName = field('gl_namespace_name', 'Gl namespace name', 'string');
  const zuoraAccount = field('zuora_account_id', 'Zuora account ID', 'string');
  const zuoraAccountName = field('zuora_account_name', 'Zuora account name', 'string');
  const first = field('first_name', 'First name', 'string');
  const last = field('last_name', 'Last name', 'string');
  const workEmail = field('work_email', 'Work email', 'string');
  /** @param {unknown[]} rows */
  const asRows = (rows) => /** @type {Row[]} */ (rows);
  /** @param {Row} row */
  const person = (row) => `${row['first_name']} ${row['last_name']}`;

  /** @type {Model[]} */
  const models = [
    {
      name: 'license',
      label: 'License',
      plural: 'Licenses',
      rows: () => asRows(world.licenses),
      title: (row) => String(row['name']),
      show: [
        id,
        licenseType,
        trial,
        name,
        company,
        email,
        issued,
        starts,
        expires,
        users,
        field('previous_users_count', 'Previous users count', 'integer'),
        field('trueup_count', 'Trueup count', 'integer'),
        field('zuora_subscription_id', 'Zuora subscription ID', 'string'),
        zuoraName,
        plan,
        customer,
        field('notes', 'Notes', 'text'),
        {
          name: 'hostnames_with_this_license',
          label: 'Hostnames with this license',
          type: 'string',
          form: 'hostnames',
          value: (row) => row.id,
        },
        created,
        field('license_key', 'License key', 'text', { form: 'pre' }),
      ],
      list: [
        id,
        licenseType,
        name,
        company,
        email,
        plan,
        trial,
        users,
        zuoraName,
        issued,
        starts,
        expires,
      ],
      members: [
        SHOW,
        EDIT,
        ['duplicate_license', 'Duplicate', 'fas fa-copy', 'icon-share'],
        ['resend_license', 'Resend to customer', 'fas fa-envelope', 'icon-envelope'],
        HISTORY,
      ],
      collections: [
        LIST,
        ['new_license', 'Add new License', 'fas fa-plus', 'icon-plus'],
        ['validate_license', 'Validate License', 'fas fa-check-circle', 'icon-ok'],
        EXPORT,
      ],
    },
    {
      name: 'cloud_activation',
      label: 'Cloud activation',
      plural: 'Cloud activations',
      rows: () => asRows(world.cloudActivations),
      title: (row) => `CloudActivation #${row.id}`,
      show: [
        id,
        code,
        subscription,
        trial,
        account,
        customer,
        seats,
        field('cloud_licensing', 'Cloud licensing', 'boolean'),
        field('auto_renew', 'Auto renew', 'boolean'),
        starts,
        expires,
        field('last_activated_at', 'Last activated at', 'datetime'),
        created,
      ],
      list: [id, code, subscription, customer, seats, trial, created],
      members: [SHOW, EDIT, REMOVE, HISTORY],
      collections: [LIST, NEW, EXPORT],
    },
    {
      name: 'order',
      label: 'Order',
      plural: 'Orders',
      rows: () => asRows(world.orders),
      title: (row) => `Order #${row.id}`,
      show: [
        id,
        customer,
        ratePlan,
        field('subscription_id', 'Subscription', 'string'),
        subscription,
        startDate,
        endDate,
        quantity,
        namespace,
        namespaceName,
        trial,
        created,
        updated,
        account,
      ],
      list: [
        id,
        customer,
        account,
        subscription,
        ratePlan,
        namespace,
        namespaceName,
        startDate,
        endDate,
        quantity,
        trial,
      ],
      members: [SHOW, EDIT, HISTORY],
      collections: [LIST, NEW, EXPORT],
    },
    {
      name: 'billing_account',
      label: 'Billing account',
      plural: 'Billing accounts',
      rows: () => asRows(world.billingAccounts),
      title: (row) => `${row['zuora_account_name']} (${row['zuora_account_id']})`,
      show: [
        id,
        zuoraAccount,
        zuoraAccountName,
        salesforce,
        belongsTo('bill_to', 'Bill to', 'billing_account_contact'),
        soldTo,
        {
          name: 'customers',
          label: 'Customers',
          type: 'has_many_association',
          to: 'customer',
          value: (row) =>
            world.customers.filter((one) => one.billing_account_id === row.id).map((one) => one.id),
        },
        created,
        updated,
      ],
      list: [id, zuoraAccountName, zuoraAccount, salesforce, soldTo],
      members: [
        SHOW,
        EDIT,
        REMOVE,
        ['zuora_subscriptions', 'Zuora Subscriptions', 'fas fa-bookmark', 'icon-bookmark'],
        ['list_invoices', 'List Invoices', 'fas fa-file-invoice', 'icon-file'],
        HISTORY,
      ],
      collections: [LIST, NEW, EXPORT],
    },
    {
      name: 'billing_account_contact',
      label: 'Billing account contact',
      plural: 'Billing account contacts',
      rows: () => asRows(world.contacts),
      title: person,
      show: [
        id,
        first,
        last,
        workEmail,
        field('zuora_contact_id', 'Zuora contact', 'string'),
        field('address1', 'Address1', 'string'),
        field('city', 'City', 'string'),
        field('postal_code', 'Postal code', 'string'),
        field('country', 'Country', 'string'),
        account,
        created,
      ],
      list: [id, first, last, workEmail, account],
      members: [SHOW, EDIT, REMOVE, HISTORY],
      collections: [LIST, NEW, EXPORT],
    },
    {
      name: 'customer',
      label: 'Customer',
      plural: 'Customers',
      rows: () => asRows(world.customers),
      title: person,
      show: [id, first, last, email, company, account, created],
      list: [id, first, last, email, company, account],
      members: [SHOW, EDIT, HISTORY],
      collections: [LIST, NEW, EXPORT],
    },
  ];
  return new Map(models.map((model) => [model.name, relabelled(model, options)]));
}

/**
 * The model with its fields under the names and labels that the options give them; what is looked up by a name stays.
 * @param {Model} model
 * @param {import('./options.js').PortalOptions} options
 * @returns {Model}
 */
function relabelled(model, options) {
  /** @param {Field} own @returns {Field} */
  const under = (own) => {
    const other = () => options.labels?.[`${model.name}.${own.name}`];
    return Object.create(own, {
      name: { get: () => other()?.name ?? own.name, enumerable: true },
      label: { get: () => other()?.label ?? own.label, enumerable: true },
    });
  };
  return { ...model, show: model.show.map(under) };
}

/**
 * Where the Zuora link of a license leads.
 * @param {string} subscription
 */
export function zuoraLink(subscription) {
  return `https://zuora.example.com/apps/Subscription.do?method=view&id=${zuoraId(`subscription ${subscription}`)}`;
}
