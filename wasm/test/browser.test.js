// Forms and workers in a real Chromium.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { build as bundle } from 'esbuild';
import { accessible, launch, openPage, root, serve } from './support/browser.js';

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
  server = await serve({ '/test/form.html': FORM, '/test/rows.html': ROWS, '/test/worker.html': WORKER });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const open = (path) => openPage(browser, `${server.base}${path}`);

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
