// The module: made when it is first needed, and made anew should it ever fail. Texts are written into its memory and
// read from there.

import * as glue from './glue.js';
import { operations } from './operations.js';

let compile;
let exports;
/** The room for texts, in the module's memory, and where it is. */
let room = new Uint8Array();
let roomAt = 0;
let roomLength = 0;

/** All of a request but its body, as it stands at the start of the room, which is often the same again. */
let head = { method: '', url: '', headers: undefined, length: 0 };

/** A request without headers, with nothing wrong around its body, so that only another body can be at fault. */
let good = { method: '', url: '', operation: -1 };

/** The last report that found nothing wrong and yet was not ready, as text, and that text as an object. */
let last = { text: '', report: undefined };

/** The contexts that the module has: whatever the request, and told by the request itself. */
let known = { shared: '', own: '' };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Tells where the compiled module comes from. */
export function provide(source) {
  compile = source;
  forget();
}

/** Of a module that is gone nothing must be trusted. */
function forget() {
  exports = undefined;
  good.operation = -1;
}

function start() {
  if (!compile) {
    throw new Error('elblint: await init() first, or import from "elblint", which needs no loading');
  }
  const instance = new WebAssembly.Instance(compile(), { './elblint_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  exports = instance.exports;
  makeRoom(4096);
}

/** Makes room for so many bytes. The module forgets what it knew. */
function makeRoom(length) {
  if (length >= 2 ** 31) throw new RangeError(`${length} bytes are too many`);
  // Addresses come as signed numbers.
  roomAt = exports.room(length) >>> 0;
  roomLength = length;
  room = new Uint8Array(exports.memory.buffer, roomAt, length);
  head.length = 0;
  good.operation = -1;
  known = { shared: '', own: '' };
}

/** No input is known to bring the module down but one that is too long for its memory. */
function failed(error) {
  const isFull = error instanceof RangeError || exports?.memory.buffer.byteLength > 2 ** 28;
  forget();
  if (isFull) return new RangeError(`elblint: this is too long to be checked: ${error.message}`, { cause: error });
  return new Error(`elblint: the check failed: ${error?.message}`, { cause: error });
}

/** Sees to it that a text of so many characters has room. To be called before anything else is done. */
function prepare(characters) {
  if (!exports) start();
  // What grows from call to call does not need more room every time, unless there is much already.
  if (roomLength < 3 * characters) makeRoom(Math.max(3 * characters, Math.min(6 * characters, 2 ** 26)));
}

/** Writes a text behind what is there already, and tells where it ends. */
function put(text, start) {
  if (start === 0) head.length = 0;
  // Memory that has grown leaves views of it with nothing.
  if (room.length === 0) room = new Uint8Array(exports.memory.buffer, roomAt, roomLength);
  return start + encoder.encodeInto(text, start === 0 ? room : room.subarray(start)).written;
}

/** Writes all of a request but its body, unless it is there, and tells where it ends. */
function putHead(method, url, headers) {
  if (head.length === 0 || method !== head.method || url !== head.url || headers !== head.headers) {
    head = { method, url, headers, length: put(`${method}\n${url}${headers === undefined ? '' : `\n${headers}`}`, 0) };
  }
  return head.length;
}

const AGAIN = 63;
const TEXT = 64;

function text(answer) {
  const at = exports.output() >>> 0;
  return decoder.decode(new Uint8Array(exports.memory.buffer, at, answer - TEXT));
}

/** What an answer of the module says. */
function report(answer) {
  if (answer === 0) return null;
  if (answer === AGAIN) return copy((last.report ??= JSON.parse(last.text)));
  if (answer < TEXT) {
    const { name, method } = operations[answer - 1];
    return { operation: name, method, verdict: 'ready', diagnostics: [], requires: [], unchecked: [] };
  }
  const written = text(answer);
  const report = JSON.parse(written);
  if (report.diagnostics?.length === 0) last = { text: written, report: undefined };
  return report;
}

/** A report that found nothing wrong, anew. */
function copy({ operation, method, verdict, requires, unchecked }) {
  return { operation, method, verdict, diagnostics: [], requires: requires.map(copyOfNeed), unchecked: unchecked.map(copyOfPlace) };
}

function copyOfNeed({ fact, values, not, rules, places }) {
  const by = { rules: [...rules], places: places.map(copyOfPlace) };
  return not === undefined ? { fact, values: [...values], ...by } : { not: { ...not }, ...by };
}

function copyOfPlace(place) {
  return { ...place };
}

/** Lets the module know contexts, which are nothing where their text is empty. Returns what is wrong with them. */
function know(shared, own) {
  if (known.shared === shared && known.own === own) return undefined;
  // Should this fail, nothing is known.
  known = { shared: '', own: '' };
  good.operation = -1;
  const length = put(shared, 0);
  const answer = exports.know(length, put(own, length));
  if (answer >= TEXT) return text(answer);
  known = { shared, own };
  return undefined;
}

/** What is wrong with the text of a context. */
export function contextFault(written) {
  try {
    prepare(written.length);
    return know(written, '');
  } catch (error) {
    throw failed(error);
  }
}

/** Judges a request that differs from the last good one at most in its body. Undefined where it is another. */
export function judgeAgain({ method, url, headers, body, context: own }, context) {
  const { operation } = good;
  if (
    operation < 0 || url !== good.url || method !== good.method || context !== known.shared ||
    headers !== undefined || own !== undefined || typeof body !== 'string' || roomLength < 3 * body.length
  ) {
    return undefined;
  }
  try {
    return report(exports.check_body(operation, put(body, 0), true));
  } catch (error) {
    throw failed(error);
  }
}

/** Judges a request, whose body and own context are JSON text and whose headers are lines, where they are there. */
export function judge(method, url, headers, body, context, own, spans) {
  try {
    prepare(method.length + url.length + (headers?.length ?? 0) + (body?.length ?? 0) + context.length + own.length + 3);
    know(context, own);
    const length = putHead(method, url, headers);
    const found = report(exports.check(length, put(body ?? '', length), body !== undefined, spans));
    if (headers === undefined && own === '' && found?.diagnostics.length === 0 && found.unchecked.length === 0) {
      good = { method, url, operation: placeOf(found.operation) };
    }
    return found;
  } catch (error) {
    throw failed(error);
  }
}

/** The place of an operation among all. */
function placeOf(operation) {
  return operations.findIndex(({ name }) => name === operation);
}

/** Judges the JSON text of a body. */
export function judgeBody(operation, body, context) {
  try {
    prepare(body.length + context.length);
    know(context, '');
    return report(exports.check_body(placeOf(operation), put(body, 0), false));
  } catch (error) {
    throw failed(error);
  }
}

/** Judges a request file. */
export function judgeFile(name, content, context) {
  try {
    prepare(name.length + content.length + context.length);
    know(context, '');
    const length = put(name, 0);
    return JSON.parse(text(exports.check_file(length, put(content, length))));
  } catch (error) {
    throw failed(error);
  }
}
