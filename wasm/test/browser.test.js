// The page, forms and workers in a real Chromium.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { check } from 'elblint';
import { build as bundle } from 'esbuild';
import { corpus, examples } from './support/corpus.js';
import { launch, root, serve } from './support/browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const out = join(root, 'test/out');

const FORM = `<!doctype html><html lang="en"><title>Form</title><link rel="icon" href="data:,"><main><h1>Form</h1>
  <form id="form">
    <p><label for="d">Duration</label> <input id="d" name="slow_start.duration" type="number" aria-describedby="d-hint"> <span id="d-hint">Seconds</span></p>
    <p><label for="n">Cookie</label> <input id="n" name="/pool/session_persistence/cookie_name"></p>
    <p><label for="a">Algorithm</label> <select id="a" name="lb_algorithm"><option value=""></option><option>QUIC_CID</option></select></p>
    <button>Send</button>
  </form></main>
  <script type="module">
    import { bindForm } from '../dist/index.js';
    const form = document.getElementById('form');
    globalThis.bound = bindForm(form, 'UpdatePool', { context: { pool: { protocol: 'HTTP' } } });
    form.addEventListener('submit', (event) => { event.preventDefault(); globalThis.sent = bound.body(); });
  </script>`;

const ROWS = `<!doctype html><html lang="en"><title>Rows</title><style>.elblint-summary a { line-height: 24px }</style><link rel="icon" href="data:,"><main><h1>Rows</h1>
  <form id="form"><div id="rows"></div><button>Send</button></form></main>
  <script type="module">
    import { bindForm } from '../dist/index.js';
    globalThis.form = document.getElementById('form');
    globalThis.addRow = (index) => document.getElementById('rows').insertAdjacentHTML('beforeend',
      '<div class="row" id="row' + index + '"><p><label for="a' + index + '">Address</label> <input id="a' + index + '" name="members[' + index + '].address"></p>' +
      '<p><label for="p' + index + '">Port</label> <input id="p' + index + '" type="number" name="members.' + index + '.protocol_port"></p></div>');
    addRow(0);
    globalThis.bound = bindForm(form, 'BatchCreateMembers');
    form.addEventListener('submit', (event) => { event.preventDefault(); globalThis.sent = bound.body(); });
  </script>`;

const WORKER = `<!doctype html><title>Worker</title><script type="module">
  const code = "import { check } from '" + new URL('../dist/index.js', location.href) + "';" +
    "import init, { checkFile } from '" + new URL('../dist/init.js', location.href) + "';" +
    "const first = check({ method: 'PUT', url: '/v3/p/elb/pools/x', body: { pool: {} } }).verdict; await init();" +
    "postMessage(first + ' ' + checkFile('UpdateMember.json', '{}')[0].verdict)";
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { type: 'module' });
  worker.onmessage = ({ data }) => { document.title = data; };
  worker.onerror = ({ message }) => { document.title = 'error ' + message; };
</script>`;

let browser;
let server;

