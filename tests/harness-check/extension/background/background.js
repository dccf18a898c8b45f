const api = globalThis.browser ?? chrome;

// Lost whenever the browser stops the background: that is what the test looks at.
const born = crypto.randomUUID();
let inMemory = 0;

api.sidePanel?.setPanelBehavior({ openPanelOnActionClick: true });

/** @param {string} key */
async function count(key) {
  const stored = await api.storage.session.get(key);
  await api.storage.session.set({ [key]: Number(stored[key] ?? 0) + 1 });
}

api.runtime.onMessage.addListener((message, _sender, sendResponse) => {
  inMemory += 1;
  const answer = async () => {
    if (message.kind === 'wake') await count('wakes');
    if (message.kind === 'fetch') {
      const response = await fetch(message.url, { credentials: 'include' });
      return { status: response.status, body: await response.text() };
    }
    if (message.kind === 'throw')
      setTimeout(() => {
        throw new Error('thrown in the background');
      }, 0);
    if (message.kind === 'reject') void Promise.reject(new Error('rejected in the background'));
    if (message.kind === 'log') console.error('logged in the background');
    if (message.kind === 'active')
      return (await api.tabs.query({ active: true, lastFocusedWindow: true })).map(
        (tab) => tab.url,
      );
    if (message.kind === 'active-normal') {
      const win = await api.windows.getLastFocused({ windowTypes: ['normal'] });
      return (await api.tabs.query({ active: true, windowId: win.id })).map((tab) => tab.url);
    }
    return { born, inMemory, wakes: (await api.storage.session.get('wakes'))['wakes'] ?? 0 };
  };
  answer().then(sendResponse, (error) => sendResponse({ error: String(error) }));
  return true;
});

api.commands.onCommand.addListener((name) => void count(`command:${name}`));
api.tabs.onUpdated.addListener((_id, change) => {
  if (change.status === 'complete') void count('updates');
});
api.runtime.onConnect.addListener((port) => {
  void count('ports');
  port.onMessage.addListener((message) => port.postMessage({ echo: message, born }));
});
