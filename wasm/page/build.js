// Bundles the page: three files, which work from any folder of any static host, and the licenses of what is in them.

import { build } from 'esbuild';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await rm(here('dist'), { recursive: true, force: true });
await mkdir(here('dist'), { recursive: true });
const { metafile } = await build({
  entryPoints: [here('src/page.js')],
  outfile: here('dist/page.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  charset: 'utf8',
  target: 'es2022',
  banner: { js: '/*! The licenses of what is in here are in licenses.txt. */' },
  legalComments: 'none',
  metafile: true,
  absWorkingDir: here('..'),
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

const named = Object.keys(metafile.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
const licenses = [...new Set(named)].filter(Boolean).sort().map(async (name) => {
  const folder = here(`../node_modules/${name}/`);
  const file = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  return `${name}\n\n${await readFile(folder + file, 'utf8')}`;
});
await writeFile(here('dist/licenses.txt'), (await Promise.all(licenses)).join('\n\n'));
