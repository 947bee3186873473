// Bundles the page: three files and nothing else, which work from any folder of any static host.

import { build } from 'esbuild';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await rm(here('dist'), { recursive: true, force: true });
await mkdir(here('dist'), { recursive: true });
await build({
  entryPoints: [here('src/page.js')],
  outfile: here('dist/page.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  charset: 'utf8',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  // The documentation of the rules is wanted on hover, so it comes along. The module is inside as well.
  alias: { elblint: here('../dist/index.js') },
});
await build({
  entryPoints: [here('src/page.css')],
  outfile: here('dist/page.css'),
  bundle: true,
  minify: true,
  logLevel: 'warning',
});
await copyFile(here('src/index.html'), here('dist/index.html'));
