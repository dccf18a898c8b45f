// Runs in a page of the extension. The figures call it as the type `Bench`.

/** @type {typeof chrome} */
const api = Reflect.get(globalThis, 'browser') ?? chrome;

/** Modules of the built extension, which the type checker does not find from here. @param {string} path @returns {Promise<any>} */
const shipped = (path) => import(path);

const NO_SETTINGS = { sync: {}, managed: null };

/** The core as the background starts it, and the shipped profile's text. */
async function core() {
  const { default: init, start, handle, know_free_mail } = await shipped('/core/tether.js');
  await init({ module_or_path: '/core/tether_bg.wasm' });
  know_free_mail(new Uint8Array(await (await fetch('/free-mail.txt')).arrayBuffer()));
  return { start, handle, profile: await (await fetch('/site-profile.json')).text() };
}

const bench = {
  /** How long a message to the background takes until its answer, ms. @param {object} message */
  async ask(message) {
    const begun = performance.now();
    await api.runtime.sendMessage(message);
    return performance.now() - begun;
  },

  /** What the background keeps for the core in this browser session. @returns {Promise<Record<string, string>>} */
  kept: async () =>
    Object.fromEntries(
      Object.entries(await api.storage.session.get(null)).flatMap(([key, value]) =>
        typeof value === 'string' ? [[key, value]] : [],
      ),
    ),

  /**
   * How long reading a record's page takes: the core through its own boundary, and the browser's parser with selectors, in turn.
   * @param {{url: string, html: string, model: string}} page
   * @param {number} rounds
   */
  async reading(page, rounds) {
    const { start, handle, profile } = await core();
    start(profile, {}, NO_SETTINGS);
    const now = Date.now();
    const fields = JSON.parse(profile).portal.fields[page.model];
    const shown = { host: 'gitlab.zendesk.com', ticket: 1033 };
    handle(
      {
        type: 'tab_seen',
        tab: 1,
        url: `https://${shown.host}/agent/tickets/${shown.ticket}`,
        front: true,
      },
      now,
    );
    /** @type {{core: number[], browser: number[], found: number, view: string}} */
    const times = { core: [], browser: [], found: 0, view: '' };
    for (let round = 0; round < rounds; round += 1) {
      // Another page each time, or the core would know it for the one that it has read; and the record is new to the case each time.
      const html = page.html.replace('</html>', `<!--${round}--></html>`);
      handle(
        {
          type: 'command',
          name: 'remove',
          case: shown,
          fields: { slot: page.model === 'license' ? 'proof' : page.model },
        },
        now,
      );
      const begun = performance.now();
      handle({ type: 'portal_page', tab: 1, url: page.url, html }, now);
      times.core.push(performance.now() - begun);
      const again = performance.now();
      times.found = Object.keys(withSelectors(html, fields)).length;
      times.browser.push(performance.now() - again);
    }
    times.view = handle({ type: 'panel_opened' }, now).views[0]?.[1];
    return times;
  },

  /**
   * Everything that one event costs, worker and panel together: the core begins from what was kept, takes the event, what it changed is
   * kept, and the panel shows what it answered. The event is one that changes what is shown.
   * @param {Record<string, string>} kept
   * @param {{type: string, [member: string]: unknown}[]} events  told in turn
   * @param {number} rounds
   */
  async event(kept, events, rounds) {
    const { start, handle, profile } = await core();
    const { View } = await shipped('/shared/view.js');
    const main = document.querySelector('main');
    const view = new View(main);
    /** @type {Record<'all' | 'restore' | 'update' | 'save' | 'show', number[]>} */
    const times = { all: [], restore: [], update: [], save: [], show: [] };
    let state = kept;
    let changed = 0;
    for (let round = 0; round < rounds; round += 1) {
      const event = events[round % events.length];
      const before = main?.innerHTML;
      const begun = performance.now();
      start(profile, state, NO_SETTINGS);
      const restored = performance.now();
      const outcome = handle(event, Date.now());
      const updated = performance.now();
      // As in the background: it is drawn while it is being kept.
      const keeping = api.storage.session.set(
        Object.fromEntries(
          outcome.save.filter((/** @type {unknown[]} */ [, value]) => value != null),
        ),
      );
      for (const [, html] of outcome.views) view.render(html);
      const shown = performance.now();
      await keeping;
      const ended = performance.now();
      if (main?.innerHTML !== before) changed += 1;
      state = { ...state, ...Object.fromEntries(outcome.save) };
      times.all.push(ended - begun);
      times.restore.push(restored - begun);
      times.update.push(updated - restored);
      times.show.push(shown - updated);
      times.save.push(ended - shown);
    }
    return { times, changed };
  },
};

/**
 * The same fields as the browser itself finds them: by the field's class, else by its label.
 * @param {string} html
 * @param {Record<string, {keys: string[], labels: string[]}>} fields
 * @returns {Record<string, {text: string, href: string | null}>}
 */
function withSelectors(html, fields) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  /** @type {Record<string, {text: string, href: string | null}>} */
  const found = {};
  for (const [name, { keys, labels }] of Object.entries(fields)) {
    const byKey = keys
      .map((key) => page.querySelector(`.fieldset .${key}_field .card-body`))
      .find(Boolean);
    const value =
      byKey ??
      [...page.querySelectorAll('.fieldset .card')]
        .find((card) =>
          labels.includes(card.querySelector('.card-header')?.textContent?.trim() ?? ''),
        )
        ?.querySelector('.card-body');
    if (!value) continue;
    found[name] = {
      text: (value.textContent ?? '').replace(/\s+/g, ' ').trim(),
      href: value.querySelector('a')?.getAttribute('href') ?? null,
    };
  }
  return found;
}

Reflect.set(globalThis, 'bench', bench);

/** @typedef {typeof bench} Bench */
export {};
