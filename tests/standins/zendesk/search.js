// Zendesk's search language, as far as the process needs it. It ignores case everywhere, so it also finds an identifier that
// differs only in case: the caller has to compare.

/**
 * @typedef {import('../world.js').Organization} Organization
 * @typedef {import('../world.js').User} User
 * @typedef {import('../world.js').Ticket} Ticket
 * @typedef {import('../world.js').ZendeskRecords} ZendeskRecords
 *
 * One condition; `key` is empty for a free word.
 * @typedef {{key: string, operator: ':'|'<'|'>'|'<='|'>=', value: string, negated: boolean}} Term
 */

/**
 * @param {string} query
 * @returns {Term[]}
 */
export function parseQuery(query) {
  const terms = [];
  const pattern = /(-?)(?:([A-Za-z_][\w.]*)(<=|>=|:|<|>))?(?:"([^"]*)"|(\S+))/g;
  for (const found of query.matchAll(pattern)) {
    const [, minus, key, operator, quoted, bare] = found;
    terms.push({
      key: (key ?? '').toLowerCase(),
      operator: /** @type {Term['operator']} */ (operator ?? ':'),
      value: (quoted ?? bare ?? '').toLowerCase(),
      negated: minus === '-',
    });
  }
  return terms;
}

const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

/**
 * Free words match the beginning of a word.
 * @param {string} text
 * @param {string} value
 */
const hasWord = (text, value) => {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}@._+-]+/u);
  return value
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part.replace(/\*$/, ''))));
};

/** @param {unknown} have  @param {string} value */
const same = (have, value) => String(have ?? '').toLowerCase() === value;

/** @param {Organization} record  @param {Term} term */
function organizationHas(record, { key, value }) {
  if (!key) return hasWord(`${record.name} ${record.notes} ${record.details}`, value);
  if (key === 'name') return hasWord(record.name, value);
  if (key === 'id') return same(record.id, value);
  if (key === 'tags') return record.tags.some((tag) => same(tag, value));
  if (key === 'notes' || key === 'details') return hasWord(record[key], value);
  const fields = /** @type {Record<string, unknown>} */ (
    /** @type {unknown} */ (record.organization_fields)
  );
  if (!(key in fields)) return false;
  return value === 'none' ? fields[key] === null : same(fields[key], value);
}

/** @param {ZendeskRecords} records  @param {User} record  @param {Term} term */
function userHas(records, record, { key, value }) {
  if (!key) return hasWord(`${record.name} ${record.email}`, value);
  if (key === 'email') {
    return [record.email, ...(record.other_emails ?? [])].some(
      (email) =>
        same(email, value) ||
        (value.endsWith('*') && email.toLowerCase().startsWith(value.slice(0, -1))),
    );
  }
  if (key === 'name') return hasWord(record.name, value);
  if (key === 'id') return same(record.id, value);
  if (key === 'role') return same(record.role, value);
  if (key === 'organization' || key === 'organization_id') {
    if (value === 'none') return record.organization_id === null;
    const owner = records.organizations.find((one) => one.id === record.organization_id);
    return same(record.organization_id, value) || (owner !== undefined && same(owner.name, value));
  }
  return false;
}

/** @param {ZendeskRecords} records  @param {Ticket} record  @param {Term} term */
function ticketHas(records, record, { key, operator, value }) {
  if (!key)
    return same(record.id, value) || hasWord(`${record.subject} ${record.description}`, value);
  if (key === 'status') {
    const have = STATUSES.indexOf(record.status);
    const want = STATUSES.indexOf(value);
    if (want < 0) return false;
    return {
      ':': have === want,
      '<': have < want,
      '>': have > want,
      '<=': have <= want,
      '>=': have >= want,
    }[operator];
  }
  if (key === 'requester' || key === 'requester_id') {
    const person = records.users.find((one) => one.id === record.requester_id);
    return (
      same(record.requester_id, value) ||
      (person !== undefined && (same(person.email, value) || hasWord(person.name, value)))
    );
  }
  if (key === 'organization' || key === 'organization_id')
    return same(record.organization_id, value);
  if (key === 'tags') return record.tags.some((tag) => same(tag, value));
  if (key === 'subject') return hasWord(record.subject, value);
  return false;
}

/**
 * Everything that meets all conditions, with its `result_type`.
 * @param {ZendeskRecords} records
 * @param {string} query
 * @param {(record: {created_at: string}) => boolean} isIndexed  false for what search has not seen yet
 * @returns {(Organization | User | Ticket)[]}
 */
export function find(records, query, isIndexed) {
  const terms = parseQuery(query);
  const type = terms.find((term) => term.key === 'type')?.value;
  const rest = terms.filter((term) => term.key !== 'type');
  if (!terms.length) return [];
  /** @type {(Organization | User | Ticket)[]} */
  const found = [];
  if (!type || type === 'organization') {
    found.push(
      ...records.organizations.filter((one) =>
        rest.every((term) => organizationHas(one, term) !== term.negated),
      ),
    );
  }
  if (!type || type === 'user') {
    found.push(
      ...records.users.filter((one) =>
        rest.every((term) => userHas(records, one, term) !== term.negated),
      ),
    );
  }
  if (!type || type === 'ticket') {
    found.push(
      ...records.tickets.filter((one) =>
        rest.every((term) => ticketHas(records, one, term) !== term.negated),
      ),
    );
  }
  return found.filter(isIndexed);
}
