// What the check says: the verdict, the diagnostics, what is required of the target, and a rule's documentation.

import { explain, rules } from 'elblint';
import { counted, el, listed, listedParts, markdown, prose, sentence } from './dom.js';
import { canTell, word } from './facts.js';

/** What each verdict is called, of one request and among several; the worst first. */
const VERDICTS = {
  unreadable: ['Cannot be read', 'cannot be read'],
  refused: ['Refused', 'refused'],
  conditional: ['It depends', 'on conditions'],
  open: ['It depends', 'with placeholders'],
  uncovered: ['Not checked', 'not checked'],
  ready: ['Ready', 'ready'],
  foreign: ['Not for ELB', 'not for ELB'],
};

const KINDS = Object.keys(VERDICTS);

const NO_WEBASSEMBLY = 'This browser has WebAssembly turned off, which the check needs.';

const ORDER = ['error', 'warning', 'info'];

/** Shows reports; `go` leads to a place in the view that is open, and `target` takes what is told of its facts. */
export function findings({ verdict, list, dialog, go, target }) {
  const title = el('h2', { id: 'explain-title', tabindex: '-1' });
  const opened = { rule: '' };
  let told = '';

  /** Explains a rule; one for fields of any kind has the `source` of the field only. */
  async function open(rule, source) {
    opened.rule = rule;
    const { severity, group, sources } = rules.find(({ name }) => name === rule) ?? { sources: [] };
    title.textContent = rule;
    const text = await explain(rule);
    if (opened.rule !== rule) return;
    const cited = (sources.length > 0 || !source ? sources : [source]).map(({ document, updated, table, parameter }) =>
      el('li', { text: [`${document} (updated ${updated})`, table, parameter].filter(Boolean).join(', ') }));
    dialog.querySelector('#explain-text').replaceChildren(
      title,
      el('p', { class: 'kind' }, el('span', { class: `tag ${severity}`, text: severity }), ` ${group}`),
      ...markdown(text),
      ...(cited.length > 0 ? [el('h3', { text: 'It rests on' }), el('ul', {}, ...cited)] : []),
    );
    dialog.showModal();
    title.focus();
  }

  function place({ in: part, pointer, span }, line) {
    const text = part === 'body' ? pointer || 'body' : part === 'request' ? 'request' : `${part} ${pointer.slice(1)}`;
    return el('button', { type: 'button', class: 'place', onclick: () => go({ place: { part, pointer }, span, line }), text });
  }

  const explained = (rule, source) =>
    el('button', { type: 'button', class: 'rule', 'aria-label': `Explain ${rule}`, onclick: () => open(rule, source), text: rule });

  function diagnostic(found, line) {
    const { rule, severity, message, help, source, related = [] } = found;
    // A message may name what it is related to.
    const others = related.filter((other) => !message.includes(other.message));
    return el('li', { class: severity },
      el('div', { class: 'line' }, el('span', { class: `tag ${severity}`, text: severity }), place(found, line)),
      el('p', { class: 'message' }, ...prose(sentence(message))),
      help ? el('p', { class: 'help' }, ...prose(sentence(help))) : undefined,
      ...others.map((other) => el('p', { class: 'help' }, place(other, line), ' ', ...prose(sentence(other.message)))),
      el('p', { class: 'cite' }, explained(rule, source)),
    );
  }

  function need({ fact, values, not, rules: names }) {
    const named = (name) => el('button', { type: 'button', class: 'place', title: 'Tell it of the target', onclick: () => target.focus(name), text: name });
    const text = fact
      ? [named(fact), ' is ', ...listedParts(values, 'or', (value) => choice(fact, value))]
      : ['not ', ...listedParts(Object.entries(not), 'and', ([name, value]) => el('span', {}, named(name), ' ', el('b', { text: word(value) })))];
    return el('li', {}, el('p', {}, ...text), el('p', { class: 'cite' }, ...names.map((name) => explained(name))));
  }

  /** A value of a fact, to be pressed by whoever knows that the target has it. */
  function choice(fact, value) {
    const text = word(value);
    if (!canTell(fact, value)) return el('b', { text });
    return el('button', { type: 'button', class: 'tell', 'aria-label': `Set ${fact} to ${text}`, text, onclick: () => {
      target.tell(fact, value);
      // The button is gone with the question.
      (list.querySelector('.tell') ?? list).focus();
    } });
  }

  /** What there is to say of one request. */
  function parts({ diagnostics, requires, unchecked, line }) {
    const sorted = [...diagnostics].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
    const made = [];
    if (sorted.length > 0) {
      made.push(el('h2', { text: counted(sorted.length, 'finding') }), el('ul', { class: 'diagnostics' }, ...sorted.slice(0, 200).map((found) => diagnostic(found, line))));
      if (sorted.length > 200) made.push(el('p', { class: 'hint', text: `And ${sorted.length - 200} more.` }));
    }
    if (requires.length > 0) {
      const hint = requires.some(({ fact, values }) => fact && values.some((value) => canTell(fact, value)));
      made.push(el('h2', { text: 'Required of the target' }));
      if (hint) made.push(el('p', { class: 'hint', text: 'Press the value that the target has.' }));
      made.push(el('ul', { class: 'requires' }, ...requires.map(need)));
    }
    if (unchecked.length > 0) {
      const places = [...new Set(unchecked.map(({ pointer }) => pointer.slice(1)))];
      made.push(el('p', { class: 'hint', text: `Not checked, because the value is not there yet: ${places.join(', ')}.` }));
    }
    return made;
  }

  const jump = el('a', { class: 'jump', href: '#findings', text: 'Show', 'aria-label': 'Show the findings', onclick: (event) => {
    // The address may carry a link's state.
    event.preventDefault();
    list.focus({ preventScroll: true });
    list.scrollIntoView();
  } });

  /** What a screen reader says whenever it changes, and only then. */
  function judge(kind, title, words) {
    const now = [kind, title, words].join('\n');
    if (now === told) return;
    told = now;
    verdict.className = `verdict ${kind}`;
    verdict.replaceChildren(el('h2', { text: title }), el('p', {}, ...prose(words)), jump);
  }

  return {
    explain: open,

    show({ reports, skipped, problems, failure }) {
      const kinds = reports.map(kindOf);
      const worst = KINDS.find((kind) => kinds.includes(kind));
      const all = reports.length + skipped;
      const kind = worst ?? (skipped > 0 ? 'foreign' : 'none');
      if (failure) judge('failed', 'Cannot check', typeof WebAssembly === 'object' ? sentence(failure.replace(/^elblint: /, '')) : NO_WEBASSEMBLY);
      else if (kind === 'none') judge(kind, 'Nothing to check', sentence(problems[0]?.message ?? 'there is no request in it'));
      else if (all === 1) judge(kind, VERDICTS[kind][0], why(kind, reports[0]));
      else {
        const counts = KINDS.map((own) => [own === 'foreign' ? skipped : kinds.filter((each) => each === own).length, VERDICTS[own][1]]);
        const each = counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
        judge(kind, VERDICTS[kind][0], `Of ${all} requests: ${each.join(', ')}.`);
      }
      const several = reports.length > 1;
      list.replaceChildren(
        ...reports.flatMap((report, index) => {
          const made = parts(report);
          return several && made.length > 0 ? [el('p', { class: 'of', text: `Request ${index + 1}, line ${report.line}` }), ...made] : made;
        }),
        ...(all > 0 ? problems.map(({ message }) => el('p', { class: 'hint', text: sentence(message) })) : []),
      );
    },
  };
}

