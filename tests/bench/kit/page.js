// Pages of a size, quiet or changing, on either site.

/** How many elements a page has, and how often it changes a second. */
export const ELEMENTS = 2000;
export const CHANGES = 60;

/**
 * Every page that is opened from now on grows to that many elements before scripts of extensions see it, outside of what shows a record, or
 * inside with more fields of the same kind.
 * @param {import('puppeteer-core').Page} page
 * @param {'around' | 'inside'} where
 */
export async function grow(page, where) {
  await page.evaluateOnNewDocument(
    (elements, inside) => {
      addEventListener(
        'DOMContentLoaded',
        () => {
          const field = inside ? document.querySelector('.fieldset .list-group-item') : null;
          const grown =
            field?.parentElement ?? document.body.appendChild(document.createElement('aside'));
          while (document.getElementsByTagName('*').length < elements) {
            if (field) {
              grown.append(field.cloneNode(true));
            } else {
              const entry = document.createElement('p');
              entry.append(
                'An entry of ',
                Object.assign(document.createElement('a'), {
                  href: '/admin/customer',
                  textContent: 'the page',
                }),
              );
              grown.append(entry);
            }
          }
        },
        { once: true },
      );
    },
    ELEMENTS,
    where === 'inside',
  );
}

/**
 * Changes the page so many times a second, for a while: text, an attribute, an element that comes or goes.
 * @param {import('puppeteer-core').Page} page
 * @param {number} ms
 */
export const change = (page, ms) =>
  page.evaluate(
    (every, lasts) =>
      new Promise((resolve) => {
        const place =
          document.querySelector('[data-pjax-container]') ??
          document.querySelector('header[data-model]')?.parentElement ??
          document.body;
        const line = place.appendChild(document.createElement('p'));
        let count = 0;
        const timer = setInterval(() => {
          count += 1;
          if (count % 3 === 0) line.textContent = `change ${count}`;
          else if (count % 3 === 1) line.setAttribute('title', String(count));
          else if (line.isConnected) line.remove();
          else place.append(line);
        }, 1000 / every);
        setTimeout(() => {
          clearInterval(timer);
          resolve(count);
        }, lasts);
      }),
    CHANGES,
    ms,
  );
