// The US Government instance: one ticket, so that a test can see that nothing is done there.

import { addOrganization, addTicket, addUser } from './world-build.js';

/** @param {import('./world.js').World} world */
export function addFederal(world) {
  addOrganization(world.federal, {
    id: 381000000001,
    name: 'Example Agency',
    salesforce: '0014M00001fEdRa',
    domains: ['agency.example.org'],
  });
  addUser(world.federal, {
    id: 382000000001,
    name: 'Frances Ortega',
    email: 'frances.ortega@agency.example.org',
  });
  addTicket(world.federal, {
    id: 2001,
    subject: 'Add me to our organization',
    requester: 382000000001,
    subscriptionEmail: 'frances.ortega@agency.example.org',
    says: [
      'Hello,\n\nour license ID is 410233. Please add me to our organization.\n\nFrances Ortega',
    ],
  });
}
