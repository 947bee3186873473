// The state as text, and text as state: .http, JSON, curl, and the fragment of a link.

import { operations } from 'elblint';

const HOST = 'https://{{endpoint}}';

/** A fresh request of an operation. */
export function newRequest(operation) {
  const { method, path } = operations.find(({ name }) => name === operation);
  const url = HOST + path.replace(/\{(\w+)\}/g, '{{$1}}');
  const headers = [['Content-Type', 'application/json'], ['X-Auth-Token', '{{token}}']];
  return { method, url, headers, body: EMPTY[operation] ?? {} };
}

const EMPTY = {
  UpdatePool: { pool: { lb_algorithm: 'ROUND_ROBIN' } },
  UpdateMember: { member: { weight: 10 } },
  BatchCreateMembers: { members: [{ address: '192.168.0.48', protocol_port: 80, subnet_cidr_id: '{{subnet}}' }] },
  UpgradeLoadBalancer: { action: 'rollback' },
};

/** The operation that a method and a URL ask for. */
function operationOf(method, url) {
  const path = /^[^?#]*/.exec(url.replace(/^\w+:\/\//, '').replace(/^[^/]*/, ''))[0].split('/');
  const fits = (template) => {
    const steps = template.split('/');
    return steps.length === path.length && steps.every((step, at) => step.startsWith('{') || step === path[at]);
  };
  return operations.find((operation) => operation.method === method.toUpperCase() && fits(operation.path))?.name;
}

/** Whether a text looks like a request. */
export const isRequest = (text) => /^\s*(?:#.*\s+|\/\/.*\s+)*(?:PUT|POST|GET|DELETE|PATCH) \S/.test(text) || /^\s*\{[^]*"url"/.test(text);

/** The request that a text holds, as far as it can be read. */
export function parse(text) {
  try {
    return /^\s*\{/.test(text) ? parseJson(text) : parseHttp(text);
  } catch (error) {
    return { request: {}, problem: `The form waits until this can be read: ${error.message}` };
  }
}

function parseJson(text) {
  const { method, url, headers, body, context } = JSON.parse(text);
  const operation = operationOf(String(method), String(url));
  const inner = typeof body === 'string' ? JSON.parse(body) : body;
  const request = { method, url, headers: Object.entries(headers ?? {}), body: inner ?? {} };
  return { request: { ...request, ...(operation && { operation }), ...(context && { context }) } };
}

function parseHttp(text) {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^[A-Z]+ \S/.test(line));
  if (start < 0) throw new Error('there is no request line, such as PUT https://…');
  const [method, url] = lines[start].split(/\s+/);
  let at = start + 1;
  const headers = [];
  for (; at < lines.length && lines[at].trim() !== ''; at += 1) {
    const header = /^([\w-]+):\s*(.*)$/.exec(lines[at]);
    if (header) headers.push([header[1], header[2]]);
  }
  const rest = lines.slice(at);
  const end = rest.findIndex((line) => line.startsWith('###'));
  const body = (end < 0 ? rest : rest.slice(0, end)).join('\n').trim();
  const operation = operationOf(method, url);
  const problem = end >= 0 ? 'The form shows the first request.' : undefined;
  return { request: { method, url, headers, body: body ? JSON.parse(body) : {}, ...(operation && { operation }) }, problem };
}

/** The state as the text of a .http file. */
export function write({ method, url, headers, body }) {
  const head = headers.map(([name, value]) => `${name}: ${value}\n`).join('');
  return `${method} ${url}\n${head}\n${JSON.stringify(body, null, 2)}\n`;
}

/** The state as a JSON request. */
export const writeJson = ({ method, url, headers, body }) =>
  `${JSON.stringify({ method, url, headers: Object.fromEntries(headers), body }, null, 2)}\n`;

/** The state as a curl command. */
export function writeCurl({ method, url, headers, body }) {
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [`curl -X ${method} ${quote(url)}`, ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)];
  return `${[...parts, `-d ${quote(JSON.stringify(body, null, 2))}`].join(' \\\n  ')}\n`;
}

const SECRET = /token|authorization|cookie|secret|password/i;

/** The state without anything secret: a link may be read by anyone. */
export function withoutSecrets(state) {
  const headers = state.headers.map(([name, value]) => [name, SECRET.test(name) ? '{{token}}' : value]);
  const url = state.url.replace(/([?&][^=&]*(?:token|secret|signature)[^=&]*=)[^&#]*/gi, '$1{{token}}');
  return { ...state, headers, url };
}

/** The state as the fragment of a link. */
export function toHash(state) {
  const { operation, method, url, headers, body, context, view } = withoutSecrets(state);
  const bytes = new TextEncoder().encode(JSON.stringify({ operation, method, url, headers, body, context, view }));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `#1.${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** The state that a fragment carries; undefined where it carries none. */
export function fromHash(hash) {
  if (!hash.startsWith('#1.')) return undefined;
  try {
    const binary = atob(hash.slice(3).replaceAll('-', '+').replaceAll('_', '/'));
    const state = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0))));
    const strings = [state.method, state.url, state.operation].every((part) => typeof part === 'string');
    const pairs = Array.isArray(state.headers) && state.headers.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string'));
    const objects = [state.body, state.context].every((part) => typeof part === 'object' && part !== null);
    if (!strings || !pairs || !objects || !operations.some(({ name }) => name === state.operation)) return undefined;
    const { operation, method, url, headers, body, context } = state;
    return { operation, method, url, headers, body, context, view: state.view === 'text' ? 'text' : 'compose' };
  } catch {
    return undefined;
  }
}
