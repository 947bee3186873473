// The package as its users load and call it.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import * as elblint from 'elblint';
import { root } from './support/browser.js';

const { check, checkFile, explain, fields, operations, rules, schemaFor, schemas } = elblint;
const PUT = { method: 'PUT', url: '/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086' };
const bin = (name) => join(root, 'node_modules/.bin', name);

test('a request is judged, with what it requires of the target', () => {
  const request = { ...PUT, body: { pool: { slow_start: { enable: true, duration: 30 } } } };
  const open = check(request);
  assert.equal(open.verdict, 'conditional');
  assert.deepEqual(open.requires.find(({ fact }) => fact === 'pool.protocol').values, ['HTTP', 'HTTPS', 'GRPC']);
  const known = { pool: { protocol: 'HTTP' }, loadbalancer: { provisioning_status: 'ACTIVE', guaranteed: true } };
  assert.equal(check(request, known).verdict, 'ready');
  assert.equal(check(request, { pool: { protocol: 'TCP' } }).diagnostics[0].rule, 'slow-start-on-layer-4');
  assert.equal(check({ ...request, context: { pool: { protocol: 'TCP' } } }, known).verdict, 'refused', 'the own context wins');
});

test('spans are there only for a body given as text', () => {
  const body = { pool: { slow_start: { duration: 20 } } };
  assert.equal(check({ ...PUT, body }).diagnostics[0].span, undefined);
  const { span } = check({ ...PUT, body: JSON.stringify(body) }).diagnostics.find(({ rule }) => rule === 'range');
  assert.deepEqual(span.start, { offset: 34, line: 1, column: 35 });
});

test('a request to another service is null', () => {
  assert.equal(check({ method: 'GET', url: 'https://vpc.example.com/v1/x/vpcs' }), null);
});

test('misuse is a TypeError that says what is wrong', async () => {
  const wrong = [
    [() => check(), /must be an object/],
    [() => check([]), /a list/],
    [() => check({}), /neither a request/],
    [() => check({ ...PUT, body: 1n }), /cannot be written as JSON/],
    [() => check({ ...PUT, body: () => 1 }), /cannot be written as JSON/],
    [() => check(PUT, 7), /context must be an object/],
    [() => check(PUT, { nothing: 'known' }), /none of loadbalancer/],
    [() => check(PUT, { pool: 7 }), /context cannot be used/],
    [() => check(PUT, Promise.resolve({ pool: {} })), /must be a plain object, but is a Promise/],
    [() => check({ ...PUT, context: new Map([['pool', {}]]) }), /must be a plain object, but is a Map/],
    [() => check({ ...PUT, body: Promise.resolve({ pool: {} }) }), /body must be a plain object, but is a Promise/],
    [() => check({ ...PUT, body: new Map([['pool', {}]]) }), /but is a Map/],
    [() => check({ ...PUT, body: Buffer.from('{"pool": {}}') }), /but is an? Uint8Array/],
    [() => check({ ...PUT, body: new ArrayBuffer(8) }), /but is an ArrayBuffer/],
    [() => check({ ...PUT, body: new URLSearchParams('pool=1') }), /but is a URLSearchParams/],
    [() => check({ ...PUT, body: Object('{"pool": {}}') }), /but is a String/],
    [() => check({ method: 7, url: 7, body: new Map() }), /but is a Map/],
    [() => check(new Request(`https://elb.example.com${PUT.url}`, { method: 'PUT', body: '{}' })), /await request\.text\(\)/],
    [() => check({ ...PUT, headers: Promise.resolve({}) }), /headers must be a plain object, but is a Promise/],
    [() => checkFile(undefined, ''), /name must be a string/],
    [() => checkFile('a.http', {}), /text must be a string/],
    [() => fields('UpdateNothing'), /none of the operations/],
    [() => schemaFor('constructor'), /none of the operations/],
  ];
  for (const [call, message] of wrong) assert.throws(call, (error) => error instanceof TypeError && message.test(error.message));
  await assert.rejects(explain('toString'), TypeError);
  assert.equal(check({ ...PUT, body: { pool: { name: 'web' } } }).diagnostics.length, 0, 'still works');
});

