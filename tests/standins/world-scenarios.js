// The named tickets. Each function below makes the records of one case in both sites and says what the case shows.

import {
  addActivation,
  addCompany,
  addLicense,
  addOrder,
  addOrganization,
  addTicket,
  addUser,
  escapeHtml,
} from './world-build.js';
import { alreadyAssociated } from './world-scenarios-people.js';
import { ORGANIZATION, USER, usualCase } from './world-usual.js';

/** @typedef {import('./world.js').World} World */

/** Texts that do harm wherever somebody puts them into a page unescaped. */
export const HOSTILE = Object.freeze({
  image: '<img src=x onerror="document.title=\'owned\'">',
  script: "\"><script>document.title='owned'</script>",
  link: 'javascript:document.title=%27owned%27',
  rtl: '\u202Emoc.elpmaxe@live\u202C \u200F\u2066x\u2069',
});

/** @param {World} world */
export function addScenarios(world) {
  const scenarios = /** @type {[number, string, (world: World) => void][]} */ ([
    [
      1001,
      'License route, 18-character Salesforce id: everything agrees, the user is entitled.',
      licenseRoute,
    ],
    [
      1002,
      'Cloud activation route, 15-character Salesforce id, Sold to as "Name <e-mail>": entitled.',
      activationRoute,
    ],
    [1003, 'The license is a trial: not entitled.', trialLicense],
    [1004, 'Sold to is another address than Subscription Email: not entitled.', soldToMismatch],
    [
      1005,
      'Contains finds two more subscriptions than the wanted one, and lists a wrong one first.',
      prefixCollision,
    ],
    [1006, 'Hostile text in every field that is read, in both sites.', hostileText],
    [1007, 'The license has expired.', expiredLicense],
    [1008, 'The Salesforce account has no organization in Zendesk.', noOrganization],
    [1009, 'Two organizations carry the same Salesforce id.', twoOrganizations],
    [
      1010,
      'Sold to shows a name only; the contact that it links to shows the email.',
      soldToNameOnly,
    ],
    [
      1011,
      'Subscription Email is empty; the requester wrote two addresses in the comments.',
      addressesInComments,
    ],
    [
      1012,
      'The only organization found differs from the Salesforce id in letter case: it must not be accepted.',
      letterCase,
    ],
    [1013, 'Trial is NULL in the portal: unknown, so never "not a trial".', trialUnknown],
    [
      1014,
      'Two licenses of two subscriptions are at hand: the second one is a conflict.',
      twoLicenses,
    ],
    [1015, 'A subscription with three orders (renewals) of one billing account.', renewals],
    [1016, 'The order has no billing account.', noBillingAccount],
    [1017, 'The requester writes from a free mail provider.', freeMail],
    [
      1018,
      'The requester already belongs to the organization and asks for two others.',
      alreadyAssociated,
    ],
    [1019, 'The organization has 30 contacts already.', contactLimit],
    [
      1020,
      'The organization has notes that say not to proceed, and a support hold.',
      organizationNotes,
    ],
  ]);
  for (const [ticket, shows, add] of scenarios) {
    world.scenarios[ticket] = shows;
    add(world);
  }
}

/** @param {World} world */
function licenseRoute(world) {
  usualCase(world, {
    ticket: 1001,
    company: 'Lindqvist Widgets AB',
    first: 'Ada',
    last: 'Lindqvist',
    email: 'ada.lindqvist@example.com',
    domain: 'example.com',
    license: 410233,
    subscription: 'A-S00104417',
    order: 700101,
    account: 9001,
    salesforce: '0014M00001aQxYzQAK',
  });
}

