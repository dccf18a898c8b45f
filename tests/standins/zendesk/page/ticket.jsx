// One ticket: properties at the left, conversation and composer in the middle, macro box and submit button below.

import { Combobox, Field, Item, Menu, Option } from '@zendeskgarden/react-dropdowns';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from './api.js';
import { Composer, SideConversation } from './composer.jsx';
import { DropdownField, TextField } from './fields.jsx';
import { sanitize } from './sanitize.js';

const STATUSES = ['open', 'pending', 'hold', 'solved'];
const LABELS = { open: 'Open', pending: 'Pending', hold: 'On-hold', solved: 'Solved' };

async function allComments(id) {
  const comments = [];
  const users = new Map();
  for (let after = ''; ; ) {
    const page = await api(
      `tickets/${id}/comments?include=users&page[size]=100${after && `&page[after]=${encodeURIComponent(after)}`}`,
    );
    comments.push(...page.comments);
    for (const user of page.users) users.set(user.id, user);
    if (!page.meta.has_more)
      return comments.map((one) => ({ ...one, author: users.get(one.author_id) }));
    after = page.meta.after_cursor;
  }
}

function Comment({ comment }) {
  return (
    <article
      className={`comment ${comment.public ? 'is-public' : 'is-internal'}`}
      data-test-id="omni-log-comment-item"
      data-comment-id={comment.id}
    >
      <span className="avatar" aria-hidden="true">
        {(comment.author?.name ?? '?').slice(0, 1)}
      </span>
      <div>
        <header>
          <b data-test-id="omni-log-item-sender">{comment.author?.name}</b>
          {!comment.public && <span className="note-mark">Internal</span>}
          <time dateTime={comment.created_at}>
            {comment.created_at.replace('T', ' ').slice(0, 16)}
          </time>
        </header>
        <div
          className="zd-comment"
          data-test-id="omni-log-message-content"
          dir="auto"
          dangerouslySetInnerHTML={{ __html: sanitize(comment.html_body) }}
        />
        {comment.attachments.map((one) => (
          <a
            key={one.id}
            className="attachment"
            href={one.content_url}
            target="_blank"
            rel="noopener noreferrer"
          >
            📎 {one.file_name}
          </a>
        ))}
      </div>
    </article>
  );
}

function MacroBox({ ticketId, onApply }) {
  const [macros, setMacros] = useState(null);
  const [typed, setTyped] = useState('');
  const load = () => {
    if (!macros)
      api('macros/active')
        .then((answer) => setMacros(answer.macros))
        .catch(() => setMacros([]));
  };
  const shown = (macros ?? []).filter((one) =>
    one.title.toLowerCase().includes(typed.toLowerCase()),
  );
  return (
    <Field className="macro">
      <Field.Label hidden>Apply macro</Field.Label>
      <Combobox
        isCompact
        isAutocomplete
        placeholder="Apply macro"
        inputValue={typed}
        selectionValue={null}
        listboxAriaLabel="Macros"
        onFocus={load}
        inputProps={{ 'data-test-id': 'ticket-footer-macro-menu-autocomplete-input' }}
        onChange={({ type, inputValue, selectionValue }) => {
          if (type === 'input:change') setTyped(inputValue ?? '');
          const chosen = macros?.find((one) => String(one.id) === selectionValue);
          if (chosen) {
            setTyped('');
            api(`tickets/${ticketId}/macros/${chosen.id}/apply`).then((answer) =>
              onApply(answer.result.ticket),
            );
          }
        }}
      >
        {shown.length ? (
          shown.map((one) => (
            <Option key={one.id} value={String(one.id)} label={one.title}>
              {one.title}
            </Option>
          ))
        ) : (
          <Option isDisabled value="none" label={macros ? 'No matches' : 'Loading…'} />
        )}
      </Combobox>
    </Field>
  );
}