test('numbers that JSON has no words for are no numbers', () => {
  const told = (body, more) => check({ ...PUT, ...more, body }).diagnostics.filter(({ severity }) => severity === 'error').map(({ rule, pointer, message }) => `${rule} ${pointer} ${message.replace(/.* (?=is )/, '')}`);
  const pool = { name: NaN, description: new Date(NaN), session_persistence: null, slow_start: { enable: true, duration: Infinity }, connection_drain: { timeout: new Number(-Infinity) } };
  assert.deepEqual(told({ pool }), [
    'wrong-type /pool/name is NaN', 'wrong-type /pool/description is an invalid date',
    'wrong-type /pool/slow_start/duration is Infinity', 'wrong-type /pool/connection_drain/timeout is -Infinity',
  ]);
  assert.deepEqual(told({ pool: NaN }), ['wrong-type /pool is NaN']);
  assert.deepEqual(told(NaN), ['wrong-type  is NaN']);
  assert.deepEqual(told({ pool: { 'a/b': NaN } }).map((text) => text.slice(0, 25)), ['unknown-field /pool/a~1b '], 'one mistake is told once');
  const ofNewer = check({ ...PUT, body: { pool: { az_affinity: { own: [{ x: NaN }] } } } });
  assert.deepEqual([ofNewer.verdict, ofNewer.diagnostics.at(-1).pointer], ['refused', '/pool/az_affinity/own/0/x']);
  assert.deepEqual(told({ pool: { name: NaN } }, { context: { nothing: 1 } }).map((text) => text.split(' ', 2)), [['wrong-type', '/pool/name'], ['invalid-context', '']]);
  const { issues } = schemas.BatchCreateMembers['~standard'].validate({ members: [{ address: '192.168.0.1', protocol_port: NaN }] });
  assert.deepEqual(issues.map(({ rule, path }) => [rule, path]), [['wrong-type', ['members', 0, 'protocol_port']]]);
  assert.equal(check({ ...PUT, url: '/v1/x/vpcs', body: { x: NaN } }), null);
  const shared = { enable: true, duration: null };
  assert.equal(schemas.UpdatePool['~standard'].validate({ pool: { name: 'web', slow_start: null, session_persistence: null } }).issues, undefined);
  assert.deepEqual(told({ pool: { name: 'web', slow_start: shared } }), told(JSON.stringify({ pool: { name: 'web', slow_start: shared } })));
});

test('a request is told of in the order in which it is written', () => {
  const url = '/v3/x/elb/pools/y';
  const rules = (report) => report.diagnostics.map(({ rule }) => rule);
  const orders = [
    [{ headers: {}, body: { pool: { name: 'x' } } }, ['without-token', 'odd-project-id']],
    [{ headers: {} }, ['without-token', 'required', 'odd-project-id']],
    [{ headers: { Authorization: 'x1', 'X-Auth-Token': 'x2' }, body: { pool: { name: 7 } } }, ['odd-project-id', 'literal-credential', 'literal-credential', 'wrong-type']],
  ];
  for (const [parts, expected] of orders) {
    const request = { method: 'PUT', url, ...parts };
    assert.deepEqual(rules(check(request)), expected);
    assert.deepEqual(rules(checkFile('a.json', JSON.stringify(request))[0]), expected);
  }
});

