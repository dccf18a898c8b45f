// One user: their organization, which is saved as soon as an entry is chosen, and their notes.

import { Combobox, Field, Option } from '@zendeskgarden/react-dropdowns';
import { useEffect, useRef, useState } from 'react';
import { api } from './api.js';

/** What the field offers: `-` for none, and the organizations whose name begins like the text. */
function useChoices(typed) {
  const [choices, setChoices] = useState({ for: '', list: [] });
  useEffect(() => {
    const text = (typed ?? '').trim();
    if (text.length < 2) return undefined;
    let isOld = false;
    const timer = setTimeout(() => {
      api(`organizations/autocomplete?name=${encodeURIComponent(text)}`)
        .then((answer) => {
          if (!isOld) setChoices({ for: text, list: answer.organizations });
        })
        .catch(() => {
          if (!isOld) setChoices({ for: text, list: [] });
        });
    }, 150);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [typed]);
  const text = (typed ?? '').trim();
  return {
    isLoading: text.length >= 2 && choices.for !== text,
    list: text.length >= 2 && choices.for === text ? choices.list : [],
    isShort: text.length < 2,
  };
}

function GardenOrganization({ current, onChoose, label, testId }) {
  const [typed, setTyped] = useState(null);
  const { isLoading, list, isShort } = useChoices(typed);
  const [isExpanded, setExpanded] = useState(false);
  return (
    <Field>
      <Field.Label isRegular>{label}</Field.Label>
      <Combobox
        isCompact
        isAutocomplete
        isExpanded={isExpanded}
        selectionValue={current ? String(current.id) : ''}
        inputValue={typed ?? current?.name ?? '-'}
        listboxAriaLabel={label}
        inputProps={{ 'data-test-id': testId }}
        onChange={({ type, inputValue, selectionValue, isExpanded: wanted }) => {
          if (wanted !== undefined) setExpanded(wanted);
          if (type === 'input:change') {
            setTyped(inputValue ?? '');
            setExpanded(true);
          } else if (
            selectionValue !== undefined &&
            (type?.startsWith('option') || type === 'input:keyDown:Enter')
          ) {
            setTyped(null);
            setExpanded(false);
            onChoose(
              selectionValue === '' || selectionValue === null ? null : Number(selectionValue),
            );
          } else if (type === 'input:blur') {
            setTyped(null);
          }
        }}
      >
        {(isShort || !list.length) && !isLoading && (
          <Option value="" label="-">
            -
          </Option>
        )}
        {isLoading && <Option isDisabled value="loading" label="Loading items..." />}
        {!isLoading && !isShort && !list.length && (
          <Option isDisabled value="nothing" label="No matches found" />
        )}
        {list.map((one) => (
          <Option key={one.id} value={String(one.id)} label={one.name}>
            {one.name}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}

/** The field as it was before Garden: a label, an input, and a list of links under it while it is typed in. */
function OldOrganization({ current, onChoose, label }) {
  const [typed, setTyped] = useState(null);
  const { isLoading, list, isShort } = useChoices(typed);
  const choose = (id) => {
    setTyped(null);
    onChoose(id);
  };
  return (
    <div className="property_box old-organization">
      <label htmlFor="user_organization">{label}</label>
      <input
        id="user_organization"
        className="zd-selectmenu-base-content"
        type="text"
        autoComplete="off"
        value={typed ?? current?.name ?? '-'}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => setTyped(null)}
      />
      {typed !== null && (
        <ul
          className="zd-menu-autofit"
          role="listbox"
          onMouseDown={(event) => event.preventDefault()}
        >
          {isLoading && (
            <li className="zd-menu-item" role="option" aria-disabled="true" aria-selected="false">
              Loading...
            </li>
          )}
          {isShort && (
            <li className="zd-menu-item" role="option" aria-selected="false">
              <a
                href="#none"
                onClick={(event) => {
                  event.preventDefault();
                  choose(null);
                }}
              >
                -
              </a>
            </li>
          )}
          {list.map((one) => (
            <li key={one.id} className="zd-menu-item" role="option" aria-selected="false">
              <a
                href="#one"
                onClick={(event) => {
                  event.preventDefault();
                  choose(one.id);
                }}
              >
                {one.name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Where a user may have several organizations: those they have, and a field behind a click, in which a choice adds one. */
function SeveralOrganizations({ current, onChoose, label, testId }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <span className="name">{label}</span>
      {current && <span className="tag">{current.name}</span>}
      {isOpen ? (
        <GardenOrganization current={null} onChoose={onChoose} label={label} testId={testId} />
      ) : (
        <button type="button" data-test-id="add-organization" onClick={() => setOpen(true)}>
          Add organization
        </button>
      )}
    </div>
  );
}

export function UserPane({ id, isActive, entitle, open, settings }) {
  const OrganizationField = settings.severalOrganizations
    ? SeveralOrganizations
    : settings.oldOrganizationField
      ? OldOrganization
      : GardenOrganization;
  const [user, setUser] = useState(null);
  const [organization, setOrganization] = useState(null);
  const [tickets, setTickets] = useState([]);
  const [notes, setNotes] = useState('');
  const [notice, setNotice] = useState('');
  const saving = useRef(Promise.resolve());

  const take = async (one) => {
    setUser(one);
    setNotes(one.notes ?? '');
    setOrganization(
      one.organization_id ? (await api(`organizations/${one.organization_id}`)).organization : null,
    );
    entitle({ kind: 'users', id }, one.name);
  };
  useEffect(() => {
    api(`users/${id}`)
      .then((answer) => take(answer.user))
      .catch((error) => setNotice(`The user could not be shown: ${error.message}`));
    api(`users/${id}/tickets/requested`)
      .then((answer) => setTickets(answer.tickets))
      .catch(() => setTickets([]));
  }, [id]);

  const save = (changes) => {
    setNotice('Saving…');
    saving.current = saving.current
      .then(() => api(`users/${id}`, { method: 'PUT', body: { user: changes } }))
      .then((answer) => take(answer.user))
      .then(() => setNotice('Saved'))
      .catch((error) => setNotice(`Not saved: ${error.message}`));
  };

  return (
    <div
      className="user-pane"
      data-test-id={`user-${id}-pane`}
      data-user-id={id}
      data-is-active={String(isActive)}
      style={isActive ? undefined : { display: 'none' }}
    >
      {!user ? (
        <p className="wait" role="status">
          {notice || 'Loading…'}
        </p>
      ) : (
        <>
          <aside className="properties" aria-label="User">
            <div className="property">
              <span className="name">Role</span>
              <span className="box">{user.role}</span>
            </div>
            <div className="property">
              <span className="name">Primary email</span>
              <span className="box">{user.email}</span>
            </div>
            <div className="property">
              <OrganizationField
                current={organization}
                onChoose={(value) => save({ organization_id: value })}
                label={settings.organizationLabel}
                testId={settings.organizationTestId}
              />
            </div>
            <div className="property">
              <label htmlFor={`details-${id}`}>Details</label>
              <textarea id={`details-${id}`} readOnly value={user.details ?? ''} />
            </div>
            <div className="property">
              <label htmlFor={`notes-${id}`}>Notes</label>
              <textarea
                id={`notes-${id}`}
                value={notes}
                onChange={(event) => setNotes(event.target.value)}
                onBlur={() => {
                  if (notes !== (user.notes ?? '')) save({ notes });
                }}
              />
            </div>
            <p className="notice" role="status">
              {notice}
            </p>
          </aside>
          <section className="conversation">
            <h1>{user.name}</h1>
            <h2>Tickets</h2>
            <table className="list">
              <tbody>
                {tickets.map((one) => (
                  <tr key={one.id}>
                    <td>
                      <span className={`status status-${one.status}`}>{one.status}</span>
                    </td>
                    <td>
                      <a
                        href={`/agent/tickets/${one.id}`}
                        onClick={(event) => open(event, { kind: 'tickets', id: String(one.id) })}
                      >
                        #{one.id} {one.subject}
                      </a>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </div>
  );
}
