// The page jobs that the background gives, and what it gets back.

/**
 * Each name with its selectors, the best first (site profile, `zendesk.selectors`). Names that did not come with the job have none.
 * `{status}` in `submit_menu_entry` stands for the wanted status; `organization_labels` holds texts, not selectors.
 * @typedef {Partial<Record<'active_pane' | 'pane_ticket' | 'active_tab' | 'composer' | 'channel_button' | 'channel_internal' | 'channel_public'
 *   | 'submit_button' | 'submit_menu_button' | 'submit_menu_entry' | 'user_pane' | 'organization_field' | 'organization_labels',
 *   string[]>>} Selectors
 *
 * @typedef {'internal' | 'public'} Channel
 */

/**
 * A text for a ticket's composer: the page jobs `write_note` and `write_reply`.
 * @typedef {object} Text
 * @property {'write_note' | 'write_reply'} kind
 * @property {number} effect names the page job; comes back with the outcome
 * @property {number} ticket
 * @property {string} html safe HTML of the text
 * @property {string[]} lines the same text, one entry a line
 * @property {boolean} again write it even if it stands there already
 * @property {Selectors} selectors
 */

/**
 * @typedef {Text & {status: 'solved' | 'pending', submit_menu: 'submits' | 'chooses'}} WriteReply
 * `submit_menu`: what a click on an entry beside the submit button does
 */

/**
 * A write through the API, in the page of the ticket or of the user, or in any when both are null.
 * @typedef {object} Request
 * @property {'request'} kind
 * @property {number} effect
 * @property {number | null} ticket
 * @property {number | null} user
 * @property {'PUT' | 'POST'} method
 * @property {string} path with the query, from `/api/v2/` on
 * @property {object} body
 * @property {Selectors} [selectors] `active_tab` is looked at
 */

/**
 * @typedef {object} FillOrganization
 * @property {'fill_organization'} kind
 * @property {number} effect
 * @property {number} user
 * @property {string} name of the organization, exactly
 * @property {string | null} [replaces] the name that the field may show before, apart from nothing
 * @property {Selectors} selectors
 */

/**
 * Counts what the selectors find.
 * @typedef {object} Diagnose
 * @property {'diagnose_zendesk'} kind
 * @property {number} effect
 * @property {number | null} user whose page is in front
 * @property {Selectors} selectors
 */

/**
 * Of every page job: `failed` means that nothing was written.
 * @typedef {{kind: 'wrong_ticket', front: number | null}
 *   | {kind: 'ambiguous', what: string}
 *   | {kind: 'not_arrived', text: string}
 *   | {kind: 'failed', why: string}
 *   | TextOutcome | RequestOutcome | OrganizationOutcome | Looked} Outcome
 *
 * @typedef {{kind: 'written', text: string, status?: 'chosen' | 'left' | 'not_found'}
 *   | {kind: 'already_there'}
 *   | {kind: 'no_composer' | 'hidden_composer' | 'side_conversation' | 'old_composer' | 'submit_button'}
 *   | {kind: 'messaging_composer', channel?: string}
 *   | {kind: 'composer_of_ticket', ticket: number | null}
 *   | {kind: 'not_internal' | 'not_public', channel: string}
 *   | {kind: 'internal_draft', text: string}
 *   | {kind: 'moved', front: number | null}} TextOutcome
 *
 * @typedef {{kind: 'answered', answer: import('./send.js').Answer}
 *   | {kind: 'wrong_page', front: string}
 *   | {kind: 'hidden'}
 *   | {kind: 'signed_out'}
 *   | {kind: 'no_token'}} RequestOutcome
 *
 * @typedef {{kind: 'chosen' | 'already', shown: string}
 *   | {kind: 'no_field' | 'several_organizations'}
 *   | {kind: 'field_shows', shown: string}
 *   | {kind: 'several', count: number}
 *   | {kind: 'no_entry', seen: string[]}} OrganizationOutcome *
 * What the selectors find: for each variant how many in the page and how many in their place; what the scripts that write would say.
 * @typedef {{kind: 'looked', path: string, hidden: boolean, counts: Record<string, ([number, number] | null)[]>, composer: string | null,
 *   channel: Channel | null, organization: string | null}} Looked
 */

export {};