test('a request of a class is judged like any other', () => {
  const body = { pool: { name: 'web' } };
  const known = { 'X-Auth-Token': '{{t}}' };
  const nothing = { nothing: 1 };
  class Asked {
    get method() { return PUT.method; }
    get url() { return PUT.url; }
    get body() { return body; }
    get context() { return nothing; }
  }
  const rules = (request) => check(request).diagnostics.map(({ rule }) => rule);
  assert.deepEqual(rules(new Asked()), ['invalid-context']);
  const url = new URL(PUT.url, 'https://elb.example.com');
  for (const headers of [known, new Headers(known), new Map(Object.entries(known)), Object.entries(known)]) {
    assert.deepEqual(rules({ ...PUT, headers, body }), []);
    assert.deepEqual(rules({ ...PUT, url, headers, body }), []);
    assert.deepEqual(rules({ ...PUT, headers, body, context: nothing }), ['invalid-context']);
    assert.deepEqual(rules({ ...PUT, method: 7, headers, body }), ['wrong-type']);
  }
  assert.deepEqual(rules({ ...PUT, headers: new Headers(), body }), ['without-token']);
  for (const headers of [['X-Auth-Token', 'x'], 'X-Auth-Token: x', { 'X-Auth-Token': 1 }, [['X-Auth-Token', 1]]]) assert.deepEqual(rules({ ...PUT, headers, body }), ['wrong-type']);
});

test('a file is judged with spans', () => {
  const [report] = checkFile('UpdateMember.json', '{"member":\n {"weight": 101}}');
  assert.equal(report.diagnostics[0].span.start.line, 2);
  assert.equal(checkFile('a.http', `PUT ${PUT.url}\n\n{"pool": {"name": "x"}}\n###\nGET /v3/p/elb/pools/x\n`).length, 2);
});

test('operations, rules and fields are told', async () => {
  assert.deepEqual(operations.map(({ name }) => name), ['UpgradeLoadBalancer', 'UpdatePool', 'UpdateMember', 'BatchCreateMembers']);
  assert.ok(rules.length > 60);
  for (const { name, summary } of rules) {
    assert.ok(summary.length > 10, name);
    assert.ok((await explain(name)).startsWith(summary.slice(0, 10)), name);
  }
  const { '/pool/slow_start/duration': duration, '/pool': pool } = fields('UpdatePool');
  assert.deepEqual([duration.type, duration.minimum, duration.maximum, duration.default, duration.required], ['integer', 30, 1200, 30, false]);
  assert.equal(pool.required, true);
  assert.ok(fields('BatchCreateMembers')['/members/*/address'].required);
});

test('what was done to the lists of operations and rules changes nothing', async () => {
  const script = `
    import { check, explain, operations, rules, schemas } from 'elblint';
    operations.reverse();
    rules.length = 0;
    const body = '{"pool": {"name": "web"}}';
    const request = { ...${JSON.stringify(PUT)}, body };
    const { issues } = schemas.UpdatePool['~standard'].validate(JSON.parse(body));
    for (let call = 0; call < 2; call += 1) console.log(check(request).operation);
    console.log(issues, (await explain('range')).length > 10);
  `;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  assert.equal(out, 'UpdatePool\nUpdatePool\nundefined true\n');
});

test('every pattern compiles as browsers compile it', () => {
  const patterns = operations.flatMap(({ name }) => Object.values(fields(name)).flatMap(({ pattern }) => pattern ?? []));
  assert.ok(patterns.length >= 2);
  for (const pattern of patterns) assert.ok(new RegExp(pattern, 'v'));
});

test('schemas follow Standard Schema and Standard JSON Schema', () => {
  const { '~standard': standard, ...rest } = schemas.UpdatePool;
  assert.deepEqual(rest, {});
  assert.equal(standard.version, 1);
  const good = { pool: { name: 'web' } };
  assert.equal(standard.validate(good).value, good);
  const { issues } = schemas.BatchCreateMembers['~standard'].validate({ members: [{ address: 'x', protocol_port: 80 }] });
  assert.deepEqual(issues[0].path, ['members', 0, 'address']);
  assert.deepEqual(standard.validate(undefined).issues[0].path, []);
  assert.ok(standard.validate({ pool: 1n }).issues.length);
  const slow = { pool: { slow_start: { enable: true, duration: 30 } } };
  assert.equal(standard.validate(slow).issues, undefined, 'what is required of the target is no issue');
  assert.ok(standard.validate(slow, { libraryOptions: { context: { pool: { protocol: 'TCP' } } } }).issues);
  assert.ok(schemaFor('UpdatePool', { pool: { protocol: 'TCP' } })['~standard'].validate(slow).issues);
  assert.match(standard.jsonSchema.input({ target: 'draft-07' }).$schema, /draft-07/);
  assert.match(standard.jsonSchema.output({ target: 'draft-2020-12' }).$schema, /2020-12/);
  assert.throws(() => standard.jsonSchema.input({ target: 'openapi-3.0' }));
});