/** @param {World} world */
function activationRoute(world) {
  addCompany(world, {
    account: 9002,
    name: "D'Almeida & Filhos <Lda>",
    salesforce: '0016100001BcDeF',
    soldTo: { first: 'Bruno', last: "D'Almeida", email: 'bruno.dalmeida@example.org' },
    soldToForm: 'name_email',
  });
  addActivation(world, {
    id: 30011,
    code: 'hQ7mZ2vKx9RbT4nLc8WdYp3s',
    subscription: 'A-S00120034',
    account: 9002,
    customer: 1002,
  });
  addOrder(world, {
    id: 700102,
    subscription: 'A-S00120034',
    account: 9002,
    customer: 1002,
    quantity: 120,
  });
  addOrganization(world, {
    id: ORGANIZATION + 2,
    name: "D'Almeida & Filhos <Lda>",
    salesforce: '0016100001BcDeF',
    domains: ['example.org'],
  });
  addUser(world, { id: USER + 2, name: "Bruno D'Almeida", email: 'bruno.dalmeida@example.org' });
  addTicket(world, {
    id: 1002,
    subject: 'Acesso ao suporte / support access',
    requester: USER + 2,
    subscriptionEmail: 'bruno.dalmeida@example.org',
    says: [
      'Olá,\n\nour cloud activation code is hQ7mZ2vKx9RbT4nLc8WdYp3s. Please add me as a contact.\n\nObrigado\nBruno',
    ],
  });
}

/** @param {World} world */
function trialLicense(world) {
  usualCase(world, {
    ticket: 1003,
    company: 'Công ty Ví Dụ',
    first: 'Thị Chi',
    last: 'Nguyễn',
    email: 'chi.nguyen@vidu.example.net',
    domain: 'vidu.example.net',
    license: 410234,
    subscription: 'A-S00131003',
    order: 700103,
    account: 9003,
    salesforce: '0014M00001hVdUqQAK',
    trial: true,
  });
}

/** @param {World} world */
function soldToMismatch(world) {
  usualCase(world, {
    ticket: 1004,
    company: 'Ramírez Logística',
    first: 'Diego',
    last: 'Ramírez',
    email: 'diego.ramirez@logistica.example.com',
    domain: 'logistica.example.com',
    license: 410238,
    subscription: 'A-S00131004',
    order: 700104,
    account: 9004,
    salesforce: '0014M00001rMzLgQAK',
    soldTo: 'procurement@reseller.example.org',
  });
}

/** @param {World} world */
function prefixCollision(world) {
  usualCase(world, {
    ticket: 1005,
    company: 'Præfiks ApS',
    first: 'Søren',
    last: 'Østergård',
    email: 'soren@praefiks.example.com',
    domain: 'praefiks.example.com',
    license: 410239,
    subscription: 'A-S00055512',
    order: 700401,
    account: 9005,
    salesforce: '0014M00001pRfXsQAK',
  });
  // The list is sorted by id, the highest first: both wrong ones stand above the right one.
  for (const [
    order,
    account,
    subscription,
    salesforce,
  ] of /** @type {[number, number, string, string][]} */ ([
    [700402, 9025, 'A-S000555120', '0014M00001pRfX1QAK'],
    [700403, 9026, 'XA-S00055512', '0014M00001pRfX2QAK'],
  ])) {
    addCompany(world, {
      account,
      name: `Other Company ${account}`,
      salesforce,
      soldTo: {
        first: 'Somebody',
        last: 'Else',
        email: `somebody.else@other${account}.example.org`,
      },
    });
    addOrder(world, { id: order, subscription, account, customer: account - 8000 });
  }
}

