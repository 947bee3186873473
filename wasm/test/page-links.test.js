// What a link may carry. Without a browser, by the page's modules.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CONTEXT } from '../page/src/secrets.js';
import { contextFault, fromHash, shareable, toHash } from '../page/src/state.js';
import { root } from './support/browser.js';

const POOL = 'https://h/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/p1';
const put = (body, url = POOL) => `PUT ${url}\nX-Auth-Token: {{token}}\n\n${body}`;

/** Bytes that look like chance, but are the same in every run. */
const bytes = (seed, length) => Buffer.concat(Array.from({ length: Math.ceil(length / 64) }, (_, index) => createHash('sha512').update(`${seed} ${index}`).digest())).subarray(0, length);

const shared = (text, context = {}) => shareable({ text, context });

/** Every place where somebody may put a token. */
const PLACES = [
  (token) => token,
  (token) => `# ${token}\n${put('{"pool": {"name": "kept"}}')}`,
  (token) => `### ${token}\n${put('{"pool": {"name": "kept"}}')}\n// ${token}`,
  (token) => put(`{"pool": {"name": "kept", "description": "${token}"}}`),
  (token) => put('{"pool": {"name": "kept"}}', `${POOL}/members/${token}/kept`),
  (token) => put('{"pool": {"name": "kept",}}') + token,
  (token) => `${put('{"pool": {"name": "kept"}}')}\n\n> {% client.global.set("x", "${token}"); %}`,
  (token) => `@x = ${token}\n${put('{"pool": {"name": "kept"}}')}`,
  (token) => JSON.stringify({ method: 'PUT', url: POOL, body: { pool: { name: 'kept', description: token } }, context: { pool: { id: token } } }),
  (token) => JSON.stringify({ method: 'PUT', url: POOL, body: JSON.stringify({ pool: { name: 'kept', description: token } }) }).replaceAll('/', '\\/'),
];

test('what looks like a token is in no link', () => {
  const tokens = ['base64', 'base64url', 'hex'].flatMap((form) => [48, 64, 1500].map((length) => bytes(form, length).toString(form)));
  tokens.push('MIIFabcdefghijklmnop', 'gAAAAABabcdefghijklm', `eyJ${bytes('jwt', 30).toString('base64url')}`);
  for (const token of tokens) {
    for (const place of PLACES) {
      const { text } = shared(place(token));
      const pieces = token.match(/.{1,16}/g).filter((piece) => piece.length === 16);
      assert.ok(!pieces.some((piece) => text.includes(piece) || text.includes(piece.replaceAll('/', '\\/'))), text);
      assert.ok(text.includes('{{secret}}') && place('').includes('kept') === text.includes('kept'), text);
      assert.equal(shared(text).text, text, 'it is clean');
    }
  }
});

test('what is harmless stays', () => {
  const names = [
    '99a3fff0d03c428eac3678da6a7d0f24', 'pool-36ce7086-a496-4666-9064-5ba0e6840c75-of-99a3fff0d03c428eac3678da6a7d0f24',
    'MyVeryLongPoolNameForTheProductionEnvironmentInWesternEurope2024', 'thisisaverylongplainwordwithoutanythingelseinitatall',
    'elb-prod-blue-green-10-0-0-1-10-0-0-2-10-0-0-3-web01-web02', 'my-application-deployment-7d9f8c6b5d-x2k9q-abcdefgh', 'MII',
  ];
  for (const name of names) {
    const text = put(`{"pool": {"name": "${name}"}}`, `${POOL}/members/${name}`);
    assert.equal(shared(text).text, text);
  }
});

test('a script is in no link', () => {
  const text = `< {% request.variables.set("a", "SECRET") %}\n${put('{}')}\n\n> {%\n  const x = "SECRET";\n%} SECRET\n\n### next\n${put('{}')}`;
  assert.equal(shared(text).text, `< {% {{secret}} %}\n${put('{}')}\n\n> {%\n  {{secret}}\n%}\n\n### next\n${put('{}')}`);
});

const types = readFileSync(join(root, 'dist/index.d.ts'), 'utf8');

/** A type of the package as a value with `true` for whatever is not made of others. */
function shape(name) {
  const [, declared] = new RegExp(`^export interface ${name} (\\{[^]*?^\\})`, 'm').exec(types);
  const value = declared
    .replace(/\/\*\*.*?\*\/|\[name: string\]: any;/g, '')
    .replace(/\?: /g, ': ').replace(/ \| null/g, '').replace(/;/g, ',')
    .replace(/: (?:string|boolean|number)/g, ': true')
    .replace(/(\w+)((?:\[\])+)/g, (_, item, lists) => '['.repeat(lists.length / 2) + `shape("${item}")` + ']'.repeat(lists.length / 2));
  return new Function('shape', `return ${value}`)(shape);
}

test('of a context a link has what a context can tell, and nothing else', () => {
  const response = {
    pool: { id: 'p', protocol: 'HTTP', name: 'SECRET', slow_start: { enable: true, note: 'SECRET' }, members: [{ id: 'SECRET' }] },
    listeners: [{ id: 'l', loadbalancers: [{ id: 'b', x: 'SECRET' }] }],
    availability_zones: [[{ code: 'z', state: 'SECRET' }]],
    request_id: 'SECRET',
    token: 'SECRET',
  };
  const known = { pool: { id: 'p', protocol: 'HTTP', slow_start: { enable: true } }, listeners: [{ id: 'l', loadbalancers: [{ id: 'b' }] }], availability_zones: [[{ code: 'z' }]] };
  assert.deepEqual(shared('', response).context, known);
  assert.deepEqual(fromHash(toHash({ text: '', context: response, view: 'text' })), { text: '', context: known, view: 'text' });
  const { text } = shared(JSON.stringify({ method: 'PUT', url: POOL, body: {}, context: response }));
  assert.ok(!text.includes('SECRET') && text.includes('HTTP'), text);
  assert.deepEqual(CONTEXT, shape('Context'), 'it is what the package has a type for');
});

test('what is no object is no response', () => {
  for (const value of [null, 5, 'x', [], true]) assert.match(contextFault(value), /is an object/);
});
