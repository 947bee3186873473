// JSON as a part of a text: read with the places of its values, and changed without touching what stays the same.

/**
 * Marks a string that holds JSON as it stands in the text: a placeholder in the place of a number, or a number that
 * JavaScript would write in another way. Half a character, which nobody can type.
 */
const BARE = '\uDC00';

const PLACEHOLDER = /^\uDC00?\{\{[^{}\n]*\}\}$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Whether a value is a placeholder, with quotes or without. */
export const isPlaceholder = (value) => typeof value === 'string' && PLACEHOLDER.test(value);

/** A text as a value that is written without quotes, where it is a placeholder. */
export const bare = (text) => (isPlaceholder(text) ? BARE + text : text);

/** JSON as a value that is written as it stands. */
export const verbatim = (text) => BARE + text;

/** Whether a value is written in quotes. */
export const isString = (value) => typeof value === 'string' && !value.startsWith(BARE);

/** A number as it is written: one that JavaScript would write in another way stays a text, without quotes. */
export const numeral = (text) => (NUMBER.test(text) ? scalarValue(text) : undefined);

/** A value as it is read by people. */
export const shown = (value) => (typeof value !== 'string' ? stringify(value) : isString(value) ? value : value.slice(1));

export const stringify = (value, indent) =>
  // The quote is none that is inside a string, and what it begins is no name.
  JSON.stringify(value, null, indent)?.replace(/(?<!\\)"\\udc00((?:[^"\\]|\\.)*)"(?!:)/g, (_, text) => JSON.parse(`"${text}"`));

/** The value of a string, a number or a word, which is written again as it is written here. */
function scalarValue(text) {
  const value = JSON.parse(text);
  const differs = typeof value === 'number' ? String(value) !== text : typeof value === 'string' && value.startsWith(BARE);
  return differs ? BARE + text : value;
}

/** Whether a value is an object with members. */
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a stretch of a text: `{ from, to, value, parts }`, where the parts of an object or a list have `start`, `key`
 * and `node`. With `comments`, whole lines may be comments.
 */
export function parseJson(text, { from = 0, to = text.length, comments = false } = {}) {
  let at = from;

  function match(pattern) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [''];
    if (at + found.length > to) return '';
    at += found.length;
    return found;
  }

  function fail(what) {
    throw new Error(`line ${text.slice(0, at).split('\n').length}: ${what}`);
  }

  const blank = comments ? /(?:\s+|(?<=^[ \t]*)(?:#|\/\/).*)*/my : /\s*/y;
  const string = () => match(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*"/iy);

  function node() {
    match(blank);
    const start = at;
    const placeholder = match(/\{\{[^{}\n]*\}\}/y);
    if (placeholder) return { from: start, to: at, value: bare(placeholder) };
    if (match(/\{/y)) return list(start, '}');
    if (match(/\[/y)) return list(start, ']');
    const scalar = string() || match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null/iy);
    if (!scalar) fail('a value is missing');
    return { from: start, to: at, value: scalarValue(scalar) };
  }

  function list(start, end) {
    const parts = [];
    const closed = () => (match(blank), text[at] === end && at < to && (at += 1));
    if (!closed()) {
      do {
        match(blank);
        if (parts.length > 0 && text[at] === end) fail('a comma with nothing after it');
        const part = { start: at };
        if (end === '}') {
          const name = string();
          if (!name) fail('a name in quotes is missing');
          part.key = JSON.parse(name);
          match(blank);
          if (!match(/:/y)) fail('a colon is missing');
        }
        parts.push({ ...part, node: node() });
        match(blank);
      } while (match(/,/y));
      if (!closed()) fail(`a comma or ${end} is missing`);
    }
    const value = end === ']' ? parts.map((part) => part.node.value) : Object.fromEntries(parts.map((part) => [part.key, part.node.value]));
    return { from: start, to: at, value, parts };
  }

  const root = node();
  match(blank);
  if (at < to) fail('something stands behind the JSON');
  return root;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The changes of a text that give a node this value; whatever stays the same stays as it is written. */
export function rewrite(text, node, value) {
  if (same(node.value, value)) return [];
  const fits = node.parts?.length > 0 && typeof value === 'object' && value !== null && Array.isArray(value) === Array.isArray(node.value);
  if (!fits) return [{ from: node.from, to: node.to, insert: fresh(text, node.from, value) }];
  const { parts } = node;
  const { kept, added } = Array.isArray(value) ? pairItems(node, value) : pairMembers(node, value);
  if (kept.size === 0) return [{ from: node.from, to: node.to, insert: fresh(text, node.from, value) }];
  const changes = [];
  let last;
  parts.forEach((part, index) => {
    const before = parts[index - 1];
    if (kept.has(part)) {
      last = part;
      changes.push(...rewrite(text, part.node, kept.get(part)));
    } else if (last) changes.push({ from: before.node.to, to: part.node.to, insert: '' });
    else changes.push({ from: part.start, to: parts[index + 1].start, insert: '' });
  });
  // New ones look like those that are there.
  const gap = text.slice(node.from + 1, parts[0].start).includes('\n') ? `\n${indentation(text, parts[0].start)}` : ' ';
  const insert = added.map(([key, own]) => `,${gap}${key === undefined ? '' : `${JSON.stringify(key)}: `}${stringify(own, gap === ' ' ? 0 : 2).replaceAll('\n', gap)}`);
  if (insert.length > 0) changes.push({ from: last.node.to, to: last.node.to, insert: insert.join('') });
  return changes;
}

function pairMembers({ parts, value: old }, value) {
  // Of several with one name the last counts, and the others are for the user to mend.
  const final = new Map(parts.map((part) => [part.key, part]));
  const kept = new Map(parts.filter(({ key }) => value[key] !== undefined).map((part) => [part, final.get(part.key) === part ? value[part.key] : part.node.value]));
  return { kept, added: Object.entries(value).filter(([key, own]) => own !== undefined && old[key] === undefined) };
}

function pairItems({ parts, value: old }, value) {
  const short = Math.min(old.length, value.length);
  let head = 0;
  while (head < short && same(old[head], value[head])) head += 1;
  let tail = 0;
  while (tail < short - head && same(old.at(-1 - tail), value.at(-1 - tail))) tail += 1;
  const kept = new Map();
  parts.forEach((part, index) => {
    const own = index < old.length - tail ? index : index + value.length - old.length;
    const removed = index >= value.length - tail && index < old.length - tail;
    if (!removed) kept.set(part, value[own]);
  });
  // What is new stands at the end, or the list is written anew.
  if (value.length > old.length && tail > 0) return { kept: new Map(), added: [] };
  return { kept, added: value.slice(old.length).map((own) => [undefined, own]) };
}

const indentation = (text, at) => /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))[0];

const fresh = (text, at, value) => stringify(value, 2).replaceAll('\n', `\n${indentation(text, at)}`);

/** A text after changes that do not overlap. */
export function changed(text, changes) {
  return [...changes]
    .sort((one, other) => other.from - one.from || other.to - one.to)
    .reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text);
}
