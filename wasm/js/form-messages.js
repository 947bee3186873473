// Where a form says what is wrong: a message at each field, a hint of what is required of the target, and a summary with
// links.

import { needed, row, sentence } from './form-words.js';

const TITLE = 'There is a problem';

let count = 0;

/** The messages of a form. What it changes, `undo` changes back. */
export function show(form, undo) {
  const own = `elblint-${(count += 1)}`;
  let made = 0;
  /** The messages, each by the first control of its field. */
  const notes = new Map();
  /** What the controls that are told wrong had of their own. */
  const before = new Map();

  const summary = element(form, 'div', { className: 'elblint-summary', tabIndex: -1, hidden: true });
  summary.setAttribute('role', 'group');
  summary.setAttribute('aria-label', TITLE);
  const list = element(form, 'ul', {});
  const alert = element(form, 'div', {});
  alert.append(element(form, 'h2', { textContent: TITLE }), list);
  summary.append(alert);
  const hints = element(form, 'div', { className: 'elblint-requires', hidden: true });
  hints.setAttribute('role', 'status');
  let hinted = '';
  const place = form.querySelector('[data-elblint="summary"]');
  place ? place.append(summary) : form.prepend(summary);
  const hintPlace = form.querySelector('[data-elblint="requires"]');
  hintPlace ? hintPlace.append(hints) : summary.after(hints);
  undo.push(() => {
    summary.remove();
    hints.remove();
    for (const note of notes.values()) note.remove();
  });

  /** The element that holds what is said about the controls of a field. */
  function noteOf(controls) {
    const [first] = controls;
    let note = notes.get(first);
    if (!note) {
      note = element(form, 'p', { id: `${own}-note-${(made += 1)}`, className: 'elblint-error' });
      const place = form.querySelector(`[data-elblint-for="${CSS.escape(first.name)}"]`);
      const last = controls.at(-1);
      // Within a label it would be part of the control's name.
      place ? place.append(note) : (last.closest('label') ?? last).after(note);
      notes.set(first, note);
    }
    return note;
  }

  function mark(control, note) {
    if (before.has(control) && before.get(control).note !== note) unmark(control);
    if (!before.has(control)) {
      before.set(control, {
        note,
        invalid: control.getAttribute('aria-invalid'),
        message: control.validity?.customError ? control.validationMessage : '',
      });
    }
    const describedBy = control.getAttribute('aria-describedby');
    if (!idsIn(describedBy).includes(note.id)) {
      const marked = [note.id, ...idsIn(describedBy)].join(' ');
      control.setAttribute('aria-describedby', marked);
      Object.assign(before.get(control), { describedBy, marked });
    }
    control.setAttribute('aria-invalid', 'true');
    control.setCustomValidity?.(note.textContent);
  }

  function unmark(control) {
    const { note, describedBy, marked, invalid, message } = before.get(control);
    before.delete(control);
    const now = control.getAttribute('aria-describedby');
    // The author may have changed it since.
    const others = idsIn(now).filter((id) => id !== note.id).join(' ');
    setOrRemove(control, 'aria-describedby', now === marked ? describedBy : others || null);
    setOrRemove(control, 'aria-invalid', invalid);
    control.setCustomValidity?.(message);
  }

  /** Leaves the messages at these controls, which are the first of their fields, and no others. */
  function keep(firsts) {
    for (const [first, note] of notes) {
      if (firsts.has(first)) continue;
      note.hidden = true;
      if (first.isConnected) continue;
      note.remove();
      notes.delete(first);
    }
  }

  function idOf(control) {
    if (!control.id) {
      control.id = `${own}-control-${(made += 1)}`;
      undo.push(() => control.removeAttribute('id'));
    }
    return control.id;
  }

  function entry({ control, message }) {
    const item = element(form, 'li', {});
    if (control) {
      const link = element(form, 'a', { href: `#${idOf(control)}`, textContent: message });
      link.addEventListener('click', (event) => {
        event.preventDefault();
        for (let around = control; (around = around.parentElement?.closest('details'));) around.open = true;
        control.focus();
      });
      item.append(link);
    } else {
      item.textContent = message;
    }
    return item;
  }

  let entries = [];
  function summarise(found, announced) {
    const isSame = found.length === entries.length && found.every(({ control, message }, at) => control === entries[at].control && message === entries[at].message);
    entries = found;
    // Told when it is asked for; nobody wants to hear it with every key.
    setOrRemove(alert, 'role', announced ? 'alert' : null);
    if (!isSame) list.replaceChildren(...entries.map(entry));
    summary.hidden = entries.length === 0;
  }

  return {
    markRequired(control) {
      if (!BY_THEMSELVES.has(control.type) && !control.hasAttribute('aria-required')) {
        control.setAttribute('aria-required', 'true');
        undo.push(() => control.removeAttribute('aria-required'));
      }
    },

    /** Shows a report: at the controls of each field what is wrong with it, and in the summary what has no control. */
    report(groups, report, visible, withSummary) {
      const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
      const found = [];
      const told = new Set();
      const firsts = new Set();
      const marked = new Set();
      for (const { pointer, field, controls } of groups) {
        const here = errors.filter((error) => error.in === 'body' && belongs(error.pointer, pointer));
        if (here.length === 0) continue;
        here.forEach((error) => told.add(error));
        const message = here.map((error) => sentence(error, field)).join(' ');
        const seen = controls.filter(({ type }) => type !== 'hidden');
        if (seen.length > 0 && !controls.some(visible)) continue;
        found.push({ control: seen[0], message: row(pointer) + message });
        if (seen.length === 0) continue;
        const note = noteOf(seen);
        if (note.textContent !== message) note.textContent = message;
        note.hidden = false;
        firsts.add(seen[0]);
        for (const control of seen) {
          mark(control, note);
          marked.add(control);
        }
      }
      for (const control of before.keys()) if (!marked.has(control)) unmark(control);
      keep(firsts);
      for (const error of errors) if (!told.has(error)) found.push({ message: row(error.pointer) + sentence(error) });
      if (withSummary || !summary.hidden) summarise(found, withSummary);
      this.hint(report.requires);
    },

    /** What is required of the target is no error of the form's. */
    hint(requires) {
      const lines = requires.map(needed);
      hints.hidden = lines.length === 0;
      // A screen reader says whatever is put here anew.
      if (lines.join('\n') === hinted) return;
      hinted = lines.join('\n');
      hints.replaceChildren(...lines.map((textContent) => element(form, 'p', { textContent })));
    },

    /** Whether some control is told wrong. */
    tells: () => before.size > 0,

    focusSummary() {
      summary.focus();
    },

    clear() {
      for (const control of before.keys()) unmark(control);
      keep(new Set());
      summary.hidden = true;
      hints.hidden = true;
    },
  };
}

/** The controls that are required by an attribute of their own, or not at all. */
const BY_THEMSELVES = new Set(['checkbox', 'radio', 'hidden']);

/** A fault of an element of a list belongs to the control of the list, unless the element has one. */
const belongs = (pointer, own) => pointer === own || (pointer.startsWith(`${own}/`) && /^\d+$/.test(pointer.slice(own.length + 1)));

const idsIn = (attribute) => attribute?.split(/\s+/).filter(Boolean) ?? [];

function setOrRemove(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

function element(form, name, properties) {
  return Object.assign(form.ownerDocument.createElement(name), properties);
}
