// Which field each control of a form is for, and the body that their values make.

/** The controls of a form that are for a field of the body: `{control, pointer, field}`. */
export function controlsOf(form, fields) {
  const found = [];
  for (const control of form.elements) {
    const pointer = control.name && control.willValidate !== undefined && pointerOf(control.name, fields);
    if (pointer && !control.disabled && control.tagName !== 'FIELDSET') {
      found.push({ control, pointer, field: fields[pattern(pointer)] });
    }
  }
  closeRanks(found);
  return found;
}

/** Rows may be taken out of a form; those that follow take their places in the list. */
function closeRanks(found) {
  const lists = new Map();
  const each = (pointer, change) => {
    const steps = pointer.split('/');
    return steps.map((step, at) => (isIndex(step) ? change(steps.slice(0, at).join('/'), Number(step)) : step)).join('/');
  };
  for (const { pointer } of found) {
    each(pointer, (list, index) => lists.set(list, (lists.get(list) ?? new Set()).add(index)));
  }
  if (lists.size === 0) return;
  const ranks = new Map([...lists].map(([list, indices]) => [list, [...indices].sort((one, other) => one - other)]));
  for (const own of found) own.pointer = each(own.pointer, (list, index) => ranks.get(list).indexOf(index));
}

const isIndex = (step) => /^\d+$/.test(step);

/**
 * The field that a name means: a JSON Pointer, a dotted path (`members.0.address` or `members[0].address`), or the
 * field's own name in the body's only object.
 */
function pointerOf(name, fields) {
  const path = name.replace(/\[(\w+)\]/g, '.$1');
  const pointer = name.startsWith('/') ? name : `/${path.replaceAll('.', '/')}`;
  const roots = Object.keys(fields).filter((own) => own.lastIndexOf('/') === 0 && fields[own].type === 'object');
  const candidates = [pointer, ...(roots.length === 1 ? [`${roots[0]}${pointer}`] : [])];
  return candidates.find((candidate) => fields[pattern(candidate)]);
}

const pattern = (pointer) => pointer.replace(/\/\d+(?=\/|$)/g, '/*');

/** The body that the values of a form make. An empty control is a field that is not there. */
export function body(form, fields) {
  const whole = {};
  // An object or a list that the form is about is there even while nothing is in it.
  for (const [pointer, field] of Object.entries(fields)) {
    const own = field.required && pointer.lastIndexOf('/') === 0;
    if (own && field.type === 'object') put(whole, pointer, {});
    if (own && field.type === 'array') put(whole, pointer, []);
  }
  for (const { control, pointer, field } of controlsOf(form, fields)) {
    const value = valueOf(control, field);
    const row = /^.*\/\d+(?=\/)/.exec(pointer)?.[0];
    if (row) put(whole, row, {});
    if (value !== undefined) put(whole, pointer, value);
  }
  return whole;
}

function valueOf(control, field) {
  if (control.type === 'radio' && !control.checked) return undefined;
  if (control.type === 'checkbox') return control.checked || undefined;
  if (control.type === 'select-multiple') {
    const chosen = [...control.selectedOptions].map((option) => option.value);
    return chosen.length > 0 ? chosen : undefined;
  }
  const { value } = control;
  // A browser hides what is in a number's control while it is no number.
  if (control.validity?.badInput) return 'not a number';
  if (value === '') return undefined;
  switch (field.type) {
    case 'integer':
      return Number.isFinite(Number(value)) && value.trim() !== '' ? Number(value) : value;
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    case 'array':
      return value.split(/[\s,]+/).filter(Boolean);
    default:
      return value;
  }
}

/** Puts a value where a JSON Pointer leads, and makes the objects and lists on the way. */
function put(whole, pointer, value) {
  const steps = pointer.split('/').slice(1);
  const last = steps.pop();
  let here = whole;
  steps.forEach((step, index) => {
    here[step] ??= isIndex(steps[index + 1] ?? last) ? [] : {};
    here = here[step];
  });
  here[last] ??= value;
}
