// The page in a real Chromium.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { check } from 'elblint';
import { accessible, root } from './support/browser.js';
import { corpus, examples } from './support/corpus.js';
import { editorText, open, out, server, tell, type, verdict } from './support/page.js';

test('what is composed is judged, and is in the text', async () => {
  const page = await open();
  assert.equal(await verdict(page), 'It depends');
  await page.getByLabel(/^Duration/).fill('20');
  assert.equal(await verdict(page), 'Refused');
  assert.match(await page.locator('.row.wrong .note').innerText(), /must be from 30 to 1200/);
  assert.equal(await page.getByLabel(/^Duration/).getAttribute('aria-invalid'), 'true');
  await page.getByLabel(/^Duration/).fill('60');
  assert.equal(await verdict(page), 'It depends');
  await page.getByLabel(/^Enable/).first().selectOption('true');
  await tell(page, 'Pool protocol', 'TCP');
  assert.equal(await verdict(page), 'Refused');
  await tell(page, 'Pool protocol', 'HTTP');
  await page.getByRole('tab', { name: 'Request text' }).click();
  assert.match(await editorText(page), /"duration": 60/);
  assert.deepEqual(page.faults, []);
});

test('what is typed as text is in the form', async () => {
  const page = await open();
  await page.getByRole('tab', { name: 'Request text' }).click();
  await type(page, 'PUT /v3/p1/elb/pools/x/members/m\nX-Auth-Token: {{token}}\n\n{"member": {"weight": 101}}');
  assert.equal(await page.locator('#operation').inputValue(), 'UpdateMember');
  assert.equal(await verdict(page), 'Refused');
  assert.ok(await page.locator('.cm-lintRange-error').count());
  await page.getByRole('tab', { name: 'Compose' }).click();
  assert.equal(await page.getByLabel(/^Weight/).inputValue(), '101');
  await page.getByLabel(/^Weight/).fill('100');
  await page.getByRole('tab', { name: 'Request text' }).click();
  assert.match(await editorText(page), /"weight": 100/);
  await type(page, 'PUT /v3/p1/elb/pools/x\n\n{"pool": {"name": ');
  assert.match(await page.locator('#text-note').innerText(), /form waits/);
  assert.deepEqual(page.faults, []);
});

test('a conflict is told although nothing is known', async () => {
  const page = await open();
  await page.getByLabel(/^LB algorithm/).selectOption('"QUIC_CID"');
  await page.getByLabel(/^Enable/).first().selectOption('true');
  assert.match(await page.locator('#findings').innerText(), /no target can take this request/i);
  await page.getByRole('button', { name: 'Explain no-target-fits' }).first().click();
  assert.match(await page.locator('dialog').innerText(), /Each of its demands can be met/);
  await page.keyboard.press('Escape');
});

test('a GET response is pasted as it is', async () => {
  const page = await open();
  await page.getByText('Paste a GET response').click();
  await page.locator('#paste').fill('{"pool": {"protocol": "QUIC", "id": "x"}, "request_id": "1"}');
  await page.getByRole('button', { name: 'Use it' }).click();
  assert.equal(await page.getByLabel('Pool protocol').inputValue(), 'QUIC');
  assert.equal(await page.locator('#paste').isVisible(), false);
  assert.match(await page.locator('#target-known').innerText(), /^Known: pool.protocol QUIC\.$/);
  await page.getByText('Paste a GET response').click();
  await page.locator('#paste').fill('{"nothing": 1}');
  await page.getByRole('button', { name: 'Use it' }).click();
  assert.match(await page.locator('#paste-note').innerText(), /^This has no loadbalancer, pool, .* or availability_zones\. Paste one/);
  await page.getByRole('button', { name: 'Forget' }).click();
  assert.equal(await page.getByLabel('Pool protocol').inputValue(), '');
});

