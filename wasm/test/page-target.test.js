// What is known of the target, in a real Chromium: told by hand, pasted, or pressed where it is asked for; and the
// findings, which ask for it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from 'elblint';
import { FACTS, put } from '../page/src/facts.js';
import { accessible } from './support/browser.js';
import { corpus } from './support/corpus.js';
import { CLIPBOARD, PROJECT, compose, copied, focused, open, put as request, tell, verdict, write } from './support/page.js';

const upgrade = (body) => request(body, `https://h${PROJECT}/elb/loadbalancers/l/upgrade`).replace('PUT', 'POST');
const known = (page) => page.locator('#target-known').innerText();
const facts = (page) => page.locator('#facts label:visible code').allInnerTexts();
const context = async (page) => JSON.parse(await copied(page, 'json')).context;

async function paste(page, text) {
  if (!(await page.locator('#paste').isVisible())) await page.locator('#open-paste').click();
  await page.locator('#paste').fill(text);
  await page.getByRole('button', { name: 'Use it' }).click();
}

test('the panel has what the operation reads', async () => {
  const page = await open();
  assert.equal(await page.locator('#facts').isVisible(), false);
  assert.match(await known(page), /Nothing is known/);
  await page.getByRole('button', { name: 'Target' }).click();
  const shown = {};
  for (const operation of ['UpdatePool', 'UpdateMember', 'BatchCreateMembers', 'UpgradeLoadBalancer']) {
    await page.locator('#operation').selectOption(operation);
    shown[operation] = await facts(page);
  }
  // Which those are is seen where a value makes a difference to a report.
  const requests = await corpus();
  for (const operation of Object.keys(shown)) {
    const own = requests.map((request) => ({ ...request, context: undefined })).filter((request) => check(request)?.operation === operation);
    const differs = (context) => own.some((request) => JSON.stringify(check(request, context)) !== JSON.stringify(check(request)));
    const read = FACTS.filter((fact) => fact.values.some(([, value]) => differs(put({}, fact, value))));
    assert.deepEqual(shown[operation], read.map(({ title }) => title), operation);
  }
  const algorithms = await page.getByLabel('Pool algorithm').locator('option').allTextContents();
  assert.ok(algorithms.includes('5_TUPLE_HASH') && algorithms.includes('QUIC_CID'));
});

test('each fact is told as the API tells it', async () => {
  const page = await open(CLIPBOARD);
  await tell(page, 'Load balancer type', 'dedicated');
  await tell(page, 'Sticky session', 'APP_COOKIE');
  await tell(page, 'Pool VPC', 'blank');
  await tell(page, 'Pool type', 'blank');
  assert.deepEqual(await context(page), { loadbalancer: { guaranteed: true }, pool: { session_persistence: { type: 'APP_COOKIE' }, vpc_id: '', type: '' } });
  assert.equal(await known(page), 'Known: loadbalancer.type dedicated, pool.session_persistence.type APP_COOKIE, pool.type blank, pool.vpc_id blank.');
  await tell(page, 'Sticky session', 'none');
  assert.equal((await context(page)).pool.session_persistence, null);
  for (const label of ['Load balancer type', 'Sticky session', 'Pool VPC', 'Pool type']) await tell(page, label, '');
  assert.equal(await context(page), undefined);
  assert.match(await known(page), /Nothing is known/);
  await paste(page, '{"pool": {"session_persistence": {"type": "SOURCE_IP", "cookie_name": "", "persistence_timeout": 1}, "vpc_id": "v", "type": "gone", "az_affinity": {"enable": false, "x": 1}}}');
  for (const [label, value] of [['Sticky session', 'SOURCE_IP'], ['Pool VPC', 'set'], ['Pool type', 'gone'], ['AZ affinity', 'false']]) {
    assert.equal(await page.getByLabel(label).inputValue(), value);
  }
});

test('what is required is marked, and told by pressing it', async () => {
  const page = await open();
  await page.getByLabel(/^Enable/).first().selectOption('true');
  assert.match(await page.locator('#verdict').innerText(), /Holds only if the target meets 2 requirements\./);
  await page.getByRole('button', { name: 'Set loadbalancer.provisioning_status to ACTIVE' }).click();
  assert.equal(await focused(page), 'Set pool.protocol to HTTP');
  assert.match(await page.locator('#verdict').innerText(), /Holds only if pool\.protocol is HTTP, HTTPS or GRPC\./);
  await page.getByRole('button', { name: 'pool.protocol', exact: true }).click();
  const select = page.getByLabel('Pool protocol');
  assert.equal(await select.evaluate((own) => own === document.activeElement), true);
  const needed = page.locator('.fact.needed');
  assert.equal(await needed.count(), 1);
  assert.match(await needed.innerText(), /Must be HTTP, HTTPS or GRPC\./);
  await accessible(page, 'the panel of the target');
  await page.getByRole('button', { name: 'Set pool.protocol to HTTPS' }).click();
  assert.equal(await select.inputValue(), 'HTTPS');
  assert.equal(await needed.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'findings');
  assert.match(await page.locator('#verdict').innerText(), /2 values not checked yet/);
});

for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }]) {
  test(`the panel and what is required are accessible, ${Object.values(options)[0]}`, async () => {
    const page = await open({ viewport: { width: 768, height: 900 }, ...options });
    await page.getByLabel(/^Enable/).first().selectOption('true');
    await tell(page, 'Sticky session', 'none');
    await paste(page, 'null');
    await accessible(page, JSON.stringify(options));
    await page.locator('#paste').fill('');
    await page.getByRole('button', { name: 'Set pool.protocol to HTTP', exact: true }).hover();
    await accessible(page, `${JSON.stringify(options)}, hovered`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 768);
  });
}

