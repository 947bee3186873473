// The values of a body in controls, and back.

import { choose, el } from './dom.js';
import { bare, isObject, isPlaceholder, numeral, shown } from './json-text.js';

const NOT_SENT = 'not sent';

/** The options of a field that has few values; undefined for any other. */
export function choices(field) {
  const values = field.type === 'boolean' ? [true, false] : field.enum;
  const text = (value) => (value === '' ? '"" (blank)' : String(value));
  const options = values?.map((value, index) => el('option', { value: JSON.stringify(value), title: field.enumDescriptions?.[index], text: text(value) }));
  return options && [el('option', { value: '', text: NOT_SENT }), ...options];
}

/** What a control says. */
export function valueOf(input, field) {
  if (input.value === '') return undefined;
  if (input.tagName === 'SELECT') return JSON.parse(input.value);
  if (field.type === 'integer') return numeral(input.value.trim()) ?? bare(input.value.trim());
  if (field.type === 'array') return input.value.split(/[\s,]+/).filter(Boolean);
  return input.value;
}

/** What is sent, and yet is no text: it stands where other fields say that they are not sent. */
export const blank = (value) => (value === null || value === '' || (Array.isArray(value) && value.length === 0) ? JSON.stringify(value) : undefined);

/** Makes a control say a value; one that is typed in keeps its text. */
export function write(input, value, field, keep) {
  input.classList.toggle('set', value !== undefined);
  if (input.tagName === 'SELECT') {
    const open = value === null || isPlaceholder(value);
    return choose(input, value === undefined ? '' : JSON.stringify(value), open ? shown(value) : `${shown(value)} (not permitted)`);
  }
  const odd = blank(value);
  input.classList.toggle('odd', odd !== undefined);
  input.placeholder = odd ?? placeholder(field);
  const list = Array.isArray(value) && value.every((item) => typeof item === 'string');
  const text = value === undefined || odd ? '' : list ? value.join(', ') : shown(value);
  if (!keep && input.value !== text) input.value = text;
}

function placeholder(field) {
  if (field.minimum !== undefined) return `${field.minimum} to ${field.maximum}`;
  if (field.type === 'array') return 'one, two';
  return field.required ? '' : NOT_SENT;
}

const steps = (pointer) => pointer.split('/').slice(1);

/** The value at a pointer. */
export const at = (body, pointer) => steps(pointer).reduce((here, step) => here?.[step], body);

/** Puts a value into a body, or takes it out; an object that becomes empty goes with it, unless it is the body's own. */
export function put(body, pointer, value) {
  const way = steps(pointer);
  const last = way.pop();
  let here = body;
  way.forEach((step, index) => {
    const isList = /^\d+$/.test(way[index + 1] ?? last);
    // What stands where an object or a list belongs has no room for a field.
    if (!(isList ? Array.isArray : isObject)(here[step])) here[step] = isList ? [] : {};
    here = here[step];
  });
  if (value !== undefined) here[last] = value;
  else {
    delete here[last];
    if (way.length > 1 && Object.keys(here).length === 0 && !/^\d+$/.test(way.at(-1))) put(body, `/${way.join('/')}`, undefined);
  }
}
