// Tickets of people who belong to an organization already and ask for others: to add them or to remove them.

import { addOrganization, addTicket, addUser } from './world-build.js';
import { AGENT_TWO, FORM_SAAS } from './world-ids.js';
import { numberedCase, ORGANIZATION, USER, usualCase } from './world-usual.js';

/** @typedef {import('./world.js').World} World */

/** @param {World} world */
export function addPeopleScenarios(world) {
  manyAddresses(world);
  atTheLimit(world);
  removal(world);
}

/** What the scenarios of this file show. @type {Record<number, string>} */
export const PEOPLE_SCENARIOS = {
  1021: 'A contact names many addresses in two comments: known, foreign, agent, suspended, free mail, malformed, twice, new.',
  1022: 'A contact asks to add two; the organization has 29 contacts, besides suspended ones and an agent.',
  1023: 'A contact asks to remove two: one has an open ticket, the other only a closed one.',
};

/**
 * 1018. The signature and the agent's quoted message hold addresses that nobody asks for.
 * @param {World} world
 */
export function alreadyAssociated(world) {
  const asks =
    'Hello,\n\nplease add alice@settled.example.com and bob@settled.example.com to our contacts.';
  const signature = '-- \nAnaïs Çelik\nSettled Pty\noffice@settled.example.com';
  const quoted = [
    'Hello Anaïs,',
    'which colleagues are to be added? Write to contacts@agents.example.com if this is urgent.',
    'Agent Two, agent.two@example.com',
  ];
  usualCase(world, {
    ticket: 1018,
    company: 'Settled Pty',
    first: 'Anaïs',
    last: 'Çelik',
    email: 'anais@settled.example.com',
    domain: 'settled.example.com',
    license: 410251,
    subscription: 'A-S00131018',
    order: 700118,
    account: 9018,
    salesforce: '0014M00001sEtTlQAK',
    isContact: true,
    says: [
      {
        text: `${asks}\n\n${signature}\n\nOn Mon, 23 Nov 2026 at 09:02, Agent Two <agent.two@example.com> wrote:\n\n${quoted.map((line) => `> ${line}`).join('\n')}`,
        html:
          '<div class="zd-comment" dir="auto"><p dir="auto">Hello,</p><p dir="auto">please add ' +
          '<a href="mailto:alice@settled.example.com">alice@settled.example.com</a> and bob@settled.example.com to our contacts.</p>' +
          '<p dir="auto">-- <br>Anaïs Çelik<br>Settled Pty<br><a href="mailto:office@settled.example.com">office@settled.example.com</a></p>' +
          '<p dir="auto">On Mon, 23 Nov 2026 at 09:02, Agent Two &lt;<a href="mailto:agent.two@example.com">agent.two@example.com</a>&gt; wrote:</p>' +
          `<blockquote>${quoted.map((line) => `<p dir="auto">${line}</p>`).join('')}</blockquote></div>`,
      },
    ],
  });
  addUser(world, {
    id: USER + 1801,
    name: 'Carla Settled',
    email: 'carla@settled.example.com',
    organization: ORGANIZATION + 18,
  });
  addUser(world, {
    id: USER + 1802,
    name: 'Deniz Settled',
    email: 'deniz@settled.example.com',
    organization: ORGANIZATION + 18,
  });
  addUser(world, { id: USER + 1803, name: 'Bob Settled', email: 'bob@settled.example.com' });
}