test('the best issue of a field comes first', () => {
  const context = { loadbalancer: { guaranteed: false }, pool: { protocol: 'QUIC' } };
  const session = { type: 'HTTP_COOKIE', cookie_name: 'a b', persistence_timeout: 2000 };
  const { issues } = schemaFor('UpdatePool', context)['~standard'].validate({ pool: { session_persistence: session, lb_algorithm: 'QUIC_CID', slow_start: { enable: true } } });
  const of = (name) => issues.filter(({ path }) => path.at(-1) === name).map(({ rule }) => rule);
  assert.deepEqual(of('cookie_name'), ['charset', 'cookie-name-without-app-cookie']);
  assert.equal(of('persistence_timeout')[0], 'range');
  const ofValues = issues.map(({ rule }) => ['charset', 'range'].includes(rule));
  assert.deepEqual(ofValues, [...ofValues].sort((one, other) => other - one));
  const ruleNames = rules.map(({ name }) => name);
  assert.ok(issues.every(({ rule }) => ruleNames.includes(rule)));
});

test('what was known of one target is not held against another', () => {
  const slow = { ...PUT, body: { pool: { slow_start: { enable: true, duration: 30 } } } };
  const tcp = { pool: { protocol: 'TCP' } };
  assert.equal(check(slow, tcp).verdict, 'refused');
  assert.equal(check(slow).verdict, 'conditional');
  tcp.pool.protocol = 'HTTP';
  assert.equal(check(slow, tcp).verdict, 'conditional', 'a context may change between calls');
  assert.equal(check({ ...slow, context: { pool: { protocol: 'TCP' } } }, tcp).verdict, 'refused');
  assert.equal(check(slow, tcp).verdict, 'conditional', 'the own context is of its request only');
  assert.throws(() => check(slow, { pool: 1 }), TypeError);
  assert.equal(check(slow).verdict, 'conditional');
});

test('a check of anything but ASCII is told in characters', () => {
  const body = '{"pool": {"name": "ünï 😀", "nmae": 1}}';
  const [{ span }] = check({ ...PUT, body }).diagnostics;
  assert.deepEqual([span.start.column, span.start.offset], [28, 32]);
  assert.equal(check({ ...PUT, body: { pool: { name: '\ud800' } } }).verdict, 'refused');
  assert.equal(check({ ...PUT, url: `${PUT.url}\nX`, body: { pool: { name: 'a' } } }).operation, 'UpdatePool');
});

