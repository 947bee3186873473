// The form of a request, built from the fields of its operation.

import { fields } from 'elblint';
import { choose, el, prose, sentence } from './dom.js';
import { bare, isObject, isPlaceholder, shown } from './json-text.js';
import { isToken } from './requests.js';

const NOT_SENT = 'not sent';

/** Builds the form in `root`; `onChange` hears of a body, a URL or a token that was typed. */
export function compose(root, { onChange, openText }) {
  let state;
  let shape = '';
  let controls = new Map();
  let count = 0;

  function build() {
    controls = new Map();
    count = 0;
    if (state.url === undefined) {
      root.replaceChildren(el('button', { type: 'button', text: 'Open the text', onclick: openText }));
      return;
    }
    const request = section('Request', [
      control('url', { title: 'URL', type: 'string', description: '' }),
      control('token', { title: 'X-Auth-Token', type: 'string', description: 'Stays in this page. A placeholder such as `{{token}}` will do.' }),
    ]);
    request.querySelector('label').append(el('code', { class: 'name', id: 'method' }));
    if (!state.operation) {
      root.replaceChildren(request, el('p', { class: 'hint', text: 'There is no form for the body of this request. It can be changed in the text.' }));
      return;
    }
    const all = Object.entries(fields(state.operation));
    root.replaceChildren(request, ...(state.operation === 'BatchCreateMembers' ? list(all) : [body(all)]));
  }

  /** The fields of a body with one object, grouped as the objects are. */
  function body(all) {
    const root = all.find(([pointer, field]) => field.type === 'object' && pointer.lastIndexOf('/') === 0 && field.required)?.[0] ?? '';
    return group('Body', root, all);
  }

  function list(all) {
    const cards = Array.from({ length: members().length }, (_, index) => {
      const own = all.map(([pointer, field]) => [pointer.replace('/members/*', `/members/${index}`), field]);
      const card = group(`Server ${index + 1}`, `/members/${index}`, own);
      card.classList.add('card');
      card.append(el('button', { type: 'button', class: 'quiet', 'aria-label': `Remove server ${index + 1}`, text: 'Remove', onclick: () => {
        changeBody((body) => body.members.splice(index, 1));
        const left = root.querySelectorAll('.card > button');
        (left[Math.min(index, left.length - 1)] ?? root.querySelector('.add')).focus();
      } }));
      return card;
    });
    const servers = el('div', { role: 'group', 'aria-label': 'Servers' });
    servers.append(...whole('/members', servers, Array.isArray));
    return [servers, ...cards, el('button', { type: 'button', class: 'add', text: 'Add a server', onclick: () => {
      changeBody((body) => {
        body.members = [...members(), { address: '', protocol_port: 80 }];
      });
      controls.get(`/members/${members().length - 1}/address`).input.focus();
    } })];
  }

  const members = () => (Array.isArray(state.body?.members) ? state.body.members : []);

  function group(title, pointer, all) {
    const inside = all.filter(([own, field]) => own.startsWith(`${pointer}/`) && !own.endsWith('/*') && !own.slice(pointer.length + 1).includes('/') && field);
    const plain = inside.filter(([, field]) => !newer(field));
    const recent = inside.filter(([, field]) => newer(field));
    const rows = plain.map(([own, field]) => (field.type === 'object' ? group(field.title, own, all) : control(own, field)));
    // Short rows first, so that what belongs together stays together.
    const made = section(title, rows, all.find(([own]) => own === pointer)?.[1]);
    made.querySelector('legend').after(...whole(pointer, made, isObject));
    if (recent.length > 0) {
      const more = recent.map(([own, field]) => (field.type === 'object' ? group(field.title, own, all) : control(own, field)));
      const used = recent.some(([own]) => at(state.body, own) !== undefined);
      made.append(el('details', { class: 'newer', open: used }, el('summary', { text: `${counted(recent.length)} newer than the page` }), el('div', { class: 'rows' }, ...more)));
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
    return el('fieldset', {}, el('legend', { text: title }), field?.description ? el('p', { class: 'hint', }, ...prose(field.description)) : undefined, el('div', { class: 'rows' }, ...rows));
  }

  function control(pointer, field) {
    const id = `field-${(count += 1)}`;
    const values = field.type === 'boolean' ? [true, false] : field.enum;
    const label = field.type === 'boolean' || field.enum ? choices(values, field) : undefined;
    const input = label
      ? el('select', { id, onchange: () => typed(pointer, input, field) }, ...label)
      : el('input', {
          id,
          autocomplete: 'off',
          spellcheck: 'false',
          inputmode: field.type === 'integer' ? 'numeric' : undefined,
          placeholder: placeholder(field),
          oninput: () => typed(pointer, input, field),
        });
    if (field.required) input.setAttribute('aria-required', 'true');
    const hint = el('p', { class: 'hint', id: `${id}-hint` }, ...prose(field.description ?? ''));
    const note = el('p', { class: 'note', id: `${id}-note`, hidden: true });
    const name = pointer.startsWith('/') ? el('code', { class: 'name', text: pointer.slice(pointer.lastIndexOf('/') + 1) }) : undefined;
    const row = el('div', { class: 'row' },
      el('label', { for: id }, el('span', { text: field.title }), field.required ? el('em', { text: 'required' }) : undefined),
      input, el('div', {}, note, hint));
    if (name) row.querySelector('label').append(name);
    if (pointer === 'url') row.classList.add('wide');
    input.setAttribute('aria-describedby', `${id}-note ${id}-hint`);
    controls.set(pointer, { input, note, field, row });
    return row;
  }

  function typed(pointer, input, field) {
    input.classList.toggle('set', input.value !== '');
    if (pointer === 'url' || pointer === 'token') return onChange({ [pointer]: input.value });
    return changeBody((body) => put(body, pointer, valueOf(input, field)));
  }

  function changeBody(change) {
    // A body that is no object has no fields to keep.
    const body = isObject(state.body) ? structuredClone(state.body) : {};
    change(body);
    onChange({ body });
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

  return {
    /** Shows a state; while somebody is `typing`, the control that they are in says it in their way. */
    show(fresh, typing) {
      state = fresh;
      const now = state.url === undefined ? '' : `${state.operation} ${members().length}`;
      if (now !== shape || root.childElementCount === 0) rebuild();
      shape = now;
      root.querySelector('#method')?.replaceChildren(state.method);
      for (const [pointer, { input, field, instead, fits }] of controls) {
        const value = pointer === 'url' ? state.url : pointer === 'token' ? state.headers.find(isToken)?.[1] : at(state.body, pointer);
        if (instead) {
          instead.hidden = value === undefined || fits(value);
          instead.replaceChildren('Sent as ', el('code', { text: shown(value ?? null) }), '.');
          continue;
        }
        if (!typing || input !== document.activeElement) write(input, value);
        input.classList.toggle('set', value !== undefined);
      }
    },

    /** Shows at each field what is wrong with it, and what it needs of the target. */
    report(report) {
      const said = new Map();
      const add = (pointer, kind, text) => said.set(pointer, [...(said.get(pointer) ?? []), { kind, text }]);
      for (const { severity, message, in: part, pointer } of report?.diagnostics ?? []) {
        const own = part === 'body' ? nearest(pointer) : part === 'path' ? 'url' : part === 'header' ? 'token' : undefined;
        if (own) add(own, severity, sentence(message));
      }
      for (const { fact, values, places } of report?.requires ?? []) {
        for (const place of places) {
          const own = fact && place.in === 'body' && nearest(place.pointer);
          if (own) add(own, 'needs', `Needs a target whose ${fact} is ${values.map((value) => (value === '' ? 'blank' : value)).join(' or ')}.`);
        }
      }
      for (const [pointer, { input, note, row }] of controls) {
        const here = said.get(pointer) ?? [];
        note.replaceChildren(...here.map(({ kind, text }) => el('span', { class: kind }, ...prose(text))));
        note.hidden = here.length === 0;
        const wrong = here.some(({ kind }) => kind === 'error');
        if (wrong) input.closest('details')?.setAttribute('open', '');
        if (!row) continue;
        row.classList.toggle('wrong', wrong);
        if (wrong) input.setAttribute('aria-invalid', 'true');
        else input.removeAttribute('aria-invalid');
      }
    },

    /** Leads to what stands for a place; false where nothing does. */
    focus({ part, pointer }) {
      const own = part === 'path' ? 'url' : part === 'header' ? 'token' : part === 'body' ? nearest(pointer) : undefined;
      const { input, instead } = controls.get(own) ?? {};
      if (!input || (instead && own !== pointer)) return false;
      input.closest('details')?.setAttribute('open', '');
      input.focus();
      input.scrollIntoView({ block: 'center' });
      return true;
    },
  };

  /** What stands for a place: a field, the list that it is in, or the object that has no such field. */
  function nearest(pointer) {
    for (let own = pointer; own; own = own.slice(0, own.lastIndexOf('/'))) if (controls.has(own)) return own;
    return undefined;
  }
}

const newer = (field) => /Newer than the page/.test(field.description ?? '');
const counted = (count) => `${count} field${count === 1 ? '' : 's'}`;

function choices(values, field) {
  const text = (value) => (value === '' ? '"" (blank)' : String(value));
  const options = values.map((value, index) => el('option', { value: JSON.stringify(value), title: field.enumDescriptions?.[index], text: text(value) }));
  return [el('option', { value: '', text: NOT_SENT }), ...options];
}

function placeholder(field) {
  if (field.minimum !== undefined) return `${field.minimum} to ${field.maximum}`;
  if (field.type === 'array') return 'one, two';
  return field.required ? '' : NOT_SENT;
}

function valueOf(input, field) {
  if (input.value === '') return undefined;
  if (input.tagName === 'SELECT') return JSON.parse(input.value);
  if (field.type === 'integer' && /^-?\d{1,15}$/.test(input.value.trim())) return Number(input.value);
  if (field.type === 'integer') return bare(input.value.trim());
  if (field.type === 'array') return input.value.split(/[\s,]+/).filter(Boolean);
  return input.value;
}

function write(input, value) {
  if (input.tagName === 'SELECT') {
    const open = value === null || isPlaceholder(value);
    return choose(input, value === undefined ? '' : JSON.stringify(value), open ? shown(value) : `${shown(value)} (not permitted)`);
  }
  const list = Array.isArray(value) && value.every((item) => typeof item === 'string');
  const text = value === undefined ? '' : list ? value.join(', ') : shown(value);
  if (input.value !== text) input.value = text;
}

const steps = (pointer) => pointer.split('/').slice(1);
const at = (body, pointer) => steps(pointer).reduce((here, step) => here?.[step], body);

/** Puts a value into a body, or takes it out; an object that becomes empty goes with it, unless it is the body's own. */
function put(body, pointer, value) {
  const way = steps(pointer);
  const last = way.pop();
  let here = body;
  way.forEach((step, index) => {
    const isList = /^\d+$/.test(way[index + 1] ?? last);
    // What stands where an object or a list belongs has no room for a field.
    if (!(isList ? Array.isArray : isObject)(here[step])) here[step] = isList ? [] : {};
    here = here[step];
  });
  if (value !== undefined) here[last] = value;
  else {
    delete here[last];
    if (way.length > 1 && Object.keys(here).length === 0 && !/^\d+$/.test(way.at(-1))) put(body, `/${way.join('/')}`, undefined);
  }
}
