// The text of a request: .http, JSON, or a mere body. It is read for the form, and what the form changes is changed
// in it, so that comments, further requests and whatever else was typed stay.

import { bodyOperation, isToken, newRequest, operationOf } from './requests.js';
import { httpLines } from './http-text.js';
import { changed, isObject, isPlaceholder, parseJson, rewrite, shown, stringify } from './json-text.js';

const isJson = (text) => /^\s*[{[]/.test(text);

/** Whether a text looks like a request. */
export const isRequest = (text) => httpLines(text).some(({ kind, name }) => kind === 'request' && name.text) || (isJson(text) && /"url"/.test(text));

/**
 * What a text says: the request, its operation, the context that it brings itself, and `change(what)`, which is the
 * text with another method, URL, token, body or context. Where it is not to be read as a request, only the problem.
 * `operation` is the one that a mere body is for, unless it tells.
 */
export function read(text, operation) {
  const name = !isJson(text) ? 'request.http' : /"(?:url|method)"/.test(text) ? 'request.json' : `${operation}.json`;
  try {
    return { name, ...(isJson(text) ? readJson(text, operation) : readHttp(text)) };
  } catch (error) {
    return { name, problem: error.message };
  }
}

function readHttp(text) {
  const lines = httpLines(text);
  const start = lines.findIndex(({ kind }) => kind === 'request' || kind === 'slip');
  if (lines[start]?.kind !== 'request') throw new Error('there is no request line, such as PUT https://…');
  const length = lines.slice(start).findIndex(({ kind }) => kind === 'separator');
  const own = lines.slice(start, length < 0 ? undefined : start + length);
  const of = (...kinds) => own.filter(({ kind }) => kinds.includes(kind));
  if (of('file').length > 0) throw new Error('the body is in another file');
  if (of('stray').length > 0) throw new Error(`line ${of('stray')[0].line}: this is no header`);
  const [first] = own;
  const targets = of('request', 'target');
  const headers = of('header').map(({ name, value }) => [name.text, value.text]);
  const bodies = of('body');
  const body = bodies.length > 0 ? parseJson(text, { from: bodies[0].from, to: bodies.at(-1).to, comments: true }) : undefined;
  const request = { method: first.name.text || 'GET', url: targets.map(({ value }) => value.text).join(''), headers, body: body?.value };
  const headEnd = of('request', 'target', 'header').at(-1).to;

  function change({ method, url, token, body: wanted }) {
    const changes = [];
    if (method !== undefined || url !== undefined) {
      const line = `${method ?? request.method} ${url ?? request.url}`;
      changes.push({ from: first.from, to: targets.at(-1).value.to, insert: line });
    }
    if (token !== undefined) {
      const header = of('header').find(({ name }) => isToken([name.text]));
      if (!header) changes.push({ from: headEnd, to: headEnd, insert: token && `\nX-Auth-Token: ${token}` });
      // With the break before it, the line is gone.
      else if (token === '') changes.push({ from: text.lastIndexOf('\n', header.from), to: header.to, insert: '' });
      else changes.push({ ...header.value, insert: header.value.text || header.text.endsWith(' ') ? token : ` ${token}` });
    }
    if (wanted !== undefined) changes.push(...(body ? rewrite(text, body, wanted) : [{ from: headEnd, to: headEnd, insert: `\n\n${stringify(wanted, 2)}\n` }]));
    return changed(text, changes);
  }

  return { request, operation: operationOf(request.method, request.url), line: first.line, change };
}

function readJson(text, fallback) {
  const document = parseJson(text);
  const node = Array.isArray(document.value) ? document.parts[0]?.node : document;
  const value = node?.value;
  if (!isObject(value)) throw new Error('the first element of the list is no request');
  if (value.method === undefined && value.url === undefined && node === document) return readBody(text, document, fallback);
  for (const name of ['method', 'url']) {
    if (typeof value[name] !== 'string') throw new Error(`the request has no ${name}`);
  }
  const [method, url] = [shown(value.method), shown(value.url)];
  const headers = headerPairs(value.headers);
  const inner = typeof value.body === 'string' && !isPlaceholder(value.body) ? parseJson(value.body) : undefined;
  const body = inner ? inner.value : value.body;

  function change({ token, body: wanted, ...what }) {
    const fresh = { ...value, ...what };
    if (token !== undefined) fresh.headers = withToken(value.headers, headers, token);
    if (wanted !== undefined) fresh.body = inner ? changed(value.body, rewrite(value.body, inner, wanted)) : wanted;
    return changed(text, rewrite(text, node, fresh));
  }

  const line = text.slice(0, node.from).split('\n').length;
  return { request: { method, url, headers, body }, operation: operationOf(method, url), context: value.context, line, change };
}

function readBody(text, node, fallback) {
  const operation = bodyOperation(node.value) ?? fallback;
  const request = { ...newRequest(operation), body: node.value };

  function change({ token, ...what }) {
    if (Object.keys(what).join() === 'body') return changed(text, rewrite(text, node, what.body));
    // A body has no room for the rest of a request.
    return write({ ...request, ...what, ...(token !== undefined && { headers: withToken([], request.headers, token) }) });
  }

  return { request, operation, name: `${operation}.json`, line: 1, change, isBody: true };
}

/** Headers as an object has them, or a list of pairs. */
function headerPairs(headers) {
  const pairs = Array.isArray(headers) ? headers.filter((pair) => Array.isArray(pair) && pair.length === 2) : isObject(headers) ? Object.entries(headers) : [];
  return pairs.map((pair) => pair.map(shown));
}

/** Headers with another token, in the form that they have. */
function withToken(headers, pairs, token) {
  const all = pairs.some(isToken) ? pairs.map((pair) => (isToken(pair) ? [pair[0], token] : pair)) : [...pairs, ['X-Auth-Token', token]];
  const kept = all.filter((pair) => !isToken(pair) || token !== '');
  return Array.isArray(headers) ? kept : Object.fromEntries(kept);
}

/** A request as the text of a .http file. */
export function write({ method, url, headers, body }) {
  const head = headers.map(([name, value]) => `${name}: ${value}\n`).join('');
  return `${method} ${url}\n${head}${body === undefined ? '' : `\n${stringify(body, 2)}\n`}`;
}

/** A request and what is known of its target as JSON. */
export function writeJson({ method, url, headers, body }, context) {
  const known = Object.keys(context).length > 0 ? context : undefined;
  return `${stringify({ method, url, headers: Object.fromEntries(headers), body, context: known }, 2)}\n`;
}

/** A request as a curl command. */
export function writeCurl({ method, url, headers, body }) {
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [`curl -X ${method} ${quote(url)}`, ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)];
  if (body !== undefined) parts.push(`-d ${quote(stringify(body, 2))}`);
  return `${parts.join(' \\\n  ')}\n`;
}
