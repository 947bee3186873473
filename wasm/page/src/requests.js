// The operations as requests: a fresh one, the one that a URL asks for, and the way from one to another.

import { operations } from 'elblint';

const HOST = 'https://{{endpoint}}';

const EMPTY = {
  UpdatePool: { pool: { lb_algorithm: 'ROUND_ROBIN' } },
  UpdateMember: { member: { weight: 10 } },
  BatchCreateMembers: { members: [{ address: '192.168.0.48', protocol_port: 80, subnet_cidr_id: '{{subnet}}' }] },
  UpgradeLoadBalancer: { action: 'rollback' },
};

/** The text of a body to begin with. */
export const emptyBody = (operation) => JSON.stringify(EMPTY[operation] ?? {}, null, 2);

export const named = (operation) => operations.find(({ name }) => name === operation);

/** A fresh request of an operation. */
export function newRequest(operation) {
  const { method, path } = named(operation);
  const headers = [['Content-Type', 'application/json'], ['X-Auth-Token', '{{token}}']];
  return { method, url: HOST + filled(path, {}), headers, body: emptyBody(operation) };
}

const filled = (path, ids) => path.replace(/\{(\w+)\}/g, (_, id) => ids[id] || `{{${id}}}`);

/** The path of a URL, and what stands before and after it. */
function parts(url) {
  const [, before, path, after] = /^((?:\w+:\/\/)?[^/?#]*)([^?#]*)([^]*)$/.exec(url);
  return { before, path, after };
}

/** The ids that a path has where the template names them; undefined where it does not fit. */
function idsOf(template, path) {
  const own = template.split('/');
  const steps = path.split('/');
  if (own.length !== steps.length) return undefined;
  const ids = {};
  for (const [at, step] of own.entries()) {
    if (step.startsWith('{')) ids[step.slice(1, -1)] = steps[at];
    else if (step !== steps[at]) return undefined;
  }
  return ids;
}

/** The operation that a method and a URL ask for. */
export const operationOf = (method, url) =>
  operations.find((operation) => operation.method === method.toUpperCase() && idsOf(operation.path, parts(url).path))?.name;

/** The operation that a URL alone asks for: the one with the most of its own words in it. */
export function operationAt(url) {
  const fitting = operations.filter((operation) => idsOf(operation.path, parts(url).path));
  const free = ({ path }) => path.split('{').length;
  return fitting.sort((one, other) => free(one) - free(other))[0]?.name;
}

/** The operation that a body is surely for. */
export const bodyOperation = (body) => operations.find(({ name }) => Object.keys(EMPTY[name] ?? {}).some((key) => body?.[key] !== undefined))?.name;

/** Remembers the ids that requests had, to make the URLs of other operations from. */
export function urls() {
  const known = {};
  return {
    learn(operation, url) {
      if (operation) Object.assign(known, idsOf(named(operation).path, parts(url).path));
    },

    /** A URL as that of another operation, on the same host. */
    to(operation, url) {
      const { before, after } = parts(url);
      return before + filled(named(operation).path, known) + after;
    },
  };
}

export const isToken = ([name]) => name.toLowerCase() === 'x-auth-token';
