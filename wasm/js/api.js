// What the package exports.

import { contextFault, judge, judgeAgain, judgeFile } from './core.js';
import * as read from './arguments.js';
import { allFields } from './fields.js';
import { judgeValue } from './numbers.js';
import { operations as known } from './operations.js';

export { rules } from './rules.js';
export { schemaFor, schemas } from './standard.js';
export { bindForm } from './form.js';

/** The operations. The module goes by their order, so what is handed out is a copy, which may be sorted. */
export const operations = /* @__PURE__ */ structuredClone(known);

/** Checks a request before it is sent; null where it goes to another service. */
export function check(request, context) {
  const asked = read.request(request);
  const known = read.context(context);
  const again = judgeAgain(asked, known);
  if (again !== undefined) return again;
  const parts = read.parts(asked);
  const { method, url, headers, body, context: own } = parts;
  const lines = headers === undefined ? undefined : read.lines(headers);
  const ownKnown = own === undefined || own === null ? undefined : read.json('context of the request', own);
  const usable =
    read.isLine(method) &&
    read.isLine(url) &&
    (headers === undefined) === (lines === undefined) &&
    (ownKnown === undefined || contextFault(ownKnown) === undefined);
  if (typeof body !== 'string' && body !== undefined) return checkValue(parts, lines, known, ownKnown, usable);
  if (!usable) return checkWritten(parts, known);
  return judge(method, url, lines, body, known, ownKnown ?? '', typeof body === 'string');
}

/** Checks a request whose body is a value. */
function checkValue(parts, lines, known, ownKnown, usable) {
  const { method, url, body } = parts;
  return judgeValue(body, read.json('body', body), (text) =>
    usable ? judge(method, url, lines, text, known, ownKnown ?? '', false) : checkWritten({ ...parts, body: JSON.parse(text) }, known),
  );
}

/** Checks a request that has a fault of its own around the body, as it would be written in a file. */
function checkWritten(parts, known) {
  const written = read.json('request', parts);
  const { reports, skipped, problems } = judgeFile('request.json', written, known);
  if (skipped > 0) return null;
  if (reports.length === 0) throw new TypeError(`elblint: ${problems[0]?.message ?? 'this is no request'}`);
  const { line, ...report } = reports[0];
  for (const { related, ...diagnostic } of report.diagnostics.splice(0)) {
    delete diagnostic.span;
    delete diagnostic.fix;
    if (related) diagnostic.related = related.map(({ span, ...other }) => other);
    report.diagnostics.push(diagnostic);
  }
  return report;
}

/** Checks every request of a file; its name tells the format. */
export function checkFile(name, text, context) {
  return inspectFile(name, text, context).reports;
}

/** Checks every request of a file, and tells what was passed over. */
export function inspectFile(name, text, context) {
  return judgeFile(read.text('name', name), read.text('text', text), read.context(context));
}

/** The documentation of a rule. */
export async function explain(rule) {
  const { documentation } = await import('./documentation.js');
  if (typeof rule !== 'string') throw new TypeError('elblint: a rule is named by a string');
  if (!Object.hasOwn(documentation, rule)) throw new TypeError(`elblint: there is no rule "${rule}"`);
  return documentation[rule];
}

/** The fields of an operation's body, by their JSON Pointers. */
export function fields(operation) {
  return structuredClone(allFields[read.operation(operation).name]);
}
