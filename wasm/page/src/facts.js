// The facts of a target that can be told by hand: where a context has each, and which operations read it.
//
// The table says in which words a report speaks of a value, and what a GET response has in its place. The package
// has lists of some of them, as fields of the bodies.

import { fields } from 'elblint';
import { isObject } from './json-text.js';

const [U, P, M, B] = ['UpgradeLoadBalancer', 'UpdatePool', 'UpdateMember', 'BatchCreateMembers'];

const POOL = fields(P);
const same = (words) => words.map((word) => [word, word]);
const YES_NO = [[true, true], [false, false]];

const fact = (names, label, at, values, operations) =>
  ({ names: [names].flat(), title: Array.isArray(names) ? at : names, label, at: at.split('.'), values, operations });

/** Each fact: its name in reports (some have two), how it is called here, the member of a context, its values there and the operations that read it. */
export const FACTS = [
  fact('loadbalancer.type', 'Load balancer type', 'loadbalancer.guaranteed', [['dedicated', true], ['shared', false]], [U, P]),
  fact('loadbalancer.provisioning_status', 'Load balancer status', 'loadbalancer.provisioning_status',
    same(['ACTIVE', 'UPGRADED', 'UPGRADE_FAILED', 'ROLLBACK_FAILED']), [U, P, M, B]),
  // What is said of one layer cannot leave the other one open, so both are told at once.
  fact(['loadbalancer.has_l4_listener', 'loadbalancer.has_l7_listener'], 'Listeners', 'listeners', [
    ['none', []],
    ['layer 4', [{ protocol: 'TCP' }]],
    ['layer 7', [{ protocol: 'HTTP' }]],
    ['layers 4 and 7', [{ protocol: 'TCP' }, { protocol: 'HTTP' }]],
  ], [U]),
  fact('loadbalancer.ip_target_enable', 'IP as a backend', 'loadbalancer.ip_target_enable', YES_NO, [B]),
  fact('pool.protocol', 'Pool protocol', 'pool.protocol', same(['TCP', 'UDP', 'IP', 'TLS', 'TCPSSL', 'HTTP', 'HTTPS', 'GRPC', 'QUIC']), [P, B]),
  fact('pool.lb_algorithm', 'Pool algorithm', 'pool.lb_algorithm', same(POOL['/pool/lb_algorithm'].enum), [M, B]),
  fact('pool.session_persistence.type', 'Sticky session', 'pool.session_persistence',
    [...POOL['/pool/session_persistence/type'].enum.map((type) => [type, { type }]), ['none', null]], [P]),
  fact('pool.type', 'Pool type', 'pool.type', same(POOL['/pool/type'].enum), [P, B]),
  fact('pool.vpc_id', 'Pool VPC', 'pool.vpc_id', [['blank', ''], ['set', 'set']], [P]),
  fact('pool.any_port_enable', 'Any port', 'pool.any_port_enable', YES_NO, [M, B]),
  fact('pool.az_affinity', 'AZ affinity', 'pool.az_affinity', [[true, { enable: true }], [false, { enable: false }]], [B]),
];

/** A value in words. */
export const word = (value) => (value === '' ? 'blank' : String(value));

export const factNamed = (name) => FACTS.find(({ names }) => names.includes(name));

/** The value of a report's fact that a context would have to have, in a list; none where it cannot be told alone. */
const valueOf = (found, told) => (found?.names.length === 1 ? found.values.filter(([own]) => own === told) : []);

export const canTell = (name, told) => valueOf(factNamed(name), told).length > 0;

/** A context that says this of a fact. */
export const tell = (context, name, told) => put(context, factNamed(name), valueOf(factNamed(name), told)[0][1]);

/** A context with another value for a fact, or without any. */
export function put(context, { at: [object, member] }, value) {
  const whole = member === undefined ? value : { ...(isObject(context[object]) && context[object]), [member]: value };
  const kept = isObject(whole) ? defined(whole) : whole;
  return defined({ ...context, [object]: isObject(kept) && Object.keys(kept).length === 0 ? undefined : kept });
}

const defined = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** What a context says of a fact, in words; '' where it says nothing. */
export function told(context, { at: [object, member], values }) {
  const own = member === undefined ? context[object] : context[object]?.[member];
  if (own === undefined) return '';
  const [known] = values.find(([, value]) => fits(own, value)) ?? [];
  if (known !== undefined) return word(known);
  if (member === 'vpc_id' && typeof own === 'string') return 'set';
  if (Array.isArray(own)) return `${own.length} as pasted`;
  return own === null || isObject(own) ? 'as pasted' : String(own);
}

/** Whether a response says what this value says, however much else it says. */
function fits(own, value) {
  if (isObject(value)) return isObject(own) && Object.entries(value).every(([name, part]) => own[name] === part);
  return JSON.stringify(own) === JSON.stringify(value);
}
