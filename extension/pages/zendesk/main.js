// Put into Zendesk's page when the engineer asks for a write. It waits for the order, carries it out and reports; until an order
// comes it does nothing.
import { writeNote } from './write-note.js';

/** @type {typeof chrome} */
const api = Reflect.get(globalThis, 'browser') ?? chrome;

// One listener in this extension's world of the page, however often the script is put in. One whose extension was updated
// is dead and gets replaced.
const MARK = 'tetherZendesk';
const alive = () => {
  try {
    return Boolean(api.runtime?.id);
  } catch {
    return false;
  }
};

function listen() {
  let busy = false;
  api.runtime.onMessage.addListener((message, sender, sendResponse) => {
    if (message?.kind !== 'write_note' || sender.id !== api.runtime.id) return;
    sendResponse(busy ? { accepted: false, why: 'busy' } : { accepted: true });
    if (busy) return;
    busy = true;
    writeNote(message)
      .catch((error) => ({ kind: 'failed', why: String(error?.message ?? error) }))
      .then((outcome) => api.runtime.sendMessage({ kind: 'page_result', effect: message.effect, outcome }))
      // Nobody is left to hear it: the extension was updated or removed meanwhile.
      .catch(() => undefined)
      .finally(() => {
        busy = false;
      });
  });
}

const earlier = Reflect.get(globalThis, MARK);
if (typeof earlier !== 'function' || !earlier()) {
  Reflect.set(globalThis, MARK, alive);
  listen();
}
