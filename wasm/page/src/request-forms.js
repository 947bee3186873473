// A request in the forms that others take: .http, JSON and curl. Its body is text, and stays as it is written.

import { parseJson, stringify } from './json-text.js';

/** As the text of a .http file. */
export function write({ method, url, headers, body }) {
  const head = headers.map(([name, value]) => `${name}: ${value}\n`).join('');
  return `${method} ${url}\n${head}${body === undefined ? '' : `\n${body}\n`}`;
}

/** As JSON, with what is known of its target. */
export function writeJson({ method, url, headers, body }, context) {
  // A header that comes twice has both values, as in HTTP.
  const joined = new Map();
  for (const [name, value] of headers) joined.set(name, joined.has(name) ? `${joined.get(name)}, ${value}` : value);
  const members = {
    method: stringify(method),
    url: stringify(url),
    headers: stringify(Object.fromEntries(joined), 2),
    body: body !== undefined && (isValue(body) ? body : JSON.stringify(body)),
    context: Object.keys(context).length > 0 && stringify(context, 2),
  };
  const lines = Object.entries(members).filter(([, text]) => text).map(([name, text]) => `"${name}": ${text}`.replaceAll('\n', '\n  '));
  return `{\n  ${lines.join(',\n  ')}\n}\n`;
}

/** Whether a body can stand in a JSON document as it is; else it stands there as a string, which is read as its text. */
function isValue(body) {
  try {
    parseJson(body);
    return !body.trim().startsWith('"');
  } catch {
    return false;
  }
}

/** As a curl command. */
export function writeCurl({ method, url, headers, body }) {
  // A shell is told what a word is, whatever somebody else's link says.
  const quote = (text) => (/^\w[\w-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const typed = body === undefined || headers.some(([name]) => /^content-type$/i.test(name));
  const is = (wanted) => ([name]) => name.toLowerCase() === wanted;
  const [, host = '{{endpoint}}'] = headers.find(is('host')) ?? [];
  const isPath = url.startsWith('/');
  const address = isPath ? `https://${host}${url}` : url;
  // What curl sees to itself would be wrong once the body is changed, or the host is in the URL.
  const own = headers.filter((header) => !is('content-length')(header) && !(isPath && is('host')(header)));
  // Without the header curl would call a body a form's.
  const all = typed ? own : [...own, ['Content-Type', 'application/json']];
  const place = address.startsWith('-') ? `--url ${quote(address)}` : quote(address);
  const parts = [`curl -X ${quote(method)} ${place}`, ...all.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)];
  // With `-d` a body that begins with @ would name a file.
  if (body !== undefined) parts.push(`--data-raw ${quote(body)}`);
  return `${parts.join(' \\\n  ')}\n`;
}
