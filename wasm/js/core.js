// The module: made when it is first needed, and made anew should it ever fail. Texts are written into its memory and
// read from there.

import * as glue from './glue.js';
import { operations } from './operations.js';

let compile;
let exports;
/** The room for texts, in the module's memory. */
let room = new Uint8Array();
/** What of the room is behind the text that was written first, and where that is. */
let rest = room;
let restAt = 0;

/** All of a request but its body, as it stands at the start of the room, which is often the same again. */
let head = { method: '', url: '', headers: undefined, length: 0 };

/** The contexts that the module has: whatever the request, and told by the request itself. */
let known = ['', ''];

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Tells where the compiled module comes from. */
export function provide(source) {
  compile = source;
  exports = undefined;
}

function start() {
  if (!compile) {
    throw new Error('elblint: await init() first, or import from "elblint", which needs no loading');
  }
  const instance = new WebAssembly.Instance(compile(), { './elblint_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  exports = instance.exports;
  room = new Uint8Array();
  head.length = 0;
  known = ['', ''];
}

/** No input is known to bring the module down. If one does, what is left of it must not be trusted. */
function failed(error) {
  exports = undefined;
  return new Error(`elblint: the check failed: ${error?.message}`, { cause: error });
}

/** Writes a text behind what is there already, and tells where it ends. */
function put(text, start = 0) {
  const most = start + 3 * text.length;
  // Memory that has grown leaves views of it with nothing.
  if (room.length < most) {
    const at = exports.room(most);
    room = new Uint8Array(exports.memory.buffer, at, most);
    restAt = -1;
  }
  if (restAt !== start) {
    rest = room.subarray(start);
    restAt = start;
  }
  if (start === 0) head.length = 0;
  return start + encoder.encodeInto(text, rest).written;
}

/** Writes all of a request but its body, unless it is there, and tells where it ends. */
function putHead(method, url, headers) {
  if (head.length === 0 || method !== head.method || url !== head.url || headers !== head.headers) {
    const length = put(`${method}\n${url}\n${headers ?? ''}`);
    head = { method, url, headers, length };
  }
  return head.length;
}

const TEXT = 64;

function text(answer) {
  const at = exports.output();
  return decoder.decode(new Uint8Array(exports.memory.buffer, at, answer - TEXT));
}

/** What an answer of the module says. */
function report(answer) {
  if (answer === 0) return null;
  if (answer >= TEXT) return JSON.parse(text(answer));
  const { name, method } = operations[answer - 1];
  return { operation: name, method, verdict: 'ready', diagnostics: [], requires: [], unchecked: [] };
}

/** Lets the module know a context, which is nothing where its text is empty. Returns what is wrong with it. */
function know(slot, written) {
  if (known[slot] === written) return undefined;
  // Should this fail, nothing is known.
  known[slot] = '';
  const answer = exports.know(slot, put(written));
  if (answer >= TEXT) return text(answer);
  known[slot] = written;
  return undefined;
}

/** What is wrong with the text of a context. `own` is for one that a request carries. */
export function contextFault(written, own = false) {
  if (!exports) start();
  try {
    return know(own ? 1 : 0, written);
  } catch (error) {
    throw failed(error);
  }
}

/** Judges a request, whose headers, body and own context are JSON text where they are there. */
export function judge(method, url, headers, body, context, own, spans) {
  if (!exports) start();
  try {
    know(0, context);
    if (own !== undefined) know(1, own);
    const flags = (body === undefined ? 0 : 1) | (own === undefined ? 0 : 2) | (spans ? 4 : 0);
    const length = putHead(method, url, headers);
    return report(exports.check(length, put(body ?? '', length), flags));
  } catch (error) {
    throw failed(error);
  }
}

/** Judges the JSON text of a body. */
export function judgeBody(operation, body, context) {
  if (!exports) start();
  try {
    know(0, context);
    return report(exports.check_body(operations.findIndex(({ name }) => name === operation), put(body)));
  } catch (error) {
    throw failed(error);
  }
}

/** Judges a request file. */
export function judgeFile(name, content, context) {
  if (!exports) start();
  try {
    know(0, context);
    const length = put(name);
    return report(exports.check_file(length, put(content, length)));
  } catch (error) {
    throw failed(error);
  }
}
