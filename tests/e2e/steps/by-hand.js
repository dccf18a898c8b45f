// The five main situations done by hand, as the handbook describes them, counted action by action.
//
// How it is counted: the ticket is open, a tab of the Customers portal (signed in) and the Super App are open, too. A click is a press of
// the mouse; to select a word by a double click is one. A key is a press: each typed character, Enter, and one each for copy, paste and End.
// Looking, comparing and scrolling count nothing, nor does signing in. Going from one tab to another is a click. The ids that the requester
// gave are selected and copied, since nobody types 24 letters.

/** @typedef {[what: string, clicks: number, keys: number]} Action */

/** Select something and copy it. @param {string} what @returns {Action} */
const copy = (what) => [`copy ${what}`, 1, 1];
/** @param {string} what @returns {Action} */
const click = (what) => [`click ${what}`, 1, 0];
/** @param {string} text @returns {Action} */
const type = (text) => [`type ${JSON.stringify(text)}`, 0, text.length];
/** @type {Action} */
const PASTE = ['paste', 0, 1];
/** @type {Action} */
const ENTER = ['Enter', 0, 1];
const TICKET = click("the ticket's tab");
const PORTAL = click("the portal's tab");

/** Step 1. @type {Action[]} */
const METADATA = [
  click('the field Support Ops Problem Type'),
  click("Manage my organization's contacts"),
  click('Submit'),
];

/** Into the note: the address of the page in front, or something on it. @param {string} label @param {Action} what @returns {Action[]} */
const note = (label, what) => [what, TICKET, type(`- ${label}: `), PASTE, ENTER];
const ADDRESS = copy("the page's address");

/** Steps 9 to 12, with the subscription's name in the clipboard. @type {Action[]} */
const FROM_ORDER_ON = [
  click('Orders'),
  click('Add filter'),
  click('Subscription name'),
  click('the drop-down'),
  click('Contains'),
  click('the input'),
  PASTE,
  ENTER,
  click('the show icon'),
  ...note('Order', ADDRESS),
  PORTAL,
  click('the link under Billing account'),
  ...note('Billing account', ADDRESS),
  PORTAL,
  ...note('Sold-to', copy('Sold to')),
  PORTAL,
  ...note('Salesforce ID', copy('Salesforce account')),
  click("Zendesk's search"),
  type('salesforce_id:'),
  PASTE,
  ENTER,
  click('the organization'),
  ...note('Organization', ADDRESS),
  click('Submit'),
];

/** The pre-checks: how many users, and the notes. @type {Action[]} */
const PRE_CHECKS = [click('the organization'), click('its users')];

/** Step 13. @type {Action[]} */
const ASSOCIATE = [
  copy("the organization's name"),
  TICKET,
  click('the user'),
  click('the Organization field'),
  PASTE,
  click('the matching name'),
  TICKET,
];

/** The macro, and Submit as Solved. @param {string} macro typed to find it @returns {Action[]} */
const reply = (macro) => [
  click('Apply macro'),
  type(macro),
  click('the macro'),
  click('the Submit menu'),
  click('Submit as Solved'),
];

/** @type {Action[]} */
const TO_NOTE = [click('the channel'), click('Internal note'), click('the composer')];

/** @type {Record<'license' | 'activation' | 'adding' | 'dotCom' | 'removal', Action[]>} */
export const BY_HAND = {
  license: [
    ...METADATA,
    ...TO_NOTE,
    copy('the license ID'),
    PORTAL,
    click('Licenses'),
    click('the address'),
    ['End', 0, 1],
    type('/'),
    PASTE,
    ENTER,
    ...note('License', ADDRESS),
    PORTAL,
    copy('Zuora subscription name'),
    ...FROM_ORDER_ON,
    ...PRE_CHECKS,
    ...ASSOCIATE,
    ...reply('users added'),
  ],
  activation: [
    ...METADATA,
    ...TO_NOTE,
    copy('the activation code'),
    PORTAL,
    click('the address'),
    ['End', 0, 1],
    type('cloud_activation?query='),
    PASTE,
    ENTER,
    click('the show icon'),
    ...note('Cloud activation', ADDRESS),
    PORTAL,
    copy('Subscription name'),
    ...FROM_ORDER_ON,
    ...PRE_CHECKS,
    ...ASSOCIATE,
    ...reply('users added'),
  ],
  adding: [
    ...METADATA,
    ...PRE_CHECKS,
    TICKET,
    click('the Super App'),
    click('Associate User'),
    copy('the first address'),
    click('the input'),
    PASTE,
    type(', '),
    copy('the second address'),
    click('the input'),
    PASTE,
    click('Associate'),
    ...reply('users added'),
  ],
  dotCom: [
    ...METADATA,
    click('the Super App'),
    click('Attempt Association'),
    click('Attempt auto-association'),
    ...reply('users added'),
  ],
  removal: [
    ...METADATA,
    ADDRESS,
    click('the organization'),
    click('its users'),
    click('the user'),
    click('Notes'),
    type('De-associated as per '),
    PASTE,
    click('the value under Organization'),
    type('-'),
    click('the blank value'),
    TICKET,
    ...reply('users removed'),
  ],
};

/** @param {Action[]} actions @returns {import('./hand.js').Hand} */
export const sumOf = (actions) =>
  actions.reduce(
    (sum, [, clicks, keys]) => ({ clicks: sum.clicks + clicks, keys: sum.keys + keys }),
    { clicks: 0, keys: 0 },
  );
