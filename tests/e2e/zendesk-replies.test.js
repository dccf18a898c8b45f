// Replies: the macro that fits, or Tether's own text, as a public draft in the composer. Nothing is ever submitted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from '../harness/wait.js';
import { CASES } from './steps/cases.js';
import { atDesk, atOneDesk } from './steps/desk.js';
import { addAsking, contactsOf, ORGANIZATION, ticketOf, writes } from './steps/people.js';
import { end } from './steps/tasks.js';

/** @typedef {import('./steps/desk.js').Desk} Desk */
/** @typedef {import('./steps/panel.js').Panel} Panel */
/** @typedef {import('./steps/agent.js').AgentPage} AgentPage */

/** Opens a ticket with the panel open. @param {Desk} desk @param {number} ticket */
async function lookAt(desk, ticket) {
  const agent = await desk.openTicket(ticket);
  const panel = await desk.openPanel();
  await panel.showsTicket(ticket);
  return { agent, panel };
}

/** Drafts a reply about something. @param {Panel} panel @param {string} about its title */
async function draft(panel, about) {
  await panel.settled();
  await panel.page.select(
    'select[name="about"]',
    await panel.page.$eval(
      'select[name="about"]',
      (list, title) =>
        [.../** @type {HTMLSelectElement} */ (list).options].find((one) => one.text === title)
          ?.value ?? '',
      about,
    ),
  );
  await panel.press('Draft reply');
}

/** Waits until the panel says so. @param {Panel} panel @param {string} words */
const says = (panel, words) =>
  panel.shows(words, ({ text, busy }) => !busy && text.includes(words));

/** The text that Tether would write itself, as its preview shows it; empty if there is none. @param {Panel} panel */
const ownText = (panel) =>
  panel.page.evaluate(
    () => document.querySelector('pre[aria-label="Tether’s own text"]')?.textContent ?? '',
  );

/** Waits for what is in the way of the reply. @param {Panel} panel @param {string} words the beginning */
const refuses = (panel, words) =>
  panel.shows(
    words,
    ({ alerts, busy }) => !busy && alerts.some((alert) => alert.startsWith(words)),
  );

/** What a ticket is like, to see that nothing was submitted. @param {Desk} desk @param {number} id */
function stateOf(desk, id) {
  const { status, tags, comments, custom_fields: fields, updated_at: at } = ticketOf(desk, id);
  return {
    status,
    tags: [...tags],
    comments: comments.length,
    fields: structuredClone(fields),
    at,
  };
}

/**
 * The macro with a title that ends so, and what puts it back as it was.
 * @param {Desk} desk
 * @param {string} ending
 */
function macroOf(desk, ending) {
  const { macros } = desk.sites.world;
  const at = macros.findIndex(({ title, active }) => active && title.endsWith(ending));
  const found = macros[at];
  assert.ok(found, `there is no macro ${ending}`);
  const before = structuredClone(found);
  return {
    macro: found,
    remove: () => macros.splice(at, 1),
    restore: () => macros.splice(at, macros.includes(found) ? 1 : 0, before),
  };
}