/** @param {World} world */
function hostileText(world) {
  const { image, script, link, rtl } = HOSTILE;
  const subscription = `A-S${script}`;
  const email = `mallory+${'<img/src=x>'}@hostile.example.com`;
  addCompany(world, {
    account: 9006,
    name: `${image} ${link} ${rtl}`,
    salesforce: '0014M00001hOsTiQAK',
    soldTo: { first: `Mallory ${image}`, last: `${script}${rtl}`, email },
    soldToForm: 'name_email',
  });
  addLicense(world, {
    id: 410606,
    subscription,
    name: `Mallory ${image}${rtl}`,
    company: `${script} ${link}`,
    email,
    customer: 1006,
    plan: image,
    notes: `${image}${script}${link}`,
    type: script,
  });
  addActivation(world, {
    id: 30606,
    code: 'HoStiLe0HoStiLe0HoStiLe0',
    subscription,
    account: 9006,
    customer: 1006,
  });
  addOrder(world, {
    id: 700606,
    subscription,
    account: 9006,
    customer: 1006,
    namespace: `${image}${script}`,
  });
  // A second order of the same subscription leads to an account whose Salesforce account is hostile too, and no id at all.
  addCompany(world, {
    account: 9027,
    name: script,
    salesforce: `0014M00001hOsTi${image}`,
    soldTo: { first: link, last: image, email: `${script}@hostile.example.com` },
    soldToForm: 'contact_link',
  });
  addOrder(world, { id: 700605, subscription, account: 9027, customer: 1027 });
  addOrganization(world, {
    id: ORGANIZATION + 6,
    name: `Hostile ${image}${script}${rtl}`,
    salesforce: '0014M00001hOsTi',
    notes: `${image} ${link}`,
    details: `${script} ${rtl}`,
    domains: [`${script}.example.com`],
    tags: [image],
    fields: { account_type: image, support_level: script },
  });
  addUser(world, {
    id: USER + 6,
    name: `Mallory ${image}${script}${rtl}`,
    email,
    notes: image,
    details: `${script}${link}`,
  });
  const text = `${image}\n\n${script}\n\n${link} ${rtl}\n\nLicense ID 410606, activation code HoStiLe0HoStiLe0HoStiLe0`;
  addTicket(world, {
    id: 1006,
    subject: `${image}${script}${rtl} ${link}`,
    requester: USER + 6,
    subscriptionEmail: email,
    subscriptionNumber: subscription,
    tags: [image],
    says: [
      {
        text,
        html: `<div class="zd-comment" dir="auto"><p>${escapeHtml(text)}</p><p><a href="${link}">our license</a></p></div>`,
      },
    ],
  });
}

/** @param {World} world */
function expiredLicense(world) {
  usualCase(world, {
    ticket: 1007,
    company: 'Bygones GmbH',
    first: 'Jürgen',
    last: 'Weiß',
    email: 'juergen.weiss@bygones.example.com',
    domain: 'bygones.example.com',
    license: 410240,
    subscription: 'A-S00131007',
    order: 700107,
    account: 9007,
    salesforce: '0014M00001bYgOnQAK',
    expires: `${world.year - 1}-03-31`,
  });
}

/** @param {World} world */
function noOrganization(world) {
  usualCase(world, {
    ticket: 1008,
    company: 'Unsynced Oy',
    first: 'Päivi',
    last: 'Mäkinen',
    email: 'paivi.makinen@unsynced.example.com',
    domain: 'unsynced.example.com',
    license: 410241,
    subscription: 'A-S00131008',
    order: 700108,
    account: 9008,
    salesforce: '0014M00001uNsYnQAK',
    organization: false,
  });
}

/** @param {World} world */
function twoOrganizations(world) {
  usualCase(world, {
    ticket: 1009,
    company: 'Twin Works Ltd',
    first: 'Siobhán',
    last: 'Ní Bhriain',
    email: 'siobhan@twinworks.example.com',
    domain: 'twinworks.example.com',
    license: 410242,
    subscription: 'A-S00131009',
    order: 700109,
    account: 9009,
    salesforce: '0014M00001tWiNsQAK',
  });
  addOrganization(world, {
    id: ORGANIZATION + 59,
    name: 'Twin Works Ltd (EMEA)',
    salesforce: '0014M00001tWiNsQAK',
    domains: ['twinworks.example.com'],
  });
}

/** @param {World} world */
function soldToNameOnly(world) {
  usualCase(world, {
    ticket: 1010,
    company: 'Nameless Oü',
    first: 'Õie',
    last: 'Tamm',
    email: 'oie.tamm@nameless.example.com',
    domain: 'nameless.example.com',
    license: 410243,
    subscription: 'A-S00131010',
    order: 700110,
    account: 9010,
    salesforce: '0014M00001nAmElQAK',
    soldToForm: 'contact_name',
  });
}