test('a requirement of listeners leads to them', async () => {
  const page = await open();
  await write(page, upgrade('{"action": "start", "availability_zone_list": ["a"], "l7_flavor_id": "x"}'));
  await page.getByRole('button', { name: 'loadbalancer.has_l4_listener' }).click();
  assert.equal(await page.getByLabel('Listeners').evaluate((own) => own === document.activeElement), true);
  assert.match(await page.locator('.fact.needed', { hasText: 'Listeners' }).innerText(), /has_l4_listener must be false/);
  await page.getByLabel('Listeners').selectOption('layer 4');
  assert.equal(await verdict(page), 'Refused');
  await page.getByLabel('Listeners').selectOption('layer 7');
  assert.equal(await verdict(page), 'It depends');
  await paste(page, '{"listeners": [{"id": "1", "protocol": "TCP"}, {"id": "2", "protocol": "HTTP"}]}');
  assert.equal(await verdict(page), 'Refused');
  assert.equal(await page.getByLabel('Listeners').inputValue(), '2 as pasted');
});

test('another resource of the same kind replaces the former', async () => {
  const page = await open(CLIPBOARD);
  await paste(page, '{"pool": {"id": "a", "protocol": "TCP", "type": "ip"}}');
  await paste(page, '{"pool": {"id": "a", "lb_algorithm": "SOURCE_IP"}}');
  assert.deepEqual(await context(page), { pool: { id: 'a', protocol: 'TCP', type: 'ip', lb_algorithm: 'SOURCE_IP' } });
  await paste(page, '{"pool": {"id": "b", "protocol": "HTTP"}, "loadbalancer": {"id": "l"}}');
  assert.deepEqual(await context(page), { pool: { id: 'b', protocol: 'HTTP' }, loadbalancer: { id: 'l' } });
});

test('what cannot be pasted says why, until it is changed', async () => {
  const page = await open();
  const note = page.locator('#paste-note');
  for (const [text, told] of [
    ['null', /^This has no loadbalancer, pool, .* Paste one resource’s response/],
    ['[]', /^This has no/],
    ['{"pools": []}', /^This has no/],
    ['{"pool": ', /^This is not JSON/],
    ['', /^There is nothing to use yet/],
    ['{"pool": 7}', /^This cannot be used: .*pool/],
  ]) {
    await paste(page, text);
    assert.match(await note.innerText(), told);
    await page.locator('#paste').press('End');
    await page.keyboard.type(' ');
    assert.equal(await note.innerText(), '');
  }
  assert.deepEqual(page.faults, []);
});

test('a verdict says why', async () => {
  const page = await open();
  const said = async () => (await page.locator('#verdict').innerText()).replace(/\s+/g, ' ').trim();
  await write(page, request('{"pool": {"slow_start": {"duration": 20}, "nme": 1}}'));
  assert.match(await said(), /^Refused 2 errors\./);
  await write(page, request('{"pool": '));
  assert.match(await said(), /^Cannot be read The text ends inside an object/);
  await write(page, request('{"pool": {"name": "x"}}'));
  assert.equal(await said(), 'It depends Holds only if loadbalancer.provisioning_status is ACTIVE.');
  await page.getByRole('button', { name: /^Set .* ACTIVE$/ }).click();
  assert.equal(await said(), 'Ready Nothing speaks against this request.');
});

test('on a phone the verdict leads to the findings', async () => {
  const page = await open({ viewport: { width: 360, height: 640 } });
  await page.getByLabel(/^Duration/).fill('20');
  await page.getByRole('link', { name: 'Show the findings' }).click();
  const top = () => page.locator('#findings').evaluate((own) => own.getBoundingClientRect().top);
  assert.ok((await top()) < 400, String(await top()));
  assert.equal(await page.evaluate(() => document.activeElement.id), 'findings');
  assert.equal(new URL(page.url()).hash, '');
  await page.getByRole('button', { name: '/pool/slow_start/duration' }).click();
  assert.equal(await page.getByLabel(/^Duration/).evaluate((own) => own === document.activeElement), true);
});

test('an explanation begins with its title, and its examples are whole', async () => {
  const page = await open({ viewport: { width: 360, height: 640 } });
  await write(page, upgrade('{"action": "start", "availability_zone_list": ["a"], "l7_flavor_id": "x"}'));
  await page.getByRole('button', { name: 'Explain upgrade-of-dedicated' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'explain-title');
  assert.equal(await page.locator('.example.open figcaption').innerText(), 'UpgradeLoadBalancer, depends on the target');
  const cut = await page.locator('.example pre').evaluateAll((all) => all.filter((pre) => pre.scrollWidth > pre.clientWidth).length);
  assert.equal(cut, 0);
  await accessible(page, 'an explanation');
  await page.keyboard.press('Escape');
  // A rule for fields of any kind rests on what is said of the field.
  await compose(page);
  await page.locator('#operation').selectOption('UpdatePool');
  await page.getByLabel(/^Duration/).fill('20');
  await page.getByRole('button', { name: 'Explain range' }).click();
  assert.match(await page.locator('dialog').innerText(), /It rests on\s+Updating a Backend Server Group \(updated [\d-]+\), UpdatePoolSlowStartOption, duration/);
});
