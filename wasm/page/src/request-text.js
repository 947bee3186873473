// The text of a request: .http, JSON, or a mere body. It is read for the form, and what the form changes is changed
// in it, so that comments, further requests and whatever else was typed stay.

import { httpLines, variables } from './http-text.js';
import { changed, isObject, isPlaceholder, isString, parseJson, rewrite, shown, stringify, verbatim } from './json-text.js';
import { write } from './request-forms.js';
import { bodyOperation, isToken, newRequest, operationOf } from './requests.js';

const isJson = (text) => /^\s*[{[]/.test(text);

/** Whether a text looks like a request. */
export const isRequest = (text) => httpLines(text).some(({ kind, name }) => kind === 'request' && name.text) || (isJson(text) && /"url"/.test(text));

/** The characters of methods and of the names of headers. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * What a text says: the request, its operation, the context that it brings itself, and `change(what)`, which is the
 * text with another method, URL, token, body or context; a body is a value, or its `source`, a text. Beside them the
 * request as it is `judged`: with the variables of the file filled in, and the body as it is written. Where the text is
 * not to be read as a request, only the problem. `operation` is the one that a mere body is for, unless it tells.
 */
export function read(text, operation) {
  const name = !isJson(text) ? 'request.http' : /"(?:url|method)"/.test(text) ? 'request.json' : `${operation}.json`;
  try {
    const found = isJson(text) ? readJson(text, operation) : readHttp(text);
    refuse(found.judged);
    return { name, ...found };
  } catch (error) {
    return { name, problem: error.message };
  }
}

/** What no client could send must not get into a command line. */
function refuse({ method, url, headers }) {
  if (!TOKEN.test(method)) throw new Error(`${JSON.stringify(method)} is no method`);
  if (/[\0-\x1f\x7f]/.test(url)) throw new Error(`${JSON.stringify(url)} is no URL`);
  const odd = headers.find(([name, value]) => !TOKEN.test(name) || /[\0-\x08\x0a-\x1f\x7f]/.test(value));
  if (odd) throw new Error(`${JSON.stringify(odd.join(': '))} is no header`);
}

function readHttp(text) {
  const lines = httpLines(text);
  const start = lines.findIndex(({ kind }) => kind === 'request' || kind === 'slip');
  if (lines[start]?.kind !== 'request') throw new Error(lines[start]?.text.startsWith('curl ') ? 'it is a curl command with parts that only a shell can read' : 'it has no line with a method and a URL');
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
  const source = body && text.slice(body.from, body.to);
  const headEnd = of('request', 'target', 'header').at(-1).to;
  const filled = variables(lines, first.from);
  const judged = {
    method: request.method,
    url: filled(request.url),
    headers: headers.map(([name, value]) => [name, filled(value)]),
    // Lines between those of the body are comments.
    body: body && filled(bodies.map(({ from, to }) => text.slice(text.lastIndexOf('\n', from) + 1, to)).join('\n').trim()),
  };

  function change({ method, url, token, body: wanted, source: whole }) {
    const changes = [];
    if (method !== undefined || url !== undefined) {
      const line = [method ?? request.method, url ?? request.url].filter(Boolean).join(' ');
      changes.push({ from: first.from, to: targets.at(-1).value.to, insert: line });
    }
    if (token !== undefined) {
      const header = of('header').find(({ name }) => isToken([name.text]));
      if (!header) changes.push({ from: headEnd, to: headEnd, insert: token && `\nX-Auth-Token: ${token}` });
      // With the break before it, the line is gone.
      else if (token === '') changes.push({ from: text.lastIndexOf('\n', header.from), to: header.to + /^[^\n]*/.exec(text.slice(header.to))[0].length, insert: '' });
      else changes.push({ ...header.value, insert: header.value.text || header.text.endsWith(' ') ? token : ` ${token}` });
    }
    const fresh = whole ?? (wanted !== undefined && !body ? stringify(wanted, 2) : undefined);
    if (fresh !== undefined) changes.push(body ? { ...body, insert: fresh } : { from: headEnd, to: headEnd, insert: `\n\n${fresh}\n` });
    else if (wanted !== undefined) changes.push(...rewrite(text, body, wanted));
    return changed(text, changes);
  }

  return { request, judged, source, operation: operationOf(judged.method, judged.url), line: first.line, change };
}

function readJson(text, fallback) {
  const document = parseJson(text);
  const node = Array.isArray(document.value) ? document.parts[0]?.node : document;
  const value = node?.value;
  if (!isObject(value)) throw new Error('the first element of the list is no request');
  if (value.method === undefined && value.url === undefined && node === document) return readBody(text, document, fallback);
  for (const name of ['method', 'url']) {
    if (!isString(value[name]) && !isPlaceholder(value[name])) throw new Error(`the request has no ${name}`);
  }
  const [method, url] = [shown(value.method), shown(value.url)];
  const headers = headerPairs(value.headers);
  const inner = isString(value.body) && !isPlaceholder(value.body) ? parseJson(value.body) : undefined;
  const body = inner ? inner.value : value.body;
  const place = node.parts.findLast(({ key }) => key === 'body')?.node;
  const source = inner ? value.body : place && text.slice(place.from, place.to);

  function change({ token, body: wanted, source: whole, ...what }) {
    const fresh = { ...value, ...what };
    if (token !== undefined) fresh.headers = withToken(value.headers, headers, token);
    if (wanted !== undefined) fresh.body = inner ? changed(value.body, rewrite(value.body, inner, wanted)) : wanted;
    // A text that came from a .http file may have comments.
    const plain = whole?.replace(/^[ \t]*(?:#|\/\/).*\n?/gm, '');
    if (plain !== undefined && !place) fresh.body = verbatim(plain);
    const changes = rewrite(text, node, fresh);
    if (plain !== undefined && place) changes.push({ ...place, insert: inner ? JSON.stringify(plain) : plain });
    return changed(text, changes);
  }

  /** The request as it is written, alone; perhaps with another context. */
  function alone(context = value.context) {
    const own = text.slice(node.from, node.to);
    return `${changed(own, rewrite(own, parseJson(own), { ...value, context }))}\n`;
  }

  const line = text.slice(0, node.from).split('\n').length;
  const judged = { method, url, headers, body: source };
  return { request: { ...judged, body }, judged, source, operation: operationOf(method, url), context: value.context, line, change, alone };
}

function readBody(text, node, fallback) {
  const operation = bodyOperation(node.value) ?? fallback;
  const source = text.slice(node.from, node.to);
  const judged = { ...newRequest(operation), body: source };

  function change({ token, body, source: whole = source, ...what }) {
    if (body !== undefined) return changed(text, rewrite(text, node, body));
    // A body has no room for the rest of a request.
    return write({ ...judged, ...what, body: whole, ...(token !== undefined && { headers: withToken([], judged.headers, token) }) });
  }

  return { request: { ...judged, body: node.value }, judged, source, operation, name: `${operation}.json`, line: 1, change, isBody: true };
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
