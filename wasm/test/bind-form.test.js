// What a bound form is made of and what it sends, in a real Chromium.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf, bound, sentBy, shownAt } from './support/form.js';

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
  'what is emptied is to be empty, where that is a value': ['UpdatePool', '<input name="name" value="web"><textarea name="description">old</textarea><input name="protection_reason"><input name="session_persistence.cookie_name" value="a"><input name="slow_start.duration" type="number" value="60">', { pool: { name: '', description: '' } }, (form) => { for (const { name } of form.elements) form.elements[name].value = ''; }],
  'of a number, only decimal digits are one': ['BatchCreateMembers', ['0x3C', '1,000', '60s', '\uff16\uff10', '1e2', '60.0', ' 60 ', '-1', '007'].map((text, index) => `<input name="members.${index}.weight" value="${text}">`).join(''), { members: ['0x3C', '1,000', '60s', '\uff16\uff10', '1e2', '60.0', 60, -1, 7].map((weight) => ({ weight })) }],
  'the first text of a name counts': ['UpdatePool', '<input name="name"><input name="/pool/name" value="a"><input name="pool.name" value="b"><output name="description">c</output>', { pool: { name: 'a' } }],
};

test('bindForm makes the body that the form says', async () => {
  for (const [what, [operation, controls, expected, change]] of Object.entries(bodies)) {
    const page = await bound(`<form id="form">${controls}</form>`, operation);
    if (change) await page.evaluate(`(${change})(form)`);
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

test('a range has bounds', async () => {
  const page = await bound('<form id="form"><input id="d" name="slow_start.duration" type="range"></form>');
  assert.deepEqual(await page.locator('#d').evaluate(({ min, max, step }) => [min, max, step]), ['30', '1200', '1']);
});

test('a form that is bound anew is set free first', async () => {
  const page = await bound('<form id="form"><input name="slow_start.duration" type="number" value="5"></form>');
  const after = await page.evaluate(() => {
    bound.check();
    const again = bindForm(form, 'UpdatePool');
    again.check();
    const notes = form.querySelectorAll('.elblint-error').length;
    bound.unbind();
    const stays = form.noValidate;
    again.unbind();
    return [notes, stays, form.outerHTML];
  });
  assert.deepEqual(after, [1, true, await page.evaluate(() => globalThis.before)]);
});

test('a form may be bound before it is in its page', async () => {
  const page = await bound('<form id="form"></form><div id="place"></div>');
  await page.evaluate(() => {
    const late = document.createElement('form');
    late.id = 'late';
    bindForm(late, 'UpdatePool');
    document.getElementById('place').append(late);
    document.getElementById('place').insertAdjacentHTML('beforeend', '<input id="d" form="late" name="slow_start.duration" type="number">');
  });
  await page.waitForFunction(() => document.getElementById('d').max === '1200');
  await page.locator('#d').fill('5');
  await page.locator('#d').blur();
  assert.equal((await shownAt(page)).length, 1);
});

test('a name that is one slip away from a field is warned of, and no other', async () => {
  const page = await bound('<form id="form"></form>');
  const warnings = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text().replace(/.*the name /, '')));
  const warned = async (operation, names) => {
    warnings.length = 0;
    await page.evaluate(([operation, names]) => {
      form.innerHTML = names.map((name) => `<input name="${name}">`).join('');
      bindForm(form, operation);
    }, [operation, names]);
    return warnings;
  };
  assert.deepEqual(await warned('UpdatePool', ['nam', 'slowStart.duration', 'pool.slow_start.duraton', '/pool/lb_algoritm', 'naem']), [
    '"nam"; did you mean "pool.name"?', '"slowStart.duration"; did you mean "pool.slow_start.duration"?', '"pool.slow_start.duraton"; did you mean "pool.slow_start.duration"?',
    '"/pool/lb_algoritm"; did you mean "pool.lb_algorithm"?', '"naem"; did you mean "pool.name"?',
  ]);
  assert.deepEqual(await warned('BatchCreateMembers', ['members[][address]', 'members[0][weigth]', 'members.0.address']), ['"members[][address]"; did you mean "members.0.address"?', '"members[0][weigth]"; did you mean "members.0.weight"?']);
  assert.deepEqual(await warned('UpdatePool', ['csrf_token', '_method', 'utf8', 'q', 'honeypot', 'website', '', 'commit', 'name']), []);
  await page.evaluate(() => { form.insertAdjacentHTML('beforeend', '<input name="pool.nam">'); });
  await page.waitForTimeout(50);
  assert.deepEqual(warnings, ['"pool.nam"; did you mean "pool.name"?'], 'of one that comes later too, and once');
});
