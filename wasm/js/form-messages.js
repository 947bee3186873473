// What a form says: a message at each field, a hint of what is required of the target, and a summary with links.

let count = 0;

/** The messages of a form. What it changes, `undo` changes back. */
export function show(form, undo) {
  const own = `elblint-${(count += 1)}`;
  const notes = new Map();
  let made = 0;
  const summary = element(form, 'div', { role: 'group', tabIndex: -1, hidden: true });
  summary.className = 'elblint-summary';
  const place = form.querySelector('[data-elblint="summary"]');
  place ? place.append(summary) : form.prepend(summary);
  const hints = element(form, 'div', { hidden: true });
  hints.className = 'elblint-requires';
  const hintPlace = form.querySelector('[data-elblint="requires"]');
  hintPlace ? hintPlace.append(hints) : summary.after(hints);
  undo.push(() => {
    summary.remove();
    hints.remove();
    for (const note of notes.values()) note.element.remove();
  });

  /** The element that holds what is said about a control. */
  function noteOf(control) {
    let note = notes.get(control);
    if (!note) {
      const text = element(form, 'p', { id: `${own}-note-${(made += 1)}`, hidden: true });
      text.className = 'elblint-error';
      const place = form.querySelector(`[data-elblint-for="${CSS.escape(control.name)}"]`);
      place ? place.append(text) : control.after(text);
      if (!control.id) control.id = `${own}-control-${made}`;
      note = { element: text };
      notes.set(control, note);
    }
    return note;
  }

  /** A control that was taken out of the form takes its message along. */
  function dropRemoved() {
    for (const [control, note] of notes) {
      if (control.isConnected) continue;
      note.element.remove();
      notes.delete(control);
    }
  }

  function say(control, message) {
    if (!message && !notes.has(control)) return;
    const { element: note } = noteOf(control);
    note.textContent = message;
    note.hidden = !message;
    control.setCustomValidity(message);
    const others = (control.getAttribute('aria-describedby') ?? '').split(/\s+/).filter((id) => id && id !== note.id);
    const described = message ? [note.id, ...others] : others;
    setOrRemove(control, 'aria-describedby', described.join(' '));
    setOrRemove(control, 'aria-invalid', message && 'true');
  }

  return {
    markRequired(control) {
      if (control.type !== 'checkbox' && !control.hasAttribute('aria-required')) {
        control.setAttribute('aria-required', 'true');
        undo.push(() => control.removeAttribute('aria-required'));
      }
    },

    /** Shows a report: at each control what is wrong with its field, and in the summary what has no control. */
    report(controls, report, visible, withSummary) {
      const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
      const entries = [];
      const told = new Set();
      dropRemoved();
      for (const { control, pointer } of controls) {
        const here = errors.filter((error) => error.in === 'body' && belongs(error.pointer, pointer));
        here.forEach((error) => told.add(error));
        const message = here.map(sentence).join(' ');
        say(control, visible(control) ? message : '');
        if (message) entries.push({ control, message });
      }
      for (const error of errors) if (!told.has(error)) entries.push({ message: sentence(error) });
      if (withSummary || !summary.hidden) this.summarise(entries);
      this.hint(report.requires);
    },

    summarise(entries) {
      const heading = element(form, 'h2', { textContent: 'There is a problem' });
      const list = element(form, 'ul', {});
      for (const { control, message } of entries) {
        const item = element(form, 'li', {});
        if (control) {
          const link = element(form, 'a', { href: `#${control.id}`, textContent: message });
          link.addEventListener('click', (event) => {
            event.preventDefault();
            control.focus();
          });
          item.append(link);
        } else {
          item.textContent = message;
        }
        list.append(item);
      }
      const alert = element(form, 'div', {});
      alert.setAttribute('role', 'alert');
      alert.append(heading, list);
      summary.replaceChildren(alert);
      summary.setAttribute('aria-label', 'There is a problem');
      summary.hidden = entries.length === 0;
    },

    /** What is required of the target is no error of the form's. */
    hint(requires) {
      const lines = requires.map((need) => element(form, 'p', { textContent: needed(need) }));
      hints.replaceChildren(...lines);
      hints.hidden = lines.length === 0;
    },

    focusSummary() {
      summary.focus();
    },

    clear() {
      for (const control of notes.keys()) say(control, '');
      summary.hidden = true;
      hints.hidden = true;
    },
  };
}

/** What is required of the target, in a sentence. */
function needed({ fact, values, not }) {
  const word = (value) => (value === '' ? '""' : String(value));
  if (fact) return `Accepted only where ${fact} is ${values.map(word).join(' or ')}.`;
  const facts = Object.entries(not).map(([name, value]) => `${name} is ${word(value)}`);
  return `Not accepted where ${facts.join(' and ')}.`;
}

/** A fault of an element of a list belongs to the control of the list, unless the element has one. */
const belongs = (pointer, own) => pointer === own || (pointer.startsWith(`${own}/`) && /^\d+$/.test(pointer.slice(own.length + 1)));

/** A diagnostic in plain words: forms have no Markdown. */
function sentence({ message, help }) {
  const text = (help ? `${message}: ${help}` : message).replaceAll('`', '');
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function setOrRemove(element, name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

function element(form, name, properties) {
  return Object.assign(form.ownerDocument.createElement(name), properties);
}
