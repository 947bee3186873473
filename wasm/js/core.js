// The module: made when it is first needed, and made anew should it ever fail. Texts are written into its memory and
// read from there.

import * as glue from './glue.js';
import { operations } from './operations.js';

let compile;
let exports;
/** The room for texts, in the module's memory. */
let room = new Uint8Array();
let roomAt = 0;

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
  known = ['', ''];
}

/** No input is known to bring the module down. If one does, what is left of it must not be trusted. */
function safely(action) {
  if (!exports) start();
  try {
    return action();
  } catch (error) {
    exports = undefined;
    throw new Error(`elblint: the check failed: ${error?.message}`, { cause: error });
  }
}

/** Writes texts one after the other, and tells where each ends. */
function put(first, second = '') {
  const most = 3 * (first.length + second.length);
  const at = exports.room(most);
  if (at !== roomAt || room.length < most || room.buffer !== exports.memory.buffer) {
    roomAt = at;
    room = new Uint8Array(exports.memory.buffer, at, most);
  }
  const { written } = encoder.encodeInto(first, room);
  if (second === '') return [written, written];
  return [written, written + encoder.encodeInto(second, room.subarray(written)).written];
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
  const answer = exports.know(slot, put(written)[1]);
  if (answer >= TEXT) return text(answer);
  known[slot] = written;
  return undefined;
}

/** What is wrong with the text of a context. `own` is for one that a request carries. */
export function contextFault(written, own = false) {
  return safely(() => know(own ? 1 : 0, written));
}

/** Judges a request, whose headers, body and own context are JSON text where they are there. */
export function judge(method, url, headers, body, context, own, spans) {
  return safely(() => {
    know(0, context);
    if (own !== undefined) know(1, own);
    const flags = (body === undefined ? 0 : 1) | (own === undefined ? 0 : 2) | (spans ? 4 : 0);
    const [, length] = put(`${method}\n${url}\n${headers ?? ''}\n${body ?? ''}`);
    return report(exports.check(length, flags));
  });
}

/** Judges the JSON text of a body. */
export function judgeBody(operation, body, context) {
  return safely(() => {
    know(0, context);
    const [, length] = put(body);
    return report(exports.check_body(operations.findIndex(({ name }) => name === operation), length));
  });
}

/** Judges a request file. */
export function judgeFile(name, content, context) {
  return safely(() => {
    know(0, context);
    return report(exports.check_file(...put(name, content)));
  });
}
