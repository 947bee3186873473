// What is known of the target: facts by hand, or a response of the API as it is.

import { choose, el, listed } from './dom.js';
import { FACTS, factNamed, put, tell, told, word } from './facts.js';
import { isObject, parseJson } from './json-text.js';
import { MEMBERS, knownMembers } from './secrets.js';
import { contextFault, merged } from './state.js';

/** A value with more characters than any that is known would fill the line of all that is known. */
const LONGEST = 32;

/** The controls of the facts behind `toggle`, and the box to paste into. */
export function target({ facts, toggle, box, note, known, forget }, { onChange }) {
  let context = {};
  const controls = FACTS.map((fact, index) => {
    const { names, label, values } = fact;
    const id = `fact-${index}`;
    const select = el('select', {
      id,
      'aria-describedby': `${id}-note`,
      onchange: () => onChange(put(context, fact, values.find(([own]) => word(own) === select.value)?.[1])),
    }, el('option', { value: '', text: 'not known' }), ...values.map(([own]) => el('option', { value: word(own), text: word(own) })));
    const needs = el('p', { class: 'note', id: `${id}-note` });
    const row = el('div', { class: 'fact' }, el('label', { for: id }, el('span', { text: label }), el('code', { class: 'name', text: fact.title })), select, needs);
    facts.append(row);
    return { fact, names, select, needs, row };
  });

  function open(opened) {
    facts.hidden = !opened;
    toggle.setAttribute('aria-expanded', String(opened));
  }
  toggle.addEventListener('click', () => open(facts.hidden));
  box.addEventListener('input', () => note.replaceChildren());

  return {
    /** Shows what is known, and what an operation can read; what a request `requires` is marked. */
    show(value, operation, requires = []) {
      context = value;
      const needed = requires.flatMap(({ fact, values, not }) => (fact ? [[fact, values]] : Object.keys(not).map((name) => [name])));
      const said = [];
      for (const { fact, names, select, needs, row } of controls) {
        const now = told(context, fact);
        choose(select, now, now);
        select.classList.toggle('known', now !== '');
        if (now !== '') said.push(`${fact.title} ${now.length > LONGEST ? `${now.slice(0, LONGEST)}…` : now}`);
        const own = needed.filter(([name]) => names.includes(name));
        row.hidden = operation !== '' && now === '' && own.length === 0 && !fact.operations.includes(operation);
        row.classList.toggle('needed', own.length > 0);
        needs.replaceChildren(...own.map(([name, values]) => el('span', { class: 'needs', text: needWords(names, name, values) })));
      }
      const objects = Object.keys(context).filter((name) => Object.keys(context[name] ?? {}).length > 0);
      forget.hidden = objects.length === 0;
      const text = said.length > 0 ? `Known: ${short(said).join(', ')}.`
        : objects.length > 0 ? `Known from ${listed(objects, 'and')}.`
        : 'Nothing is known of it, so the check says what it must be.';
      if (known.textContent !== text) known.textContent = text;
    },

    /** Notes a fact as a report speaks of it. */
    tell: (fact, value) => onChange(tell(context, fact, value)),

    /** Leads to the control of a fact. */
    focus(name) {
      open(true);
      const { select } = controls.find(({ fact }) => fact === factNamed(name));
      select.focus();
      select.scrollIntoView({ block: 'center' });
    },

    paste() {
      const pasted = read(box.value);
      note.textContent = pasted.fault ?? '';
      if (pasted.fault) return false;
      onChange(merged(context, pasted.known));
      box.value = '';
      return true;
    },
  };
}

function needWords(names, name, values) {
  if (!values) return 'Matters now.';
  const subject = names.length > 1 ? `${name.split('.').at(-1)} must be ` : 'Must be ';
  return `${subject}${listed(values.map(word), 'or')}.`;
}

/** A line has room for a few facts. */
const short = (said) => (said.length > 4 ? [...said.slice(0, 3), `${said.length - 3} more`] : said);

/** What is wrong with a text as JSON, and where; browsers tell it in their own ways. */
function faultOf(text) {
  try {
    parseJson(text);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** What is known from what was pasted, or what is wrong with it. */
function read(written) {
  if (written.trim() === '') return { fault: 'There is nothing to use yet.' };
  // Some clients show a response with its status and headers.
  const text = written.replace(/^\s*HTTP\/[^]*?\n\r?\n/, '');
  let pasted;
  try {
    pasted = JSON.parse(text);
  } catch (error) {
    return { fault: `This is not JSON: ${faultOf(text) ?? error.message}.` };
  }
  const known = isObject(pasted) ? knownMembers(pasted) : {};
  if (Object.keys(known).length === 0) return { fault: `This has no ${listed(MEMBERS, 'or')}. Paste one resource’s response, as it is.` };
  const fault = contextFault(known);
  return fault === undefined ? { known } : { fault: `This cannot be used: ${fault}.` };
}
