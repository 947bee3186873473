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

/** A text, or a TypeError. */
export function text(name, value) {
  if (typeof value !== 'string') throw new TypeError(`elblint: ${name} must be a string, but is ${kind(value)}`);
  return value;
}

/** A value as JSON text. */
export function json(name, value) {
  let written;
  try {
    written = JSON.stringify(value);
  } catch (error) {
    throw new TypeError(`elblint: ${name} cannot be written as JSON: ${error?.message}`, { cause: error });
  }
  if (written === undefined) throw new TypeError(`elblint: ${name} cannot be written as JSON: it is ${kind(value)}`);
  return written;
}

/** A context as JSON text. */
export function contextText(name, value) {
  const written = json(name, value);
  const type = Object.prototype.toString.call(value).slice('[object '.length, -1);
  // A promise or a map has members that JSON does not see, and says nothing where it should have said something.
  if (written === '{}' && type !== 'Object') throw new TypeError(`elblint: ${name} must be a plain object, but is a ${type}`);
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
  const written = contextText('context', value);
  const fault = contextFault(written);
  if (fault !== undefined) throw new TypeError(`elblint: context cannot be used: ${fault}`);
  const known = JSON.parse(written);
  // Against one that says nothing, another that says nothing of what is known would be the same, which is a fault.
  lastKnown = Object.keys(known).length > 0 ? known : undefined;
  lastWritten = written;
  return written;
}

/** A request, which must at least be an object. */
export function request(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`elblint: a request must be an object with method and url, but is ${kind(value)}`);
  }
  return value;
}

/** Whether this is a text of one line. */
export function isLine(value) {
  return typeof value === 'string' && !value.includes('\n');
}

/** Headers as lines, a name and a value by turns; undefined where they cannot be taken as they are. */
export function headers(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  const pairs = typeof value[Symbol.iterator] === 'function' ? [...value] : Object.entries(value);
  const good = (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
  // No rule tells one kind of line break from another.
  return pairs.every(good) ? pairs.flat().map((part) => `${part.replaceAll('\n', '\r')}\n`).join('') : undefined;
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
