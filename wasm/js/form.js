// Makes a plain HTML form check itself: attributes from the fields, messages from the core, no layout of its own.

import * as read from './arguments.js';
import { judgeBody } from './core.js';
import { allFields } from './fields.js';
import { show } from './form-messages.js';
import { meantBy } from './form-names.js';
import { body as bodyOf, byField, controlsOf, elementsOf, isEmptied, saysNothing } from './form-values.js';

/** What sets each form free that is bound. */
const bindings = new WeakMap();

/** Binds a form, which is set free first if it is bound; the object it returns reads it, checks it and sets it free. */
export function bindForm(form, operation, options) {
  if (Object.prototype.toString.call(form) !== '[object HTMLFormElement]') {
    throw new TypeError('elblint: bindForm needs a form element');
  }
  const { name } = read.operation(operation);
  const fields = allFields[name];
  let { context } = read.options(options);
  bindings.get(form)?.();
  const undo = [];
  const shown = show(form, undo);
  // Kept by control: a pointer changes where a row before it is taken out.
  let touched = new WeakSet();
  const adopted = new WeakSet();
  /** What came empty after all that is wrong was asked for: a new row is no fault yet. */
  let late = new WeakSet();
  const warned = new WeakSet();
  /** Whether all that is wrong was asked for. */
  let asked = false;
  let submitter;

  /** Constrains the controls that are new. Rows come and go while a form is filled. */
  function adopt() {
    for (const { control, field } of controlsOf(form, fields)) {
      if (adopted.has(control)) continue;
      adopted.add(control);
      if (asked && saysNothing(control)) late.add(control);
      constrain(control, field, undo);
      if (field.required) shown.markRequired(control);
    }
    for (const element of elementsOf(form)) {
      if (adopted.has(element) || warned.has(element)) continue;
      const meant = meantBy(element.name, fields);
      if (meant === undefined) continue;
      warned.add(element);
      console.warn(`elblint: no field of ${name} has the name "${element.name}"; did you mean "${meant}"?`);
    }
  }

  adopt();
  setProperty(form, 'noValidate', true, undo);

  let reset;
  let timer;
  undo.push(() => clearTimeout(timer));

  /** Forgets what was asked for and found, once it is clear that a reset has come to pass. */
  function finishReset() {
    const isDone = reset && !reset.defaultPrevented;
    reset = undefined;
    if (!isDone) return;
    asked = false;
    submitter = undefined;
    touched = new WeakSet();
    wait.end();
    shown.clear();
  }

  function controls() {
    finishReset();
    return controlsOf(form, fields, submitter);
  }

  function refresh(everything) {
    wait.end();
    const here = controls();
    asked ||= everything;
    if (everything) late = new WeakSet();
    const report = judgeBody(name, JSON.stringify(bodyOf(here, fields)), context);
    const visible = (control) => (asked && !late.has(control)) || touched.has(control);
    shown.report(byField(here), report, visible, everything);
    form.dispatchEvent(new CustomEvent('elblint', { detail: report, bubbles: true }));
    return report;
  }

  const listen = (node, type, listener) => {
    node.addEventListener(type, listener, { capture: true });
    undo.push(() => node.removeEventListener(type, listener, { capture: true }));
  };
  // Messages move what comes after them, and a button that moves between press and release is not clicked.
  const wait = untilReleased(form.ownerDocument, listen, undo);
  const refreshSoon = () => wait.after(() => refresh(false));

  const root = form.getRootNode();
  const ofControls = {
    focusout(control) {
      // Passing through an empty field is no fault yet.
      if (saysNothing(control) && !isEmptied(control) && !control.defaultChecked && !touched.has(control)) return;
      touched.add(control);
      refreshSoon();
    },
    input(control) {
      if (asked || touched.has(control)) refreshSoon();
    },
  };
  // A form that is not yet in its document will have controls there.
  const around = new Set([root, form.ownerDocument]);
  for (const [type, listener] of Object.entries(ofControls)) {
    const found = ({ target }) => controls().some(({ control }) => control === target) && listener(target);
    listen(form, type, found);
    // Controls may belong to a form by their attribute `form`.
    for (const node of around) {
      listen(node, type, (event) => event.target.form === form && !form.contains(event.target) && found(event));
    }
  }
  const ofForm = {
    submit(event) {
      finishReset();
      submitter = event.submitter;
      if (submitter?.formNoValidate) return;
      const report = refresh(true);
      if (report.verdict === 'refused') {
        event.preventDefault();
        event.stopImmediatePropagation();
        shown.focusSummary();
      }
    },
    reset(event) {
      reset = event;
      // Others may prevent it yet.
      timer = setTimeout(finishReset);
    },
  };
  for (const [type, listener] of Object.entries(ofForm)) listen(form, type, listener);

  const named = () => elementsOf(form).flatMap((element) => [element, element.name]);
  let last = named();
  const changes = new MutationObserver(() => {
    const now = named();
    if (now.length === last.length && now.every((part, at) => part === last[at])) return;
    last = now;
    adopt();
    if (asked || shown.tells()) refreshSoon();
  });
  for (const node of new Set([form, ...around])) {
    changes.observe(node, { childList: true, subtree: true, attributeFilter: ['disabled', 'form', 'name'] });
  }
  undo.push(() => changes.disconnect());

  const unbind = () => {
    shown.clear();
    while (undo.length > 0) undo.pop()();
  };
  bindings.set(form, unbind);
  return {
    body: () => bodyOf(controls(), fields),
    check: () => refresh(true),
    setContext(value) {
      context = read.context(value);
      refresh(false);
    },
    unbind,
  };
}