/** Numbers below a bound, the same ones in every run. */
function numbers(seed = 42) {
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

test('what was checked before changes nothing', () => {
  const good = '{"pool": {"name": "web"}}';
  const bodies = [
    good, '{"pool": {"name": 1}}', '{"member": {"weight": 1}}', '{"pool": {"lb_algorithm": "QUIC_CID"}}', { pool: { name: 'web' } },
    '{"pool": {"name": "<web>"}}', '{"pool": {}}', '{', '', null, undefined,
  ];
  const heads = [PUT, { ...PUT, method: 'POST' }, { ...PUT, url: `${PUT.url}2` }, { ...PUT, url: `${PUT.url}/members/1` }, { ...PUT, url: PUT.url.replace(/[^/]*$/, '{{pool_id}}') }];
  const more = [{}, { context: { pool: { protocol: 'TCP' } } }, { headers: undefined, context: null }, { headers: { 'X-Auth-Token': 'x' } }, { headers: {} }];
  const known = (protocol) => ({ pool: { protocol }, loadbalancer: { provisioning_status: 'ACTIVE' } });
  const contexts = [known('QUIC'), known('TCP'), undefined, { pool: { protocol: 'TCP' } }];
  const calls = heads.flatMap((head) => more.flatMap((part) => bodies.flatMap((body) => contexts.map((context) => [{ ...head, ...part, body }, context]))));
  // Nothing stays the same from one of these calls to the next.
  const other = { method: 'PUT', url: '/v3/1/elb/pools/2', body: good };
  const alone = calls.map((call) => {
    check(other, { loadbalancer: { id: '1' } });
    return check(...call);
  });
  const random = numbers();
  let [at, again] = [0, 0];
  for (let round = 0; round < 5_000; round += 1) {
    // Mostly the same but for one part, as it was not all that long ago.
    at = (at + [0, 1, 4, 8, 44, 220, random(calls.length)][random(7)]) % calls.length;
    const report = check(...calls[at]);
    assert.deepEqual(report, alone[at], JSON.stringify(calls[at]));
    again += alone[at]?.diagnostics.length === 0;
    if (report) spoil(report);
  }
  assert.ok(again > 300, `${again} good ones`);
  for (let length = 1000; length < 1_000_000; length *= 10) {
    assert.equal(check({ ...PUT, body: good }, contexts[0]).verdict, 'ready');
    assert.equal(check({ ...PUT, body: `${good}${' '.repeat(length)}x` }, contexts[0]).verdict, 'refused', 'of a long text no part is all');
  }
});

/** Empties a value, and all in it. */
function spoil(value) {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) spoil(inner);
  for (const name of Object.keys(value)) delete value[name];
}

test('a report belongs to whoever asked for it', () => {
  const bodies = ['{"pool": {"slow_start": {"enable": true}}}', '{"pool": {"session_persistence": {"type": "SOURCE_IP"}, "slow_start": {"enable": true}}}', '{"pool": {"name": "{{name}}"}}'];
  for (const body of bodies) {
    const first = structuredClone(check({ ...PUT, body }));
    for (let call = 0; call < 4; call += 1) {
      const report = check({ ...PUT, body });
      assert.deepEqual(report, first);
      spoil(report);
    }
  }
});

test('a context may change between two calls', () => {
  const subnet = { id: 's1', neutron_subnet_id: 's2', cidr: '192.168.0.0/24', ipv6_enable: false, vpc_id: 'v1' };
  const all = {
    loadbalancer: { id: 'l1', guaranteed: true, provisioning_status: 'ACTIVE', ip_target_enable: true, vpc_id: 'v1', listeners: [{ id: 'i1' }] },
    pool: { id: 'p1', protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'instance', any_port_enable: false, az_affinity: { enable: false }, session_persistence: { type: 'SOURCE_IP' }, slow_start: { enable: false }, vpc_id: 'v1' },
    listeners: [{ protocol: 'HTTP', loadbalancers: [{ id: 'l1' }] }],
    member: { id: 'm1', address: '192.168.0.1', protocol_port: 80 },
    members: [{ id: 'm1', address: '192.168.0.1', protocol_port: 80 }],
    subnets: [subnet, { ...subnet, id: 's3' }],
    flavors: [{ id: 'f1', type: 'L7' }],
    availability_zones: [[{ code: 'az1' }], [{ code: 'az2' }]],
    request_id: 'r1',
  };
  const upgrade = { action: 'start', availability_zone_list: ['az1'], l7_flavor_id: 'f1' };
  const member = { address: '192.168.0.1', protocol_port: 80, weight: 1, subnet_cidr_id: 's1' };
  const requests = [
    { ...PUT, body: '{"pool": {"lb_algorithm": "SOURCE_IP", "slow_start": {"enable": true}}}' },
    { ...PUT, url: `${PUT.url}/members/m1`, body: '{"member": {"weight": 1, "protocol_port": 81}}' },
    { method: 'POST', url: `${PUT.url}/members/batch-add`, body: JSON.stringify({ members: [member, { ...member, subnet_cidr_id: undefined }] }) },
    { method: 'POST', url: PUT.url.replace(/pools.*/, 'loadbalancers/l1/upgrade'), body: JSON.stringify(upgrade) },
  ];
  const said = (request, context) => {
    try {
      return check(request, context);
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  };
  const random = numbers();
  const pick = (list) => list[random(list.length)];
  const odd = [() => undefined, () => null, () => NaN, () => 0, () => '', () => 'TCP', () => true, () => ({}), () => [], () => new Date(0), () => Object('HTTP'),
    () => ({ toJSON: () => 'HTTP' }), () => Object.create({ enable: true }), () => [{ id: 'l1' }], () => ({ type: 'HTTP_COOKIE' }), () => [[{ code: 'az2' }]]];
  const inside = (value) => (typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(inside)] : []);
  let same = 0;
  for (let round = 0; round < 4_000; round += 1) {
    const context = structuredClone(all);
    const request = pick(requests);
    const before = said(request, context);
    const changed = pick(inside(context));
    const name = pick([...Object.keys(changed), ...Object.keys(changed), ...Object.keys(pick(inside(all)))]);
    [
      () => delete changed[name],
      () => (changed[name] = pick(odd)()),
      () => (changed[name] = pick(odd)()),
      () => (changed.toJSON = () => ({})),
      () => (changed[name] = Object.create(Object(changed[name]))),
    ][random(5)]();
    const after = said(request, context);
    said(request, { loadbalancer: { id: 'other' } });
    const { loadbalancer, ...others } = context;
    assert.deepEqual(after, said(request, { ...others, loadbalancer }), `${name} of ${JSON.stringify(changed)}`);
    same += JSON.stringify(after) === JSON.stringify(before);
  }
  assert.ok(same > 1_000 && same < 3_500, `${same} the same`);
});

