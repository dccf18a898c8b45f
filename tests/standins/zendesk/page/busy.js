// Restlessness for measurements: the page changes so many times a second, as a page with live timers and badges does.

/** @param {number} perSecond */
export function keepBusy(perSecond) {
  const place = document.createElement('div');
  place.className = 'busy';
  place.setAttribute('aria-hidden', 'true');
  document.body.append(place);
  let count = 0;
  setInterval(() => {
    count += 1;
    const line = document.createElement('span');
    line.dataset.count = String(count);
    line.textContent = String(count);
    place.append(line);
    if (place.childElementCount > 20) place.firstElementChild?.remove();
  }, 1000 / perSecond);
}
