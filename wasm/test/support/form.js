// Forms that authors write, bound, in a real Chromium.

import { after, before } from 'node:test';
import { launch, serve } from './browser.js';

const pages = {};
let browser;
let server;

before(async () => {
  server = await serve(pages);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** A page with this form, bound. */
export async function bound(html, operation = 'UpdatePool', options = {}) {
  pages['/test/bound.html'] = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Form</title><link rel="icon" href="data:,"><main>${html}</main>
    <script type="module">
      import { bindForm } from '../dist/index.js';
      globalThis.bindForm = bindForm;
      globalThis.form = document.getElementById('form');
      globalThis.before = form.outerHTML;
      globalThis.bound = bindForm(form, '${operation}', ${JSON.stringify(options)});
      form.addEventListener('submit', (event) => { event.preventDefault(); globalThis.sent = bound.body(); });
    </script>`;
  const page = await browser.newPage();
  await page.goto(`${server.base}/test/bound.html`);
  await page.waitForFunction(() => globalThis.bound);
  return page;
}

export const bodyOf = (page) => page.evaluate(() => bound.body());
export const sentBy = (page) => page.evaluate(() => globalThis.sent);
export const shownAt = (page) => page.locator('.elblint-error:visible').allInnerTexts();
export const summaryOf = (page) => page.locator('.elblint-summary li').allInnerTexts();
