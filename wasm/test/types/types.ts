// What must compile, and what must not.

import { bindForm, check, explain, fields, schemas, type Bodies, type Context, type Report } from 'elblint';
import init, { initSync } from 'elblint/init';

const report: Report | null = check({ method: 'PUT', url: '/v3/p/elb/pools/x', body: {} }, { pool: { protocol: 'HTTP' } });
const body: Bodies['UpdatePool'] = { pool: { lb_algorithm: 'SOURCE_IP', slow_start: null } };
const minimum: number | undefined = fields('UpdatePool')['/pool/slow_start/duration']?.minimum;
const result = schemas.UpdatePool['~standard'].validate(body);
if (result.issues) console.log(result.issues[0]?.path, report?.diagnostics[0]?.severity === 'error', minimum);
else console.log(result.value.pool?.name);
void init();
void init(new URL('https://a.example/elblint.wasm'));
void fetch('https://a.example/elblint.wasm').then(init);
initSync(new WebAssembly.Module(new Uint8Array()));
for (const { rule } of report?.diagnostics ?? []) void explain(rule);
if (report?.operation) fields(report.operation);
for (const need of report?.requires ?? []) console.log(need.fact ? need.values.length : Object.keys(need.not).length, need.rules.map(explain));
const context: Context = { subnets: [{ id: 's', cidr: '192.168.0.0/24', cidr_v6: null }] };
check({ method: 'PUT', url: '/v3/p/elb/pools/x' }, context);
bindForm(document.forms[0]!, 'UpdateMember', { context: null }).unbind();
document.forms[0]!.addEventListener('elblint', ({ detail, target }) => console.log(detail.verdict, target));

// @ts-expect-error no such member of a report
document.forms[0]!.addEventListener('elblint', ({ detail }) => console.log(detail.result));
// @ts-expect-error no such algorithm
const wrong: Bodies['UpdatePool'] = { pool: { lb_algorithm: 'RANDOM' } };
// @ts-expect-error no form
bindForm(document.body, 'UpdateMember');
// @ts-expect-error no such operation
fields('UpdateNothing');
console.log(wrong);

// Responses are contexts as they are, and more is in them than a context is read for.
interface Response {
  pool: { id: string; protocol: string; created_at: string; members: { id: string }[] };
  request_id: string;
}
declare const response: Response;
const request = { method: 'PUT', url: new URL('https://a.example/v3/p/elb/pools/x'), headers: { 'X-Auth-Token': undefined as string | undefined } };
check(request, response);
check({ ...request, headers: new Headers(), context: { pool: { protocol: 'HTTP', name: 'n' }, loadbalancer: { guaranteed: true, listeners: [{ id: 'l', port: 80 }] }, request_id: 'r' } });
// @ts-expect-error what is read must be of its type
check(request, { pool: { protocol: 7, name: 'n' } });
// @ts-expect-error a body has no further members
const more: Bodies['UpdatePool'] = { pool: { nmae: 'n' } };
console.log(more);
