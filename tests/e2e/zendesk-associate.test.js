// Step 13: the requester is put into the organization on the user's page; and what prevents that.
import assert from 'node:assert/strict';
import { addOrganization } from '../standins/world-build.js';
import { CASES } from './steps/cases.js';
import { atOneDesk } from './steps/desk.js';
import { chainOf, isUnderWay, ORGANIZATION, USER, user, writes } from './steps/people.js';
import { end, goOn, linesOf, problemOf } from './steps/tasks.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */
/** @typedef {import('./steps/panel.js').Panel} Panel */

/**
 * What the panel says where `Associate` must not be offered, neither alone nor as a step of a plan: its verdict and its card.
 * @param {Panel} panel
 */
async function saysWithoutAssociate(panel) {
  const { verdict, sections } = await panel.settled();
  assert.deepEqual(
    await panel.page.$$eval(
      '[data-command="associate"], #plan-associate, #plan-associate-step',
      (all) => all.map((one) => one.outerHTML),
    ),
    [],
    'Associate is offered',
  );
  return `${verdict} | ${sections['Next step']}`;
}

/** @param {import('puppeteer-core').Page} page */
const isInFront = (page) =>
  page.waitForFunction(() => document.visibilityState === 'visible', { polling: 50 });

/** The tab of a user's page. @param {Desk} desk @param {number} id */
async function tabOf(desk, id) {
  const found = (await desk.browser.pages()).find(
    (one) => new URL(one.url()).pathname === `/agent/users/${id}`,
  );
  assert.ok(found, `no tab shows user ${id}`);
  return found;
}

/** What the Organization field of a user's page shows. @param {import('puppeteer-core').Page} page */
const fieldOf = (page) =>
  page.$eval(
    ':is(#user_organization, [data-test-id="user-organization-input"])',
    (one) => /** @type {HTMLInputElement} */ (one).value,
  );

/** Opens a user's page without the Organization field, and returns. @param {Desk} desk @param {number} id @param {import('./steps/agent.js').AgentPage} agent */
async function openUserWithoutField(desk, id, agent) {
  const page = await desk.browser.newPage(`https://gitlab.zendesk.com/agent/users/${id}`);
  const field = await page.waitForSelector('[data-test-id="user-organization-input"]');
  await field?.evaluate((one) => one.closest('.property')?.remove());
  await agent.page.bringToFront();
}

/** The ticket names no proof of its chain: the engineer knows that the requester gave it. @param {import('./steps/panel.js').Panel} panel */
async function acceptProof(panel) {
  await panel.fill('Reason', 'given by telephone');
  await panel.press('Accept');
}