/** @param {World} world */
function addressesInComments(world) {
  usualCase(world, {
    ticket: 1011,
    company: 'Two Letters SARL',
    first: 'Zoë',
    last: 'Lefèvre',
    email: 'zoe.lefevre@twoletters.example.com',
    domain: 'twoletters.example.com',
    license: 410244,
    subscription: 'A-S00131011',
    order: 700111,
    account: 9011,
    salesforce: '0014M00001tWoLeQAK',
    soldTo: 'achats@twoletters.example.com',
    subscriptionEmail: null,
    says: [
      'Bonjour,\n\nour license ID is 410244. The subscription was bought by achats@twoletters.example.com.\n\nZoë',
    ],
  });
  const ticket = world.tickets.find((one) => one.id === 1011);
  ticket?.comments.push(
    {
      id: 1011002,
      author_id: world.agentId,
      html_body:
        '<div class="zd-comment" dir="auto"><p dir="auto">Which address was used? Ours is support@agents.example.com.</p></div>',
      plain_body: 'Which address was used? Ours is support@agents.example.com.',
      public: true,
      created_at: '2026-11-21T09:15:00Z',
      attachments: [],
    },
    {
      id: 1011003,
      author_id: ticket.requester_id,
      html_body:
        '<div class="zd-comment" dir="auto"><p dir="auto">It may also have been <a href="mailto:it@twoletters.example.com">it@twoletters.example.com</a>.</p></div>',
      plain_body: 'It may also have been it@twoletters.example.com.',
      public: true,
      created_at: '2026-11-22T09:15:00Z',
      attachments: [],
    },
  );
}

/** @param {World} world */
function letterCase(world) {
  usualCase(world, {
    ticket: 1012,
    company: 'Case Matters Inc',
    first: 'Renée',
    last: 'Ångström',
    email: 'renee@casematters.example.com',
    domain: 'casematters.example.com',
    license: 410248,
    subscription: 'A-S00131012',
    order: 700112,
    account: 9012,
    salesforce: '0014M00001cAsEmQAK',
    organization: false,
  });
  addOrganization(world, {
    id: ORGANIZATION + 12,
    name: 'Case Does Not Matter Inc',
    domains: ['casematters.example.net'],
    // Equal to the wanted id when letter case is ignored, as Zendesk's search does, suffix included.
    fields: { salesforce_id: '0014M00001CaSeMQAK', sfdc_short_id: '0014M00001CaSeM' },
  });
}

/** @param {World} world */
function trialUnknown(world) {
  usualCase(world, {
    ticket: 1013,
    company: 'Perhaps BV',
    first: 'Joost',
    last: 'van der Èxample',
    email: 'joost@perhaps.example.com',
    domain: 'perhaps.example.com',
    license: 410237,
    subscription: 'A-S00131013',
    order: 700113,
    account: 9013,
    salesforce: '0014M00001pErHaQAK',
    trial: null,
  });
}

/** @param {World} world */
function twoLicenses(world) {
  usualCase(world, {
    ticket: 1014,
    company: 'First And Second KK',
    first: '花子',
    last: '例',
    email: 'hanako@firstsecond.example.com',
    domain: 'firstsecond.example.com',
    license: 410245,
    subscription: 'A-S00131014',
    order: 700114,
    account: 9014,
    salesforce: '0014M00001fIrStQAK',
    says: ['Hello,\n\nwe have two licenses: 410245 and 410246. Please add me.\n\n例 花子'],
  });
  addCompany(world, {
    account: 9034,
    name: 'Second Subsidiary KK',
    salesforce: '0014M00001sEcOnQAK',
    soldTo: { first: '太郎', last: '例', email: 'taro@secondsub.example.com' },
  });
  addLicense(world, {
    id: 410246,
    subscription: 'A-S00131934',
    name: '太郎 例',
    company: 'Second Subsidiary KK',
    email: 'taro@secondsub.example.com',
    customer: 1034,
  });
  addOrder(world, { id: 700134, subscription: 'A-S00131934', account: 9034, customer: 1034 });
  addOrganization(world, {
    id: ORGANIZATION + 34,
    name: 'Second Subsidiary KK',
    salesforce: '0014M00001sEcOnQAK',
    domains: ['secondsub.example.com'],
  });
}

