// The corpus that all faces are tried on.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain, operations, rules } from 'elblint';
import { root } from './browser.js';

/** Public examples of the API, each with what is to be said of it. */
export const examples = JSON.parse(readFileSync(join(root, '../tests/corpus/requests.json'), 'utf8'));

/** The public examples, and the requests in the documentation of the rules, as requests of a file. */
export async function corpus() {
  const requests = examples.map(({ request }) => request);
  for (const { name } of rules) {
    for (const [, operation, kind, text] of (await explain(name)).matchAll(/```json (\w+) (\w+)[^\n]*\n([^]*?)```/g)) {
      const found = operations.find((own) => own.name === operation);
      if (!found) continue;
      const { method, path } = found;
      let body;
      try {
        body = JSON.parse(text);
      } catch {
        body = text.trim();
      }
      requests.push({ method, url: path.replace('{project_id}', '99a3fff0d03c428eac3678da6a7d0f24').replace(/\{\w+\}/g, 'x'), body, rule: name, kind });
    }
  }
  return requests;
}
