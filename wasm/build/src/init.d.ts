// Generated from the Rust sources.
export * from './index.js';

/** Loads the module, by default from `elblint.wasm` beside this file. The functions work once it is done. */
export default function init(
  source?: string | URL | globalThis.Request | globalThis.Response | BufferSource | WebAssembly.Module,
): Promise<void>;

/** Loads the module from bytes, or one that is compiled already, at once. */
export declare function initSync(source: BufferSource | WebAssembly.Module): void;
