const api = globalThis.browser ?? chrome;
const status = /** @type {HTMLElement} */ (document.querySelector('[role=status]'));
document.querySelector('#ask')?.addEventListener('click', async () => {
  const answer = await api.runtime.sendMessage({ kind: 'state' });
  status.textContent = `answered ${answer.inMemory}`;
});
document.querySelector('#copy')?.addEventListener('click', async () => {
  await navigator.clipboard.writeText('copied by the panel');
  status.textContent = 'copied';
});
