// Which curl commands the page reads, as people and browsers write them. Without a browser, by the page's module.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCurl } from '../page/src/curl.js';

const URL = 'https://h/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/p1';
const BODY = '{"pool":{"name":"a \\\\ b","slow_start":{"enable":true}}}';
const EXPECTED = { method: 'PUT', url: URL, headers: [['Content-Type', 'application/json'], ['sec-ch-ua', '"Chromium";v="130"']], body: BODY };

/** As browsers escape a word for the shell of Windows: the older way, and the one of today. */
const escaped = (text) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
const older = (text) => `"${escaped(text)}"`;
const today = (text) => `^"${escaped(text).replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&').replace(/\n/g, '^\n\n')}^"`;
const command = (word, { method, url, headers, body }) =>
  [`curl ${word(url)}`, `-X ${word(method)}`, ...headers.map((pair) => `-H ${word(pair.join(': '))}`), `--data-raw ${word(body)}`].join(' ^\r\n  ');

test('what browsers copy for the shell of Windows is read', () => {
  for (const word of [older, today]) assert.deepEqual(readCurl(command(word, EXPECTED)), EXPECTED);
  const several = { ...EXPECTED, body: '{\n  "pool": {"name": "100 % & <b> | ^"}\n}' };
  assert.deepEqual(readCurl(command(today, several)), several);
  assert.equal(readCurl(`${command(today, EXPECTED)} & del x`), undefined, 'another command');
});

test('what stands around a command is no part of the request', () => {
  const plain = `curl -X PUT ${URL} -d '{"pool":{}}'`;
  const expected = { method: 'PUT', url: URL, headers: [], body: '{"pool":{}}' };
  const others = [`$ ${plain}`, `me@host:~$ ${plain}`, `${plain} ;`, `${plain} | jq .pool`, plain.replace('curl', 'curl.exe'), plain.replace('-X', '-sSLX'), plain.replace('-X', '--cert a.pem -k -X')];
  for (const text of [plain, ...others]) assert.deepEqual(readCurl(text), expected, text);
});

test('a command that does more is not read', () => {
  for (const text of [`curl ${URL} && rm x`, `curl ${URL} || rm x`, `curl ${URL}; rm x`, `curl ${URL} -d @file`, `curl ${URL} -d "$(cat x)"`, `curl ${URL} -T x`, `curl ${URL} > x`, `echo curl ${URL}`, 'curl']) {
    assert.equal(readCurl(text), undefined, text);
  }
});
