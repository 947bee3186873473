// What must compile, and what must not.

import { bindForm, check, fields, schemas, type Bodies, type Report } from 'elblint';
import init from 'elblint/init';

const report: Report | null = check({ method: 'PUT', url: '/v3/p/elb/pools/x', body: {} }, { pool: { protocol: 'HTTP' } });
const body: Bodies['UpdatePool'] = { pool: { lb_algorithm: 'SOURCE_IP', slow_start: null } };
const minimum: number | undefined = fields('UpdatePool')['/pool/slow_start/duration']?.minimum;
const result = schemas.UpdatePool['~standard'].validate(body);
if (result.issues) console.log(result.issues[0]?.path, report?.diagnostics[0]?.severity === 'error', minimum);
else console.log(result.value.pool?.name);
void init();
bindForm(document.forms[0]!, 'UpdateMember', { context: null }).unbind();

// @ts-expect-error no such algorithm
const wrong: Bodies['UpdatePool'] = { pool: { lb_algorithm: 'RANDOM' } };
// @ts-expect-error no such operation
fields('UpdateNothing');
console.log(wrong);
