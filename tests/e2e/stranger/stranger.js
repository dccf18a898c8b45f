// Sends the extension what the test wants to send, and reports the result to the test.
(() => {
  /** @type {typeof chrome} */
  const api = Reflect.get(globalThis, 'browser') ?? chrome;
  document.addEventListener('stranger-says', (event) => {
    const { to, message } = JSON.parse(/** @type {CustomEvent<string>} */ (event).detail);
    /** @param {string} came */
    const answer = (came) => {
      document.documentElement.dataset['strangerHeard'] = came;
    };
    api.runtime.sendMessage(to, message).then(
      (said) => answer(`answered: ${JSON.stringify(said)}`),
      (error) => answer(`refused: ${error.message}`),
    );
  });
})();