/** @param {World} world */
function renewals(world) {
  usualCase(world, {
    ticket: 1015,
    company: 'Renewal & Sons',
    first: 'Máire',
    last: 'Óg',
    email: 'maire@renewal.example.com',
    domain: 'renewal.example.com',
    license: 410247,
    subscription: 'A-S00088210',
    order: 700203,
    account: 9015,
    salesforce: '0014M00001rEnEwQAK',
  });
  const year = world.year;
  addOrder(world, {
    id: 700202,
    subscription: 'A-S00088210',
    account: 9015,
    customer: 1015,
    starts: `${year - 2}-11-01`,
    ends: `${year - 1}-11-01`,
  });
  addOrder(world, {
    id: 700201,
    subscription: 'A-S00088210',
    account: 9015,
    customer: 1015,
    starts: `${year - 3}-11-01`,
    ends: `${year - 2}-11-01`,
  });
}

/** @param {World} world */
function noBillingAccount(world) {
  usualCase(world, {
    ticket: 1016,
    company: 'Orphan Orders Ltd',
    first: 'Łukasz',
    last: 'Żółć',
    email: 'lukasz@orphan.example.com',
    domain: 'orphan.example.com',
    license: 410249,
    subscription: 'A-S00131016',
    order: 700116,
    account: 9016,
    salesforce: '0014M00001oRpHaQAK',
  });
  const order = world.orders.find((one) => one.id === 700116);
  if (order) order.billing_account_id = null;
}

/** @param {World} world */
function freeMail(world) {
  usualCase(world, {
    ticket: 1017,
    company: 'Private Address Co',
    first: 'Nobody',
    last: 'In-Particular',
    email: 'nobody.in.particular.invented@gmail.com',
    domain: 'private.example.com',
    license: 410250,
    subscription: 'A-S00131017',
    order: 700117,
    account: 9017,
    salesforce: '0014M00001pRiVaQAK',
  });
}

/** @param {World} world */
function contactLimit(world) {
  usualCase(world, {
    ticket: 1019,
    company: 'Full House AG',
    first: 'Björn',
    last: 'Þórsson',
    email: 'bjorn@fullhouse.example.com',
    domain: 'fullhouse.example.com',
    license: 410252,
    subscription: 'A-S00131019',
    order: 700119,
    account: 9019,
    salesforce: '0014M00001fUlLhQAK',
  });
  for (let n = 1; n <= 30; n += 1) {
    addUser(world, {
      id: USER + 1900 + n,
      name: `Contact ${n} of Full House`,
      email: `contact${n}@fullhouse.example.com`,
      organization: ORGANIZATION + 19,
    });
  }
  addUser(world, {
    id: USER + 1950,
    name: 'Suspended Person',
    email: 'suspended@fullhouse.example.com',
    organization: ORGANIZATION + 19,
    suspended: true,
  });
}

/** @param {World} world */
function organizationNotes(world) {
  usualCase(world, {
    ticket: 1020,
    company: 'Careful Corp',
    first: 'Inês',
    last: 'Conceição',
    email: 'ines@careful.example.com',
    domain: 'careful.example.com',
    license: 410253,
    subscription: 'A-S00131020',
    order: 700120,
    account: 9020,
    salesforce: '0014M00001cArEfQAK',
    organizationNotes: 'Do not add contacts without asking the account owner first.',
    organizationDetails: 'Contacts are managed by ines@careful.example.com only.',
  });
  const organization = world.organizations.find((one) => one.id === ORGANIZATION + 20);
  if (organization) organization.organization_fields.support_hold = true;
}
