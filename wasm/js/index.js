// The package with the module inside, compiled at once when it is first needed: nothing to load, nothing to await.

import { provide } from './core.js';
import base64 from './module.js';

let module;

provide(() => (module ??= new WebAssembly.Module(bytes(base64))));

function bytes(text) {
  return Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

export * from './api.js';
