// The page's one text in a real Chromium: what the form, links and copies make of it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessible } from './support/browser.js';
import { CLIPBOARD, POOL, PROJECT, compose, copied, focused, link, open, out, put, tell, type, verdict, write, written } from './support/page.js';

test('a link carries no secret, wherever one is written', async () => {
  const page = await open(CLIPBOARD);
  const url = `https://user:SECRET0@h${PROJECT}/elb/pools/p1?access_key=SECRET1&x=SECRET2&limit=5`;
  const texts = [
    JSON.stringify({ method: 'PUT', url, headers: [['X-Auth-Token', 'SECRET'], ['X-Own', 'SECRET']], token: 'SECRET', body: { pool: { name: 'kept' } }, context: { pool: { protocol: 'TCP' }, token: 'SECRET' } }),
    `{"method": "PUT", "url": "${POOL}", "headers": {"X-Auth-\\u0054oken": "SECRET"}, "headers": {"Cookie": "SECRET"}, "body": {"pool": {"name": "kept"}}}`,
    `{"method": "PUT", "url": "${url}", "headers": [["X-Auth-Token", "SECRET"]], "body": {"pool": {"name": "kept",}}}`,
    `@mine = SECRET\n@other = {{mine}}\n@own = SECRET\n# X-Auth-Token: SECRET\nPUT ${url}&y={{own}}\n  &sig=SECRET\nX-Api-Key: SECRET\nX-Own: {{other}}\n\n{"pool": {"name": "kept"}}`,
    `curl -X PUT ${url} -u me:SECRET -H 'X-Auth-Token: SECRET' -d '{"pool": {"name": "kept"}}'`,
  ];
  for (const text of texts) {
    await write(page, text);
    const { carried, hash } = await link(page);
    assert.ok(!carried.includes('SECRET'), carried);
    assert.match(await page.locator('#toast').innerText(), /without the token/);
    const other = await open({}, hash);
    assert.match(await written(other), /kept/);
    await other.context().close();
  }
  await page.getByText('Paste a GET response').click();
  await page.locator('#paste').fill('{"pool": {"protocol": "HTTP"}, "headers": {"X-Auth-Token": "SECRET"}, "token": "SECRET"}');
  await page.getByRole('button', { name: 'Use it' }).click();
  const { carried } = await link(page);
  assert.ok(!carried.includes('SECRET') && carried.includes('HTTP'), carried);
});

test('a context that cannot be used stops nothing, and goes with its text', async () => {
  const page = await open(CLIPBOARD);
  const request = (context) => JSON.stringify({ method: 'PUT', url: POOL, body: { pool: { nme: 1 } }, context });
  await write(page, request({ pol: {} }));
  assert.match(await page.locator('#findings').innerText(), /invalid-context/);
  const reopened = await open({}, (await link(page)).hash);
  assert.match(await written(reopened), /"pol"/);
  await write(page, request({ pool: { protocol: 'TCP' } }));
  assert.equal(await page.getByLabel('Pool protocol').inputValue(), 'TCP');
  assert.equal(await page.locator('#forget').isVisible(), true);
  await write(page, request());
  assert.equal(await page.getByLabel('Pool protocol').inputValue(), '');
  assert.equal(await page.locator('#forget').isVisible(), false);
  assert.match(await page.locator('#findings').innerText(), /unknown-field/);
  const hostile = Buffer.from(JSON.stringify({ text: put('{"pool": {"name": "x"}}'), context: { pol: 7 }, view: 'compose' })).toString('base64url');
  const opened = await open({}, `#1.${hostile}`);
  assert.equal(await opened.getByLabel(/^Name/).inputValue(), 'x');
  assert.deepEqual([...page.faults, ...reopened.faults, ...opened.faults], []);
});