/** Puts off what is to be done until no pointer is pressed any more. */
function untilReleased(document, listen, undo) {
  let pressed = false;
  let waiting;
  let timer;
  const press = () => {
    clearTimeout(timer);
    pressed = true;
  };
  const release = ({ type }) => {
    clearTimeout(timer);
    if (type === 'click') pressed = false;
    // The click comes after the release, and in the same task.
    timer = setTimeout(() => {
      pressed = false;
      waiting?.();
    });
  };
  // Of a finger, the events of a mouse come after those of the pointer.
  for (const type of ['pointerdown', 'mousedown']) listen(document, type, press);
  // A key is for the case that a release was never told, as over a dialog of the browser.
  for (const type of ['pointerup', 'pointercancel', 'mouseup', 'click', 'dragend', 'keydown']) listen(document, type, release);
  undo.push(() => clearTimeout(timer));
  return {
    after(call) {
      if (pressed) waiting = call;
      else call();
    },
    end() {
      waiting = undefined;
    },
  };
}

/** Sets the attributes that a field's constraints have in HTML. What the author has set stays. */
function constrain(control, field, undo) {
  const set = (name, value) => {
    if (value === undefined || control.hasAttribute(name)) return;
    control.setAttribute(name, String(value));
    undo.push(() => control.removeAttribute(name));
  };
  if (control.type === 'hidden') return;
  if (field.required && control.type !== 'checkbox') set('required', '');
  if (control.type === 'number' || control.type === 'range') {
    set('min', field.minimum);
    set('max', field.maximum);
    set('step', 1);
  } else if (control.tagName !== 'SELECT' && control.type !== 'checkbox' && control.type !== 'radio') {
    // HTML counts UTF-16 units and the API characters, so twice as many units may be right.
    set('maxlength', field.maxLength && field.maxLength * 2);
    set('minlength', field.minLength || undefined);
    if (control.tagName === 'INPUT') set('pattern', field.pattern);
    if (field.minimum !== undefined) set('inputmode', 'numeric');
  }
}

function setProperty(element, name, value, undo) {
  const old = element[name];
  element[name] = value;
  undo.push(() => {
    element[name] = old;
  });
}