before(async () => {
  mkdirSync(out, { recursive: true });
  server = await serve({ '/test/form.html': FORM, '/test/rows.html': ROWS, '/test/worker.html': WORKER });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  // Text that is put in with all its lines at once is styled by the browser itself; CodeMirror takes its text only.
  const own = (text) => text.startsWith('Applying inline style violates');
  page.on('console', (message) => message.type() === 'error' && !own(message.text()) && page.faults.push(message.text()));
  await page.goto(`${server.base}${path}`);
  if (path.startsWith('/page/')) await page.waitForSelector('html[data-ready]', { timeout: 10_000 });
  return page;
}

const PAGE = '/page/dist/index.html';
const verdict = (page) => page.locator('#verdict h2').textContent();
const editorText = (page) => page.locator('.cm-content').innerText();

async function type(page, text) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

async function accessible(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`);
  assert.deepEqual(told, [], what);
}

test('what is composed is judged, and is in the text', async () => {
  const page = await open(PAGE);
  assert.equal(await verdict(page), 'It depends');
  await page.getByLabel(/^Duration/).fill('20');
  assert.equal(await verdict(page), 'Refused');
  assert.match(await page.locator('.row.wrong .note').innerText(), /must be from 30 to 1200/);
  assert.equal(await page.getByLabel(/^Duration/).getAttribute('aria-invalid'), 'true');
  await page.getByLabel(/^Duration/).fill('60');
  assert.equal(await verdict(page), 'It depends');
  await page.getByLabel(/^Enable/).first().selectOption('true');
  await page.getByLabel('Pool protocol').selectOption('TCP');
  assert.equal(await verdict(page), 'Refused');
  await page.getByLabel('Pool protocol').selectOption('HTTP');
  await page.getByRole('tab', { name: 'Request text' }).click();
  assert.match(await editorText(page), /"duration": 60/);
  assert.deepEqual(page.faults, []);
});

test('what is typed as text is in the form', async () => {
  const page = await open(PAGE);
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
  const page = await open(PAGE);
  await page.getByLabel(/^LB algorithm/).selectOption('"QUIC_CID"');
  await page.getByLabel(/^Enable/).first().selectOption('true');
  assert.match(await page.locator('#findings').innerText(), /no target can take this request/i);
  await page.getByRole('button', { name: 'Explain no-target-fits' }).first().click();
  assert.match(await page.locator('dialog').innerText(), /Each of its demands can be met/);
  await page.keyboard.press('Escape');
});

test('a GET response is pasted as it is', async () => {
  const page = await open(PAGE);
  await page.getByText('Paste a GET response').click();
  await page.locator('#paste').fill('{"pool": {"protocol": "QUIC", "id": "x"}, "request_id": "1"}');
  await page.getByRole('button', { name: 'Use it' }).click();
  assert.equal(await page.getByLabel('Pool protocol').inputValue(), 'QUIC');
  assert.equal(await page.locator('#paste').isVisible(), false);
  assert.match(await page.locator('#target-known').innerText(), /Known from pool/);
  await page.getByText('Paste a GET response').click();
  await page.locator('#paste').fill('{"nothing": 1}');
  await page.getByRole('button', { name: 'Use it' }).click();
  assert.match(await page.locator('#paste-note').innerText(), /none of loadbalancer/);
  await page.getByRole('button', { name: 'Forget' }).click();
  assert.equal(await page.getByLabel('Pool protocol').inputValue(), '');
});

test('a link carries the whole state, but never a token', async () => {
  const page = await open(PAGE, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByLabel('X-Auth-Token').fill('MIIFsecret');
  await page.getByLabel(/^Name/).fill('ünï 😀');
  await page.getByLabel('Pool protocol').selectOption('HTTP');
  await page.getByRole('button', { name: 'Share link' }).click();
  await page.waitForFunction(() => document.getElementById('toast').textContent.includes('without the token'));
  const link = page.url();
  const carried = Buffer.from(link.split('#1.')[1], 'base64url').toString();
  assert.ok(!carried.includes('MIIFsecret'));
  const other = await open(`${PAGE}#${link.split('#')[1]}`);
  assert.equal(await other.getByLabel(/^Name/).inputValue(), 'ünï 😀');
  assert.equal(await other.getByLabel('Pool protocol').inputValue(), 'HTTP');
  assert.equal(await other.getByLabel('X-Auth-Token').inputValue(), '{{token}}');
  const broken = await open(`${PAGE}#1.%%%`);
  assert.equal(await verdict(broken), 'It depends');
});

test('it asks for nothing but its own three files, and works offline', async () => {
  server.asked.length = 0;
  const page = await open(PAGE);
  await page.context().setOffline(true);
  await page.locator('#operation').selectOption('BatchCreateMembers');
  await page.getByRole('button', { name: 'Add a server' }).click();
  assert.equal(await page.getByLabel(/^Address/).count(), 2);
  await page.getByRole('button', { name: 'Explain range' }).count();
  assert.deepEqual(server.asked.map((path) => path.split('/').pop()).sort(), ['index.html', 'page.css', 'page.js']);
  assert.deepEqual(page.faults, []);
});

test('it is used with the keyboard alone', async () => {
  const page = await open(PAGE);
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
        const page = await open(PAGE, { viewport: { width, height: 900 }, colorScheme });
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
  const page = await open(PAGE);
  await page.getByRole('tab', { name: 'Request text' }).click();
  const names = { ready: 'Ready', conditional: 'It depends', refused: 'Refused' };
  const all = await corpus();
  const requests = all.filter((_, index) => index < examples.length || index % 4 === 0);
  // Files of this format name their context, and the page can read no other file.
  for (const { rule, kind, context, ...request } of requests) {
    const written = `${request.method} ${request.url}\nX-Auth-Token: {{t}}\n\n${typeof request.body === 'string' ? request.body : JSON.stringify(request.body, null, 1)}\n`;
    await type(page, written);
    const report = check({ ...request, headers: { 'X-Auth-Token': '{{t}}' } });
    const shown = await page.locator('#findings .diagnostics .rule').allTextContents();
    assert.deepEqual(shown.sort(), report.diagnostics.map((it) => it.rule).sort(), written);
    assert.equal(await verdict(page), names[report.verdict], written);
  }
});

