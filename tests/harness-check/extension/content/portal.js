const api = globalThis.browser ?? chrome;
// A click in the page is the event with which the test wakes a stopped background.
document.addEventListener(
  'harness-wake',
  () => void api.runtime.sendMessage({ kind: 'wake', from: 'page' }),
);
document.documentElement.dataset['harness'] = 'seen';
