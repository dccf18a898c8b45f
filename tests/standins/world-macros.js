// The macros that the process replies with, by the titles that GitLab uses, in both spellings. Their texts are invented.

/** @typedef {import('./world.js').Macro} Macro */
/** @typedef {Macro['actions'][number]} Action */

const GREETING = '<p>Hello {{ticket.requester.first_name}},</p>';

/** @param {string} html  @returns {Action[]} */
const reply = (html) => [
  { field: 'comment_value_html', value: `${GREETING}${html}` },
  { field: 'comment_mode_is_public', value: 'true' },
];

/** @param {'solved'|'pending'} status  @param {string} [tags]  @returns {Action[]} */
const then = (status, tags) => [
  { field: 'status', value: status },
  ...(tags ? [{ field: 'current_tags', value: tags }] : []),
];

/** @returns {Macro[]} */
export function macros() {
  const all = /** @type {[title: string, actions: Action[], active?: boolean][]} */ ([
    [
      'Support-Ops::Proof of support entitlement',
      [
        ...reply(
          '<p>(Proof of support entitlement: invented text) Please send us <strong>one</strong> of these:</p><ul><li>the license ID</li>' +
            '<li>the cloud activation code</li><li>the license file, or a <a href="https://docs.example.com/usage-export">usage export</a></li></ul>' +
            '<p>Ticket {{ticket.id}}: {{ticket.title}}</p>',
        ),
        ...then('pending'),
      ],
    ],
    [
      'Support-Ops::GitLab.com user is not an Owner',
      [...reply('<p>(GitLab.com user is not an Owner: invented text)</p>'), ...then('pending')],
    ],
    [
      'Support Ops::Users added to organization',
      [
        ...reply('<p>(Users added to organization: invented text)</p>'),
        ...then('solved', 'contacts_added supportops_done'),
        { field: 'custom_fields_360020614540', value: 'supportops_manage_contacts' },
      ],
    ],
    [
      'Support Ops::Users removed from organization',
      [
        ...reply('<p>(Users removed from organization: invented text)</p>'),
        ...then('solved', 'contacts_removed'),
      ],
    ],
    // Retired, but still there: its title is that of the one in use.
    [
      'Support-Ops::Maximum contacts reached',
      reply('<p>(An old text that nobody should get)</p>'),
      false,
    ],
    [
      'Support-Ops::Maximum contacts reached',
      [...reply('<p>(Maximum contacts reached: invented text)</p>'), ...then('pending')],
    ],
    // Whoever may write macros may write this: nothing of it may come to life in a page or in a draft.
    [
      'Support-Ops::User has non-closed tickets',
      reply(
        '<p>(User has non-closed tickets: invented text) <b>Please wait</b> <img src="x" onerror="document.title=\'owned\'"></p>' +
          '<ol><li><a href="javascript:document.title=%27owned%27">look here</a></li><li><a href="https://docs.example.com/tickets">or here</a></li></ol>' +
          '<script>document.title=\'owned\'</script><p style="position:fixed;inset:0" onclick="document.title=\'owned\'">the end</p>',
      ),
    ],
  ]);
  return all.map(([title, actions, active = true], at) => ({
    id: 360091000001 + at,
    title,
    active,
    actions,
  }));
}
