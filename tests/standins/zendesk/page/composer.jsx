// The composer of one ticket: the real CKEditor 5, and the switch between public reply and internal note.

import { Item, Menu } from '@zendeskgarden/react-dropdowns';
import {
  Autoformat,
  AutoLink,
  BlockQuote,
  Bold,
  Code,
  DecoupledEditor,
  Essentials,
  Italic,
  Link,
  List,
  Paragraph,
  PasteFromOffice,
  Underline,
} from 'ckeditor5';
import { forwardRef, useEffect, useImperativeHandle, useRef, useState } from 'react';

/** The editors of all mounted tickets by ticket id. */
export const editors = new Map();

/** What an editor holds, without the random ids that CKEditor gives to list items. */
export const dataOf = (editor) => editor.getData({ skipListItemIds: true });

const LABELS = {
  en: { public: 'Public reply', internal: 'Internal note' },
  de: { public: 'Öffentliche Antwort', internal: 'Interne Notiz' },
  ja: { public: 'パブリック返信', internal: '社内メモ' },
};
const MESSAGES = { native_messaging: 'Messaging', sms: 'Text', chat: 'Chat' };
/** What the switch calls a channel, whatever its label says. */
const NAMES = { public: 'web' };
const TEST_IDS = {
  rich: 'omnicomposer-rich-text-ckeditor',
  plain: 'omnicomposer-plain-text-ckeditor',
  standalone: 'standalone-rich-text-ckeditor',
};

async function createEditor(element) {
  return DecoupledEditor.create({
    root: { element },
    licenseKey: 'GPL',
    plugins: [
      Autoformat,
      AutoLink,
      BlockQuote,
      Bold,
      Code,
      Essentials,
      Italic,
      Link,
      List,
      Paragraph,
      PasteFromOffice,
      Underline,
    ],
    toolbar: [
      'bold',
      'italic',
      'underline',
      '|',
      'bulletedList',
      'numberedList',
      'blockQuote',
      'code',
      '|',
      'link',
    ],
    link: { defaultProtocol: 'https://' },
  });
}

function ChannelSwitch({ channel, onChange, kind, language, ticket }) {
  const labels = { ...MESSAGES, ...LABELS[language] };
  if (kind === 'none') return <span className="channel-fixed">{labels[channel]}</span>;
  return (
    <Menu
      placement="top-start"
      isCompact
      onChange={({ value }) => {
        if (value) onChange(value);
      }}
      button={(props) => (
        <button
          {...props}
          type="button"
          className="channel"
          disabled={kind === 'disabled'}
          data-test-id="omnichannel-channel-switcher-button"
          data-channel={NAMES[channel] ?? channel}
          data-channel-switcher-trigger-for-ticket-id={ticket}
          aria-label={labels[channel]}
        >
          {channel === 'internal' ? '✎' : '↩'} {labels[channel]} ▾
        </button>
      )}
    >
      <Item value="public" data-test-id="omnichannel-channel-switcher-menuitem-public">
        {labels.public}
      </Item>
      <Item value="internal" data-test-id="omnichannel-channel-switcher-menuitem-internal">
        {labels.internal}
      </Item>
    </Menu>
  );
}

export const Composer = forwardRef(function Composer({ ticketId, requester, settings }, ref) {
  const [channel, setChannel] = useState(settings.channel ?? 'public');
  const [isMounted, setMounted] = useState(!settings.composerDelayMs);
  const place = useRef(null);
  const toolbar = useRef(null);
  const editor = useRef(null);
  const current = useRef(channel);
  current.current = channel;

  useEffect(() => {
    if (isMounted) return undefined;
    const timer = setTimeout(() => setMounted(true), settings.composerDelayMs);
    return () => clearTimeout(timer);
  }, [isMounted, settings.composerDelayMs]);

  useEffect(() => {
    if (!isMounted) return undefined;
    let isGone = false;
    let made;
    const element = document.createElement('div');
    element.dataset.testId = settings.composerTestId || TEST_IDS[settings.composerKind];
    element.className = 'composer-text';
    place.current.append(element);
    createEditor(element).then((instance) => {
      made = instance;
      if (isGone) {
        void made.destroy();
        return;
      }
      editor.current = made;
      toolbar.current.append(made.ui.view.toolbar.element);
      editors.set(ticketId, { editor: made, channel: () => current.current });
    });
    return () => {
      isGone = true;
      editors.delete(ticketId);
      if (made) void made.destroy().then(() => element.remove());
    };
  }, [isMounted, ticketId, settings.composerKind]);

  useImperativeHandle(
    ref,
    () => ({
      html: () => (editor.current ? dataOf(editor.current) : ''),
      isPublic: () => current.current === 'public',
      clear: () => editor.current?.setData(''),
      append: (html) => {
        const one = editor.current;
        if (!one) return;
        const root = one.model.document.getRoot();
        const place = one.getData()
          ? one.model.createPositionAt(root, 'end')
          : one.model.createRangeIn(root);
        one.model.insertContent(one.data.toModel(one.data.processor.toView(html)), place);
      },
      choose: setChannel,
    }),
    [],
  );

  return (
    <section
      className={`composer composer-${channel}`}
      data-test-id="omni-log-composer"
      data-channel={channel}
      style={settings.composerHidden ? { display: 'none' } : undefined}
    >
      <div className="composer-head">
        <ChannelSwitch
          channel={channel}
          onChange={setChannel}
          kind={settings.channelSwitch}
          language={settings.language}
          ticket={settings.triggerTicket || ticketId}
        />
        {channel === 'public' && requester && (
          <span className="to">
            To <b>{requester.name}</b>
          </span>
        )}
      </div>
      {isMounted ? (
        <div ref={place} className="composer-place" />
      ) : (
        <div className="composer-wait">Loading…</div>
      )}
      <div ref={toolbar} className="composer-tools" />
    </section>
  );
});

/** A side conversation: an editor of its own beside the ticket's composer. */
export function SideConversation({ ticketId }) {
  const place = useRef(null);
  useEffect(() => {
    let made;
    let isGone = false;
    const element = document.createElement('div');
    element.dataset.testId = 'threadBody';
    place.current.append(element);
    createEditor(element).then((instance) => {
      made = instance;
      if (isGone) void made.destroy();
      else editors.set(`side-${ticketId}`, { editor: made, channel: () => 'side' });
    });
    return () => {
      isGone = true;
      editors.delete(`side-${ticketId}`);
      if (made) void made.destroy();
    };
  }, [ticketId]);
  return (
    <section className="composer" aria-label="New message">
      <label>
        To <input type="text" />
      </label>
      <div ref={place} className="composer-place" />
    </section>
  );
}
