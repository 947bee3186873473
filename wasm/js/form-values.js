// Which controls of a form are for fields, and the body that their values make.

import { pattern, pointerOf } from './form-names.js';

/** The elements of a form that are not disabled, even of one that has a control with the name `elements`. */
export function elementsOf(form) {
  const elements = Reflect.get(Object.getPrototypeOf(form), 'elements', form);
  return [...elements].filter((element) => !element.matches(':disabled'));
}

/**
 * The controls of a form that are for a field of the body: `{control, pointer, field}`. Of the buttons, only the one that
 * submitted the form counts.
 */
export function controlsOf(form, fields, submitter) {
  const found = [];
  for (const control of elementsOf(form)) {
    const counts = BUTTONS.has(control.type) ? control === submitter : !SILENT.has(control.tagName) && control.willValidate !== undefined;
    const pointer = counts && control.name && pointerOf(control.name, fields);
    if (pointer) found.push({ control, pointer, field: fields[pattern(pointer)] });
  }
  closeRanks(found);
  return found;
}

const BUTTONS = new Set(['submit', 'button', 'reset']);
const SILENT = new Set(['FIELDSET', 'OUTPUT', 'OBJECT']);

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

/** The controls by the field that they are for. */
export function byField(controls) {
  const groups = new Map();
  for (const { control, pointer, field } of controls) {
    if (!groups.has(pointer)) groups.set(pointer, { pointer, field, controls: [] });
    groups.get(pointer).controls.push(control);
  }
  return [...groups.values()];
}

/** The body that the values of controls make. An empty control is a field that is not there, unless it was emptied. */
export function body(controls, fields) {
  const whole = {};
  // An object or a list that the form is about is there even while nothing is in it.
  for (const [pointer, field] of Object.entries(fields)) {
    const own = field.required && pointer.lastIndexOf('/') === 0;
    if (own && field.type === 'object') put(whole, pointer, {});
    if (own && field.type === 'array') put(whole, pointer, []);
  }
  for (const { pointer, field, controls: own } of byField(controls)) {
    const value = valueOf(own, field);
    const row = /^.*\/\d+(?=\/)/.exec(pointer)?.[0];
    if (row) put(whole, row, {});
    if (value !== undefined) put(whole, pointer, value);
  }
  return whole;
}

/** What the controls of a field say together; a checked box says more than the hidden control that stands in for it. */
function valueOf(controls, field) {
  if (field.type === 'array') {
    const all = controls.flatMap((control) => (CHOICES.has(control.type) ? given(control) : given(control).flatMap(split)));
    return all.length > 0 ? all : undefined;
  }
  const saying = controls.filter((control) => given(control).length > 0);
  const control = saying.find(isBox) ?? saying[0];
  // What is cleared is to be empty, where a text of no characters is a value.
  if (!control) return field.minLength === 0 && controls.some(isEmptied) ? '' : undefined;
  const values = given(control).map((text) => typed(text, field, control));
  return values.length > 1 ? values : values[0];
}

/** Whether a control had a value from the start, and has none any more. */
export const isEmptied = ({ value, defaultValue }) => value === '' && Boolean(defaultValue);

/** Whether a control would send nothing. */
export const saysNothing = (control) => given(control).length === 0;

const CHOICES = new Set(['radio', 'checkbox', 'select-one', 'select-multiple']);

const isBox = ({ type }) => type === 'radio' || type === 'checkbox';

const split = (text) => text.split(/[\s,]+/).filter(Boolean);

/** What a control says, in as many texts as it would send. */
function given(control) {
  if (isBox(control)) return control.checked ? filled(control.value) : [];
  if (control.selectedOptions) {
    return [...control.selectedOptions].filter((option) => !option.matches(':disabled')).flatMap(({ value }) => filled(value));
  }
  // A browser hides what is in a number's control while it is no number.
  return control.validity?.badInput ? ['not a number'] : filled(control.value);
}

const filled = (value) => (value === '' || value === null || value === undefined ? [] : [String(value)]);

function typed(text, field, control) {
  switch (field.type) {
    case 'integer':
      return /^\s*-?\d+\s*$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      // A box is checked for yes, whatever its value, which is "on" where it has none.
      return text === 'false' ? false : text === 'true' || control.type === 'checkbox' ? true : text;
    default:
      return text;
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
