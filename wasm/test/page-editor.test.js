// The page's editor, and the page before there is a request and on paper, in a real Chromium.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './support/browser.js';
import { CLIPBOARD, POOL, compose, editorText, focused, open, put, type, verdict, write, written } from './support/page.js';

test('many lines that are put in at once are one change of the text', async () => {
  const page = await open();
  const members = Array.from({ length: 20 }, (_, index) => `    { "address": "10.0.0.${index}", "protocol_port": 80 }`);
  const text = put(`{\n  "members": [\n${members.join(',\n')}\n  ]\n}`, `${POOL}/members/batch-add`).replace('PUT', 'POST');
  await write(page, text);
  assert.equal((await written(page)).replaceAll('\n\n', '\n'), text.replaceAll('\n\n', '\n'));
  assert.equal(await verdict(page), 'It depends');
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+Z');
  assert.match(await editorText(page), /ROUND_ROBIN/);
  await type(page, `curl -X PUT '${POOL}' \\\n  -d '{"pool": {"name": "x"}}'`);
  assert.match(await written(page), /^PUT https/);
  assert.deepEqual(page.faults, []);
});

test('only values of JSON have colours, and marks tell their message in sentences', async () => {
  const page = await open();
  await write(page, put('{"pool": {"slow_start": {"duration": 20}, "nme": 1}}'));
  const [address, value] = await page.locator('.cm-line').evaluateAll((lines) => [lines[0], lines.at(-1)].map((line) => [...line.querySelectorAll('span')].map((span) => span.textContent)));
  assert.deepEqual(address, ['PUT']);
  assert.ok(value.includes('20'));
  await page.locator('.cm-lint-marker-error').hover();
  const told = page.locator('.cm-tooltip .cm-diagnosticText');
  await told.first().waitFor();
  assert.deepEqual(await told.locator('p').allInnerTexts(), [
    'Nothing says whether slow start is on when duration is set without enable.', 'Set enable too.',
    'duration is 20, but must be from 30 to 1200.', 'nme is not a known field.', 'Did you mean name?',
  ]);
});

test('where nothing is yet, an operation begins a request', async () => {
  const page = await open(CLIPBOARD);
  await write(page, '');
  assert.match(await page.locator('#text-note').innerText(), /paste a request/);
  assert.equal(await page.locator('.cm-lint-marker').count(), 0);
  await compose(page);
  assert.equal(await page.locator('#compose button').count(), 4);
  await accessible(page, 'before there is a request');
  await page.getByRole('button', { name: /^UpdateMember/ }).press('Enter');
  assert.equal(await verdict(page), 'It depends');
  assert.equal(await page.locator('#operation').inputValue(), 'UpdateMember');
  assert.equal(await page.getByRole('textbox', { name: 'URL' }).evaluate((input) => input === document.activeElement), true, await focused(page));
  await write(page, 'curl -d @body.json https://h');
  assert.match(await page.locator('#text-note').innerText(), /only a shell can read/);
});

test('a response is pasted with its status and headers', async () => {
  const page = await open();
  await page.getByText('Paste a GET response').click();
  const paste = async (text) => {
    await page.locator('#paste').fill(text);
    await page.getByRole('button', { name: 'Use it' }).click();
  };
  await paste('{\n"pool": oops');
  assert.equal(await page.locator('#paste-note').innerText(), 'This is not JSON: line 2: a value is missing.');
  await paste('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"pool": {"protocol": "HTTP"}}');
  assert.equal(await page.getByLabel('Pool protocol').inputValue(), 'HTTP');
  await page.getByText('Paste a GET response').click();
  await paste(JSON.stringify({ loadbalancer: { provisioning_status: 'X'.repeat(300) } }));
  assert.ok((await page.locator('#target-known').innerText()).length < 120);
  assert.match(await page.locator('#findings .message').innerText(), /^loadbalancer\.provisioning_status is/);
});

test('on paper the whole is there, and it is dark on light', async () => {
  const page = await open({ colorScheme: 'dark' });
  await write(page, `${'# note\n'.repeat(100)}${put('{"pool": {"name": "x"}}')}`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const [paper, ink] = await page.evaluate(() => ['backgroundColor', 'color'].map((name) => Number(/\d+/.exec(getComputedStyle(document.body)[name])[0])));
  assert.ok(paper > 200 && ink < 60, `${paper} ${ink}`);
  assert.equal(await page.locator('.actions').isVisible(), false);
  assert.ok(await page.locator('.cm-scroller').evaluate(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight));
});

test('a browser without WebAssembly is told so', async () => {
  const page = await open();
  await page.addInitScript(() => { delete globalThis.WebAssembly; });
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.equal(await verdict(page), 'Cannot check');
  await page.getByLabel(/^Name/).fill('x');
  assert.match(await page.locator('#verdict').innerText(), /WebAssembly turned off/);
  assert.deepEqual(page.faults, []);
});
