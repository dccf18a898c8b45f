// Injected into Validate License only after the engineer asked for it: fills the license key into
// the page's text area. The engineer presses the button.
import { api } from '../shared/api.js';
import { claim } from './common/claim.js';

/** @param {string} key @returns {import('../shared/boundary.js').PageOutcome} */
function fill(key) {
  if (!/\/license\/validate_license\/?$/.test(location.pathname))
    return { kind: 'wrong_page', front: location.pathname.slice(0, 200) };
  const areas = [...document.querySelectorAll('form textarea:not([readonly], [disabled])')].filter(
    (one) => one.checkVisibility(),
  );
  const [area] = areas;
  if (areas.length !== 1 || !(area instanceof HTMLTextAreaElement))
    return { kind: 'key_field_in_use' };
  if (area.value.trim() !== '' && area.value !== key) return { kind: 'key_field_in_use' };
  area.value = key;
  for (const type of ['input', 'change']) area.dispatchEvent(new Event(type, { bubbles: true }));
  area.scrollIntoView({ block: 'nearest' });
  return { kind: 'filled' };
}

if (claim('tetherFill'))
  api.runtime.onMessage.addListener((message, sender, sendResponse) => {
    if (sender.id !== api.runtime.id || sender.tab !== undefined) return;
    if (message?.kind !== 'fill_key' || typeof message.key !== 'string') return;
    sendResponse({ accepted: true, outcome: fill(message.key) });
  });
