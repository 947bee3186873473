// Forms that authors write, bound, in a real Chromium.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launch, serve } from './support/browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
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

const summaryOf = (page) => page.locator('.elblint-summary li').allInnerTexts();

async function accessible(page) {
  await page.addStyleTag({ content: '.elblint-summary a { line-height: 24px }' });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run('main', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].failureSummary}`), []);
}

test('radio buttons of a name have one message, which is at each of them', async () => {
  const radio = (value, more = '') => `<label><input type="radio" name="type" value="${value}" ${more}> ${value}</label>`;
  const page = await bound(`<form id="form"><fieldset><legend>Type</legend>${radio('other', 'checked')}${radio('ip')}</fieldset><button>Send</button></form>`);
  await page.getByRole('button').click();
  assert.equal((await shownAt(page)).length, 1);
  assert.equal((await summaryOf(page)).length, 1);
  const [first, second] = await page.evaluate(() => [...form.querySelectorAll('input')].map((own) => own.getAttribute('aria-describedby')));
  assert.ok(first && first === second);
  await accessible(page);
  await page.getByLabel('ip').check();
  assert.deepEqual(await shownAt(page), []);
  assert.equal(await page.getByLabel('other').getAttribute('aria-describedby'), null);
});

test('a message is no part of the name of its control', async () => {
  const page = await bound('<form id="form"><label>Duration <input id="d" name="slow_start.duration" type="number"></label></form>');
  await page.locator('#d').fill('5');
  await page.locator('#d').blur();
  assert.equal((await shownAt(page)).length, 1);
  assert.equal(await page.locator('label').innerText(), 'Duration ');
});

test('controls outside of their form are bound too', async () => {
  const page = await bound('<form id="form"><input name="name" aria-label="Name"></form><input id="d" form="form" type="number" name="slow_start.duration" aria-label="Duration"><input id="other" name="type" aria-label="Other">');
  await page.locator('#d').fill('5');
  await page.locator('#d').blur();
  assert.equal((await shownAt(page)).length, 1);
  await page.locator('#d').fill('60');
  assert.deepEqual(await shownAt(page), []);
  await page.locator('#other').fill('x');
  await page.locator('#other').blur();
  assert.deepEqual(await shownAt(page), []);
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<input id="late" form="form" type="number" name="session_persistence.persistence_timeout">'));
  await page.waitForFunction(() => document.getElementById('late').min === '1');
});

test('controls that take the place of others are bound, and what is disabled is left alone', async () => {
  const page = await bound('<form id="form"><input name="name" value="web"><div id="row"><input name="slow_start.duration" type="number"></div><input id="t" name="type" value="other"><button>Send</button></form>');
  await page.evaluate(() => { document.getElementById('row').innerHTML = '<input id="late" name="slow_start.duration" type="number">'; });
  await page.waitForFunction(() => document.getElementById('late').min === '30');
  await page.getByRole('button').click();
  assert.equal((await shownAt(page)).length, 1);
  await page.evaluate(() => { document.getElementById('t').disabled = true; });
  await page.waitForFunction(() => document.querySelector('.elblint-summary').hidden);
  assert.deepEqual(await shownAt(page), []);
  assert.equal(await page.locator('#t').getAttribute('aria-invalid'), null);
});

test('a summary is announced once, and follows quietly', async () => {
  const page = await bound('<form id="form"><input name="slow_start.duration" type="number" value="5"><input id="c" name="session_persistence.cookie_name" value="a b"><button>Send</button></form>');
  await page.getByRole('button').click();
  assert.equal(await page.locator('.elblint-summary [role=alert] li').count(), 2);
  await page.evaluate(() => {
    globalThis.alerts = 0;
    const told = ({ target, addedNodes }) => target.closest?.('[role=alert]') || [...addedNodes].some((node) => node.matches?.('[role=alert]') || node.querySelector?.('[role=alert]'));
    new MutationObserver((records) => { globalThis.alerts += records.filter(told).length; }).observe(document, { subtree: true, childList: true });
  });
  await page.locator('#c').focus();
  await page.keyboard.type(' c d');
  assert.equal(await page.evaluate(() => globalThis.alerts), 0);
  await page.locator('#c').fill('ab');
  assert.equal(await page.locator('.elblint-summary li').count(), 1);
});

test('a link leads into what is folded', async () => {
  const page = await bound('<form id="form"><details><summary>More</summary><details><summary>Even more</summary><input id="t" name="type" value="other"></details></details><button>Send</button></form>');
  await page.getByRole('button').click();
  await page.locator('.elblint-summary a').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 't');
  assert.ok(await page.locator('#t').isVisible());
});

test('a hidden control has no link, but its fault is told', async () => {
  const page = await bound('<form id="form"><input type="hidden" name="type" value="other"><button>Send</button></form>');
  await page.getByRole('button').click();
  assert.match((await summaryOf(page)).join(), /other/);
  assert.equal(await page.locator('.elblint-summary a').count(), 0);
  assert.equal(await sentBy(page), undefined);
});

test('a form that is set free is as it was', async () => {
  const page = await bound('<form id="form"><input name="slow_start.duration" type="number" value="5" aria-invalid="false" aria-describedby="  h  k"><label>Type <input name="type" value="other"></label><span id="h"></span><span id="k"></span><input type="radio" name="lb_algorithm" value="x" checked><button>Send</button></form>');
  await page.evaluate(() => form.elements[1].setCustomValidity('taken'));
  await page.getByRole('button').click();
  assert.equal((await shownAt(page)).length, 3);
  await page.evaluate(() => bound.unbind());
  const [before, after, own] = await page.evaluate(() => [globalThis.before, form.outerHTML, form.elements[1].validationMessage]);
  assert.equal(after, before);
  assert.equal(own, 'taken');
});

test('a button that asks for no validation gets none', async () => {
  const page = await bound('<form id="form"><input name="slow_start.duration" type="number" value="5"><button formnovalidate>Draft</button></form>');
  await page.getByRole('button').click();
  assert.deepEqual(await sentBy(page), { pool: { slow_start: { duration: 5 } } });
  assert.deepEqual(await shownAt(page), []);
});

test('a control may be named like a property of its form', async () => {
  const page = await bound('<form id="form"><input name="name" value="web"><input name="elements"><input name="length"></form>');
  assert.deepEqual(await bodyOf(page), { pool: { name: 'web' } });
});
