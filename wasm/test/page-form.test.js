// The form of a request in a real Chromium: what is typed in its fields, and what they say.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './support/browser.js';
import { CLIPBOARD, PROJECT, compose, copied, open, put, verdict, write, written } from './support/page.js';

const BATCH = `https://h${PROJECT}/elb/pools/p1/members/batch-add`;
const batch = (count) => put(JSON.stringify({ members: Array.from({ length: count }, (_, index) => ({ address: `10.0.${index >> 8}.${index & 255}`, protocol_port: 80, subnet_cidr_id: 's' })) }), BATCH).replace('PUT', 'POST');

test('a number is written as it is typed', async () => {
  const page = await open(CLIPBOARD);
  for (const number of ['10.5', '1e2', '1E+2', '60.0', '-0', '12345678901234567890', '60']) {
    await page.getByLabel(/^Duration/).fill(number);
    const text = await copied(page, 'http');
    assert.ok(text.includes(`"duration": ${number}\n`), text);
    assert.doesNotMatch(await page.locator('#findings').innerText(), /but is a string/);
    await page.getByLabel(/^Name/).fill(`n${number}`);
    assert.equal(await page.getByLabel(/^Duration/).inputValue(), number);
  }
  for (const text of ['010', '+1', '0x10', 'ten', '1.']) {
    await page.getByLabel(/^Duration/).fill(text);
    assert.ok((await copied(page, 'http')).includes(`"duration": "${text}"\n`));
  }
  assert.deepEqual(page.faults, []);
});

test('null, blank and the word null are told apart', async () => {
  const page = await open(CLIPBOARD);
  await write(page, put('{"pool": {"name": null, "description": "", "protection_reason": "null"}}'));
  await compose(page);
  const field = (label) => page.getByLabel(label);
  const seen = async (label) => [await field(label).inputValue(), await field(label).getAttribute('placeholder')];
  assert.deepEqual(await seen(/^Name/), ['', 'null']);
  assert.deepEqual(await seen(/^Description/), ['', '""']);
  assert.deepEqual(await seen(/^Protection reason/), ['null', 'not sent']);
  await accessible(page, 'values that are no text');
  await field(/^Name/).press('Backspace');
  assert.deepEqual(await seen(/^Name/), ['', 'not sent']);
  assert.doesNotMatch(await copied(page, 'http'), /"name"/);
  await field(/^Description/).fill('x');
  await field(/^Description/).fill('');
  assert.deepEqual(await seen(/^Description/), ['', 'not sent']);
  assert.deepEqual(page.faults, []);
});

test('every field that takes part in a conflict is marked', async () => {
  const page = await open();
  const algorithm = page.getByLabel(/^LB algorithm/);
  await algorithm.selectOption('"QUIC_CID"');
  await page.getByLabel(/^Enable/).first().selectOption('true');
  assert.equal(await algorithm.getAttribute('aria-invalid'), 'true');
  const group = page.getByRole('group', { name: 'Slow start' });
  assert.match(await group.locator('> .note').innerText(), /No target can take this request/);
  assert.match(await group.getAttribute('class'), /wrong/);
  await page.getByLabel(/^Enable/).first().selectOption('');
  assert.equal(await group.locator('> .note').isVisible(), false);
  await page.locator('#operation').selectOption('UpgradeLoadBalancer');
  await page.getByLabel(/^Action/).selectOption('"start"');
  for (const label of [/^L4 flavor/, /^L7 flavor/]) assert.equal(await page.getByLabel(label).getAttribute('aria-invalid'), 'true');
});

test('a server that is added is like the last one, and not wrong yet', async () => {
  const page = await open(CLIPBOARD);
  await write(page, batch(1));
  await compose(page);
  await page.getByRole('button', { name: 'Add a server' }).click();
  const card = page.locator('.card').nth(1);
  assert.equal(await card.locator('.wrong, [aria-invalid]').count(), 0);
  assert.equal(await card.getByLabel(/^Subnet/).inputValue(), 's');
  assert.equal(await verdict(page), 'It depends');
  // What is typed replaces the placeholder.
  await page.keyboard.type('10.0.0.300');
  assert.equal(await card.getByLabel(/^Address/).inputValue(), '10.0.0.300');
  assert.match(await card.locator('.row.wrong .note').innerText(), /not an IP address/);
});

test('many servers come in a few at a time, and any of them is found', async () => {
  const page = await open(CLIPBOARD);
  await write(page, batch(200).replace('10.0.0.150', 'wrong'));
  // All in one task: nothing of what is to come is there yet.
  const first = await page.evaluate(() => {
    document.getElementById('tab-compose').click();
    const built = document.querySelectorAll('.card').length;
    document.querySelector('.findings .place').click();
    return [built, document.activeElement.value, document.querySelectorAll('.card').length];
  });
  assert.deepEqual(first, [20, 'wrong', 151]);
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 200);
  await page.getByRole('button', { name: 'Remove server 10', exact: true }).click();
  assert.equal(await page.locator('.card').count(), 199);
  assert.equal(await page.locator('.card').nth(9).getByLabel(/^Address/).inputValue(), '10.0.0.10');
  assert.equal(await page.locator('.card').nth(149).locator('.row.wrong').count(), 1);
  assert.equal(await page.locator('.card .row.wrong').count(), 1);
  assert.doesNotMatch(await copied(page, 'http'), /"10\.0\.0\.9"/);
  await write(page, batch(2));
  await compose(page);
  assert.equal(await page.locator('.card').count(), 2);
  await page.locator('#operation').selectOption('UpdatePool');
  assert.equal(await page.locator('.card').count(), 0);
  assert.deepEqual(page.faults, []);
});

test('an empty text begins with any operation', async () => {
  const page = await open();
  await write(page, ' ');
  await compose(page);
  assert.equal(await page.locator('#operation').inputValue(), '');
  assert.equal(await page.locator('#operation').evaluate((select) => select.selectedOptions[0].text), 'Choose an operation');
  await page.locator('#operation').selectOption('UpdatePool');
  assert.equal(await page.getByLabel(/^LB algorithm/).isVisible(), true);
  assert.match(await page.locator('#operation-summary').innerText(), /Updates a backend server group/);
  assert.match(await written(page), /^PUT /);
});

test('words at fields are sentences', async () => {
  const page = await open();
  await page.getByLabel(/^Enable/).first().selectOption('true');
  assert.match(await page.getByRole('group', { name: 'Slow start' }).innerText(), /Needs a target whose pool\.protocol is HTTP, HTTPS or GRPC\./);
  assert.equal(await page.locator('details.newer summary').innerText(), '5 newer fields, not in the documentation yet');
  assert.equal(await page.locator('#method').innerText(), 'PUT');
});
