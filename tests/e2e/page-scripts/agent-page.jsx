// A page like Zendesk's: several tickets mounted at once, each with a real CKEditor 5 and a real Garden menu as the switch
// between public reply and internal note. Its address chooses what is odd about it (`?odd=…`).
import { Item, Menu } from '@zendeskgarden/react-dropdowns';
import { ThemeProvider } from '@zendeskgarden/react-theming';
import { Bold, Essentials, InlineEditor, Link, List, Paragraph } from 'ckeditor5';
import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';

const odd = new Set((new URLSearchParams(location.search).get('odd') ?? '').split(','));
const TICKETS = [101, 102];
const NAMES = { public: 'Public reply', internal: 'Internal note' };

/** @type {Record<number, InlineEditor>} */
const editors = {};
/** @type {Record<number, (channel: 'public' | 'internal') => void>} */
const setChannel = {};

/** @param {{ticket: number}} props */
function Switch({ ticket }) {
  const [channel, set] = useState(
    /** @type {'public' | 'internal'} */ (odd.has('internal') ? 'internal' : 'public'),
  );
  setChannel[ticket] = set;
  const items = [
    { value: 'public' },
    ...(odd.has('no-internal')
      ? []
      : [{ value: 'internal', isDisabled: odd.has('internal-disabled') }]),
  ];
  return h(
    Menu,
    {
      button: (/** @type {any} */ props) =>
        h(
          'button',
          {
            ...props,
            type: 'button',
            disabled: odd.has('switch-disabled'),
            'data-channel': channel,
            'data-test-id': 'omnichannel-channel-switcher-button',
            'aria-label': NAMES[channel],
          },
          NAMES[channel],
        ),
      onChange: (/** @type {any} */ change) => {
        if (change.value) set(change.value);
      },
    },
    items.map(({ value, ...rest }) =>
      h(
        Item,
        {
          key: value,
          value,
          ...rest,
          'data-test-id': `omnichannel-channel-switcher-menuitem-${value}`,
        },
        NAMES[/** @type {'public'} */ (value)],
      ),
    ),
  );
}

/** @param {number} ticket */
function mount(ticket) {
  const pane = document.createElement('div');
  pane.className = 'ticket-panes-grid-layout';
  pane.innerHTML = `<div data-test-id="ticket-${ticket}-standard-layout"><div class="switch"></div><div class="composer"></div></div>`;
  document.querySelector('main')?.append(pane);
  panes.set(ticket, pane);
  if (!odd.has('no-switch'))
    createRoot(/** @type {Element} */ (pane.querySelector('.switch'))).render(
      h(ThemeProvider, null, h(Switch, { ticket })),
    );
}

/** @param {number} ticket */
async function compose(ticket) {
  const holder = document.createElement('div');
  panes.get(ticket)?.querySelector('.composer')?.append(holder);
  const editor = await InlineEditor.create(holder, {
    licenseKey: 'GPL',
    plugins: [Essentials, Bold, Link, List, Paragraph],
  });
  editor.editing.view.change((writer) => {
    const root = editor.editing.view.document.getRoot();
    if (root) writer.setAttribute('data-test-id', 'omnicomposer-rich-text-ckeditor', root);
  });
  editors[ticket] ??= editor;
}

/** @type {Map<number, HTMLElement>} */
const panes = new Map();

/** @param {number} ticket @param {string} path */
function show(ticket, path = `/agent/tickets/${ticket}`) {
  history.pushState(null, '', path + location.search);
  for (const [own, pane] of panes) {
    pane.dataset.isActive = String(own === ticket);
    pane.style.display = own === ticket ? '' : 'none';
    const tab = document.querySelector(`[data-entity-id="${own}"]`);
    tab?.setAttribute('data-entity-is-selected', String(own === ticket));
  }
}

const ready = (async () => {
  for (const ticket of TICKETS) {
    document
      .querySelector('nav')
      ?.insertAdjacentHTML(
        'beforeend',
        `<button data-test-id="header-tab" data-entity-id="${ticket}">#${ticket}</button>`,
      );
    mount(ticket);
    if (!odd.has('no-composer') && !odd.has('late')) await compose(ticket);
  }
  if (odd.has('two-composers')) await compose(101);
  const start = Number(/tickets\/(\d+)/.exec(location.pathname)?.[1] ?? 101);
  show(start);
  document.documentElement.dataset.ready = 'yes';
})();

Reflect.set(globalThis, 'page', { editors, setChannel, show, compose, panes, ready });
