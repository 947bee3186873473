// What somebody wrote on the page is not lost, in a real Chromium: replaced, reloaded, left for another operation.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './support/browser.js';
import { CLIPBOARD, POOL, compose, copied, link, open, put, tell, verdict, write, written } from './support/page.js';

const OTHER = put('{"pool": {"name": "other"}}');
const name = (page) => page.getByLabel(/^Name/);
const toast = (page) => page.locator('#toast').innerText();
const fragment = (page) => page.evaluate(() => location.hash);
const undo = (page) => page.getByRole('button', { name: 'Undo' }).click();

/** Pastes a text where the focus is. */
async function paste(page, text) {
  await page.evaluate((own) => navigator.clipboard.writeText(own), text);
  await page.keyboard.press('ControlOrMeta+V');
}

test('what takes the place of a request can be undone, at once or in the editor', async () => {
  const page = await open(CLIPBOARD);
  await paste(page, OTHER);
  assert.equal(await toast(page), '', 'there was nothing to lose');
  await compose(page);
  await name(page).fill('mine');
  const hash = await page.evaluate((text) => `#1.${btoa(JSON.stringify({ text, context: { pool: { protocol: 'TCP' } }, view: 'compose' }))}`, put('{"pool": {"name": "theirs"}}'));
  const ways = [
    async () => {
      await page.locator('h1').click();
      await paste(page, OTHER);
    },
    () => page.evaluate((own) => (location.hash = own), hash),
  ];
  for (const replace of ways) {
    await replace();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    assert.match(await toast(page), /was replaced/);
    assert.doesNotMatch(await written(page), /mine/);
    await accessible(page, 'a toast with a button');
    await undo(page);
    assert.equal(await name(page).inputValue(), 'mine');
    assert.equal(await page.getByLabel('Pool protocol').inputValue(), '');
    assert.equal(await fragment(page), '');
  }
  await page.evaluate((own) => (location.hash = own), hash);
  await name(page).fill('changed');
  await page.getByRole('tab', { name: 'Request text' }).click();
  await page.locator('.cm-content').press('ControlOrMeta+Z');
  assert.match(await written(page), /"mine"/);
  await write(page, `DELETE ${POOL}\n\n{"mine": 1}`);
  await page.locator('#operation').selectOption('UpdatePool');
  assert.doesNotMatch(await written(page), /mine/);
  await undo(page);
  assert.match(await written(page), /^DELETE [^]*mine/);
  assert.deepEqual(page.faults, []);
});

test('a reload has what was written last, and an address what was shared', async () => {
  const page = await open(CLIPBOARD);
  const token = `MII${'aB3+'.repeat(20)}`;
  await page.getByLabel('X-Auth-Token').fill(token);
  await name(page).fill('first');
  await tell(page, 'Pool protocol', 'HTTP');
  const { hash } = await link(page);
  assert.equal(await fragment(page), hash);
  await page.getByRole('tab', { name: 'Request text' }).click();
  await compose(page);
  assert.equal(await fragment(page), hash, 'it is the same request in another view');
  await name(page).fill('second');
  assert.equal(await fragment(page), '');
  await page.reload();
  assert.equal(await name(page).inputValue(), 'second');
  assert.equal(await page.getByLabel('Pool protocol').inputValue(), 'HTTP');
  assert.equal(await page.getByLabel('X-Auth-Token').inputValue(), '{{token}}');
  assert.ok(!(await page.evaluate(() => JSON.stringify(sessionStorage))).includes(token.slice(0, 20)));
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address + hash);
  assert.equal(await name(page).inputValue(), 'first');
  await undo(page);
  assert.equal(await name(page).inputValue(), 'second');
  assert.deepEqual(page.faults, []);
});

test('a link that cannot be read is told of, and a place in the page is no link', async () => {
  const page = await open({}, '#1.%%%');
  assert.equal(await toast(page), 'This link cannot be read.');
  await name(page).fill('x');
  assert.equal(await fragment(page), '');
  await page.evaluate(() => (location.hash = 'elsewhere'));
  await page.waitForFunction(() => document.getElementById('toast').dataset.shown);
  const other = await open({}, '#request');
  assert.equal(await toast(other), '');
});

test('an operation has its body back as it was written', async () => {
  const page = await open();
  const text = (body) => `# mine\n${put(body)}\n`;
  const body = '{\n    // why\n    "pool": {"slow_start": {"duration": 60.0},   "name": "a"}\n}';
  await write(page, text(body));
  await page.locator('#operation').selectOption('BatchCreateMembers');
  await page.locator('#operation').selectOption('UpdatePool');
  assert.equal((await written(page)).trim(), text(body).trim());
  await write(page, JSON.stringify({ method: 'PUT', url: POOL, body: { pool: { name: 'b' } } }));
  await page.locator('#operation').selectOption('UpdateMember');
  await page.locator('#operation').selectOption('UpdatePool');
  assert.equal(await written(page), `{"method":"PUT","url":"${POOL}","body":{"pool":{"name":"b"}}}`);
});

test('where the clipboard is closed, a copy leaves the focus where it was', async () => {
  const page = await open();
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } }));
  await page.locator('[data-copy=curl]').press('Enter');
  await page.waitForFunction(() => document.getElementById('toast').dataset.shown);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.copy), 'curl');
});

test('a curl command is read as the request that it sends', async () => {
  const page = await open(CLIPBOARD);
  await write(page, put('{"pool": {"name": "it\'s", "slow_start": {"duration": 60.0}}}'));
  const command = await copied(page, 'curl');
  assert.equal(await verdict(page), 'Refused');
  const text = await written(page);
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await paste(page, command);
  assert.equal((await written(page)).trim(), text.replace('\n\n', '\nContent-Type: application/json\n\n'));
  assert.match(await toast(page), /curl command/);
  await undo(page);
  assert.equal(await written(page), text);
  await page.locator('h1').click();
  await paste(page, `curl '${POOL}' --compressed \\\n  -H 'Accept: */*' --data-raw $'{"pool":{"name":"\\u0041\\n"}}'`);
  assert.equal((await written(page)).trim(), `POST ${POOL}\nAccept: */*\n\n{"pool":{"name":"A\n"}}`);
  assert.deepEqual(page.faults, []);
});

test('a server that was removed can be had back', async () => {
  const page = await open();
  await page.locator('#operation').selectOption('BatchCreateMembers');
  await page.getByRole('button', { name: 'Add a server' }).click();
  await page.getByLabel(/^Address/).nth(1).fill('10.0.0.7');
  const text = await written(page);
  await page.getByRole('tab', { name: 'Compose' }).click();
  await page.getByRole('button', { name: 'Remove server 2' }).click();
  assert.equal(await page.locator('.card').count(), 1);
  assert.match(await toast(page), /^Server 2 was removed\./);
  await undo(page);
  assert.equal(await page.getByLabel(/^Address/).nth(1).inputValue(), '10.0.0.7');
  assert.equal(await written(page), text);
  assert.deepEqual(page.faults, []);
});
