// The package with the module inside, compiled at once when it is first needed: nothing to load, nothing to await.

import { provide } from './core.js';
import text from './module.js';

let module;

provide(() => (module ??= new WebAssembly.Module(bytes())));

function bytes() {
  const code = new Uint8Array(text.length);
  for (let at = 0; at < code.length; at += 1) code[at] = text.charCodeAt(at);
  // A script that is no module is read in the encoding of its page.
  if (code[0] !== 0) throw new Error('the script was not read as UTF-8, which <meta charset="utf-8"> in the page would see to');
  return code;
}

export * from './api.js';
