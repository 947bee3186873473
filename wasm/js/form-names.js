// Which field the name of a control means, and which one it nearly means.

/**
 * The field that a name means: a JSON Pointer, a dotted path (`members.0.address` or `members[0].address`), or the
 * field's own name in the body's only object.
 */
export function pointerOf(name, fields) {
  return candidates(name, fields).find((candidate) => fields[pattern(candidate)]);
}

/** The name of the field of which a name is but one slip away. Other names may be those of controls that are none of ours. */
export function meantBy(name, fields) {
  if (!name || pointerOf(name, fields)) return undefined;
  const found = candidates(name, fields).map((candidate) => plain(pattern(candidate)));
  const meant = Object.keys(fields).find((own) => found.some((candidate) => isNear(candidate, plain(own))));
  return meant?.slice(1).replaceAll('/', '.').replaceAll('*', '0');
}

function candidates(name, fields) {
  const path = name.replace(/\[(\w*)\]/g, '.$1');
  const pointer = name.startsWith('/') ? name : `/${path.replaceAll('.', '/')}`;
  const roots = Object.keys(fields).filter((own) => own.lastIndexOf('/') === 0 && fields[own].type === 'object');
  return [pointer, ...(roots.length === 1 ? [`${roots[0]}${pointer}`] : [])];
}

/** The pointer by which a field is listed. */
export const pattern = (pointer) => pointer.replace(/\/\d+(?=\/|$)/g, '/*');

/** Names are written in many ways: `slow_start`, `slow-start`, `slowStart`. */
const plain = (pointer) => pointer.replace(/[_-]/g, '').toLowerCase();

/** Whether one character more, less or other makes one text of the other, or two that have changed places. */
function isNear(one, other) {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const [first, second] = [one, other].map((text) => text.slice(start, text.length - end));
  const isSwap = first.length === 2 && first === [...second].reverse().join('');
  return isSwap || (first.length < 2 && second.length < 2);
}
