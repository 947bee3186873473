// The schemas in form libraries, unchanged.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { FormApi } from '@tanstack/form-core';
import { schemas } from 'elblint';

test('React Hook Form shows errors at their fields', async () => {
  const resolve = standardSchemaResolver(schemas.BatchCreateMembers);
  const options = { fields: {}, shouldUseNativeValidation: false };
  const { errors } = await resolve({ members: [{ address: '10.0.0.300', protocol_port: 80 }] }, undefined, options);
  assert.match(errors.members[0].address.message, /IP address/);
  const good = { members: [{ address: '192.168.0.1', protocol_port: 80, subnet_cidr_id: 's' }] };
  assert.deepEqual(await resolve(good, undefined, options), { values: good, errors: {} });
  const number = (value) => resolve({ members: [{ ...good.members[0], protocol_port: value }] }, undefined, options);
  assert.match((await number(NaN)).errors.members[0].protocol_port.message, /is NaN/, 'as valueAsNumber makes it of no number');
  assert.deepEqual((await number(80)).errors, {});
});

test('TanStack Form validates synchronously', () => {
  const form = new FormApi({ defaultValues: { pool: { slow_start: { enable: true, duration: 20 } } }, validators: { onChange: schemas.UpdatePool } });
  form.mount();
  form.validateSync('change');
  const errors = form.state.errors.flatMap((error) => Object.entries(error));
  const [[path, [issue]]] = errors;
  assert.equal(path, 'pool.slow_start.duration');
  assert.equal(issue.rule, 'range');
  form.setFieldValue('pool.slow_start.duration', 30);
  form.validateSync('change');
  assert.deepEqual(form.state.errors, []);
});
