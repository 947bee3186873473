// The package against `JSON.parse` and ajv, compiled from the same schemas, in one run: `cargo xtask bench` calls it.
// And what the package weighs. No number here is a test.

import Ajv from 'ajv/dist/2020.js';
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { check, schemas } from 'elblint';

const POOL = { method: 'PUT', url: '/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086-a496-4666-9064-5ba0e6840c75' };
const MEMBERS = { method: 'POST', url: `${POOL.url}/members/batch-add` };
const KNOWN = {
  loadbalancer: { guaranteed: true, provisioning_status: 'ACTIVE', ip_target_enable: true },
  pool: {
    protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'instance', any_port_enable: false, vpc_id: 'b8b1c6e0',
    session_persistence: null, az_affinity: { enable: false },
  },
};
const member = (index, port) => ({
  name: `server-${index}`, address: `192.168.${index % 4}.${(index % 250) + 1}`, protocol_port: port, weight: 10,
  subnet_cidr_id: '27d8f6f5-9a5f-4a7e-9f55-3f1c0a2b4c5d',
});
const members = (port) => JSON.stringify({ members: Array.from({ length: 200 }, (_, index) => member(index, port(index))) });
const pool = JSON.stringify({ pool: { name: 'web', lb_algorithm: 'ROUND_ROBIN', slow_start: { enable: true, duration: 60 } } });

const CASES = [
  { name: 'a small good body, target known', operation: 'UpdatePool', request: { ...POOL, body: pool }, context: KNOWN, good: true, aim: 1 },
  { name: 'a small good body, target unknown', operation: 'UpdatePool', request: { ...POOL, body: pool }, good: true },
  { name: '200 good members, target known', operation: 'BatchCreateMembers', request: { ...MEMBERS, body: members((index) => 8000 + index) }, context: KNOWN, good: true, aim: 1.3 },
  { name: '200 members, each with a fault', operation: 'BatchCreateMembers', request: { ...MEMBERS, body: members((index) => 70000 + index) }, context: KNOWN, good: false },
];

const ROUNDS = process.argv.includes('--quick') ? 15 : 51;
const FILES = ['elblint.wasm', 'module.js', 'api.js', 'fields.js', 'rules.js', 'json-schemas.js', 'documentation.js'];

const ajv = new Ajv({ allErrors: true, strict: false, formats: { ipv4: /^(?:\d{1,3}\.){3}\d{1,3}$/, ipv6: /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/ } });

/** Microseconds of one call, over so many that a clock can tell. */
function time(call, calls) {
  const start = performance.now();
  for (let left = calls; left > 0; left -= 1) call();
  return ((performance.now() - start) * 1000) / calls;
}

const middle = (numbers) => numbers.sort((one, other) => one - other)[numbers.length >> 1];

const times = CASES.map(({ name, operation, request, context, good, aim }) => {
  const validate = ajv.compile(schemas[operation]['~standard'].jsonSchema.input({ target: 'draft-2020-12' }));
  const theirs = () => validate(JSON.parse(request.body));
  const ours = () => check(request, context);
  if (theirs() !== good || (ours().verdict !== 'refused') !== good) throw new Error(`${name}: it is not as it should be`);
  const calls = Math.ceil(20_000 / Math.max(time(ours, 50), 1));
  // A module is compiled for speed only once it has been used for a while.
  for (const end = performance.now() + 600; performance.now() < end;) [theirs, ours].forEach((call) => time(call, calls));
  const rounds = Array.from({ length: ROUNDS }, () => [time(theirs, calls), time(ours, calls)]);
  const [floor, own] = [0, 1].map((at) => middle(rounds.map((round) => round[at])));
  const ratio = middle(rounds.map(([floor, own]) => own / floor));
  const told = aim ? `  aim ${aim} × ${ratio <= aim ? 'ok' : 'OVER'}` : '';
  console.log(`  ${name.padEnd(36)} JSON.parse + ajv ${floor.toFixed(2).padStart(8)} µs   elblint ${own.toFixed(2).padStart(8)} µs  ${ratio.toFixed(2).padStart(6)} ×${told}`);
  return { name, ajv_microseconds: floor, elblint_microseconds: own, ratio, aim };
});

const sizes = FILES.map((file) => {
  const bytes = readFileSync(new URL(`dist/${file}`, import.meta.url));
  const [raw, gzip, brotli] = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map(({ length }) => length);
  const told = file === 'elblint.wasm' ? `  aim 60,000 ${brotli <= 60_000 ? 'ok' : 'OVER'}` : '';
  console.log(`  ${file.padEnd(20)} ${String(raw).padStart(8)} bytes   gzip ${String(gzip).padStart(7)}   brotli ${String(brotli).padStart(7)}${told}`);
  return { file, bytes: raw, gzip, brotli };
});

const out = process.argv.indexOf('--out');
if (out > 0) writeFileSync(process.argv[out + 1], `${JSON.stringify({ version: 1, times, sizes }, null, 2)}\n`);