test('a text that cannot be read is neither composed nor copied as something else', async () => {
  const page = await open(CLIPBOARD);
  const text = put('{"pool": {"name": "mine", }}');
  await write(page, text);
  assert.match(await page.locator('#text-note').innerText(), /form waits.*line 4: a comma with nothing after it/);
  for (const form of ['curl', 'json']) {
    assert.equal(await page.locator(`[data-copy=${form}]`).getAttribute('aria-disabled'), 'true');
    assert.equal(await copied(page, form), 'nothing');
    assert.match(await page.locator('#toast').innerText(), /Nothing is copied/);
  }
  assert.equal(await copied(page, 'http'), text);
  assert.ok(JSON.parse((await link(page)).carried).text === text);
  await compose(page);
  assert.equal(await page.locator('#compose input').count(), 0);
  assert.equal(await page.locator('#operation').isDisabled(), true);
  await accessible(page, 'a form that waits');
  await page.getByRole('button', { name: 'Open the text' }).click();
  await type(page, put('{"pool": {"name": "mine"}}'));
  assert.match(await copied(page, 'curl'), /mine/);
  assert.deepEqual(page.faults, []);
});

test('the form changes its fields in the text, and nothing else', async () => {
  const page = await open(CLIPBOARD);
  const text = (name, more) => `# keep me\n@w = 400\n${put(`{\n    # and me\n    "pool": {"name": "${name}", "slow_start": {"duration": {{warm}}${more}}}\n}`)}\n\n### second\n${put('{"pool": {"name": "b"}}')}\n`;
  await write(page, text('a', ''));
  await compose(page);
  assert.match(await page.locator('#text-note').innerText(), /2 requests/);
  assert.equal(await page.getByLabel(/^Duration/).inputValue(), '{{warm}}');
  await page.getByLabel(/^Name/).fill('other');
  await page.getByLabel(/^Enable/).first().selectOption('true');
  assert.match(await copied(page, 'curl'), /"duration": \{\{warm\}\}/);
  assert.match(await page.locator('#toast').innerText(), /first of 2/);
  assert.equal(await copied(page, 'http'), text('other', ', "enable": true'));
  const before = await copied(page, 'http');
  await page.getByLabel('X-Auth-Token').fill('');
  await page.getByLabel('X-Auth-Token').press('Backspace');
  assert.equal(await copied(page, 'http'), before.replace('\nX-Auth-Token: {{token}}', ''));
  await page.getByLabel('X-Auth-Token').fill('T');
  await page.getByLabel(/^Duration/).fill('{{other}}');
  assert.equal(await copied(page, 'http'), text('other', ', "enable": true').replace('{{token}}', 'T').replace('{{warm}}', '{{other}}'));
  await write(page, `{"method":"PUT", "url":"${POOL}", "note":"mine", "body":"{\\"pool\\": {\\"name\\": \\"a\\"}}"}`);
  await compose(page);
  await page.getByLabel(/^Name/).fill('b');
  assert.equal(await written(page), `{"method":"PUT", "url":"${POOL}", "note":"mine", "body":"{\\"pool\\": {\\"name\\": \\"b\\"}}"}`);
  assert.deepEqual(page.faults, []);
});

test('what is told of servers stays when one comes or goes, and so does the focus', async () => {
  const page = await open();
  await page.locator('#operation').selectOption('BatchCreateMembers');
  await page.getByLabel(/^Address/).fill('10.0.0.300');
  await page.getByRole('button', { name: 'Add a server' }).click();
  assert.match(await page.locator('.card .row.wrong .note').first().innerText(), /not an IP address/);
  assert.equal(await page.locator('.card').nth(1).getByLabel(/^Address/).evaluate((input) => input === document.activeElement), true);
  await page.getByRole('button', { name: 'Remove server 2' }).click();
  assert.match(await page.locator('.card .row.wrong .note').innerText(), /not an IP address/);
  assert.equal(await focused(page), 'Remove server 1');
  await page.getByRole('button', { name: 'Remove server 1' }).click();
  assert.equal(await focused(page), 'Add a server');
  await tell(page, 'Pool protocol', 'HTTP');
  await page.getByRole('button', { name: 'Forget' }).click();
  assert.equal(await focused(page), 'Paste a GET response');
});

test('the target is chosen where the text tells of it itself', async () => {
  const page = await open();
  await write(page, JSON.stringify({ method: 'PUT', url: POOL, headers: { 'X-Auth-Token': '{{t}}' }, body: { pool: { slow_start: { enable: true } } }, context: { pool: { protocol: 'TCP' } } }));
  assert.equal(await verdict(page), 'Refused');
  await tell(page, 'Pool protocol', 'HTTP');
  assert.equal(await verdict(page), 'It depends');
  assert.match(await written(page), /"protocol":"HTTP"/);
  await page.getByRole('button', { name: 'Forget' }).click();
  assert.doesNotMatch(await written(page), /context/);
  assert.equal(await page.getByLabel('Pool protocol').inputValue(), '');
});

test('a body of another kind can be composed anew, and half a request is no request', async () => {
  const page = await open(CLIPBOARD);
  for (const body of ['5', '"x"', 'null', '[]', '{"pool": []}', '']) {
    await write(page, put(body));
    await compose(page);
    await page.getByLabel(/^Name/).fill('z');
    assert.match((await copied(page, 'curl')).replace(/\s+/g, ' '), /--data-raw '\{ ?"pool": \{ "name": "z" \} ?\}'/, body);
  }
  await write(page, put('null', `${POOL}/members/batch-add`).replace('PUT', 'POST'));
  await compose(page);
  await page.getByRole('button', { name: 'Add a server' }).click();
  assert.equal(await page.getByLabel(/^Address/).count(), 1);
  await write(page, '{"member": {"weight": 101}}');
  assert.equal(await page.locator('#operation').inputValue(), 'UpdateMember');
  assert.equal(await verdict(page), 'Refused');
  assert.match(await page.locator('#text-note').innerText(), /mere body/);
  assert.match(await copied(page, 'curl'), /^curl -X PUT 'https/);
  await compose(page);
  await page.getByLabel(/^Weight/).fill('9');
  assert.equal(await written(page), '{"member": {"weight": 9}}');
  for (const [text, missing] of [[`{"url": "${POOL}", "body": {}}`, 'method'], ['{"method": "PUT", "body": {}}', 'url']]) {
    await write(page, text);
    assert.match(await page.locator('#text-note').innerText(), new RegExp(`the request has no ${missing}`));
    assert.equal(await copied(page, 'curl'), 'nothing');
  }
  assert.deepEqual(page.faults, []);
});

test('another operation keeps what fits, and comes back as it was', async () => {
  const page = await open();
  const url = page.getByRole('textbox', { name: /^URL/ });
  await url.fill(`${POOL}?a=b`);
  await page.getByLabel('X-Auth-Token').fill('T');
  await page.getByLabel(/^Name/).fill('mine');
  await page.locator('#operation').selectOption('UpdateMember');
  assert.equal(await url.inputValue(), `${POOL}/members/{{member_id}}?a=b`);
  assert.equal(await page.getByLabel('X-Auth-Token').inputValue(), 'T');
  await page.getByLabel(/^Weight/).fill('7');
  await page.locator('#operation').selectOption('UpgradeLoadBalancer');
  await page.locator('#operation').selectOption('UpdatePool');
  assert.equal(await url.inputValue(), `${POOL}?a=b`);
  assert.equal(await page.getByLabel(/^Name/).inputValue(), 'mine');
  // So does the URL of one, typed.
  await url.fill(POOL);
  await url.press('End');
  await page.keyboard.type('/members/m');
  assert.equal(await page.locator('#operation').inputValue(), 'UpdateMember');
  assert.equal(await page.getByLabel(/^Weight/).inputValue(), '7');
  assert.equal(await url.inputValue(), `${POOL}/members/m`);
  assert.equal(await url.evaluate((input) => input === document.activeElement && input.selectionStart === input.value.length), true);
  await url.fill('');
  assert.equal(await page.getByLabel(/^Weight/).isVisible(), true, 'a URL that is being typed is of no operation');
  await url.fill(`${POOL}/members/batch-add`);
  assert.equal(await page.locator('#operation').inputValue(), 'BatchCreateMembers');
  assert.match(await written(page), /^POST /);
  await type(page, put('{"pool": '));
  await type(page, ' ');
  await page.locator('#operation').selectOption('UpdatePool');
  assert.equal(await page.locator('#text-note').innerText(), '');
  assert.deepEqual(page.faults, []);
});

test('the form shows values of any kind, and every place leads somewhere', async () => {
  const page = await open();
  await write(page, put('{"pool": {"lb_algorithm": "RANDOM", "name": null, "description": {"a": 1}, "slow_start": null, "foo": 1, "admin_state_up": {{up}}, "connection_drain": {"enable": "x"}}}'));
  await compose(page);
  const chosen = (label) => page.getByLabel(label).first().evaluate((select) => select.selectedOptions[0].text);
  assert.equal(await chosen(/^LB algorithm/), 'RANDOM (not permitted)');
  assert.equal(await chosen(/^Admin state up/), '{{up}}');
  assert.equal(await page.getByLabel(/^Name/).inputValue(), '');
  assert.equal(await page.getByLabel(/^Name/).getAttribute('placeholder'), 'null');
  assert.equal(await page.getByLabel(/^Description/).inputValue(), '{"a":1}');
  assert.match(await page.getByRole('group', { name: 'Slow start' }).innerText(), /Sent as null/);
  assert.equal(await page.locator('details.newer .row.wrong').isVisible(), true);
  await page.getByRole('button', { name: '/pool/foo' }).click();
  assert.equal(await page.locator('#text').isVisible(), true);
  assert.deepEqual(page.faults, []);
});

test('what the text alone says is shared and copied', async () => {
  const page = await open(CLIPBOARD);
  await write(page, put('{"pool": {"name": "a", "name": "b"}}'));
  assert.equal(await verdict(page), 'Refused');
  assert.equal(await verdict(await open({}, (await link(page)).hash)), 'Refused');
  await write(page, JSON.stringify({ method: 'PUT', url: POOL, body: { pool: { name: 'x' } } }));
  assert.match(await copied(page, 'http'), /^PUT https.*\n\n\{"pool":\{/);
  await tell(page, 'Pool protocol', 'HTTP');
  assert.deepEqual(JSON.parse(await copied(page, 'json')).context, { pool: { protocol: 'HTTP' } });
});

test('a verdict says what it is about', async () => {
  const page = await open(CLIPBOARD);
  await write(page, `DELETE ${POOL}\nX-Auth-Token: {{token}}\n`);
  assert.equal(await verdict(page), 'Not checked');
  assert.equal(await page.locator('#operation').inputValue(), '');
  assert.doesNotMatch(await copied(page, 'curl'), /--data-raw/);
  await write(page, `${put('{"pool": {"name": "a"}}')}\n\n###\n${put('{"pool": {"nme": 1}}')}\n\n###\nGET https://example.com/\n`);
  assert.match((await page.locator('#verdict').innerText()).replace(/\s+/g, ' '), /Refused Of 3 requests: 1 refused, 1 on conditions, 1 not for ELB/);
  await compose(page);
  assert.equal(await page.locator('.row.wrong').count(), 0);
  await page.getByRole('button', { name: '/pool/nme' }).click();
  assert.equal(await page.locator('#text').isVisible(), true);
});

test('a verdict that stays the same is not said again', async () => {
  const page = await open();
  await page.evaluate(() => {
    globalThis.said = 0;
    new MutationObserver(({ length }) => (globalThis.said += length)).observe(document.getElementById('verdict'), { childList: true, subtree: true, characterData: true, attributes: true });
  });
  await page.getByLabel(/^Name/).pressSequentially('abcde');
  assert.equal(await page.evaluate('said'), 0);
  await page.getByLabel(/^Duration/).fill('20');
  assert.notEqual(await page.evaluate('said'), 0);
});

test('the chosen tab is seen without colours', async () => {
  const page = await open({ forcedColors: 'active' });
  const width = (name) => page.getByRole('tab', { name }).evaluate((tab) => getComputedStyle(tab).borderBottomWidth);
  assert.notEqual(await width('Compose'), await width('Request text'));
});

for (const viewport of [{ width: 360, height: 640 }, { width: 640, height: 450 }]) {
  test(`what has the focus is not under the verdict, at ${viewport.width} × ${viewport.height}`, async () => {
    const page = await open({ viewport });
    await page.locator('.findings .rule').last().focus();
    for (let count = 0; count < 50; count += 1) {
      await page.keyboard.press('Shift+Tab');
      const hidden = await page.evaluate(() => {
        const own = document.activeElement.getBoundingClientRect();
        const over = document.getElementById('verdict').getBoundingClientRect();
        const stuck = over.top < 20 && scrollY > 0 && document.activeElement !== document.body && !document.activeElement.matches('#verdict *');
        return stuck && own.top < over.bottom && own.bottom > over.top ? document.activeElement.outerHTML : '';
      });
      assert.equal(hidden, '');
    }
  });
}

test('at 320 px everything is in its card', async () => {
  const page = await open({ viewport: { width: 320, height: 700 } });
  await page.locator('#open-facts').click();
  for (const operation of ['UpdatePool', 'UpgradeLoadBalancer', 'BatchCreateMembers']) {
    await page.locator('#operation').selectOption(operation);
    await page.screenshot({ path: join(out, `${operation}-320.png`), fullPage: true });
    const beyond = await page.evaluate(() => [...document.querySelectorAll('#findings *, .target *, .work *')]
      .filter((element) => element.checkVisibility() && !element.closest('.skip'))
      .filter((element) => element.getBoundingClientRect().right > element.closest('#findings, .target, .work').getBoundingClientRect().right - 4)
      .map((element) => element.outerHTML.slice(0, 80)));
    assert.deepEqual(beyond, []);
  }
  const facts = await page.locator('#facts select:visible').evaluateAll((all) => all.map((select) => select.clientWidth));
  assert.ok(Math.min(...facts) > 150, String(facts));
});

test('findings are told once, and whole', async () => {
  const page = await open();
  await write(page, put('{"pool": {"lb_algorithm": "QUIC_CID", "slow_start": {"enable": true}}}'));
  assert.equal((await page.locator('#findings .diagnostics').innerText()).match(/needs pool.protocol HTTP/g).length, 1);
  await page.locator('.cm-lint-marker-error').hover();
  assert.doesNotMatch(await page.locator('.cm-tooltip').innerText(), /`/);
  await write(page, `POST https://h${PROJECT}/elb/loadbalancers/l/upgrade\nX-Auth-Token: {{token}}\n\n{"action": "start", "availability_zone_list": ["a"], "l4_flavor_id": "", "l7_flavor_id": ""}`);
  const related = page.locator('#findings .help', { hasText: 'lank as well' });
  assert.equal(await related.getByRole('button').innerText(), '/l7_flavor_id');
  await page.getByText('Paste a GET response').click();
  await page.locator('#paste').fill('{"pool": {"lb_algorithm": "3_TUPLE_HASH"}, "loadbalancer": {"provisioning_status": "PENDING_UPDATE"}}');
  await page.getByRole('button', { name: 'Use it' }).click();
  assert.equal(await page.getByLabel('Pool algorithm').inputValue(), '3_TUPLE_HASH');
  assert.equal(await page.getByLabel('Load balancer status').inputValue(), 'PENDING_UPDATE');
});
