// Registers every listener at once, while the script first runs: a listener that is added later
// misses the event that woke the script.
import { api } from '../shared/api.js';
import { chosen, offerEntry } from './context-menu.js';
import { dispatch } from './core.js';
import { hostAccess } from './hosts.js';
import { hear, holdLine } from './messages.js';
import { forgetOwnTab } from './own-pages.js';
import { look, ring } from './reminders.js';
import { renewPages } from './renew.js';
import { concerns, told } from './settings-storage.js';
import { created, frontSeen, frontTab, tabSeen, windowSeen } from './tabs.js';
import { greet } from './welcome.js';

api.runtime.onMessage.addListener(hear);
api.runtime.onConnect.addListener(holdLine);

api.runtime.onInstalled.addListener(({ reason }) => {
  void renewPages();
  void greet(reason);
});

api.tabs.onCreated.addListener((tab) => void dispatch(() => created(tab)));
api.tabs.onActivated.addListener(({ tabId }) => void dispatch(() => tabSeen(tabId)));
api.tabs.onUpdated.addListener((tabId, { url, status }) => {
  if (url !== undefined || status === 'complete') void dispatch(() => tabSeen(tabId));
});
api.tabs.onRemoved.addListener((tabId) => {
  forgetOwnTab(tabId);
  void dispatch({ type: 'tab_closed', tab: tabId });
});
// A tab that the browser had unloaded comes back under another number.
api.tabs.onReplaced.addListener((addedTabId, removedTabId) => {
  void dispatch({ type: 'tab_replaced', old: removedTabId, new: addedTabId });
  void dispatch(() => tabSeen(addedTabId));
});
api.tabs.onAttached.addListener((tabId) => void dispatch(() => tabSeen(tabId)));
api.windows.onFocusChanged.addListener((windowId) => void dispatch(() => windowSeen(windowId)));
api.windows.onRemoved.addListener(
  (windowId) => void dispatch({ type: 'window_closed', window: windowId }),
);

// New settings may change the hosts in force.
api.storage.onChanged.addListener((changes, area) => {
  if (!concerns(changes, area)) return;
  void dispatch(told);
  void dispatch(hostAccess);
  void dispatch(frontSeen);
});

// The permission decides whether the browser reveals the URL of the tab in front.
for (const changed of [api.permissions.onAdded, api.permissions.onRemoved]) {
  changed.addListener(() => {
    void dispatch(hostAccess);
    void dispatch(frontSeen);
  });
}

api.alarms.onAlarm.addListener(({ name }) => void ring(name, dispatch));
api.notifications.onClicked.addListener((id) => void look(id, dispatch));

api.contextMenus.onClicked.addListener((info, tab) => void chosen(info, tab, dispatch));
offerEntry();

api.commands.onCommand.addListener((command, pressed) => {
  if (command !== 'add-note') return;
  // The tab as it was when the key was pressed; an older Firefox does not say which one it was.
  const tab = pressed?.id === undefined ? frontTab() : Promise.resolve(pressed);
  void dispatch(async () => {
    const front = await tab;
    if (front?.id === undefined) return undefined;
    return {
      type: 'shortcut',
      name: 'add_note',
      tab: front.id,
      window: front.windowId,
      url: front.url ?? '',
    };
  });
});

/** Firefox's own; the types are Chromium's. @type {{toggle: () => Promise<void>} | undefined} */
const sidebar = Reflect.get(api, 'sidebarAction');
if (sidebar) {
  // Called within the click itself: after an await, the browser no longer treats it as one.
  api.action.onClicked.addListener(() => void sidebar.toggle());
} else {
  void api.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
}
