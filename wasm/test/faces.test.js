// One corpus, four faces: the library inside the command, the package's check and checkFile, and the page.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { check, checkFile, operations } from 'elblint';
import { corpus, examples } from './support/corpus.js';
import { root } from './support/browser.js';

const command = () => {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, '../target');
  return join(target, 'debug/elblint');
};

/** A report without where in a text things are. */
const said = ({ diagnostics, requires, unchecked, verdict, operation }) => ({
  operation, verdict, requires, unchecked,
  diagnostics: diagnostics.map(({ span, fix, related, ...diagnostic }) => ({ ...diagnostic, related: related?.map(({ span: other, ...rest }) => rest) })),
});

test('command, checkFile and check say the same', async () => {
  const requests = await corpus();
  assert.ok(requests.length > 100, `${requests.length}`);
  const text = requests.map(({ rule, kind, ...request }) => JSON.stringify(request)).join('\n');
  const file = join(mkdtempSync(join(tmpdir(), 'elblint-')), 'corpus.jsonl');
  writeFileSync(file, text);
  const { stdout } = spawnSync(command(), ['check', '--format', 'json', file], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const [{ requests: ofCommand }] = JSON.parse(stdout).files;
  const ofFile = checkFile('corpus.jsonl', text);
  assert.deepEqual(ofFile, ofCommand);
  requests.forEach(({ rule, kind, ...request }, index) => {
    assert.deepEqual(said(check(request)), said(ofFile[index]), JSON.stringify(request));
  });
});

test('check says of the public examples what is to be said', () => {
  for (const { name, request, expected } of examples) {
    const { operation, verdict, diagnostics } = check(request);
    assert.deepEqual({ operation, verdict, rules: diagnostics.map(({ rule }) => rule) }, expected, name);
  }
});

test('the command prints the schemas that the package has', async () => {
  const { schemas } = await import('elblint');
  for (const { name } of operations) {
    const printed = JSON.parse(execFileSync(command(), ['schema', name], { encoding: 'utf8' }));
    assert.deepEqual(printed, schemas[name]['~standard'].jsonSchema.input({ target: 'draft-2020-12' }));
  }
});
