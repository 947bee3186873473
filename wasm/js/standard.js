// The body of an operation as a Standard Schema (https://standardschema.dev).

import { judgeBody } from './core.js';
import * as read from './arguments.js';
import { jsonSchemas } from './json-schemas.js';
import { judgeValue } from './numbers.js';
import { operations } from './operations.js';

const DRAFTS = {
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

/** The body of an operation, for a target of which this is known. */
export function schemaFor(operation, context) {
  const { name } = read.operation(operation);
  read.context(context);
  const jsonSchema = ({ target } = {}) => {
    if (!Object.hasOwn(DRAFTS, target)) throw new Error(`elblint: no JSON Schema for the target ${String(target)}`);
    return { ...structuredClone(jsonSchemas[name]), $schema: DRAFTS[target] };
  };
  return {
    '~standard': {
      version: 1,
      vendor: 'elblint',
      validate: (value, options) => validate(name, value, options?.libraryOptions?.context ?? context),
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  };
}

/** The body of each operation, for a target of which nothing is known. */
export const schemas = Object.fromEntries(operations.map(({ name }) => [name, schemaFor(name)]));

function validate(name, value, context) {
  let text;
  try {
    text = value === undefined ? '' : read.json('the value', value);
  } catch (error) {
    return { issues: [{ message: error.message, path: [] }] };
  }
  const known = read.context(context);
  const { diagnostics } = judgeValue(value, text, (written) => judgeBody(name, written, known));
  const issues = diagnostics.filter(({ severity }) => severity === 'error').map((it) => issue(it, value));
  return issues.length > 0 ? { issues: bestFirst(issues) } : { value };
}

/**
 * Forms often show only the first issue of a field: so what its value alone has wrong comes before what it has wrong
 * together with others, and what no target can meet comes last.
 */
function bestFirst(issues) {
  const rank = ({ rule }) => (rule === 'no-target-fits' ? 2 : ofOneValue.has(rule) ? 0 : 1);
  return issues.sort((one, other) => rank(one) - rank(other));
}

/** The rules that judge one value. */
const ofOneValue = new Set(['wrong-type', 'unknown-field', 'duplicate-key', 'required', 'range', 'length', 'one-of', 'charset', 'ip-address']);

function issue({ rule, message, help, pointer, ...place }, value) {
  return { message, path: place.in === 'body' ? path(pointer, value) : [], rule, ...(help && { help }) };
}

/** The steps of a JSON Pointer; those into lists are numbers. */
function path(pointer, value) {
  let here = value;
  return pointer.split('/').slice(1).map((step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const inList = Array.isArray(here);
    here = here?.[name];
    return inList ? Number(name) : name;
  });
}
