// Updates pages that were already open when Tether was installed or updated. Firefox puts the
// manifest's scripts into them by itself. Chromium 156 does not, and the previous version's scripts
// are cut off from this one.
import { api } from '../shared/api.js';

/** Puts them in. Where one is alive already, another leaves at once; a page that lets none in gets it when it is loaded next. */
export async function renewPages() {
  for (const { matches = [], js = [] } of api.runtime.getManifest().content_scripts ?? []) {
    const tabs = await api.tabs.query({ url: matches, discarded: false });
    await Promise.allSettled(
      tabs.map(async ({ id }) => {
        if (id !== undefined)
          await api.scripting.executeScript({ target: { tabId: id }, files: js });
      }),
    );
  }
}