test('ten thousand random values bring nothing down', () => {
  const random = numbers();
  const pick = (list) => list[random(list.length)];
  const words = ['pool', 'member', 'members', 'slow_start', 'duration', 'name', 'weight', 'lb_algorithm', 'action', '', '__proto__', '\ud800', 'ü😀'];
  const value = (depth) => pick([
    () => undefined, () => null, () => true, () => NaN, () => 10 ** random(400), () => -random(300), () => 1n, () => Symbol('x'), () => () => 1,
    () => pick(words), () => pick(words).repeat(random(300)), () => new Date(random(2) ? NaN : 0), () => new Map(), () => '{"pool": {{x}}',
    ...(depth > 4 ? [] : [
      () => Array.from({ length: random(5) }, () => value(depth + 1)),
      () => Object.fromEntries(Array.from({ length: random(5) }, () => [pick(words), value(depth + 1)])),
      () => ({ pool: value(depth + 1) }), () => ({ member: value(depth + 1) }), () => ({ ...PUT, body: value(depth + 1), headers: value(depth + 1), context: value(depth + 1) }),
    ]),
  ])();
  const calls = [
    () => check(value(0), value(0)),
    () => check({ ...PUT, body: value(0) }),
    () => checkFile(pick(['a.http', 'b.json', 'UpdatePool.json', 'c.jsonl', 'd']), String(JSON.stringify(value(0), (_, inner) => (typeof inner === 'bigint' ? 1 : inner))).slice(random(4))),
    () => pick(Object.values(schemas))['~standard'].validate(value(0)),
    () => fields(value(3)),
  ];
  for (let round = 0; round < 10_000; round += 1) {
    try {
      calls[round % calls.length]();
    } catch (error) {
      assert.ok(error instanceof TypeError, `${error.stack}`);
    }
  }
  const deep = '['.repeat(100_000);
  assert.equal(checkFile('UpdatePool.json', deep)[0].verdict, 'refused');
  assert.equal(check({ ...PUT, body: { pool: { name: 'web' } } }).diagnostics.length, 0, 'still works');
});

test('a long text is judged', () => {
  const rules = (body) => check({ ...PUT, body }).diagnostics.map(({ rule }) => rule);
  assert.deepEqual(rules(`{"pool": {"name": "${'a'.repeat(30_000_000)}"}}`), ['length']);
  assert.deepEqual(rules('{"pool": {"x": 1}}'), ['unknown-field']);
});

