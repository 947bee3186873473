// The form of a request, built from the fields of its operation.

import { fields, operations } from 'elblint';
import { counted, el, listed, prose, sentence } from './dom.js';
import { word } from './facts.js';
import { isObject, shown } from './json-text.js';
import { isToken } from './requests.js';
import { at, blank, choices, put, valueOf, write } from './values.js';

/** So many servers are built at once; with more, the page would stand still meanwhile. */
const AT_ONCE = 20;

/** Builds the form in `root`; `onChange` hears of a body, a URL or a token that was typed, `begin` of an operation. */
export function compose(root, { onChange, openText, begin }) {
  let state;
  let said;
  let shape = '';
  let controls = new Map();
  let cards = [];
  let growing;
  let count = 0;

  function build() {
    controls = new Map();
    cards = [];
    count = 0;
    if (isEmpty()) {
      const choice = ({ name, summary }) => el('button', { type: 'button', class: 'begin', onclick: () => begin(name) }, el('b', { text: name }), el('span', { class: 'hint', text: summary }));
      root.replaceChildren(el('div', { class: 'choices' }, ...operations.map(choice)));
      return;
    }
    if (state.url === undefined) {
      root.replaceChildren(el('button', { type: 'button', text: 'Open the text', onclick: openText }));
      return;
    }
    const request = section('Request', [
      control('url', { title: 'URL', type: 'string', required: true }),
      control('token', { title: 'X-Auth-Token', type: 'string', description: 'Stays in this page. A placeholder such as `{{token}}` will do.' }),
    ]);
    if (!state.operation) {
      root.replaceChildren(request, el('p', { class: 'hint', text: 'There is no form for the body of this request. It can be changed in the text.' }));
      return;
    }
    const all = Object.entries(fields(state.operation));
    root.replaceChildren(request, ...(state.operation === 'BatchCreateMembers' ? list() : [body(all)]));
    grow();
  }

  const isEmpty = () => state.text.trim() === '';

  /** The fields of a body with one object, grouped as the objects are. */
  function body(all) {
    const root = all.find(([pointer, field]) => field.type === 'object' && pointer.lastIndexOf('/') === 0 && field.required)?.[0] ?? '';
    return group('Body', root, all);
  }

  function list() {
    const servers = el('div', { role: 'group', 'aria-label': 'Servers' });
    servers.append(...whole('/members', servers, Array.isArray));
    return [servers, el('button', { type: 'button', class: 'add', text: 'Add a server', onclick: () => {
      const last = members().at(-1);
      // What is not there yet is no fault, and servers of one batch are mostly alike.
      const { protocol_port = 80, subnet_cidr_id } = isObject(last) ? last : {};
      changeBody((body) => {
        body.members = [...members(), { address: '{{address}}', protocol_port, ...(subnet_cidr_id !== undefined && { subnet_cidr_id }) }];
      });
      more(members().length);
      const { input } = controls.get(`/members/${members().length - 1}/address`);
      input.focus();
      input.select();
    } })];
  }

  const members = () => (Array.isArray(state.body?.members) ? state.body.members : []);

  function card(index) {
    const own = Object.entries(fields(state.operation)).map(([pointer, field]) => [pointer.replace('/members/*', `/members/${index}`), field]);
    const made = group(`Server ${index + 1}`, `/members/${index}`, own);
    made.classList.add('card');
    made.append(el('button', { type: 'button', class: 'quiet', 'aria-label': `Remove server ${index + 1}`, text: 'Remove', onclick: () => {
      changeBody((body) => body.members.splice(index, 1), `Server ${index + 1} was removed.`);
      const left = root.querySelectorAll('.card > button');
      (left[Math.min(index, left.length - 1)] ?? root.querySelector('.add')).focus();
    } }));
    return made;
  }

  /** Makes the cards as many as the servers, up to a number now and the rest when there is time. */
  function grow(upTo = AT_ONCE) {
    clearTimeout(growing);
    const wanted = state.operation === 'BatchCreateMembers' ? members().length : 0;
    // A card shows the server of its number, whichever that is, so the last ones go.
    while (cards.length > wanted) {
      cards.pop().remove();
      const own = `/members/${cards.length}`;
      for (const pointer of controls.keys()) if (pointer === own || pointer.startsWith(`${own}/`)) controls.delete(pointer);
    }
    while (cards.length < Math.min(wanted, upTo)) {
      cards.push(card(cards.length));
      root.querySelector('.add').before(cards.at(-1));
    }
    if (cards.length < wanted) growing = setTimeout(() => more(cards.length + AT_ONCE));
  }

  function more(upTo) {
    if (upTo <= cards.length) return;
    grow(upTo);
    fill();
    tell();
  }

  function group(title, pointer, all) {
    const inside = all.filter(([own, field]) => own.startsWith(`${pointer}/`) && !own.endsWith('/*') && !own.slice(pointer.length + 1).includes('/') && field);
    const row = ([own, field]) => (field.type === 'object' ? group(field.title, own, all) : control(own, field));
    const recent = inside.filter(([, field]) => newer(field));
    const made = section(title, inside.filter(([, field]) => !newer(field)).map(row), all.find(([own]) => own === pointer)?.[1]);
    made.querySelector('legend').after(...whole(pointer, made, isObject));
    if (recent.length > 0) {
      const used = recent.some(([own]) => at(state.body, own) !== undefined);
      const summary = `${counted(recent.length, 'newer field')}, not in the documentation yet`;
      made.append(el('details', { class: 'newer', open: used }, el('summary', { text: summary }), el('div', { class: 'rows' }, ...recent.map(row))));
    }
    return made;
  }

  /** What is wrong with an object or a list itself, and a value that is none. */
  function whole(pointer, input, fits) {
    const id = `field-${(count += 1)}-note`;
    const note = el('p', { class: 'note', id, hidden: true });
    const instead = el('p', { class: 'hint', hidden: true });
    input.tabIndex = -1;
    input.setAttribute('aria-describedby', id);
    controls.set(pointer, { input, note, instead, fits });
    return [note, instead];
  }

  function section(title, rows, field) {
    return el('fieldset', {}, el('legend', { text: title }), hint(field), el('div', { class: 'rows' }, ...rows));
  }

  function control(pointer, field) {
    const id = `field-${(count += 1)}`;
    const options = choices(field);
    const input = options
      ? el('select', { id, onchange: () => typed(pointer, input, field) }, ...options)
      : el('input', {
          id,
          autocomplete: 'off',
          spellcheck: 'false',
          inputmode: field.type === 'integer' ? 'numeric' : undefined,
          oninput: () => typed(pointer, input, field),
          onkeydown: ({ key }) => {
            // What looks empty but is sent has no text that could be deleted.
            if ((key === 'Backspace' || key === 'Delete') && input.value === '' && pointer.startsWith('/') && blank(at(state.body, pointer))) typed(pointer, input, field);
          },
        });
    const isPart = pointer.startsWith('/');
    if (field.required) input.setAttribute('aria-required', 'true');
    input.setAttribute('aria-describedby', `${id}-note ${id}-hint`);
    const note = el('p', { class: 'note', id: `${id}-note`, hidden: true });
    const row = el('div', { class: isPart ? 'row' : 'row wide' },
      el('label', { for: id },
        el('span', { text: field.title }),
        isPart && field.required ? el('em', { text: 'required' }) : undefined,
        isPart ? el('code', { class: 'name', text: pointer.slice(pointer.lastIndexOf('/') + 1) }) : undefined),
      pointer === 'url' ? el('div', { class: 'with-method' }, el('code', { id: 'method' }), input) : input,
      el('div', {}, note, hint(field, `${id}-hint`)));
    controls.set(pointer, { input, note, field, row });
    return row;
  }

  function typed(pointer, input, field) {
    input.classList.toggle('set', input.value !== '');
    if (pointer === 'url' || pointer === 'token') return onChange({ [pointer]: input.value });
    return changeBody((body) => put(body, pointer, valueOf(input, field)));
  }

  /** Changes a copy of the body; what is `told` can be taken back. */
  function changeBody(change, told) {
    // A body that is no object has no fields to keep.
    const body = isObject(state.body) ? structuredClone(state.body) : {};
    change(body);
    onChange({ body }, told);
  }

  /** Builds the form anew, and goes back to where the user was. */
  function rebuild() {
    const { activeElement } = document;
    const [own] = [...controls].find(([, { input }]) => input === activeElement) ?? [];
    const { selectionStart } = activeElement ?? {};
    build();
    if (!own || !controls.has(own)) return;
    const { input } = controls.get(own);
    input.value = activeElement.value;
    input.focus();
    input.setSelectionRange?.(selectionStart, selectionStart);
  }

  function fill(typing) {
    for (const [pointer, { input, field, instead, fits }] of controls) {
      const value = pointer === 'url' ? state.url : pointer === 'token' ? state.headers.find(isToken)?.[1] : at(state.body, pointer);
      if (instead) {
        instead.hidden = value === undefined || fits(value);
        instead.replaceChildren(...(instead.hidden ? [] : ['Sent as ', el('code', { text: shown(value) }), '.']));
      } else write(input, value, field, typing && input === document.activeElement);
    }
  }

  function tell() {
    const notes = new Map();
    const add = (own, kind, text) => own && notes.set(own, [...(notes.get(own) ?? []), { kind, text }]);
    for (const { severity, message, related = [], ...place } of said?.diagnostics ?? []) {
      // What takes part in a fault is marked as well, but once.
      const owns = new Set([place, ...related].map(({ in: part, pointer }) => standsFor(part, pointer)));
      for (const own of owns) add(own, severity, sentence(message));
    }
    for (const { fact, values, places } of said?.requires ?? []) {
      for (const place of places) {
        if (fact && place.in === 'body') add(standsFor('body', place.pointer), 'needs', `Needs a target whose ${fact} is ${listed(values.map(word), 'or')}.`);
      }
    }
    for (const [pointer, { input, note, row }] of controls) {
      const here = notes.get(pointer) ?? [];
      if (here.length === 0 && note.hidden) continue;
      note.replaceChildren(...here.map(({ kind, text }) => el('span', { class: kind }, ...prose(text))));
      note.hidden = here.length === 0;
      const wrong = here.some(({ kind }) => kind === 'error');
      if (wrong) input.closest('details')?.setAttribute('open', '');
      (row ?? input).classList.toggle('wrong', wrong);
      if (!row) continue;
      if (wrong) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
  }

  return {
    /** Shows a state; while somebody is `typing`, the control that they are in says it in their way. */
    show(fresh, typing) {
      state = fresh;
      const now = isEmpty() ? 'nothing' : state.url === undefined ? '' : `for ${state.operation}`;
      if (now !== shape || root.childElementCount === 0) rebuild();
      else grow(cards.length + AT_ONCE);
      shape = now;
      root.querySelector('#method')?.replaceChildren(state.method);
      if (state.url !== undefined) fill(typing);
    },

    /** Shows at each field what is wrong with it, and what it needs of the target. */
    report(report) {
      said = report;
      tell();
    },

    /** Leads to what stands for a place; false where nothing does. */
    focus({ part, pointer }) {
      if (part === 'body') more(Number(/^\/members\/(\d+)/.exec(pointer)?.[1] ?? -1) + 1);
      const own = standsFor(part, pointer);
      const { input, instead } = controls.get(own) ?? {};
      if (!input || (instead && own !== pointer)) return false;
      input.closest('details')?.setAttribute('open', '');
      input.focus();
      input.scrollIntoView({ block: 'center' });
      return true;
    },
  };

  /** What stands for a place: a field, the list that it is in, or the object that has no such field. */
  function standsFor(part, pointer) {
    if (part === 'path') return 'url';
    if (part === 'header') return 'token';
    if (part !== 'body') return undefined;
    // Nothing stands yet for a server whose card is still to come.
    if (Number(/^\/members\/(\d+)/.exec(pointer)?.[1]) >= cards.length && members().length > cards.length) return undefined;
    for (let own = pointer; own; own = own.slice(0, own.lastIndexOf('/'))) if (controls.has(own)) return own;
    return undefined;
  }
}

const RECENT = /\s*Newer than the page\.?/;
const newer = (field) => RECENT.test(field.description ?? '');

/** What a field is for; that it is newer is said above all of those. */
function hint({ description = '' } = {}, id) {
  const text = description.replace(RECENT, '');
  return text || id ? el('p', { class: 'hint', id }, ...prose(text)) : undefined;
}