/** The button and its menu; `onChoose` is what an entry does. */
function Submit({ status, onSubmit, onChoose, isBusy, custom }) {
  return (
    <div className="submit">
      <button
        type="button"
        data-test-id="submit_button-button"
        disabled={isBusy}
        onClick={() => onSubmit(status)}
      >
        Submit as <b>{LABELS[status]}</b>
      </button>
      <Menu
        placement="top-end"
        isCompact
        onChange={({ value }) => {
          if (value) onChoose(value);
        }}
        button={(props) => (
          <button
            {...props}
            type="button"
            disabled={isBusy}
            aria-label="Ticket submission options"
            data-test-id="submit_button-menu-button"
          >
            ▴
          </button>
        )}
      >
        {STATUSES.map((one) => (
          <Item key={one} value={one} data-test-id={`submit_button-menu-${one}`}>
            Submit as {LABELS[one]}
          </Item>
        ))}
        {custom && (
          <Item value="open" data-test-id="submit_button-menu-custom-4711">
            Submit as Waiting for legal
          </Item>
        )}
      </Menu>
    </div>
  );
}

export function TicketPane({ id, isActive, entitle, open, settings }) {
  const [ticket, setTicket] = useState(null);
  const [people, setPeople] = useState({ users: [], groups: [], organizations: [] });
  const [fields, setFields] = useState([]);
  const [comments, setComments] = useState([]);
  const [changes, setChanges] = useState({});
  const [notice, setNotice] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const [chosen, setChosen] = useState(null);
  const composer = useRef(null);
  const log = useRef(null);

  const load = useCallback(async () => {
    const [answer, list] = await Promise.all([
      api(`tickets/${id}?include=users,groups,organizations`),
      allComments(id),
    ]);
    setTicket(answer.ticket);
    setPeople(answer);
    setComments(list);
    entitle({ kind: 'tickets', id }, answer.ticket.subject);
  }, [id, entitle]);
  useEffect(() => {
    load().catch((error) => setNotice(`The ticket could not be shown: ${error.message}`));
    api('ticket_fields')
      .then((answer) =>
        setFields(
          answer.ticket_fields.filter(
            (one) => one.active && (one.type === 'tagger' || one.type === 'text'),
          ),
        ),
      )
      .catch(() => setFields([]));
  }, [load]);
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [comments]);

  // The notice stays until its request is fulfilled.
  const refresh = () =>
    load().then(
      () => setNotice(null),
      (error) => setNotice(`The ticket could not be shown: ${error.message}`),
    );

  const submit = async (status) => {
    const html = composer.current?.html() ?? '';
    setBusy(true);
    setNotice(null);
    try {
      await api(`tickets/${id}`, {
        method: 'PUT',
        body: {
          ticket: {
            status,
            ...(html ? { comment: { html_body: html, public: composer.current.isPublic() } } : {}),
            custom_fields: Object.entries(changes).map(([field, value]) => ({
              id: Number(field),
              value,
            })),
            safe_update: true,
            updated_stamp: ticket.updated_at,
          },
        },
      });
      composer.current?.clear();
      setChanges({});
      setChosen(null);
      await load();
      setNotice(`Ticket #${id} has been updated`);
    } catch (error) {
      setNotice(
        error.status === 409
          ? 'This ticket was changed meanwhile. Refresh it and submit again.'
          : `Not saved: ${error.message}`,
      );
    } finally {
      setBusy(false);
    }
  };
  const apply = ({ comment, status, fields: wanted = [] }) => {
    if (status) setChosen(status);
    if (comment) {
      composer.current?.choose(comment.public ? 'public' : 'internal');
      composer.current?.append(comment.html_body);
    }
    setChanges((all) => ({
      ...all,
      ...Object.fromEntries(wanted.map((one) => [one.id, one.value])),
    }));
  };

  const requester = ticket && people.users.find((one) => one.id === ticket.requester_id);
  const assignee = ticket && people.users.find((one) => one.id === ticket.assignee_id);
  const organization =
    requester && people.organizations.find((one) => one.id === requester.organization_id);
  const fieldValue = (field) =>
    field.id in changes
      ? changes[field.id]
      : ticket?.custom_fields.find((one) => one.id === field.id)?.value;
  const isClosed = ticket?.status === 'closed';
  const status = chosen ?? (ticket?.status === 'new' ? 'open' : ticket?.status);

  return (
    <div
      className="ticket-panes-grid-layout"
      data-is-active={String(isActive)}
      data-ticket-id={id}
      data-test-id={`ticket-${id}-${settings.layout}-layout`}
      style={isActive ? undefined : { display: 'none' }}
    >
      {!ticket && (
        <p className="wait" role="status">
          {notice ?? 'Loading…'}
        </p>
      )}
      {ticket && (
        <>
          <nav className="crumbs" aria-label="Ticket">
            {organization ? (
              <a
                data-test-id="tabs-nav-item-organizations"
                href={`/agent/organizations/${organization.id}`}
                onClick={(event) =>
                  open(event, { kind: 'organizations', id: String(organization.id) })
                }
              >
                {organization.name}
              </a>
            ) : (
              <span data-test-id="tabs-nav-item-organizations">Organization (create)</span>
            )}
            <a
              data-test-id="tabs-nav-item-users"
              href={`/agent/users/${requester?.id}`}
              onClick={(event) => open(event, { kind: 'users', id: String(requester?.id) })}
            >
              {requester?.name}
            </a>
            <span className="here" data-test-id="tabs-section-nav-item-ticket">
              <span className={`status status-${ticket.status}`}>{ticket.status}</span> Ticket #{id}
            </span>
          </nav>
          <aside className="properties" aria-label="Properties">
            <div className="property">
              <span className="name">Requester</span>
              <span className="box">{requester?.name}</span>
            </div>
            <div className="property">
              <span className="name">Assignee</span>
              <span className="box">
                {people.groups[0]
                  ? `${people.groups[0].name}${assignee ? ` / ${assignee.name}` : ''}`
                  : '-'}
              </span>
            </div>
            <div className="property">
              <span className="name">Tags</span>
              <span className="box tags">
                {ticket.tags.map((tag) => (
                  <span key={tag} className="tag">
                    {tag}
                  </span>
                ))}
              </span>
            </div>
            {fields.map((field) => {
              const props = {
                key: field.id,
                field: { ...field, ticket: id },
                value: fieldValue(field),
                onChange: (value) => setChanges((all) => ({ ...all, [field.id]: value })),
              };
              return field.type === 'tagger' ? (
                <DropdownField {...props} />
              ) : (
                <TextField {...props} />
              );
            })}
          </aside>
          <section className="conversation" aria-label="Conversation">
            <h1 data-test-id="omni-header-subject">{ticket.subject}</h1>
            <div className="log" ref={log} data-test-id="omni-log-container">
              {comments.map((one) => (
                <Comment key={one.id} comment={one} />
              ))}
              {settings.elements > 0 && (
                <div className="more" aria-hidden="true">
                  {Array.from({ length: settings.elements }, (_none, at) => (
                    <i key={at} data-at={at} />
                  ))}
                </div>
              )}
            </div>
            {isClosed && <p className="closed">This ticket is closed and can not be changed.</p>}
            {!isClosed && settings.sideConversation && <SideConversation ticketId={id} />}
            {!isClosed && settings.composer && (
              <Composer ref={composer} ticketId={id} requester={requester} settings={settings} />
            )}
          </section>
          <aside className="context" aria-label="Customer context">
            <h2>{requester?.name}</h2>
            <dl>
              <dt>Email</dt>
              <dd>{requester?.email}</dd>
              <dt>Organization</dt>
              <dd>{organization?.name ?? '-'}</dd>
              <dt>Notes</dt>
              <dd>{requester?.notes || '-'}</dd>
            </dl>
          </aside>
          <footer className="footer">
            <MacroBox ticketId={id} onApply={apply} />
            {notice && (
              <span className="notice" role="status">
                {notice}{' '}
                {notice.includes('Refresh') && (
                  <button type="button" onClick={refresh}>
                    Refresh
                  </button>
                )}
              </span>
            )}
            {!isClosed && (
              <Submit
                status={status}
                onSubmit={submit}
                onChoose={settings.submitMenu === 'chooses' ? setChosen : submit}
                isBusy={isBusy}
                custom={settings.customStatuses}
              />
            )}
          </footer>
        </>
      )}
    </div>
  );
}