atOneDesk('associating', {}, (add) => {
  add(
    "one press fills the Organization field on the user's page, confirms it by the number, and turns back to the ticket",
    async (desk) => {
      const { agent, panel } = await desk.fillCase(CASES.license);
      await panel.says('Entitled');
      await panel.press('Associate');
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 1).organization_id, ORGANIZATION + 1);
      assert.deepEqual(writes(desk), [`PUT /api/v2/users/${USER + 1} 200`]);
      assert.equal(await fieldOf(await tabOf(desk, USER + 1)), 'Lindqvist Widgets AB');
      await isInFront(agent.page);
      assert.equal(
        (await panel.settled()).facts['Requester']?.['Organization'],
        'Lindqvist Widgets AB',
      );
      await saysWithoutAssociate(panel);

      await panel.press(/^Undo: Associate /);
      await end(panel, 'Association', ['done', 'undone']);
      assert.equal(user(desk, USER + 1).organization_id, null);
      assert.deepEqual(writes(desk), [
        `PUT /api/v2/users/${USER + 1} 200`,
        `PUT /api/v2/users/${USER + 1} 200`,
      ]);
      assert.equal((await panel.settled()).facts['Requester']?.['Organization'], 'none yet');
      assert.equal(
        (await panel.read()).buttons.some((one) => one.startsWith('Undo')),
        false,
        'what was undone is undone once',
      );
    },
  );

  add.inTurn('it works with the Organization field of old pages', async (desk) => {
    desk.zendesk.page.oldOrganizationField = true;
    try {
      const { panel } = await desk.fillCase(CASES.activation);
      await panel.says('Entitled');
      await panel.press('Associate');
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 2).organization_id, ORGANIZATION + 2);
      assert.deepEqual(writes(desk), [`PUT /api/v2/users/${USER + 2} 200`]);
    } finally {
      desk.zendesk.page.oldOrganizationField = false;
    }
  });

  add.inTurn('pressed twice it is written once', async (desk) => {
    const { panel } = await desk.fillCase(chainOf(1032));
    await panel.says('Entitled');
    await panel.press('Associate', { count: 2 });
    await end(panel, 'Association', ['done']);
    assert.equal(user(desk, USER + 32).organization_id, ORGANIZATION + 32);
    assert.deepEqual(writes(desk), [`PUT /api/v2/users/${USER + 32} 200`]);
  });

  add.inTurn(
    'without the field nothing is changed, and the engineer is offered the API, which does it',
    async (desk) => {
      const { agent, panel } = await desk.fillCase(CASES.renewals);
      await panel.says('Entitled');
      await openUserWithoutField(desk, USER + 15, agent);
      await panel.showsTicket(1015);
      await panel.press('Associate');
      assert.equal(
        await problemOf(panel, 'Association'),
        'The user’s page shows no Organization field that Tether knows. Nothing was changed.',
      );
      assert.deepEqual(writes(desk), []);
      assert.equal(user(desk, USER + 15).organization_id, null);
      await panel.press('Use the API');
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 15).organization_id, ORGANIZATION + 15);
      assert.deepEqual(writes(desk), [`PUT /api/v2/users/${USER + 15} 200`]);
      await isInFront(agent.page);
    },
  );

  add.inTurn(
    "a user's page that is open already is used, and no other one is opened",
    async (desk) => {
      const { agent, panel } = await desk.fillCase(chainOf(1035));
      await panel.says('Entitled');
      const page = await desk.browser.newPage(
        `https://gitlab.zendesk.com/agent/users/${USER + 35}`,
      );
      await page.waitForSelector('[data-test-id="user-organization-input"]');
      await agent.page.bringToFront();
      await panel.showsTicket(1035);
      const before = (await desk.browser.pages()).length;
      await panel.press('Associate');
      await end(panel, 'Association', ['done']);
      assert.equal((await desk.browser.pages()).length, before);
      assert.equal(await fieldOf(page), 'Pasted Keys Oy');
      assert.equal(user(desk, USER + 35).organization_id, ORGANIZATION + 35);
      await isInFront(agent.page);
    },
  );

  add.inTurn(
    "the user's page closed while it saves: the panel says that nothing was written, and Continue does it",
    async (desk) => {
      const path = `/api/v2/users/${USER + 43}`;
      const { agent, panel } = await desk.fillCase(chainOf(1043));
      await acceptProof(panel);
      await panel.says('Entitled');
      desk.zendesk.faults.add({ match: path, method: 'PUT', delayMs: 1500, times: 1 });
      await panel.press('Associate');
      await isUnderWay(desk, path);
      await (await tabOf(desk, USER + 43)).close();
      await agent.page.bringToFront();
      assert.equal(
        await problemOf(panel, 'Association'),
        'No answer came, and Zendesk shows that nothing was written. It can be tried again.',
      );
      assert.equal(user(desk, USER + 43).organization_id, null);
      await panel.press(goOn('Associate '));
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 43).organization_id, ORGANIZATION + 43);
    },
  );

  add.inTurn(
    'a save that Zendesk refuses to the page is found out by reading back, and the API is offered',
    async (desk) => {
      const path = `/api/v2/users/${USER + 37}`;
      const { panel } = await desk.fillCase(chainOf(1037));
      await panel.says('Entitled');
      desk.zendesk.faults.add({
        match: path,
        method: 'PUT',
        status: 422,
        body: { error: 'RecordInvalid', description: 'No' },
        times: 1,
      });
      await panel.press('Associate');
      assert.equal(
        await problemOf(panel, 'Association'),
        'No answer came, and Zendesk shows that nothing was written. It can be tried again.',
      );
      assert.equal(user(desk, USER + 37).organization_id, null);
      await panel.press('Use the API');
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 37).organization_id, ORGANIZATION + 37);
      assert.deepEqual(writes(desk), [`PUT ${path} 422`, `PUT ${path} 200`]);
    },
  );

  add.inTurn(
    'signed out before the press: it says so, and after signing in Continue does it',
    async (desk) => {
      const { panel } = await desk.fillCase(chainOf(1042));
      await acceptProof(panel);
      await panel.says('Entitled');
      desk.zendesk.signOut();
      // What it rests on is read before the user's page is opened.
      await panel.press('Associate');
      assert.equal(
        await problemOf(panel, 'Association'),
        'You are signed out of Zendesk: nothing was written. Sign in, then continue.',
      );
      assert.equal(
        (await desk.browser.pages()).some((one) => one.url().includes(`/users/${USER + 42}`)),
        false,
        'a page is opened without a session',
      );
      assert.deepEqual(writes(desk), []);
      desk.zendesk.signIn();
      await panel.press(goOn('Associate '));
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 42).organization_id, ORGANIZATION + 42);
      assert.equal(writes(desk).length, 1);
    },
  );

  add.inTurn(
    'organizations of the very same name are not guessed: by its number the right one is written',
    async (desk) => {
      const { panel } = await desk.fillCase(chainOf(1028));
      await panel.says('Entitled');
      await panel.press('Associate');
      assert.match(
        await problemOf(panel, 'Association'),
        /^The field offers 2 organizations of the very same name, so none was picked/,
      );
      assert.deepEqual(writes(desk), []);
      await panel.press('Use the API');
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 28).organization_id, ORGANIZATION + 28);
      assert.deepEqual(writes(desk), [`PUT /api/v2/users/${USER + 28} 200`]);
    },
  );

  add.inTurn(
    'a field that put the user into the namesake is found out by its number, and put right',
    async (desk) => {
      const wrong = ORGANIZATION + 9001;
      addOrganization(desk.sites.world, { id: wrong, name: 'Numbers Ltd' });
      const { panel } = await desk.fillCase(chainOf(1033));
      await panel.says('Entitled');
      // The field offers another one under that name.
      desk.zendesk.faults.add({
        match: '/api/v2/organizations/autocomplete',
        body: {
          organizations: [{ id: wrong, name: 'Numbers Ltd' }],
          count: 1,
          next_page: null,
          previous_page: null,
        },
      });
      await panel.press('Associate');
      assert.equal(
        await problemOf(panel, 'Association'),
        `Read back, the user is in organization ${wrong}, which is not the one. Undo it, or put it right by the API.`,
      );
      assert.equal(user(desk, USER + 33).organization_id, wrong);
      await panel.press('Use the API');
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 33).organization_id, ORGANIZATION + 33);
      assert.equal(writes(desk).length, 2);
      await panel.press(/^Undo: Associate /);
      await end(panel, 'Association', ['done', 'undone']);
      assert.equal(user(desk, USER + 33).organization_id, null, 'as it was before Tether');
    },
  );

  add.inTurn('a requester of another organization is not moved out of it', async (desk) => {
    const { panel } = await desk.fillCase(chainOf(1029));
    await panel.says('Entitled');
    const says = await saysWithoutAssociate(panel);
    assert.match(says, /^Entitled, but the requester is in another organization/);
    assert.ok(
      says.includes(
        'The requester is in another organization, Former Employer Zrt: associating would move them out of it.',
      ),
      says,
    );
    assert.equal(user(desk, USER + 29).organization_id, ORGANIZATION + 930);
    assert.deepEqual(writes(desk), []);
  });

  add.inTurn(
    'a requester who was put into another organization meanwhile is not moved out of it',
    async (desk) => {
      const { panel } = await desk.fillCase(chainOf(1036));
      await panel.says('Entitled');
      user(desk, USER + 36).organization_id = ORGANIZATION + 1;
      await panel.press('Associate');
      assert.equal(
        await problemOf(panel, 'Association'),
        `The user is in organization ${ORGANIZATION + 1} already. Associating would move them out of it: nothing was written.`,
      );
      assert.deepEqual(writes(desk), []);
      assert.equal(user(desk, USER + 36).organization_id, ORGANIZATION + 1);
    },
  );

  add.inTurn(
    'not before the verdict is entitled: incomplete and not entitled are each in the way',
    async (desk) => {
      const agent = await desk.openTicket(1003);
      const panel = await desk.openPanel();
      await panel.showsTicket(1003);
      assert.match(await saysWithoutAssociate(panel), /^Incomplete: /);
      const portal = await desk.openPortal();
      await desk.look(panel, portal, CASES.trial);
      await panel.says('Not entitled');
      assert.match(await saysWithoutAssociate(panel), /^Not entitled: .*trial/);
      assert.deepEqual(writes(desk), []);
      assert.deepEqual(await linesOf(panel, 'Association'), []);
      assert.deepEqual(await agent.composer(1003), { lines: [], links: [] });
    },
  );

  add.inTurn(
    'an organization at its limit is in the way until the engineer decides, and the reason goes into the note',
    async (desk) => {
      const { panel } = await desk.fillCase(CASES.contactLimit);
      const { checks } = await panel.says('Entitled');
      assert.deepEqual(checks['Contact limit'], {
        name: 'Contact limit',
        answer: 'failed',
        why: '30 of 30 contacts, 1 to add: the organization would have 31',
      });
      assert.match(
        await saysWithoutAssociate(panel),
        /^Entitled, but the contact limit is reached \|.* has 30 contacts, and the limit is 30\. Adding 1 makes 31\./,
      );
      await panel.fill('Reason', 'their limit was raised to 40');
      await panel.press('Override limit');
      const decided = await panel.shows(
        'the decision',
        ({ checks: now }) => now['Contact limit']?.answer === 'passed',
      );
      assert.ok(
        decided.note.includes(
          '- Decision: Contact limit accepted (30 of 30 contacts, 1 to add: the organization would have 31): their limit was raised to 40',
        ),
        decided.note,
      );
      await panel.press('Associate');
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 19).organization_id, ORGANIZATION + 19);
    },
  );

  add.inTurn(
    "an organization's notes are shown whole and wait until they were read: Stop is in the way, to go on is not",
    async (desk) => {
      const { panel } = await desk.fillCase(CASES.withNotes);
      const { checks, sections } = await panel.says('Entitled');
      assert.equal(checks['Organization notes']?.answer, 'needs your decision');
      const { notes } = desk.sites.world.organizations.find(
        ({ id }) => id === ORGANIZATION + 20,
      ) ?? { notes: '' };
      const plain = notes.replace(/\s+/g, ' ').trim();
      assert.notEqual(plain, '');
      assert.ok(sections['Next step']?.includes(plain), sections['Next step']);
      assert.notDeepEqual(
        await panel.page.$$eval('mark', (all) => all.map((one) => one.textContent)),
        [],
        'what says stop is marked',
      );
      assert.match(await saysWithoutAssociate(panel), /^Entitled, but the organization has notes/);
      await panel.press('Stop');
      await panel.shows(
        'the refusal',
        ({ checks: now }) => now['Organization notes']?.answer === 'failed',
      );
      assert.match(
        await saysWithoutAssociate(panel),
        /^Entitled, but the organization’s notes say stop \| Stopped: Hand over this ticket/,
      );
      await panel.press(/^Undo decision: Organization notes$/);
      await panel.press('Continue');
      const read = await panel.shows(
        'the decision',
        ({ checks: now }) => now['Organization notes']?.answer === 'passed',
      );
      assert.match(
        read.note,
        /- Decision: Organization notes accepted .*read, and nothing speaks against it/,
      );
      await panel.press('Associate');
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, USER + 20).organization_id, ORGANIZATION + 20);
    },
  );

  add.inTurn("a partner's organization fails", async (desk) => {
    const { panel } = await desk.fillCase(chainOf(1030));
    const { checks } = await panel.says('Entitled');
    assert.deepEqual(checks['Organization notes'], {
      name: 'Organization notes',
      answer: 'failed',
      why: 'the organization’s account type is “Open Partner”',
    });
    assert.match(await saysWithoutAssociate(panel), /\| Stopped: Hand over this ticket/);
    assert.deepEqual(writes(desk), []);
  });

  add.inTurn(
    'a restricted account whose support has expired is left to the engineer',
    async (desk) => {
      const { panel } = await desk.fillCase(chainOf(1031));
      const { checks } = await panel.says('Entitled');
      assert.deepEqual(checks['Organization notes'], {
        name: 'Organization notes',
        answer: 'needs your decision',
        why: 'its account is restricted; its support level is “expired”',
      });
      assert.match(
        await saysWithoutAssociate(panel),
        /^Entitled, but the organization has notes .*its account is restricted/i,
      );
      assert.deepEqual(writes(desk), []);
    },
  );

  add.inTurn(
    'the background stopped between the press and the outcome: it is written once, and known to be done',
    async (desk) => {
      const id = USER + 5;
      const { agent, panel } = await desk.fillCase(CASES.prefix);
      await panel.says('Entitled');
      const path = `/api/v2/users/${id}`;
      desk.zendesk.faults.add({ match: path, method: 'PUT', delayMs: 2500 });
      await panel.press('Associate');
      await isUnderWay(desk, path);
      await desk.browser.stopWorker();
      await end(panel, 'Association', ['done']);
      assert.equal(user(desk, id).organization_id, ORGANIZATION + 5);
      assert.deepEqual(writes(desk), [`PUT ${path} 200`]);
      await isInFront(agent.page);
    },
  );
});
