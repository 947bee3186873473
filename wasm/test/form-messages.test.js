// What a bound form says and where, in a real Chromium.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { bound, sentBy, shownAt, summaryOf } from './support/form.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

test('what is no number is told, in the words of a form', async () => {
  const page = await bound('<form id="form"><input id="d" name="slow_start.duration" type="number"><input id="l" name="quic_cid_hash_strategy.len"><input id="e" name="slow_start.enable"><button>Send</button></form>');
  for (const [keys, text] of [['1e', ''], ['1e400', '']]) {
    await page.locator('#d').focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(keys);
    assert.equal(await page.locator('#d').inputValue(), text);
    await page.keyboard.press('Tab');
    assert.deepEqual(await shownAt(page), ['duration must be a whole number from 30 to 1200.']);
    await page.evaluate(() => { form.reset(); bound.body(); });
    assert.deepEqual(await shownAt(page), []);
  }
  for (const text of ['1,000', '60s', '0x3C', '\uff16\uff10']) {
    await page.locator('#l').fill(text);
    await page.locator('#l').blur();
    assert.deepEqual(await shownAt(page), ['len must be a whole number.']);
  }
  await page.locator('#e').fill('on');
  await page.getByRole('button').click();
  assert.deepEqual(await summaryOf(page), ['len must be a whole number.', 'enable must be true or false.']);
});

test('messages and summary tell the same after a check', async () => {
  const page = await bound('<form id="form"><input id="d" name="slow_start.duration" type="number" value="5"><input id="c" name="session_persistence.cookie_name" value="a b"></form>');
  await page.evaluate(() => bound.check());
  await page.locator('#d').fill('60');
  await page.locator('#d').blur();
  assert.equal((await shownAt(page)).length, 1);
  assert.deepEqual(await summaryOf(page), await shownAt(page));
  assert.equal(await page.locator('#c').getAttribute('aria-invalid'), 'true');
});

test('the summary tells rows apart', async () => {
  const row = (index) => `<input name="members.${index}.address"><input name="members.${index}.protocol_port" value="80">`;
  const page = await bound(`<form id="form">${[0, 3, 4].map(row).join('')}<button>Send</button></form>`, 'BatchCreateMembers');
  await page.getByRole('button').click();
  const messages = await summaryOf(page);
  assert.deepEqual(messages.map((text) => text.slice(0, 27)), [1, 2, 3].map((number) => `Row ${number}: address is mandatory`));
  assert.ok((await shownAt(page)).every((text) => text.startsWith('address is')));
});

test('a form that updates nothing is told so in its own words', async () => {
  const page = await bound('<form id="form"><input id="n" name="session_persistence.cookie_name" value="web"><button>Send</button></form>');
  await page.locator('#n').fill('');
  await page.getByRole('button').click();
  assert.deepEqual(await summaryOf(page), ['Nothing would be updated: fill in at least one field.']);
});

test('what an author says of a control while it is told wrong stays', async () => {
  const page = await bound('<form id="form"><input id="d" name="slow_start.duration" type="number" value="5" aria-describedby="a"></form>');
  const described = () => page.locator('#d').getAttribute('aria-describedby');
  await page.evaluate(() => bound.check());
  await page.evaluate(() => form.elements[0].setAttribute('aria-describedby', `${form.elements[0].getAttribute('aria-describedby')} b`));
  await page.evaluate(() => bound.check());
  assert.match(await described(), /^elblint\S+ a b$/);
  await page.locator('#d').fill('60');
  assert.equal(await described(), 'a b');
  await page.locator('#d').fill('5');
  await page.evaluate(() => form.elements[0].setAttribute('aria-describedby', 'c'));
  await page.evaluate(() => bound.check());
  assert.match(await described(), /^elblint\S+ c$/, 'and the message is still there');
  await page.evaluate(() => bound.unbind());
  assert.equal(await described(), 'c');
});

test('a reset takes messages back unless it is prevented', async () => {
  const page = await bound('<form id="form"><input name="slow_start.duration" type="number" value="5"><button>Send</button><button type="reset">Reset</button></form>');
  await page.evaluate(() => {
    globalThis.prevents = true;
    document.addEventListener('reset', (event) => globalThis.prevents && event.preventDefault());
  });
  await page.getByText('Send').click();
  await page.getByText('Reset').click();
  await page.waitForTimeout(50);
  assert.equal((await shownAt(page)).length, 1);
  await page.evaluate(() => { globalThis.prevents = false; });
  await page.getByText('Reset').click();
  await page.waitForFunction(() => document.querySelector('.elblint-summary').hidden);
  assert.deepEqual(await shownAt(page), []);
});

test('passing through radio buttons of which none is chosen is no fault yet', async () => {
  const radio = (value) => `<label><input type="radio" name="action" value="${value}"> ${value}</label>`;
  const page = await bound(`<form id="form">${radio('start')}${radio('rollback')}<button>Send</button></form>`, 'UpgradeLoadBalancer');
  await page.getByLabel('start').focus();
  await page.keyboard.press('Tab');
  assert.deepEqual(await shownAt(page), []);
  await page.getByRole('button').click();
  assert.deepEqual(await shownAt(page), ['action is mandatory.']);
});

test('an empty row that comes after a submit is no fault yet', async () => {
  const row = (index) => `<p><input name="members.${index}.address" aria-label="Address ${index}"></p>`;
  const page = await bound(`<form id="form"><div id="rows">${row(0)}</div><button>Send</button></form>`, 'BatchCreateMembers');
  await page.getByLabel('Address 0').fill('10.0.0.300');
  await page.getByRole('button').click();
  const told = await summaryOf(page);
  assert.equal(told.length, 1);
  await page.evaluate((html) => document.getElementById('rows').insertAdjacentHTML('beforeend', html), row(1));
  await page.getByLabel('Address 0').fill('10.0.0.301');
  assert.equal((await shownAt(page)).length, 1);
  assert.equal((await summaryOf(page)).length, 1);
  await page.getByLabel('Address 1').fill('10.0.0.302');
  await page.getByLabel('Address 1').blur();
  assert.equal((await summaryOf(page)).length, 2);
  await page.getByLabel('Address 1').fill('');
  await page.getByRole('button').click();
  assert.match((await summaryOf(page)).join(), /Row 2: address is mandatory/);
});

test('what is required of the target is a status, and is said once', async () => {
  const page = await bound('<form id="form"><input id="d" name="slow_start.duration" type="number"></form>');
  await page.locator('#d').fill('60');
  await page.locator('#d').blur();
  assert.match(await page.getByRole('status').innerText(), /^Accepted only where/);
  await page.evaluate(() => {
    globalThis.said = 0;
    new MutationObserver((records) => { globalThis.said += records.length; }).observe(document.querySelector('[role=status]'), { childList: true, subtree: true });
  });
  await page.locator('#d').fill('70');
  assert.equal(await page.evaluate(() => globalThis.said), 0);
});
