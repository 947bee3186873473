// The page for tests: opened, written in and read as a user would.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { launch, openPage, root, serve } from './browser.js';

export const out = join(root, 'test/out');

let browser;
export let server;

before(async () => {
  mkdirSync(out, { recursive: true });
  server = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** The page, with the fragment of a link perhaps. */
export async function open(options, hash = '') {
  const page = await openPage(browser, `${server.base}/page/dist/index.html${hash}`, options);
  await page.waitForSelector('html[data-ready]', { timeout: 10_000 });
  return page;
}

export const verdict = (page) => page.locator('#verdict h2').textContent();
export const editorText = (page) => page.locator('.cm-content').innerText();

export async function type(page, text) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

export const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
export const PROJECT = '/v3/99a3fff0d03c428eac3678da6a7d0f24';
export const POOL = `https://h${PROJECT}/elb/pools/p1`;
export const put = (body, url = POOL) => `PUT ${url}\nX-Auth-Token: {{token}}\n\n${body}`;
export const compose = (page) => page.getByRole('tab', { name: 'Compose' }).click();

/** Writes a text as a user would, in the tab of the text. */
export async function write(page, text) {
  await page.getByRole('tab', { name: 'Request text' }).click();
  await type(page, text);
}

/** The text that is judged. */
export async function written(page) {
  await page.getByRole('tab', { name: 'Request text' }).click();
  return (await page.locator('.cm-line').allInnerTexts()).join('\n').replaceAll('\n\n\n', '\n\n');
}

export async function copied(page, form) {
  await page.evaluate(() => navigator.clipboard.writeText('nothing'));
  // It can be pressed where it has nothing to copy, to say so.
  await page.locator(`[data-copy=${form}]`).click({ force: true });
  await page.waitForFunction(() => document.getElementById('toast').dataset.shown);
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The link to what the page shows, and what it carries. */
export async function link(page) {
  const { hash } = new URL(await copied(page, 'link'));
  return { hash, carried: Buffer.from(hash.split('#1.')[1], 'base64url').toString() };
}

/** Tells a fact of the target in its panel. */
export async function tell(page, label, value) {
  if (!(await page.locator('#facts').isVisible())) await page.locator('#open-facts').click();
  await page.getByLabel(label).selectOption(value);
}

export const focused = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
