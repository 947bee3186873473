// What the page copies: whatever the form, it is the request that was judged. Without a browser, by the page's modules.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { check, checkFile } from 'elblint';
import { write, writeCurl, writeJson } from '../page/src/request-forms.js';
import { read } from '../page/src/request-text.js';

const URL = 'https://h/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/p1';
const http = (body, url = URL) => `PUT ${url}\nContent-Type: application/json\nX-Auth-Token: {{token}}\n\n${body}\n`;
const json = (body) => `{"method": "PUT", "url": "${URL}", "headers": {"X-Auth-Token": "{{token}}"}, "body": ${body}}`;

/** The words that a shell makes of a command. */
const words = (command) => execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' }).split('\0').slice(0, -1);

/** What a curl command sends. */
function sent(command) {
  const request = { headers: [] };
  const [name, ...rest] = words(command);
  assert.equal(name, 'curl');
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-X') request.method = rest.shift();
    else if (word === '-H') request.headers.push(/^([^:]*): (.*)$/.exec(rest.shift()).slice(1));
    else if (word === '--data-raw') request.body = rest.shift();
    else request.url = word === '--url' ? rest.shift() : word;
  }
  return request;
}

/** What is said of a request; how a broken text breaks depends on what it stands in. */
const told = ({ verdict, diagnostics }) => [verdict, [...new Set(diagnostics.map(({ rule, message }) => (rule === 'syntax' ? rule : `${rule}: ${message}`)))].sort()];

const BODIES = [
  '{"pool": {"slow_start": {"duration": 60.0}}}',
  '{"pool": {"slow_start": {"duration": 1e400}}}',
  '{"pool": {"slow_start": {"duration": 12345678901234567890}}}',
  '{"pool": {"name": "a", "name": "b"}}',
  '{"pool": {"slow_start": {"duration": {{warm}}, "enable": true}}}',
  '{"pool": {"name": "it\'s `$(x)` \\\\ \\u0041 \\udc00 \uE000"}}',
  '{"pool": {"name": "\\udc00{{x}}", "\uE000": 1}}',
  '-0.0',
  '"{}"',
  '[]',
  'null',
];

const TEXTS = [
  ...BODIES.flatMap((body) => [http(body), json(body), json(JSON.stringify(body))]),
  `@d = 5\n@e = {{d}}\n${http('{"pool": {"slow_start": {"duration": {{e}}}}}')}\n@d = 60\n`,
  `@base = https://h/v3\n@id = 99a3fff0d03c428eac3678da6a7d0f24\n@name=x\n${http('{"pool": {"nme": "{{ name }}{{other}}"}}', '{{base}}/{{id}}/elb/pools/p1')}`,
  `@body = {"pool": {"slow_start": {"duration": 5}}}\n${http('{{body}}')}`,
  `@broken = "x\n${http('{"pool": {"name": {{broken}}}}')}`,
  `@file = @/etc/hosts\n${http('{{file}}')}`,
  `@own = {{own}}\n@a = {{b}}\n@b = {{a}}\n${http('{"pool": {"name": "{{own}}{{a}}{{{own}}}"}}')}`,
  http('{\n  # a comment\n  "pool": {\n    // another\n    "name": 7\n  }\n}'),
  http('{"pool": {"name": "a"}}').replace('X-Auth-Token', 'X-Own: 1\nX-Own: 2\nX-Auth-Token'),
  `PUT ${URL}\n`,
  `{"method": "PUT", "url": "${URL}", "headers": {"X-Auth-Token": "{{t}}"}, "bdy": {"pool": {"name": 1}}, "body": {"pool": {}}, "body": {"pool": {"name": 60.0}}}`,
];

test('a copy in any form is judged as the text is', () => {
  for (const text of TEXTS) {
    const { name, judged, alone, problem } = read(text, 'UpdatePool');
    assert.equal(problem, undefined, text);
    const wanted = told(checkFile(name, text)[0]);
    const inJson = alone?.() ?? writeJson(judged, {});
    assert.deepEqual(told(checkFile('copy.json', inJson)[0]), wanted, inJson);
    // A fault of the document around the request is not in the request.
    if (text.includes('"bdy"')) continue;
    assert.deepEqual(told(checkFile('copy.http', write(judged))[0]), wanted, write(judged));
    assert.deepEqual(told(check(sent(writeCurl(judged)))), wanted, writeCurl(judged));
  }
});

test('a command line is what it seems to be', () => {
  for (const method of ['PUT $(touch /tmp/x)', 'PUT\n', '', '{{m}}', "P'T x"]) {
    const text = JSON.stringify({ method, url: URL, body: {} });
    assert.match(read(text).problem, /is no method/);
  }
  assert.match(read(JSON.stringify({ method: 'PUT', url: `${URL}\nX: y`, body: {} })).problem, /is no URL/);
  for (const headers of [{ '@/etc/hosts': '' }, { X: 'a\nY: b' }]) {
    assert.match(read(JSON.stringify({ method: 'PUT', url: URL, headers, body: {} })).problem, /is no header/);
  }
  const command = (method, url = URL) => writeCurl(read(JSON.stringify({ method, url, body: { a: "it's" } })).judged);
  assert.equal(sent(command("`x`'$|&")).method, "`x`'$|&");
  assert.equal(sent(command('PUT', '-o/tmp/x')).url, '-o/tmp/x');
  assert.deepEqual(sent(command('PUT')).headers, [['Content-Type', 'application/json']]);
  assert.doesNotMatch(writeCurl(read(`GET ${URL}`).judged), /Content-Type/);
  assert.equal(writeCurl(read(http('{}').replace('Content-Type', 'content-type')).judged).match(/content-type/gi).length, 1);
});

test('the form writes what it does not change as it was', () => {
  const text = http('{"pool": {"slow_start": {"duration": 60.0}, "name": "a"}}');
  const reading = read(text);
  const body = structuredClone(reading.request.body);
  body.pool.name = '\uE000{{x}}';
  body.pool['\uE000y'] = 1;
  assert.equal(reading.change({ body }), text.replace('"a"', '"\uE000{{x}}", "\uE000y": 1'));
  assert.equal(read('PUT https://h/a HTTP/1.1\nX-Auth-Token: T  \n').change({ url: '', token: '' }), 'PUT HTTP/1.1\n');
  assert.equal(read('PUT HTTP/1.1\n').change({ url: '/x' }), 'PUT /x HTTP/1.1\n');
});

test('a path is copied with the host that its header names, and with no length', () => {
  const copy = (headers) => sent(writeCurl(read(`PUT /v3/p/elb/pools/p1 HTTP/1.1\n${headers}X-Auth-Token: {{t}}\nContent-Type: application/json\n\n{}`, 'UpdatePool').judged));
  const own = [['X-Auth-Token', '{{t}}'], ['Content-Type', 'application/json']];
  assert.deepEqual(copy('Host: h.example\nContent-Length: 99\n'), { method: 'PUT', url: 'https://h.example/v3/p/elb/pools/p1', headers: own, body: '{}' });
  assert.equal(copy('').url, 'https://{{endpoint}}/v3/p/elb/pools/p1');
});
