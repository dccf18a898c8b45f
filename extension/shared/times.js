// Times that the core gives in UTC, as the engineer's clock shows them: the core knows no time zone.

/** @param {ParentNode} content */
export function localise(content) {
  for (const time of content.querySelectorAll('time[data-local]')) {
    if (!(time instanceof HTMLTimeElement)) continue;
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const clock = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const today = at.toDateString() === new Date().toDateString();
    time.textContent = today ? clock : `${at.toLocaleDateString()}, ${clock}`;
  }
}
