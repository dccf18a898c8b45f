// What a test may choose about the portal stand-in; everything can be changed while it runs.

/**
 * @typedef {object} PortalOptions
 * @property {'v3'|'v2'} [version]  rails_admin 3.1+ with Turbo, or 2.x with pjax
 * @property {'badge'|'text'} [trial]  booleans as rails_admin draws them, or Trial as the words Yes and No
 * @property {'record'|import('../world.js').SoldToForm} [soldTo]  one form for all, or what each record says
 * @property {'text'|'link'} [salesforce]  the Salesforce account as text, or as a link to Salesforce
 * @property {'absent'|'dash'} [empty]  rows without a value are left out, or show a dash
 * @property {boolean} [groups]  show pages in two groups of fields; under v3 the second one nests in the first
 * @property {string} [subscriptionLabel]  label of the license's subscription name
 * @property {{name: string, label: string}|null} [trialAs]  Trial under another field's name and label, as after a change of the portal
 * @property {Record<string, {name: string, label: string}>} [labels]  fields under other names and labels, by model and name, such
 *   as `order.billing_account`
 * @property {'json'|'yaml'|'table'} [validation]  how Validate License shows its result
 * @property {boolean} [signedIn]  false: the sign-in wall is up from the start
 * @property {boolean|'fetches'} [requireCookie]  who needs the session's cookie: everybody, nobody, or all but documents (a
 *   document without it is given one, as single sign-on would do silently)
 * @property {'sign_in'|'okta'} [signedOutTo]  where the wall sends people
 * @property {string[]} [forbidden]  models that answer 403
 * @property {string[]} [unlinked]  models that the viewer may not see: links to them are plain text
 * @property {number} [delayMs]  waited before every answer
 */

/** @returns {Required<PortalOptions>} */
export function defaultOptions() {
  return {
    version: 'v3',
    trial: 'badge',
    soldTo: 'record',
    salesforce: 'text',
    empty: 'absent',
    groups: false,
    subscriptionLabel: 'Zuora subscription name',
    trialAs: null,
    labels: {},
    validation: 'json',
    signedIn: true,
    requireCookie: 'fetches',
    signedOutTo: 'sign_in',
    forbidden: [],
    unlinked: [],
    delayMs: 0,
  };
}