/** What a report comes to. */
function kindOf({ operation, verdict, requires, diagnostics }) {
  if (diagnostics.some(({ rule }) => rule === 'syntax')) return 'unreadable';
  if (operation === null && verdict === 'ready') return 'uncovered';
  return verdict === 'conditional' && requires.length === 0 ? 'open' : verdict;
}

/** Why a request has its verdict, in a sentence. */
function why(kind, { diagnostics = [], requires = [], unchecked = [] } = {}) {
  const found = ORDER.map((severity) => [diagnostics.filter((own) => own.severity === severity).length, severity]);
  const counts = listed(found.filter(([count, severity]) => count > 0 && severity !== 'info').map(([count, severity]) => counted(count, severity)), 'and');
  if (kind === 'unreadable') return sentence(diagnostics.find(({ rule }) => rule === 'syntax').message);
  if (kind === 'refused') return `${counts}.`;
  if (kind === 'conditional') return `Holds only if ${requires.length === 1 ? demand(requires[0]) : `the target meets ${requires.length} requirements`}.`;
  if (kind === 'open') return `${counted(unchecked.length, 'value')} not checked yet: only placeholders stand there.`;
  if (kind === 'uncovered') return 'This operation of the ELB API v3 is not covered yet, so nothing is said about it.';
  if (kind === 'foreign') return 'This is no request to the ELB API v3.';
  return counts ? `Nothing forbids this request, but it has ${counts}.` : 'Nothing speaks against this request.';
}

function demand({ fact, values, not }) {
  if (fact) return `\`${fact}\` is ${listed(values.map(word), 'or')}`;
  return `not ${listed(Object.entries(not).map(([name, value]) => `\`${name}\` is ${word(value)}`), 'and')}`;
}
