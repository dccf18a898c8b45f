// Extra records that make lists longer than one page and searches find several things.

import {
  addActivation,
  addCompany,
  addLicense,
  addOrder,
  addOrganization,
  addUser,
} from './world-build.js';

/** How many of each kind there are; with 20 rows a page every list has a second page. */
const HOW_MANY = 25;

/** @param {import('./world.js').World} world */
export function addFiller(world) {
  for (let n = 0; n < HOW_MANY; n += 1) {
    const two = String(n).padStart(2, '0');
    const name = `Filler Company ${two}`;
    const person = {
      first: 'Example',
      last: `Person ${two}`,
      email: `person${two}@filler.example.com`,
    };
    const subscription = `A-S000${20000 + 37 * n}`;
    const salesforce = `0014M0000${two}FiLl`;
    addCompany(world, { account: 9100 + n, name, salesforce, soldTo: person });
    addLicense(world, {
      id: 411000 + n,
      subscription,
      name: `${person.first} ${person.last}`,
      company: name,
      email: person.email,
      customer: 1100 + n,
      trial: n % 4 === 3,
      plan: n % 2 === 0 ? 'premium' : 'ultimate',
    });
    addOrder(world, {
      id: 710000 + n,
      subscription,
      account: 9100 + n,
      customer: 1100 + n,
      quantity: 5 + n,
    });
    addActivation(world, {
      id: 31000 + n,
      code: `FillerActivationCode${two}zZ`,
      subscription,
      account: 9100 + n,
      customer: 1100 + n,
      trial: n % 4 === 3,
    });
    addOrganization(world, {
      id: 361000000100 + n,
      name,
      salesforce,
      domains: ['filler.example.com'],
    });
    addUser(world, {
      id: 371000000100 + n,
      name: `${person.first} ${person.last}`,
      email: person.email,
      organization: 361000000100 + n,
    });
  }
}
