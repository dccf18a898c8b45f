// The invented world holds together, and each scenario is what it says.

import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createWorld, FIELD, FORM_SUPPORT_OPS } from '../standins/world.js';
import { FORMS } from '../standins/zendesk/seed.js';

/** @type {import('../standins/world.js').World} */
let world;
beforeEach(() => {
  world = createWorld();
});

/** @template T @param {T | undefined} one @returns {T} */
function given(one) {
  assert.ok(one !== undefined);
  return one;
}
const ticket = (/** @type {number} */ id) => given(world.tickets.find((one) => one.id === id));
const requester = (/** @type {number} */ id) =>
  given(world.users.find((one) => one.id === ticket(id).requester_id));
const user = (/** @type {string} */ email) => world.users.find((one) => one.email === email);
const contacts = (/** @type {number | null} */ organization) =>
  world.users.filter(
    (one) => one.organization_id === organization && one.role === 'end-user' && !one.suspended,
  );
const fieldValue = (/** @type {number} */ id, /** @type {number} */ field) =>
  ticket(id).custom_fields.find((one) => one.id === field)?.value;
const says = (/** @type {number} */ id) =>
  ticket(id)
    .comments.filter((one) => one.author_id === ticket(id).requester_id)
    .map((one) => one.plain_body)
    .join('\n');

describe('the world', () => {
  it('gives every record its own id, every person an address of their own', () => {
    for (const list of [
      world.licenses,
      world.cloudActivations,
      world.orders,
      world.billingAccounts,
      world.contacts,
      world.customers,
      world.organizations,
      world.users,
      world.tickets,
      world.macros,
      world.tickets.flatMap((one) => one.comments),
    ]) {
      assert.equal(new Set(list.map((one) => one.id)).size, list.length);
    }
    assert.equal(
      new Set(world.users.map((one) => one.email.toLowerCase())).size,
      world.users.length,
    );
  });

  it('links only to what is there', () => {
    const organizations = new Set([null, ...world.organizations.map((one) => one.id)]);
    for (const one of [...world.users, ...world.tickets])
      assert.ok(organizations.has(one.organization_id), String(one.id));
    const people = new Set(world.users.map((one) => one.id));
    for (const one of world.tickets.flatMap((each) => each.comments))
      assert.ok(people.has(one.author_id));
    const accounts = new Set([null, ...world.billingAccounts.map((one) => one.id)]);
    for (const one of [...world.orders, ...world.cloudActivations])
      assert.ok(accounts.has(one.billing_account_id));
  });

  it('writes down the true size of every attachment, at an address of its own on the host of Zendesk', () => {
    const all = world.tickets.flatMap((one) => one.comments).flatMap((one) => one.attachments);
    assert.equal(new Set(all.map((one) => one.content_url)).size, all.length);
    for (const one of all) {
      assert.equal(one.size, Buffer.byteLength(given(one.content)));
      assert.match(
        one.content_url,
        /^https:\/\/gitlab\.zendesk\.com\/attachments\/token\/[A-Za-z0-9]{25}\/\?name=[^ ]+$/,
      );
    }
  });

  it('says of every organization what the process looks at', () => {
    for (const { organization_fields: fields } of world.organizations) {
      assert.deepEqual(Object.keys(fields).sort(), [
        'account_type',
        'expiration_date',
        'partner_customer',
        'restricted_account',
        'salesforce_id',
        'sfdc_short_id',
        'support_hold',
        'support_level',
      ]);
      for (const flag of [fields.support_hold, fields.restricted_account, fields.partner_customer])
        assert.equal(typeof flag, 'boolean');
    }
  });

  it('leads from each proof to its organization', () => {
    for (const id of [
      1028, 1029, 1030, 1031, 1032, 1033, 1034, 1035, 1036, 1037, 1038, 1039, 1040, 1041, 1042,
      1043,
    ]) {
      const order = given(world.orders.find((one) => one.id === 700300 + id - 1000));
      assert.ok(
        [
          ...world.licenses.map((one) => one.zuora_subscription_name),
          ...world.cloudActivations.map((one) => one.subscription_name),
        ].includes(order.subscription_name),
        String(id),
      );
      const account = given(
        world.billingAccounts.find((one) => one.id === order.billing_account_id),
      );
      const salesforce = given(account.salesforce_account_id ?? undefined);
      const key = salesforce.length === 15 ? 'sfdc_short_id' : 'salesforce_id';
      assert.equal(
        world.organizations.filter((one) => one.organization_fields[key] === salesforce).length,
        1,
        String(id),
      );
    }
  });
});