test('bindForm constrains, tells, sums up and sets free', async () => {
  const page = await open('/test/form.html');
  const duration = page.locator('#d');
  await page.waitForFunction(() => globalThis.bound);
  assert.deepEqual(await duration.evaluate(({ min, max, step }) => [min, max, step]), ['30', '1200', '1']);
  assert.ok(await page.locator('#n').evaluate(({ pattern, maxLength }) => new RegExp(pattern, 'v').test('a-b.c') && maxLength >= 255));
  await duration.fill('20');
  assert.equal(await duration.getAttribute('aria-invalid'), null, 'not while typing for the first time');
  await duration.blur();
  assert.equal(await duration.getAttribute('aria-invalid'), 'true');
  assert.match(await duration.getAttribute('aria-describedby'), /^elblint\S+ d-hint$/);
  assert.match(await page.locator('.elblint-error').innerText(), /30 to 1200/);
  await accessible(page, 'form with an error');
  await page.getByRole('button').click();
  assert.equal(await page.evaluate(() => globalThis.sent), undefined);
  assert.match(await page.evaluate(() => document.activeElement.className), /elblint-summary/);
  await page.locator('.elblint-summary a').first().click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'd');
  await accessible(page, 'form with a summary');
  await duration.fill('60');
  assert.equal(await duration.evaluate((control) => control.validationMessage), '');
  await page.getByRole('button').click();
  assert.deepEqual(await page.evaluate(() => globalThis.sent), { pool: { slow_start: { duration: 60 } } });
  assert.match(await page.locator('.elblint-requires').innerText(), /provisioning_status is ACTIVE/);
  await page.evaluate(() => bound.unbind());
  assert.equal(await duration.getAttribute('min'), null);
  assert.equal(await page.locator('.elblint-summary').count(), 0);
  assert.deepEqual(page.faults, []);
});

test('bindForm follows rows that come and go', async () => {
  const page = await open('/test/rows.html');
  await page.waitForFunction(() => globalThis.bound);
  const send = () => page.getByRole('button', { name: 'Send' }).click();
  await page.locator('#a0').fill('192.168.0.1');
  await page.locator('#p0').fill('80');
  await page.evaluate(() => addRow(1));
  await page.evaluate(() => addRow(2));
  await page.waitForFunction(() => document.getElementById('p2').max === '65535');
  assert.equal(await page.locator('#a2').getAttribute('aria-required'), 'true');
  await page.locator('#a2').fill('10.0.0.300');
  await page.locator('#p2').fill('8080');
  await send();
  assert.match(await page.locator('#row1 .elblint-error').innerText(), /address is mandatory/);
  assert.match(await page.locator('#row2 .elblint-error').innerText(), /not an IP address/);
  assert.equal(await page.locator('.elblint-summary li').count(), 2);
  await accessible(page, 'rows with errors');
  // The row in the middle goes, and the one after it becomes the second of the list.
  await page.evaluate(() => document.getElementById('row1').remove());
  await page.waitForFunction(() => document.querySelectorAll('.elblint-summary li').length === 1);
  assert.equal(await page.locator('#a2').getAttribute('aria-invalid'), 'true');
  await page.locator('#a2').fill('10.0.0.3');
  assert.equal(await page.locator('#a2').getAttribute('aria-invalid'), null);
  await send();
  const sent = await page.evaluate(() => globalThis.sent);
  assert.deepEqual(sent, { members: [{ address: '192.168.0.1', protocol_port: 80 }, { address: '10.0.0.3', protocol_port: 8080 }] });
  assert.match(await page.locator('.elblint-requires').innerText(), /ip_target_enable is true/, 'what is needed is a hint');
  await page.evaluate(() => { form.reset(); for (const row of document.querySelectorAll('.row')) row.remove(); });
  assert.deepEqual(await page.evaluate(() => bound.body()), { members: [] });
  assert.deepEqual(page.faults, []);
});

test('it works in a worker, with either way to load the module', async () => {
  const page = await open('/test/worker.html');
  await page.waitForFunction(() => document.title !== 'Worker');
  assert.equal(await page.title(), 'refused refused');
});

test('a script that is no module must be read as UTF-8, or be written in ASCII', async () => {
  const contents = `
    import { check } from 'elblint';
    try {
      window.said = check({ method: 'PUT', url: '/v3/1/elb/pools/2', body: '{"pool": {}}' }).verdict;
    } catch (error) {
      window.said = error.message;
    }`;
  const script = async (charset) => {
    const { outputFiles } = await bundle({ stdin: { contents, resolveDir: root }, bundle: true, format: 'iife', charset, write: false });
    return outputFiles[0].text;
  };
  const page = (name) => `<!doctype html><title>A page</title><script src="${name}.js"></script>`;
  const pages = { '/ascii.js': await script('ascii'), '/utf8.js': await script('utf8'), '/a.html': page('ascii'), '/b.html': page('utf8'), '/c.html': `<meta charset="utf-8">${page('utf8')}` };
  const server = await serve(pages);
  const tab = await browser.newPage();
  const said = [];
  for (const name of ['a', 'b', 'c']) {
    await tab.goto(`${server.base}/${name}.html`);
    said.push(await tab.evaluate(() => window.said));
  }
  await tab.close();
  await server.close();
  assert.deepEqual([said[0], said[2]], ['refused', 'refused']);
  assert.match(said[1], /not read as UTF-8/);
});
