// The module: made when it is first needed, and made anew should it ever fail.

import * as glue from './glue.js';

let compile;
let running = false;

/** Tells where the compiled module comes from. */
export function provide(source) {
  compile = source;
  running = false;
}

function start() {
  if (!compile) {
    throw new Error('elblint: await init() first, or import from "elblint", which needs no loading');
  }
  const instance = new WebAssembly.Instance(compile(), { './elblint_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  running = true;
}

/** Calls a function of the module. */
export function call(name, ...values) {
  if (!running) start();
  try {
    return glue[name](...values);
  } catch (error) {
    // No input is known to bring it here. If one does, what is left of the module must not be trusted.
    running = false;
    throw new Error(`elblint: the check failed: ${error?.message}`, { cause: error });
  }
}
