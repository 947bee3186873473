// What a link must not carry: it may be read by anyone. Of headers, query parameters and contexts only what is known to
// be harmless stays; elsewhere, whatever is named like a secret goes, and whatever looks like one.

import { httpLines } from './http-text.js';
import { changed, isObject, parseJson, shown } from './json-text.js';
import { withoutTokens } from './opaque.js';
import { isToken } from './requests.js';

const SECRET = '{{secret}}';
const HARMLESS_HEADER = /^(?:accept(?:-.*)?|content-(?:type|length|encoding)|host|user-agent|x-project-id|x-sdk-date|x-language|x-request-id)$/i;
const HARMLESS_PARAMETER = /^(?:limit|marker|page_reverse|enterprise_project_id)$/i;
const NAMED = '(?:token|secret|passw|authorization|api[-_]?key|access[-_]?key|signature|credential)';
const HIDDEN_NAME = new RegExp(`${NAMED}|cookie|auth|^(?:ak|sk|sig|key|jwt|code)$`, 'i');
/** A name and a value anywhere: in a command line, a comment, a text that cannot be read. */
const ANYWHERE = new RegExp(
  `(\\[\\s*["'][\\w-]*${NAMED}[\\w-]*["']\\s*,\\s*["']|(?:[\\w-]*${NAMED}[\\w-]*|\\bcookie)\\\\*["']?\\s*[:=]\\s*\\\\*["']?)([^"'\\n&\\\\]+)`, 'gi');

const PLACEHOLDERS = /\{\{[^}]*\}\}|\$\{\w+\}|\$\w+|<[\w-]+>/g;

/** Whether a value is nothing but placeholders. */
const isOpen = (value) => value.replace(PLACEHOLDERS, '').replace(/^\s*(?:bearer|basic)\b/i, '').trim() === '';

const hide = (value, name = '') => (isOpen(value) ? value : isToken([name]) ? '{{token}}' : SECRET);