test('a link carries the whole state, but never a token', async () => {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByLabel('X-Auth-Token').fill('MIIFsecret');
  await page.getByLabel(/^Name/).fill('ünï 😀');
  await tell(page, 'Pool protocol', 'HTTP');
  await page.getByRole('button', { name: 'Share link' }).click();
  await page.waitForFunction(() => document.getElementById('toast').textContent.includes('without the token'));
  const link = page.url();
  const carried = Buffer.from(link.split('#1.')[1], 'base64url').toString();
  assert.ok(!carried.includes('MIIFsecret'));
  const other = await open({}, new URL(link).hash);
  assert.equal(await other.getByLabel(/^Name/).inputValue(), 'ünï 😀');
  assert.equal(await other.getByLabel('Pool protocol').inputValue(), 'HTTP');
  assert.equal(await other.getByLabel('X-Auth-Token').inputValue(), '{{token}}');
  const broken = await open({}, '#1.%%%');
  assert.equal(await verdict(broken), 'It depends');
});

test('what is in the page comes with its licenses', () => {
  const licenses = readFileSync(join(root, 'page/dist/licenses.txt'), 'utf8');
  for (const name of ['@codemirror/view', '@lezer/common', 'crelt']) assert.match(licenses, new RegExp(`^${name}$`, 'm'));
  assert.match(licenses, /Permission is hereby granted/);
});

test('it asks for nothing but its own three files, and works offline', async () => {
  server.asked.length = 0;
  const page = await open();
  await page.context().setOffline(true);
  await page.locator('#operation').selectOption('BatchCreateMembers');
  await page.getByRole('button', { name: 'Add a server' }).click();
  assert.equal(await page.getByLabel(/^Address/).count(), 2);
  await page.getByRole('button', { name: 'Explain range' }).count();
  assert.deepEqual(server.asked.map((path) => path.split('/').pop()).sort(), ['index.html', 'page.css', 'page.js']);
  assert.deepEqual(page.faults, []);
});

test('it is used with the keyboard alone', async () => {
  const page = await open();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.locator('#tab-compose').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('#text').isVisible(), true);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.locator('#compose').isVisible(), true);
});

for (const width of [360, 1440]) {
  for (const colorScheme of ['light', 'dark']) {
    for (const view of ['compose', 'text']) {
      test(`${view} at ${width} px, ${colorScheme}: accessible, and nothing overflows`, async () => {
        const page = await open({ viewport: { width, height: 900 }, colorScheme });
        await page.getByLabel(/^Duration/).fill('20');
        await page.getByLabel(/^Cookie name/).fill('my cookie');
        await page.locator(`#tab-${view}`).click();
        await page.evaluate(() => document.activeElement.blur());
        await page.screenshot({ path: join(out, `${view}-${width}-${colorScheme}.png`), fullPage: true });
        const beyond = await page.evaluate(() => [...document.querySelectorAll('body *')]
          .filter((element) => element.checkVisibility() && !element.closest('.skip, #editor, dialog, .toast') && element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.outerHTML.slice(0, 80)));
        assert.deepEqual(beyond, []);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
        await accessible(page, `${view} ${width} ${colorScheme}`);
      });
    }
  }
}

test('the page says of the corpus what the package says', async () => {
  const page = await open();
  await page.getByRole('tab', { name: 'Request text' }).click();
  const names = { ready: 'Ready', conditional: 'It depends', refused: 'Refused' };
  const all = await corpus();
  const requests = all.filter((_, index) => index < examples.length || index % 4 === 0);
  // Files of this format name their context, and the page can read no other file.
  for (const { rule, kind, context, ...request } of requests) {
    const written = `${request.method} ${request.url}\nX-Auth-Token: {{t}}\n\n${typeof request.body === 'string' ? request.body : JSON.stringify(request.body, null, 1)}\n`;
    await type(page, written);
    const report = check({ ...request, headers: { 'X-Auth-Token': '{{t}}' } });
    const unreadable = report.diagnostics.some((it) => it.rule === 'syntax');
    const shown = await page.locator('#findings .diagnostics .rule').allTextContents();
    assert.deepEqual(shown.sort(), report.diagnostics.map((it) => it.rule).sort(), written);
    assert.equal(await verdict(page), unreadable ? 'Cannot be read' : report.operation || report.verdict === 'refused' ? names[report.verdict] : 'Not checked', written);
  }
});
