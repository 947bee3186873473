// What must compile without the types of browsers.

import { check, type Context } from 'elblint';
import init, { initSync } from 'elblint/init';

const known: Context = { pool: { protocol: 'HTTP' } };
export const verdict = check({ method: 'PUT', url: '/v3/p/elb/pools/x' }, known)?.verdict;
export const inHeader = check({ method: 'PUT', url: { href: '/v3/p/elb/pools/x' }, headers: [['X-Auth-Token', 'x']] as const });
export const loaded = init(new Uint8Array()).then(() => initSync(new ArrayBuffer(0)));
