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

const UPGRADE = '<input type="hidden" name="action" value="start">';
const bodies = {
  'what is disabled is not sent': ['UpdatePool', '<input name="name" value="web"><fieldset disabled><input name="slow_start.duration" type="number" value="5"></fieldset><select name="lb_algorithm"><option selected disabled>Choose</option><option>SOURCE_IP</option></select>', { pool: { name: 'web' } }],
  'boxes of one name make a list': ['UpgradeLoadBalancer', `${UPGRADE}<input type="checkbox" name="availability_zone_list" value="az1" checked><input type="checkbox" name="availability_zone_list" value="az2"><input type="checkbox" name="availability_zone_list" value="az3" checked>`, { action: 'start', availability_zone_list: ['az1', 'az3'] }],
  'texts of one name make a list': ['UpgradeLoadBalancer', `${UPGRADE}<input name="elb_virsubnet_ids" value="a"><input name="elb_virsubnet_ids"><input name="elb_virsubnet_ids" value="b, c">`, { action: 'start', elb_virsubnet_ids: ['a', 'b', 'c'] }],
  'so do options, but for disabled ones': ['UpgradeLoadBalancer', `${UPGRADE}<select multiple name="availability_zone_list"><option selected>a</option><option selected disabled>b</option><optgroup disabled label="c"><option selected>c</option></optgroup></select>`, { action: 'start', availability_zone_list: ['a'] }],
  'one option makes a list too': ['UpgradeLoadBalancer', `${UPGRADE}<select name="availability_zone_list"><option>zone a</option></select>`, { action: 'start', availability_zone_list: ['zone a'] }],
  'a checked box says more than the hidden control before it': ['UpdatePool', '<input type="hidden" name="slow_start.enable" value="false"><input type="checkbox" name="slow_start.enable" value="true" checked>', { pool: { slow_start: { enable: true } } }],
  'and one after it': ['UpdatePool', '<input type="checkbox" name="slow_start.enable" checked><input type="hidden" name="slow_start.enable" value="false">', { pool: { slow_start: { enable: true } } }],
  'the hidden control stands in for a box that is not checked': ['UpdatePool', '<input type="hidden" name="slow_start.enable" value="false"><input type="checkbox" name="slow_start.enable" value="true">', { pool: { slow_start: { enable: false } } }],
  'a box that is not checked says nothing by itself': ['UpdatePool', '<input type="checkbox" name="slow_start.enable">', { pool: {} }],
  'a checked box means yes': ['UpdatePool', '<input type="checkbox" name="slow_start.enable" value="1" checked>', { pool: { slow_start: { enable: true } } }],
  'a box may say false': ['UpdatePool', '<input type="checkbox" name="slow_start.enable" value="false" checked>', { pool: { slow_start: { enable: false } } }],
  'and a word': ['UpdatePool', '<input type="checkbox" name="protection_status" value="nonProtection" checked>', { pool: { protection_status: 'nonProtection' } }],
  'the first text of a name counts': ['UpdatePool', '<input name="name"><input name="/pool/name" value="a"><input name="pool.name" value="b"><output name="description">c</output>', { pool: { name: 'a' } }],
};

test('bindForm makes the body that the form says', async () => {
  for (const [what, [operation, controls, expected]] of Object.entries(bodies)) {
    const page = await bound(`<form id="form">${controls}</form>`, operation);
    assert.deepEqual(await bodyOf(page), expected, what);
    await page.close();
  }
});

test('a button counts once it has submitted the form', async () => {
  const page = await bound('<form id="form"><input name="availability_zone_list"><button name="action" value="start">Start</button><button id="c" name="action" value="complete">Complete</button><button type="button" name="action" value="rollback">No</button></form>', 'UpgradeLoadBalancer');
  assert.deepEqual(await bodyOf(page), {});
  await page.locator('#c').click();
  assert.deepEqual(await sentBy(page), { action: 'complete' });
  await page.getByText('Start').click();
  assert.match((await shownAt(page)).join(), /availability_zone_list/);
  await page.evaluate(() => form.reset());
  assert.deepEqual(await bodyOf(page), {});
});

test('misuse of bindForm is a TypeError', async () => {
  const page = await bound('<form id="form"><input name="name"></form>');
  const said = await page.evaluate(() => {
    const calls = [
      () => bindForm(form, 'UpdatePool', { pool: { protocol: 'TCP' } }), () => bindForm(form, 'UpdatePool', 7), () => bindForm(form, 'UpdatePool', [1]),
      () => bindForm(form, 'UpdatePool', { context: 7 }), () => bindForm(null, 'UpdatePool'), () => bindForm(document.createElement('fieldset'), 'UpdatePool'),
    ];
    return calls.map((call) => {
      try {
        call();
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    });
  });
  const expected = [/options must be \{ context \}, and not "pool"/, /of type number/, /and not "0"/, /context must be an object/, /needs a form/, /needs a form/];
  said.forEach((text, index) => assert.match(text ?? 'nothing', new RegExp(`^TypeError: .*${expected[index].source}`)));
  assert.ok(await page.evaluate(() => { bindForm(form, 'UpdatePool', null); bindForm(form, 'UpdatePool', undefined); bindForm(form, 'UpdatePool', {}); return true; }));
});
