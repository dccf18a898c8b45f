// Put into Zendesk's page when the engineer asks for something. A script waits for an order of its own kinds, carries it out
// and reports; until an order comes it does nothing.

/** This extension's world in the page: all its scripts share it. @type {any} */
export const world = globalThis;
/** @type {typeof chrome} */
const api = world.browser ?? chrome;

const alive = () => {
  try {
    return Boolean(api.runtime?.id);
  } catch {
    return false;
  }
};

/**
 * One listener a mark, however often its script is put in. One whose extension was updated is dead and gets replaced.
 * @param {string} mark
 * @param {Record<string, (job: any) => Promise<object>>} orders by kind; those of other kinds are another script's. An outcome may
 *   be thrown as well
 */
export function listen(mark, orders) {
  if (world[mark]?.()) return;
  world[mark] = alive;
  api.runtime.onMessage.addListener((message, sender, sendResponse) => {
    const carryOut = orders[message?.kind];
    if (!carryOut || sender.id !== api.runtime.id) return;
    // One order at a time may use the page, whichever script it is for.
    const busy = world.atWork;
    sendResponse(busy ? { accepted: false, why: 'busy' } : { accepted: true });
    if (busy) return;
    world.atWork = true;
    carryOut(message)
      .catch((error) => (error.kind ? error : { kind: 'failed', why: error.message }))
      .then(async (outcome) => {
        // The work is done, whether anybody hears of it or not.
        world.atWork = false;
        // A background that the browser stopped while it listened starts again for the next word, and may be stopped again; what it
        // hears twice, it drops. One that heard says `true`: silence may be no error where it was stopped before it listened,
        // and nobody hears a word until it is wholly stopped. After an update or a removal nobody is left to hear it.
        for (let times = 9; times--;) {
          try {
            if (await api.runtime.sendMessage({ kind: 'page_result', effect: message.effect, outcome })) return;
          } catch {}
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      });
  });
}