test('require and the module as a file work too', async () => {
  const require = createRequire(import.meta.url);
  assert.equal(typeof require('elblint').check, 'function');
  const script = `
    import init, { check } from 'elblint/init';
    try { check({ method: 'PUT', url: '/v3/p/elb/pools/x' }); } catch (error) { console.log(error.message); }
    await init();
    console.log(check({ method: 'PUT', url: '/v3/p/elb/pools/x', body: { pool: {} } }).diagnostics.at(-1).rule);
  `;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  assert.match(out, /await init\(\) first[^]*empty-update/);
});

test('a module may be loaded anew between two checks', () => {
  const script = `
    import init, { check } from 'elblint/init';
    const request = { ...${JSON.stringify(PUT)}, body: '{"pool": {"name": "web"}}' };
    for (let round = 0; round < 3; round += 1) {
      await init();
      for (let call = 0; call < 2; call += 1) console.log(check(request, { pool: { protocol: 'TCP' } }).verdict);
    }
  `;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  assert.equal(out, 'conditional\n'.repeat(6));
});

test('it works in a worker', async () => {
  const code = "import('elblint').then(({ checkFile }) => require('worker_threads').parentPort.postMessage(checkFile('UpdateMember.json', '{}')[0].verdict))";
  const worker = new Worker(code, { eval: true });
  assert.equal(await new Promise((done, fail) => worker.once('message', done).once('error', fail)), 'refused');
  await worker.terminate();
});

test('the types hold', () => {
  for (const project of ['tsconfig.json', 'plain.json']) {
    const { status, stdout } = spawnSync(bin('tsc'), ['--project', join(root, 'test/types', project)], { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  }
});

test('the package is packed well', () => {
  const folder = mkdtempSync(join(tmpdir(), 'elblint-'));
  const [{ files, filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' }));
  const names = files.map(({ path }) => path);
  for (const wanted of ['README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts', 'dist/elblint.wasm', 'dist/schemas/UpdatePool.json']) assert.ok(names.includes(wanted), wanted);
  assert.ok(names.every((name) => /^(dist\/|README\.md$|LICENSE$|package\.json$)/.test(name)), names.join());
  execFileSync(bin('publint'), ['--strict', join(folder, filename)], { cwd: root });
  execFileSync(bin('attw'), [join(folder, filename), '--profile', 'esm-only', '--exclude-entrypoints', 'elblint.wasm', 'schemas/*.json'], { cwd: root });
});

test('a bundler takes it as it is', async () => {
  const { build } = await import('vite');
  const folder = mkdtempSync(join(tmpdir(), 'elblint-vite-'));
  const entry = join(root, 'test/out-entry.js');
  writeFileSync(entry, "import { check } from 'elblint';\nglobalThis.verdict = check({ method: 'PUT', url: '/v3/p/elb/pools/x', body: { pool: {} } }).verdict;\n");
  try {
    await build({ root, configFile: false, logLevel: 'error', build: { outDir: folder, emptyOutDir: false, lib: { entry, formats: ['es'], fileName: 'bundle' } } });
  } finally {
    execFileSync('rm', ['-f', entry]);
  }
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', `await import('${folder}/bundle.js'); console.log(globalThis.verdict)`], { encoding: 'utf8' });
  assert.equal(out.trim(), 'refused');
});

test('the sizes are known', (context) => {
  for (const file of ['elblint.wasm', 'module.js', 'documentation.js', 'rules.js', 'json-schemas.js', 'fields.js']) {
    const bytes = readFileSync(join(root, 'dist', file));
    const [raw, gzip, brotli] = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map(({ length }) => length);
    context.diagnostic(`${file}: ${raw} bytes, gzip ${gzip}, brotli ${brotli}`);
    // Not yet the 60 KB that are aimed for: this only keeps it from growing. A standard library as it comes is larger.
    const most = bytes.includes('index out of bounds') ? 92_000 : 80_000;
    if (file === 'elblint.wasm') assert.ok(brotli <= most, `${brotli} bytes`);
  }
});
