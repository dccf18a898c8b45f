// Makes the page change many times a second for measurements, as live timers and badges do.

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