describe('people who ask for others', () => {
  it('1018: one exists without an organization, one does not exist; signature and quotation name others', () => {
    assert.equal(user('bob@settled.example.com')?.organization_id, null);
    assert.equal(user('alice@settled.example.com'), undefined);
    assert.equal(contacts(requester(1018).organization_id).length, 3);
    const [asked = '', rest = ''] = says(1018).split('\n-- \n');
    assert.deepEqual(asked.match(/\S+@\S+/g), [
      'alice@settled.example.com',
      'bob@settled.example.com',
    ]);
    assert.match(
      rest,
      /office@settled\.example\.com[\s\S]*\n> [^\n]*contacts@agents\.example\.com/,
    );
  });

  it('1021: known in another case, foreign, agent, suspended, free mail, malformed, twice, and new ones', () => {
    const own = requester(1021).organization_id;
    assert.equal(contacts(own).length, 4);
    assert.ok(says(1021).includes('Ingrid.Berg@Manyfold.Example.COM'));
    assert.equal(user('ingrid.berg@manyfold.example.com')?.organization_id, own);
    const foreign = given(user('per.holm@manyfold.example.com')).organization_id;
    assert.ok(foreign !== null && foreign !== own);
    assert.equal(user('agent.two@example.com')?.role, 'agent');
    assert.equal(user('svein.moe@manyfold.example.com')?.suspended, true);
    assert.equal(says(1021).toLowerCase().split('lise.dahl@manyfold.example.com').length, 3);
    assert.match(says(1021), /, jo@\n/);
    for (const name of [
      'lise.dahl@manyfold.example.com',
      'olav.lie@manyfold.example.com',
      'tuva.ness@manyfold.example.com',
      'kari.nordmann.invented@gmail.com',
    ]) {
      assert.equal(user(name), undefined, name);
    }
  });

  it('1022: 29 contacts, besides suspended ones and an agent', () => {
    const own = requester(1022).organization_id;
    assert.equal(contacts(own).length, 29);
    assert.equal(
      world.users.filter((one) => one.organization_id === own && one.suspended).length,
      3,
    );
    assert.equal(
      world.users.filter((one) => one.organization_id === own && one.role === 'agent').length,
      1,
    );
    assert.equal(says(1022).match(/\S+@nearlyfull\.example\.com/g)?.length, 2);
  });

  it('1023: one of the two has an open ticket, the other a closed one, and both have notes', () => {
    const henry = given(user('henry.adeyemi@leavers.example.com'));
    const iris = given(user('iris.bello@leavers.example.com'));
    assert.deepEqual([ticket(1123).requester_id, ticket(1123).status], [henry.id, 'open']);
    assert.deepEqual([ticket(1124).requester_id, ticket(1124).status], [iris.id, 'closed']);
    assert.deepEqual(
      world.tickets
        .filter((one) => [henry.id, iris.id].includes(one.requester_id))
        .map((one) => one.id),
      [1123, 1124],
    );
    assert.match(henry.notes, /\n/);
    assert.match(iris.notes, /^[^\n]+$/);
    for (const one of [henry, iris])
      assert.equal(one.organization_id, requester(1023).organization_id);
  });
});

describe('other ways through the process', () => {
  it('1024 and 1025 are GitLab.com customers whose organization has a valid Salesforce id', () => {
    for (const id of [1024, 1025]) {
      assert.equal(fieldValue(id, FIELD.productType), 'lr_gitlab_com');
      assert.equal(requester(id).organization_id, null);
      const owner = given(world.organizations.find((one) => one.id === 361000000000 + id - 1000));
      assert.equal(given(owner.organization_fields.salesforce_id ?? undefined).length, 18);
    }
  });

  it('1026 is on another form that Zendesk knows', () => {
    assert.notEqual(ticket(1026).ticket_form_id, FORM_SUPPORT_OPS);
    assert.ok(
      FORMS.some((one) => one.id === ticket(1026).ticket_form_id && one.name === 'Support'),
    );
  });

  it('1027 says nothing in any field', () => {
    assert.ok(ticket(1027).custom_fields.every((one) => one.value === null));
    assert.equal(ticket(1027).ticket_form_id, FORM_SUPPORT_OPS);
  });

  it('1028: two organizations of one name, told apart by their Salesforce ids', () => {
    const same = world.organizations.filter((one) => one.name === 'Mirror Holdings');
    assert.equal(new Set(same.map((one) => one.organization_fields.salesforce_id)).size, 2);
    assert.ok(world.organizations.some((one) => one.name === 'Mirror Holdings (EMEA)'));
    assert.equal(
      world.billingAccounts.find((one) => one.id === 9228)?.salesforce_account_id,
      same[1]?.organization_fields.salesforce_id,
    );
  });

  it('1029 belongs elsewhere, 1030 is a partner, 1031 is restricted and expired', () => {
    assert.equal(
      world.organizations.find((one) => one.id === requester(1029).organization_id)?.name,
      'Former Employer Zrt',
    );
    const fields = (/** @type {number} */ id) =>
      given(world.organizations.find((one) => one.id === id)).organization_fields;
    assert.equal(fields(361000000030).account_type, 'Open Partner');
    assert.deepEqual(
      [fields(361000000031).restricted_account, fields(361000000031).support_level],
      [true, 'expired'],
    );
  });
});