atOneDesk('replies', {}, (add) => {
  add(
    "after contacts were added the macro's text stands in the composer as a public draft, nothing is submitted, and the panel says Solved",
    async (desk) => {
      const { domain } = addAsking(desk, 1061, (own) => `Please add one@${own}.`);
      const { agent, panel } = await lookAt(desk, 1061);
      const before = stateOf(desk, 1061);
      await panel.press('Add contacts');
      await end(panel, 'Contacts', ['done']);
      await panel.press('Draft reply');
      const { text } = await says(
        panel,
        'Reply drafted in the composer of #1061, as a public reply.',
      );
      assert.ok(
        text.includes(
          'The text is from the macro “Support Ops::Users added to organization”. Read it, choose and submit it as Solved.',
        ),
        text,
      );
      assert.deepEqual(await agent.composer(1061), {
        lines: ['Hello Mary,', '(Users added to organization: invented text)'],
        links: [],
      });
      assert.equal(await agent.channel(1061), 'public');
      assert.deepEqual(stateOf(desk, 1061), before);
      assert.deepEqual(writes(desk), ['POST /api/v2/users 201']);
      assert.ok(
        (await ownText(panel)).includes(`one@${domain}`),
        'the own text names who was added',
      );
    },
  );

  add.inTurn(
    'drafted alone it waits until the page shows what was saved to the ticket, as a plan does',
    async (desk) => {
      const { agent, panel } = await lookAt(desk, 1027);
      await panel.press('Set problem type');
      await end(panel, 'Metadata', ['done']);
      await draft(panel, 'Ask for proof of entitlement');
      await panel.shows('the page is outdated', ({ buttons }) => buttons.includes('Reload ticket'));
      assert.deepEqual((await agent.composer(1027)).lines, []);
      await panel.press('Reload ticket');
      await says(panel, 'submit it as Pending');
      const { lines } = await agent.composer(1027);
      assert.ok(lines.includes('- the license ID'), lines.join('\n'));
    },
  );

  add.inTurn(
    'drafted again it asks first, and the composer holds the reply once until told otherwise',
    async (desk) => {
      const { agent, panel } = await lookAt(desk, 1027);
      await draft(panel, 'Ask for proof of entitlement');
      await says(panel, 'submit it as Pending');
      const once = await agent.composer(1027);
      assert.deepEqual(once.links, ['https://docs.example.com/usage-export']);
      assert.deepEqual(once.lines[0], `Hello ${ticketName(desk, 1027)},`);
      assert.ok(once.lines.includes('- the license ID'), once.lines.join('\n'));
      await panel.press('Draft reply');
      await says(panel, 'The reply was already in the composer of #1027.');
      assert.deepEqual(await agent.composer(1027), once);
      await panel.press('Draft it again');
      await panel.shows(
        'it is there twice',
        ({ text, busy }) => !busy && !text.includes('was already in the composer'),
      );
      assert.deepEqual((await agent.composer(1027)).lines, [...once.lines, ...once.lines]);
      assert.deepEqual(writes(desk), []);
    },
  );

  add.inTurn("without a macro of that title it is Tether's own text", async (desk) => {
    const { remove, restore } = macroOf(desk, 'Proof of support entitlement');
    remove();
    try {
      const { agent, panel } = await lookAt(desk, 1024);
      await draft(panel, 'Ask for proof of entitlement');
      const { text } = await says(
        panel,
        'Reply drafted in the composer of #1024, as a public reply.',
      );
      assert.ok(
        text.includes(
          'The text is Tether’s own: no macro with a title from the settings was found.',
        ),
        text,
      );
      const { lines } = await agent.composer(1024);
      assert.equal(lines[0], 'Hello Linnéa,');
      for (const kind of [
        'License ID',
        'Cloud activation code',
        'License file',
        'License usage export',
      ])
        assert.ok(
          lines.some((line) => line.startsWith(`- ${kind}:`)),
          kind,
        );
      assert.equal(await agent.channel(1024), 'public');
    } finally {
      restore();
    }
  });

  for (const [about, word] of /** @type {const} */ ([
    ['Contacts removed', 'Solved'],
    ['Not an owner of a paid top-level group', 'Pending'],
    ['Proof is a trial', 'Pending'],
    ['Entitlement checks not passed', 'Pending'],
    ['Company email needed', 'Pending'],
  ])) {
    add.inTurn(
      `the reply about “${about}” is a public draft to be submitted as ${word}`,
      async (desk) => {
        const { agent, panel } = await lookAt(desk, 1032);
        await draft(panel, about);
        await says(panel, `submit it as ${word}.`);
        const { lines } = await agent.composer(1032);
        assert.equal(lines[0], 'Hello Zadie,');
        assert.ok(lines.length > 1);
        assert.equal(await agent.channel(1032), 'public');
        assert.deepEqual(writes(desk), []);
      },
    );
  }

  add.inTurn(
    'nothing of a hostile macro comes to life in the draft, and its text arrives',
    async (desk) => {
      const { agent, panel } = await lookAt(desk, 1023);
      const title = await agent.page.title();
      await draft(panel, 'Contact to remove has open tickets');
      await says(panel, 'Reply drafted in the composer of #1023, as a public reply.');
      const data = (await agent.data(1023)) ?? '';
      assert.equal(
        /<script|<img|<iframe|onerror|onclick|javascript:|style=|position/i.test(data),
        false,
        data,
      );
      const { lines, links } = await agent.composer(1023);
      assert.deepEqual(links, ['https://docs.example.com/tickets']);
      for (const text of [
        '(User has non-closed tickets: invented text) Please wait',
        'look here',
        'or here',
        'the end',
      ]) {
        assert.ok(
          lines.some((line) => line.includes(text)),
          text,
        );
      }
      assert.equal(await agent.page.title(), title);
      assert.notEqual(await panel.page.title(), 'owned');
    },
  );

  add.inTurn(
    'an internal note that was not submitted is not made public: the reply is refused and the note untouched',
    async (desk) => {
      addAsking(desk, 1062, () => 'Please help.');
      desk.zendesk.page.perTicket = { 1062: { channel: 'internal' } };
      const { agent, panel } = await lookAt(desk, 1062);
      await agent.type(1062, 'They are behind with their bills.');
      const before = await agent.data(1062);
      await draft(panel, 'Contacts added');
      await refuses(
        panel,
        'The composer holds an internal note that was not submitted. As a reply it would become public, so nothing was touched.',
      );
      assert.equal(await agent.data(1062), before);
      assert.equal(await agent.channel(1062), 'internal');
      assert.deepEqual(writes(desk), []);
    },
  );

  add.inTurn("Tether's own note of the same case is not made public either", async (desk) => {
    const { agent, panel } = await desk.fillCase(CASES.trial);
    await panel.says('Not entitled');
    await panel.press('Add internal note');
    await panel.saysTheNoteStands(1003);
    const before = await agent.data(1003);
    await panel.press('Draft reply');
    await refuses(panel, 'The composer holds an internal note that was not submitted.');
    assert.equal(await agent.data(1003), before);
    assert.equal(await agent.channel(1003), 'internal');
  });

  add.inTurn(
    'the limit is reached: a requester of the organization gets its contacts for review',
    async (desk) => {
      const { agent, panel } = await lookAt(desk, 1022);
      await panel.shows('the limit', ({ checks }) => checks['Contact limit']?.answer === 'failed');
      await panel.press('Draft reply');
      await says(panel, 'submit it as Pending');
      const { lines } = await agent.composer(1022);
      assert.ok(
        lines.includes('(Maximum contacts reached: invented text)'),
        'the macro that is in use, not the retired one',
      );
      for (const email of [
        'chiara@nearlyfull.example.com',
        'contact2@nearlyfull.example.com',
        'contact29@nearlyfull.example.com',
      ]) {
        assert.ok(
          lines.some((line) => line.includes(email)),
          email,
        );
      }
      assert.equal(
        lines.some((line) => line.includes('former1@')),
        false,
        'suspended users are no contacts',
      );
    },
  );

  add.inTurn(
    'the limit is reached: a requester who is not of the organization is told none of its contacts',
    async (desk) => {
      const { agent, panel } = await desk.fillCase(CASES.contactLimit);
      await panel.shows(
        'the limit and what to do',
        ({ buttons, checks }) =>
          checks['Contact limit']?.answer === 'failed' && buttons.includes('Run 2 steps'),
      );
      await panel.settled();
      const contacts = contactsOf(desk, ORGANIZATION + 19);
      assert.equal(contacts.length, 30);
      await draft(panel, 'Contact limit reached');
      await says(panel, 'submit it as Pending');
      const data = (await agent.data(1019)) ?? '';
      assert.ok(data.includes('(Maximum contacts reached: invented text)'));
      assert.deepEqual(
        contacts.filter((email) => email && data.includes(email)),
        [],
      );
      const own = await ownText(panel);
      assert.notEqual(own, '');
      assert.deepEqual(
        contacts.filter((email) => email && own.includes(email)),
        [],
      );
    },
  );

  add.inTurn(
    'a macro that holds the Sold-to address is refused, and nothing gets into the composer',
    async (desk) => {
      const { macro, restore } = macroOf(desk, 'Users added to organization');
      for (const action of macro.actions) {
        if (action.field === 'comment_value_html')
          action.value +=
            '<p>You bought it as <a href="mailto:ADA.Lindqvist@example.com">Ada</a>.</p>';
      }
      try {
        const { agent, panel } = await desk.fillCase(CASES.license);
        await panel.says('Entitled');
        await draft(panel, 'Contacts added');
        await refuses(
          panel,
          'The reply was not drafted: it would show the Sold-to address, which must never be in a public reply.',
        );
        assert.deepEqual(await agent.composer(1001), { lines: [], links: [] });
        assert.deepEqual(writes(desk), []);
      } finally {
        restore();
      }
    },
  );

  add.inTurn(
    'a macro that cannot be read is said, and the own text can be taken instead',
    async (desk) => {
      const fault = desk.zendesk.faults.add({
        match: '/api/v2/macros/search',
        status: 403,
        body: { error: { title: 'Forbidden', message: 'no' } },
      });
      const { agent, panel } = await lookAt(desk, 1033);
      await draft(panel, 'Ask for proof of entitlement');
      await refuses(
        panel,
        'The macro could not be looked up. Your account may not read this in Zendesk.',
      );
      assert.equal(fault.hits(), 1);
      await panel.press('Use Tether’s own text');
      await says(panel, 'The text is Tether’s own: you asked for it.');
      assert.equal((await agent.composer(1033)).lines[0], 'Hello Alan,');
    },
  );

  add.inTurn(
    'another ticket in front gets no reply: it goes into its own, or nowhere',
    async (desk) => {
      const { agent, panel } = await lookAt(desk, 1034);
      const fault = desk.zendesk.faults.add({ match: '/api/v2/macros/search', delayMs: 1500 });
      await draft(panel, 'Ask for proof of entitlement');
      await panel.shows('it looks for the macro', ({ text }) =>
        text.includes('Looking for the macro…'),
      );
      await agent.openFromList(1035);
      await panel.showsTicket(1035);
      await until("the macro's text is there", () =>
        desk.sites.log
          .entries()
          .some(({ path, status }) => path.endsWith('/apply') && status === 200),
      );
      assert.equal(fault.hits(), 1);
      await agent.openFromList(1034);
      await panel.showsTicket(1034);
      await refuses(
        panel,
        'No tab shows ticket #1034: nothing was written. Open it, then draft the reply again.',
      );
      assert.deepEqual(await agent.composer(1034), { lines: [], links: [] });
      await agent.openFromList(1035);
      assert.deepEqual(await agent.composer(1035), { lines: [], links: [] });
    },
  );
});

