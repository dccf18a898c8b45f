// The page jobs that Zendesk's page scripts carry out, and what they report. All of it is generated from the core's types.

/**
 * @typedef {import('../../shared/boundary.js').Job} Job
 * @typedef {import('../../shared/boundary.js').Selectors} Selectors
 * @typedef {import('../../shared/boundary.js').PageOutcome} Outcome
 *
 * @typedef {Extract<Job, {kind: 'write_note' | 'write_reply'}>} Text a text for a ticket's composer
 * @typedef {Extract<Job, {kind: 'write_reply'}>} WriteReply
 * @typedef {Extract<Job, {kind: 'take_reply_out'}>} TakeReplyOut
 * @typedef {Extract<Job, {kind: 'look_at_ticket'}>} LookAtTicket
 * @typedef {Extract<Job, {kind: 'request'}>} Request
 * @typedef {Extract<Job, {kind: 'fill_organization'}>} FillOrganization
 * @typedef {Extract<Job, {kind: 'diagnose_zendesk'}>} Diagnose
 * @typedef {import('../../shared/boundary.js').Expected} Expected
 *
 * @typedef {'internal' | 'public'} Channel
 */

export {};
