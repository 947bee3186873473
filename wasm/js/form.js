// Makes a plain HTML form check itself: attributes from the fields, messages from the core, no layout of its own.

import * as read from './arguments.js';
import { judgeBody } from './core.js';
import { allFields } from './fields.js';
import { body as bodyOf, controlsOf } from './form-values.js';
import { show } from './form-messages.js';

/** Binds a form; the object it returns reads it, checks it and sets it free. */
export function bindForm(form, operation, options) {
  if (Object.prototype.toString.call(form) !== '[object HTMLFormElement]') {
    throw new TypeError('elblint: bindForm needs a form element');
  }
  const { name } = read.operation(operation);
  const fields = allFields[name];
  let { context } = read.options(options);
  const undo = [];
  const shown = show(form, undo);
  // Kept by control: a pointer changes where a row before it is taken out.
  const touched = new WeakSet();
  const adopted = new WeakSet();
  let submitted = false;
  let submitter;
  // Messages move what comes after them, and a button that moves between press and release is not clicked.
  let pressed = false;
  let waiting = false;
  let release;
  undo.push(() => clearTimeout(release));

  /** Constrains the controls that are new. Rows come and go while a form is filled. */
  function adopt() {
    for (const { control, field } of controlsOf(form, fields)) {
      if (adopted.has(control)) continue;
      adopted.add(control);
      constrain(control, field, undo);
      if (field.required) shown.markRequired(control);
    }
  }

  adopt();
  setProperty(form, 'noValidate', true, undo);

  const controls = () => controlsOf(form, fields, submitter);

  function refresh(everything) {
    waiting = false;
    const here = controls();
    const report = judgeBody(name, JSON.stringify(bodyOf(here, fields)), context);
    const visible = (control) => everything || submitted || touched.has(control);
    shown.report(here, report, visible, everything);
    form.dispatchEvent(new CustomEvent('elblint', { detail: report, bubbles: true }));
    return report;
  }

  function refreshOnceReleased() {
    if (pressed) waiting = true;
    else refresh(false);
  }

  const controlOf = (target) => controls().find(({ control }) => control === target);
  const listeners = {
    focusout({ target }) {
      const own = controlOf(target);
      // Passing through an empty field is no fault yet.
      if (!own || (target.value === '' && !touched.has(target))) return;
      touched.add(target);
      refreshOnceReleased();
    },
    input({ target }) {
      const own = controlOf(target);
      if (own && (submitted || touched.has(target))) refreshOnceReleased();
    },
    submit(event) {
      submitted = true;
      submitter = event.submitter;
      const report = refresh(true);
      if (report.verdict === 'refused') {
        event.preventDefault();
        event.stopImmediatePropagation();
        shown.focusSummary();
      }
    },
    reset() {
      submitted = false;
      submitter = undefined;
      for (const { control } of controls()) touched.delete(control);
      shown.clear();
    },
  };
  const listen = (node, type, listener) => {
    node.addEventListener(type, listener, { capture: true });
    undo.push(() => node.removeEventListener(type, listener, { capture: true }));
  };
  for (const [type, listener] of Object.entries(listeners)) listen(form, type, listener);
  // Of a finger, the events of a mouse come after those of the pointer.
  for (const type of ['pointerdown', 'mousedown']) {
    listen(form.ownerDocument, type, () => {
      clearTimeout(release);
      pressed = true;
    });
  }
  // A key is for the case that a release was never told, as over a dialog of the browser.
  for (const type of ['pointerup', 'pointercancel', 'mouseup', 'click', 'dragend', 'keydown']) {
    listen(form.ownerDocument, type, () => {
      clearTimeout(release);
      // The click comes after the release, and in the same task.
      release = setTimeout(() => {
        pressed = false;
        if (waiting) refresh(false);
      });
    });
  }

  let count = form.elements.length;
  const rows = new MutationObserver(() => {
    if (form.elements.length === count) return;
    count = form.elements.length;
    adopt();
    if (submitted) refresh(false);
  });
  rows.observe(form, { childList: true, subtree: true });
  undo.push(() => rows.disconnect());

  return {
    body: () => bodyOf(controls(), fields),
    check: () => refresh(true),
    setContext(value) {
      context = read.context(value);
      refresh(false);
    },
    unbind() {
      shown.clear();
      while (undo.length > 0) undo.pop()();
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
  if (field.required && control.type !== 'checkbox') set('required', '');
  if (control.type === 'number') {
    set('min', field.minimum);
    set('max', field.maximum);
    set('step', 1);
  } else if (control.tagName !== 'SELECT' && control.type !== 'checkbox') {
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