/** First name of a ticket's requester. @param {Desk} desk @param {number} ticket */
function ticketName(desk, ticket) {
  const { requester_id: id } = ticketOf(desk, ticket);
  return desk.sites.world.users.find((one) => one.id === id)?.name.split(' ')[0] ?? '';
}

const { zendesk } = JSON.parse(
  readFileSync(new URL('../../extension/site-profile.json', import.meta.url), 'utf8'),
);

atDesk(
  "where an entry of the submit menu only chooses, the reply's status is chosen too, and still nothing is submitted",
  {
    turn: 'chromium',
    profile: { zendesk: { ...zendesk, submit_menu: 'chooses' } },
    zendesk: { page: { submitMenu: 'chooses' } },
  },
  async (desk) => {
    const { agent, panel } = await lookAt(desk, 1032);
    const before = stateOf(desk, 1032);
    await draft(panel, 'Contacts added');
    await says(panel, 'Read it, then submit it as Solved.');
    assert.equal(
      await agent.page.$eval('[data-test-id="submit_button-button"]', (one) =>
        one.textContent?.replace(/\s+/g, ' ').trim(),
      ),
      'Submit as Solved',
    );
    await draft(panel, 'Ask for proof of entitlement');
    await says(panel, 'Read it, then submit it as Pending.');
    assert.equal(
      await agent.page.$eval('[data-test-id="submit_button-button"]', (one) =>
        one.textContent?.replace(/\s+/g, ' ').trim(),
      ),
      'Submit as Pending',
    );
    assert.deepEqual(stateOf(desk, 1032), before);
    assert.deepEqual(writes(desk), []);
  },
);
