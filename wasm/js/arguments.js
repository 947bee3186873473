// From what a caller hands over to texts that can cross into the module, or a TypeError that says what is wrong.

import { isSameContext } from './contexts.js';
import { contextFault } from './core.js';
import { operations } from './operations.js';

/** What a value is, in words. */
function kind(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `of type ${typeof value}`;
}

/** The kind of an object by its class, as the language knows it. */
function typeOf(value) {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

/** A text, or a TypeError. */
export function text(name, value) {
  if (typeof value !== 'string') throw new TypeError(`elblint: ${name} must be a string, but is ${kind(value)}`);
  return value;
}

/** A TypeError for what holds something that JSON does not see, as a promise or a map does. */
function refuse(name, value) {
  const type = typeOf(value);
  throw new TypeError(`elblint: ${name} must be a plain object, but is ${/^[AEIO]/.test(type) ? 'an' : 'a'} ${type}`);
}

/** A value as JSON text. */
export function json(name, value) {
  if (ArrayBuffer.isView(value) || value instanceof String) refuse(name, value);
  let written;
  try {
    written = JSON.stringify(value);
  } catch (error) {
    throw new TypeError(`elblint: ${name} cannot be written as JSON: ${error?.message}`, { cause: error });
  }
  if (written === undefined) throw new TypeError(`elblint: ${name} cannot be written as JSON: it is ${kind(value)}`);
  if (written === '{}' && typeOf(value) !== 'Object') refuse(name, value);
  return written;
}

/** The context that was good last, as text and as an object of its own: the same one mostly comes again. */
let lastWritten;
let lastKnown;

/** A good context as JSON text, which is empty where nothing is known. */
export function context(value) {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') throw new TypeError(`elblint: context must be an object, but is ${kind(value)}`);
  if (lastKnown !== undefined && isSameContext(value, lastKnown)) return lastWritten;
  const written = json('context', value);
  const fault = contextFault(written);
  if (fault !== undefined) throw new TypeError(`elblint: context cannot be used: ${fault}`);
  const known = JSON.parse(written);
  // Against one that says nothing, another that says nothing of what is known would be the same, which is a fault.
  lastKnown = Object.keys(known).length > 0 ? known : undefined;
  lastWritten = written;
  return written;
}

/** Options, of which the context is the only one there is. */
export function options(value) {
  const { context: own, ...others } = value ?? {};
  const [other] = typeof value === 'object' ? Object.keys(others) : [];
  if (other !== undefined || !['object', 'undefined'].includes(typeof value)) {
    const found = other === undefined ? `but they are ${kind(value)}` : `and not "${other}"`;
    throw new TypeError(`elblint: options must be { context }, ${found}`);
  }
  return { context: context(own) };
}

/** A request, which must at least be an object. */
export function request(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`elblint: a request must be an object with method and url, but is ${kind(value)}`);
  }
  return value;
}

/** The parts of a request, as JSON has them. */
export function parts(asked) {
  if (typeOf(asked) === 'Request') {
    throw new TypeError('elblint: the body of a Request cannot be read at once; hand over { method, url, headers, body: await request.text() }');
  }
  const { method, url, headers, body, context } = asked;
  return { method, url: typeOf(url) === 'URL' ? url.href : url, headers: named(headers), body, context };
}

/** Whether this is a text of one line. */
export function isLine(value) {
  return typeof value === 'string' && !value.includes('\n');
}

/** Headers by their names, where they are pairs or of a class of their own. */
function named(headers) {
  if (typeof headers !== 'object' || headers === null) return headers;
  if (typeof headers[Symbol.iterator] !== 'function') {
    if (typeOf(headers) !== 'Object' && Object.keys(headers).length === 0) refuse('headers', headers);
    return headers;
  }
  const pairs = [...headers];
  return pairs.every((pair) => Array.isArray(pair) && pair.length === 2) ? Object.fromEntries(pairs) : pairs;
}

/** Headers as lines, a name and a value by turns; undefined where they are no texts by their names. */
export function lines(headers) {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return undefined;
  // No rule tells one kind of line break from another.
  const line = (part) => `${part.replaceAll('\n', '\r')}\n`;
  let written = '';
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') return undefined;
    written += line(name) + line(value);
  }
  return written;
}

/** What is known of an operation. */
export function operation(name) {
  const found = operations.find((operation) => operation.name === name);
  if (!found) {
    const names = operations.map((operation) => operation.name).join(', ');
    throw new TypeError(`elblint: ${typeof name === 'string' ? `"${name}"` : 'that'} is none of the operations ${names}`);
  }
  return found;
}
