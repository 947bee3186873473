// The state that a link carries, and contexts, which are a part of it.

import { inspectFile, operations } from 'elblint';
import { isObject } from './json-text.js';
import { knownMembers, withoutSecrets } from './secrets.js';

/** What is wrong with a context; undefined where nothing is. */
export function contextFault(context) {
  // What says nothing at all is no context either, though a check can do without one.
  if (!isObject(context)) return 'a response of the API is an object, such as {"pool": {"protocol": "HTTP"}}';
  try {
    inspectFile('UpdatePool.json', '{}', context);
    return undefined;
  } catch (error) {
    return error.message.replace(/^elblint: (?:context cannot be used: )?/, '');
  }
}

/** Whether a value can be used as a context. */
export const isContext = (value) => isObject(value) && contextFault(value) === undefined;

/** Whether two objects may be the same one; of another one nothing is kept. */
const agree = (one, other) => isObject(one) && isObject(other) && (one.id === undefined || other.id === undefined || one.id === other.id);

/** Later knowledge over earlier, an object at a time. */
export function merged(old, fresh) {
  const entries = Object.entries(fresh).map(([name, value]) => [name, agree(old[name], value) ? { ...old[name], ...value } : value]);
  return { ...old, ...Object.fromEntries(entries) };
}

/** What of the state may be read by anyone. */
export const shareable = ({ text, context, operation, view }) => ({ text: withoutSecrets(text), context: knownMembers(context), operation, view });

/** The state as the fragment of a link. */
export function toHash(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(shareable(state)));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `#1.${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** The state that a fragment carries; undefined where it carries none. */
export function fromHash(hash) {
  if (!hash.startsWith('#1.')) return undefined;
  try {
    const binary = atob(hash.slice(3).replaceAll('-', '+').replaceAll('_', '/'));
    const { text, context, operation, view } = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0))));
    if (typeof text !== 'string') return undefined;
    return {
      text,
      context: isContext(context) ? knownMembers(context) : {},
      ...(operations.some(({ name }) => name === operation) && { operation }),
      view: view === 'text' ? 'text' : 'compose',
    };
  } catch {
    return undefined;
  }
}

/** Keeps the state for this tab alone, and as a link would carry it, so that no secret is stored. */
export function keep(state) {
  try {
    sessionStorage.setItem('elblint', toHash(state));
  } catch {
    // Where the browser does not let the page store anything, a reload begins anew.
  }
}

/** The state that was kept; undefined where none was. */
export function kept() {
  try {
    return fromHash(sessionStorage.getItem('elblint') ?? '');
  } catch {
    return undefined;
  }
}
