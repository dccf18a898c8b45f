// Two records' pages, as Trace is answered them.

const PAGES = [
  { model: 'license', url: 'https://customers.gitlab.com/admin/license/410266' },
  { model: 'billing_account', url: 'https://customers.gitlab.com/admin/billing_account/9233' },
];

/** @typedef {{model: string, url: string, html: string}} RecordPage */

/** @param {import('../../harness/browser.js').Browser} browser @returns {Promise<RecordPage[]>} */
export async function recordPages(browser) {
  const page = await browser.newPage('https://customers.gitlab.com/admin/');
  const pages = [];
  for (const one of PAGES) {
    const html = await page.evaluate(
      async (url) => (await fetch(url, { headers: { Accept: 'text/html' } })).text(),
      one.url,
    );
    pages.push({ ...one, html: html.trimEnd() });
  }
  await page.close();
  return pages;
}

/** @param {string} model */
export const figureOf = (model) => `reading a ${model.replace('_', ' ')}'s page`;
