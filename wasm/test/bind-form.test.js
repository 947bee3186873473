// Forms that authors write, bound, in a real Chromium.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, serve } from './support/browser.js';

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
async function bound(html, operation = 'UpdatePool', options = {}) {
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

const bodyOf = (page) => page.evaluate(() => bound.body());
const sentBy = (page) => page.evaluate(() => globalThis.sent);
const shownAt = (page) => page.locator('.elblint-error:visible').allInnerTexts();

/** Presses and releases the mouse as a hand does. */
async function press(page, selector) {
  const { x, y, width, height } = await page.locator(selector).boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.waitForTimeout(60);
  await page.mouse.up();
}

test('bindForm moves nothing while a button is pressed', async () => {
  const html = '<form id="form"><label for="d">Duration</label> <input id="d" name="slow_start.duration" type="number"><p><button id="s">Send</button></p></form>';
  const good = await bound(html);
  await good.locator('#d').fill('60');
  await press(good, '#s');
  assert.deepEqual(await sentBy(good), { pool: { slow_start: { duration: 60 } } }, 'the hints that come up do not swallow the click');
  const bad = await bound(html);
  await bad.locator('#d').fill('5');
  await press(bad, '#s');
  assert.match(await bad.evaluate(() => document.activeElement.className), /elblint-summary/);
  const elsewhere = await bound(html);
  await elsewhere.locator('#d').fill('5');
  await elsewhere.mouse.move(300, 400);
  await elsewhere.mouse.down();
  assert.deepEqual(await shownAt(elsewhere), []);
  await elsewhere.mouse.up();
  await elsewhere.waitForFunction(() => document.querySelector('.elblint-error:not([hidden])'));
  const keyboard = await bound(html);
  await keyboard.locator('#d').focus();
  await keyboard.keyboard.type('5');
  await keyboard.keyboard.press('Tab');
  await keyboard.waitForFunction(() => document.querySelector('.elblint-error:not([hidden])'));
});
