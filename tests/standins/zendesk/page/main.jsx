// The agent page: rail, tabs, and every opened ticket and user, all mounted, one of them shown.

import { ThemeProvider } from '@zendeskgarden/react-theming';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { api, pageSettings } from './api.js';
import { keepBusy } from './busy.js';
import { dataOf, editors } from './composer.jsx';
import { OrganizationPane } from './organization.jsx';
import { TicketPane } from './ticket.jsx';
import { UserPane } from './user.jsx';
import 'ckeditor5/ckeditor5.css';
import './page.css';

const settings = pageSettings();

/** What an address shows. */
function placeOf(path) {
  const found = /^\/agent\/(tickets|users|organizations)\/(\d+)/.exec(path);
  return found ? { kind: found[1], id: found[2] } : { kind: 'home', id: '' };
}
const same = (a, b) => a.kind === b.kind && a.id === b.id;
const ENTITY = { tickets: 'ticket', users: 'user', organizations: 'organization' };

function Tab({ place, title, isSelected, onSelect, onClose }) {
  return (
    <div
      className="header-tab"
      role="tab"
      tabIndex={0}
      data-test-id="header-tab"
      data-entity-id={place.id}
      data-entity-type={ENTITY[place.kind]}
      data-entity-is-selected={String(isSelected)}
      aria-selected={isSelected}
      {...(isSelected ? { 'aria-current': 'page' } : {})}
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSelect();
      }}
    >
      <span className={`dot dot-${place.kind}`} aria-hidden="true" />
      <span className="tab-title" data-test-id="header-tab-title">
        <b>{title || '…'}</b>
        <small>#{place.id}</small>
      </span>
      <button
        type="button"
        className="tab-close"
        aria-label="close"
        data-test-id="close-button"
        onClick={(event) => {
          event.stopPropagation();
          onClose();
        }}
      >
        ×
      </button>
    </div>
  );
}

function Home({ isActive, open }) {
  const [tickets, setTickets] = useState([]);
  useEffect(() => {
    if (isActive)
      api('tickets?include=users')
        .then((answer) =>
          setTickets(
            answer.tickets.map((one) => ({
              ...one,
              requester: answer.users.find((user) => user.id === one.requester_id),
            })),
          ),
        )
        .catch(() => setTickets([]));
  }, [isActive]);
  return (
    <main className="home" style={isActive ? undefined : { display: 'none' }}>
      <h1>Your unsolved tickets</h1>
      <table>
        <thead>
          <tr>
            <th>Status</th>
            <th>ID</th>
            <th>Subject</th>
            <th>Requester</th>
          </tr>
        </thead>
        <tbody>
          {tickets.map((one) => (
            <tr key={one.id}>
              <td>
                <span className={`status status-${one.status}`}>{one.status}</span>
              </td>
              <td>#{one.id}</td>
              <td>
                <a
                  href={`/agent/tickets/${one.id}`}
                  onClick={(event) => open(event, { kind: 'tickets', id: String(one.id) })}
                >
                  {one.subject}
                </a>
              </td>
              <td>{one.requester?.name}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}

function App() {
  const [place, setPlace] = useState(() => placeOf(location.pathname));
  const [opened, setOpened] = useState(() => (place.kind === 'home' ? [] : [place]));
  const [titles, setTitles] = useState({});

  const show = useCallback((next) => {
    setPlace(next);
    if (next.kind !== 'home')
      setOpened((list) => (list.some((one) => same(one, next)) ? list : [...list, next]));
  }, []);
  const go = useCallback(
    (next) => {
      history.pushState(
        null,
        '',
        next.kind === 'home' ? '/agent' : `/agent/${next.kind}/${next.id}`,
      );
      show(next);
    },
    [show],
  );
  useEffect(() => {
    const back = () => show(placeOf(location.pathname));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, [show]);

  const open = useCallback(
    (event, next) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go(next);
    },
    [go],
  );
  const close = (gone) => {
    const rest = opened.filter((one) => !same(one, gone));
    setOpened(rest);
    if (same(gone, place)) go(rest.at(-1) ?? { kind: 'home', id: '' });
  };
  const entitle = useCallback(
    (one, title) => setTitles((all) => ({ ...all, [`${one.kind}/${one.id}`]: title })),
    [],
  );
  const title = titles[`${place.kind}/${place.id}`];
  useEffect(() => {
    document.title = title ? `${title} – Zendesk stand-in` : 'Zendesk stand-in';
  }, [title]);

  const panes = useMemo(
    () => ({ tickets: TicketPane, users: UserPane, organizations: OrganizationPane }),
    [],
  );
  return (
    <div className="agent">
      <nav className="rail" aria-label="Main">
        <a
          href="/agent"
          className="logo"
          aria-label="Home"
          onClick={(event) => open(event, { kind: 'home', id: '' })}
        >
          ◆
        </a>
        <a
          href="/agent"
          aria-label="Views"
          onClick={(event) => open(event, { kind: 'home', id: '' })}
        >
          ☰
        </a>
        <span aria-hidden="true">☺</span>
        <span aria-hidden="true">▦</span>
        <span aria-hidden="true">⚙</span>
      </nav>
      <header className="tabs" role="tablist" data-test-id="header-tablist">
        {opened.map((one) => (
          <Tab
            key={`${one.kind}/${one.id}`}
            place={one}
            title={titles[`${one.kind}/${one.id}`]}
            isSelected={same(one, place)}
            onSelect={() => go(one)}
            onClose={() => close(one)}
          />
        ))}
        <button type="button" className="tab-add" onClick={() => go({ kind: 'home', id: '' })}>
          + Add
        </button>
        <span className="me">Agent One</span>
      </header>
      <div className="workspace">
        <Home isActive={place.kind === 'home'} open={open} />
        {opened.map((one) => {
          const Pane = panes[one.kind];
          return (
            <Pane
              key={`${one.kind}/${one.id}`}
              id={one.id}
              isActive={same(one, place)}
              entitle={entitle}
              open={open}
              settings={{ ...settings, ...settings.perTicket?.[one.id] }}
            />
          );
        })}
      </div>
    </div>
  );
}

// What the composers really hold, for tests: read from CKEditor's model and not from the page.
window.__agent = {
  editorData: (ticketId) =>
    editors.has(String(ticketId)) ? dataOf(editors.get(String(ticketId)).editor) : null,
  undo: (ticketId) => editors.get(String(ticketId))?.editor.execute('undo'),
  channel: (ticketId) => editors.get(String(ticketId))?.channel() ?? null,
};

createRoot(document.getElementById('main_navigation')).render(
  <ThemeProvider>
    <App />
  </ThemeProvider>,
);
if (settings.busy) keepBusy(settings.busy);