function cleanUrl(url) {
  return url
    .replace(/(:\/\/)[^/?#]*@/, '$1')
    .replace(/([?&;#])([^=&;#]*)=([^&;#]*)/g, (_, before, name, value) => `${before}${name}=${HARMLESS_PARAMETER.test(name) ? value : hide(value)}`);
}

/** A text without what is secret in it. */
export function withoutSecrets(text) {
  let clean = text;
  if (/^\s*[{[]/.test(text)) {
    try {
      clean = changed(text, jsonSecrets(parseJson(text)));
    } catch {
      // It cannot be read, so only names can tell.
    }
  } else clean = changed(text, httpSecrets(text));
  return withoutTokens(clean, SECRET)
    .replace(/\w+:\/\/[^\s"'`]+/g, cleanUrl)
    .replace(/(\s(?:-u|--user)[\s=]+)(\S+)/g, (_, before, value) => before + hide(value))
    .replace(ANYWHERE, (_, before, value) => before + hide(value));
}

const replaced = ({ from, to, text }, insert) => (text === insert ? [] : [{ from, to, insert }]);

function httpSecrets(text) {
  const lines = httpLines(text);
  const names = (value) => [...value.matchAll(/\{\{\s*([\w.-]+)\s*\}\}/g)].map(([, name]) => name);
  // A variable is as secret as what it is used for.
  const secretPart = ({ kind, name, value }) => {
    if (kind === 'header') return HARMLESS_HEADER.test(name.text) ? '' : value.text;
    return kind === 'request' || kind === 'target' ? value.text.match(/:\/\/[^/]*@|[?&#].*/g)?.join() ?? '' : '';
  };
  const used = new Set(lines.flatMap((line) => names(secretPart(line))));
  const definitions = lines.filter(({ kind }) => kind === 'definition');
  for (let count = -1; count !== used.size; ) {
    count = used.size;
    for (const { name, value } of definitions) if (used.has(name.text)) names(value.text).forEach((other) => used.add(other));
  }
  return lines.flatMap((line) => {
    const { kind, name, value } = line;
    if (kind === 'request' || kind === 'target') return replaced(value, cleanUrl(value.text));
    if (kind === 'header') return HARMLESS_HEADER.test(name.text) ? [] : replaced(value, hide(value.text, name.text));
    if (kind === 'stray') return replaced(line, hide(line.text));
    if (kind === 'script') return replaced(line, cleanScript(line.text));
    if (kind !== 'definition') return [];
    const hidden = used.has(name.text) || HIDDEN_NAME.test(name.text) || /^[^\s/]{40,}$/.test(value.text);
    return replaced(value, hidden ? hide(value.text) : cleanUrl(value.text));
  });
}

/** A line of a script with nothing in it but its ends. */
function cleanScript(text) {
  const [, begin = '', inside, end = ''] = /^([<>]\s*\{%)?\s*([^]*?)\s*(%\}.*)?$/.exec(text);
  return [begin, inside && hide(inside), end.slice(0, 2)].filter(Boolean).join(' ');
}

function jsonSecrets(root) {
  const requests = Array.isArray(root.value) ? root.parts.map(({ node }) => node) : [root];
  return requests.flatMap((request) => {
    if (!isObject(request.value) || (request.value.url === undefined && request.value.method === undefined)) return [];
    return request.parts.flatMap(({ key, node }) => {
      if (key === 'method' || key === 'body') return [];
      if (key === 'url') return strings(node, cleanUrl);
      if (key === 'headers') return headerSecrets(node);
      if (key === 'context') return unknownStrings(node, CONTEXT);
      return strings(node, (own) => hide(own));
    });
  });
}

function headerSecrets({ parts = [] }) {
  return parts.flatMap(({ key, node }) => {
    const [name, ...values] = key === undefined ? (node.parts ?? []).map((part) => part.node) : [{ value: key }, node];
    return HARMLESS_HEADER.test(String(name?.value)) ? [] : values.flatMap((value) => strings(value, (own) => hide(own, String(name?.value))));
  });
}

/** The changes that turn each string below a node into another. */
function strings({ from, to, value, parts }, turn) {
  if (parts) return parts.flatMap(({ node }) => strings(node, turn));
  const fresh = typeof value === 'string' ? turn(shown(value)) : value;
  return fresh === value || fresh === shown(value) ? [] : [{ from, to, insert: JSON.stringify(fresh) }];
}

const REFERENCE = { id: true };
const MEMBER = { id: true, address: true, protocol_port: true };

/** What a context can tell, as its type says. */
export const CONTEXT = {
  loadbalancer: { id: true, guaranteed: true, provisioning_status: true, ip_target_enable: true, vpc_id: true, listeners: [REFERENCE] },
  pool: {
    id: true, protocol: true, lb_algorithm: true, type: true, any_port_enable: true, az_affinity: { enable: true },
    session_persistence: { type: true }, slow_start: { enable: true }, vpc_id: true, protection_status: true,
  },
  listeners: [{ id: true, protocol: true, loadbalancers: [REFERENCE] }],
  member: MEMBER,
  members: [MEMBER],
  subnets: [{ id: true, neutron_subnet_id: true, neutron_network_id: true, cidr: true, cidr_v6: true, ipv6_enable: true, vpc_id: true }],
  flavors: [{ id: true, type: true }],
  availability_zones: [[{ code: true }]],
};

/** The shape of what a shape has under a name, or in a list. */
const inside = (shape, key) => (key === undefined ? shape?.[0] : Object.hasOwn(shape ?? {}, key) ? shape[key] : undefined);

function unknownStrings(node, shape) {
  if (shape === undefined) return strings(node, (own) => hide(own));
  return (node.parts ?? []).flatMap((part) => unknownStrings(part.node, inside(shape, part.key)));
}

export const MEMBERS = Object.keys(CONTEXT);

/** Of what was pasted, what is known of a target. */
export function knownMembers(value, shape = CONTEXT) {
  if (typeof value === 'string') return withoutTokens(value, SECRET);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => knownMembers(item, inside(shape)));
  const known = Object.entries(value).filter(([name]) => inside(shape, name) !== undefined);
  return Object.fromEntries(known.map(([name, own]) => [name, knownMembers(own, inside(shape, name))]));
}
