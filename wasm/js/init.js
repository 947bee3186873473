// The package without the module, for those who load it themselves.

import { provide } from './core.js';

export * from './api.js';

/** Loads the module. */
export default async function init(source = new URL('./elblint.wasm', import.meta.url)) {
  initSync(await compile(await source));
}

/** Loads the module from bytes, or one that is compiled already. */
export function initSync(source) {
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  provide(() => module);
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const isResponse = typeof Response === 'function' && source instanceof Response;
  const response = isResponse ? source : await load(source);
  if (response.headers?.get('Content-Type')?.startsWith('application/wasm')) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

async function load(source) {
  const url = String(source?.url ?? source);
  if (url.startsWith('file:') && globalThis.process?.versions?.node) {
    // Node's fetch reads no files. The name is hidden from bundlers, which would look for it.
    const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ ['node:fs', 'promises'].join('/'));
    return new Response(await readFile(new URL(url)));
  }
  const response = await fetch(source);
  if (!response.ok) throw new Error(`elblint: cannot load ${url}: ${response.status}`);
  return response;
}
