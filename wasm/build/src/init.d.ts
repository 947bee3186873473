// Generated from the Rust sources.
export * from './index.js';

/** The class of this name, where those who compile know it: browsers and Node have all of them. */
type Global<Name extends string> = typeof globalThis extends { [Own in Name]: { prototype: infer Class } } ? Class : never;

type Bytes = ArrayBuffer | ArrayBufferView;

type Module = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Class } } } ? Class : object;

/** Loads the module, by default from `elblint.wasm` beside this file. The functions work once it is done. */
export default function init(
  source?: string | Global<'URL'> | Global<'Request'> | Global<'Response'> | Bytes | Module,
): Promise<void>;

/** Loads the module from bytes, or one that is compiled already, at once. */
export declare function initSync(source: Bytes | Module): void;