/** @param {World} world */
function manyAddresses(world) {
  numberedCase(world, {
    ticket: 1021,
    company: 'Manyfold AS',
    first: 'Sigrid',
    last: 'Solbakken',
    email: 'sigrid@manyfold.example.com',
    domain: 'manyfold.example.com',
    salesforce: '0014M00001mAnYfQAK',
    isContact: true,
    subject: 'Please add my colleagues',
    says: [
      'Hello,\n\nplease add these colleagues as support contacts:\n\nIngrid.Berg@Manyfold.Example.COM, per.holm@manyfold.example.com; ' +
        'Lise Dahl <lise.dahl@manyfold.example.com>,\nkari.nordmann.invented@gmail.com, jo@\nagent.two@example.com\n\nSigrid',
      {
        text: 'Hello Sigrid,\n\nwe are on it. Is desk@agents.example.com in your address book?',
        by: AGENT_TWO,
      },
      'And these, sorry:\n- olav.lie@manyfold.example.com\n- LISE.DAHL@manyfold.example.com\n- svein.moe@manyfold.example.com\n- tuva.ness@manyfold.example.com.\n\nSigrid',
    ],
  });
  const contacts = ['Ingrid Berg', 'Håkon Vik', 'Marit Foss'];
  const emails = [
    'ingrid.berg@manyfold.example.com',
    'haakon.vik@manyfold.example.com',
    'marit.foss@manyfold.example.com',
  ];
  contacts.forEach((name, at) => {
    addUser(world, {
      id: USER + 2101 + at,
      name,
      email: emails[at] ?? '',
      organization: ORGANIZATION + 21,
    });
  });
  addOrganization(world, {
    id: ORGANIZATION + 921,
    name: 'Elsewhere AS',
    salesforce: '0014M00001eLsWh',
    domains: ['elsewhere.example.com'],
  });
  addUser(world, {
    id: USER + 2111,
    name: 'Per Holm',
    email: 'per.holm@manyfold.example.com',
    organization: ORGANIZATION + 921,
  });
  addUser(world, {
    id: USER + 2112,
    name: 'Svein Moe',
    email: 'svein.moe@manyfold.example.com',
    suspended: true,
  });
}

/** @param {World} world */
function atTheLimit(world) {
  numberedCase(world, {
    ticket: 1022,
    company: 'Nearly Full SpA',
    first: 'Chiara',
    last: 'Lombardi',
    email: 'chiara@nearlyfull.example.com',
    domain: 'nearlyfull.example.com',
    salesforce: '0014M00001nFuLlQAK',
    isContact: true,
    subject: 'Two more contacts',
    says: [
      'Hello,\n\nplease add elena.riva@nearlyfull.example.com and fabio.conti@nearlyfull.example.com.\n\nChiara',
    ],
  });
  const organization = ORGANIZATION + 22;
  for (let n = 2; n <= 29; n += 1) {
    addUser(world, {
      id: USER + 2200 + n,
      name: `Contact ${n} of Nearly Full`,
      email: `contact${n}@nearlyfull.example.com`,
      organization,
    });
  }
  for (let n = 1; n <= 3; n += 1) {
    addUser(world, {
      id: USER + 2250 + n,
      name: `Former Contact ${n}`,
      email: `former${n}@nearlyfull.example.com`,
      organization,
      suspended: true,
    });
  }
  world.users.push({
    id: 370000000004,
    name: 'Agent Three',
    email: 'agent.three@example.com',
    role: 'agent',
    organization_id: organization,
    suspended: false,
    notes: '',
    details: '',
    created_at: '2021-03-01T09:00:00Z',
    updated_at: '2026-01-05T09:00:00Z',
  });
}

/** @param {World} world */
function removal(world) {
  numberedCase(world, {
    ticket: 1023,
    company: 'Leavers Ltd',
    first: 'Grace',
    last: 'Okonkwo',
    email: 'grace@leavers.example.com',
    domain: 'leavers.example.com',
    salesforce: '0014M00001lEaVeQAK',
    isContact: true,
    subject: 'Please remove two contacts',
    says: [
      'Hello,\n\nplease remove henry.adeyemi@leavers.example.com and iris.bello@leavers.example.com: they left the company.\n\nGrace',
    ],
  });
  const organization = ORGANIZATION + 23;
  addUser(world, {
    id: USER + 2301,
    name: 'Henry Adeyemi',
    email: 'henry.adeyemi@leavers.example.com',
    organization,
    notes: 'Prefers to be called.\nSpeaks English & French.\n\nMoved here from <Leavers Lagos>.',
  });
  addUser(world, {
    id: USER + 2302,
    name: 'Iris Bello',
    email: 'iris.bello@leavers.example.com',
    organization,
    notes: 'Second shift.',
  });
  addUser(world, {
    id: USER + 2303,
    name: 'Jonah Eze',
    email: 'jonah.eze@leavers.example.com',
    organization,
  });
  addTicket(world, {
    id: 1123,
    subject: 'Runner does not start',
    requester: USER + 2301,
    organization,
    form: FORM_SAAS,
    product: null,
    says: ['Hello,\n\nour runner does not start any more.\n\nHenry'],
    tags: ['runner'],
  });
  addTicket(world, {
    id: 1124,
    subject: 'How to renew',
    requester: USER + 2302,
    organization,
    form: FORM_SAAS,
    product: null,
    status: 'closed',
    says: ['Hello,\n\nhow do we renew?\n\nIris'],
    tags: ['renewal'],
  });
}
