// What the check says: the verdict, the diagnostics, what is required of the target, and a rule's documentation.

import { explain, rules } from 'elblint';
import { el, markdown, prose, sentence } from './dom.js';

const VERDICTS = {
  refused: ['Refused', 'The service will not accept this request.'],
  conditional: ['It depends', 'Accepted only by a target that has what is listed below.'],
  open: ['It depends', 'Placeholders have values that nobody has seen yet.'],
  uncovered: ['Not checked', 'This operation of the ELB API v3 is not covered yet, so nothing is said about it.'],
  ready: ['Ready', 'Nothing speaks against this request.'],
  foreign: ['Not for ELB', 'This is no request to the ELB API v3.'],
};

/** The kinds of verdicts, worst first. */
const KINDS = ['refused', 'conditional', 'open', 'uncovered', 'ready'];

const IN_WORDS = {
  refused: 'refused',
  conditional: 'on conditions',
  open: 'with placeholders',
  uncovered: 'not checked',
  ready: 'ready',
  foreign: 'not for ELB',
};

const ORDER = ['error', 'warning', 'info'];

/** Shows reports; `go` leads to a place in the view that is open. */
export function findings({ verdict, list, dialog, go }) {
  const title = el('h2', { id: 'explain-title' });
  const opened = { rule: '' };
  let told = '';

  async function open(rule) {
    opened.rule = rule;
    const { severity, group, sources } = rules.find(({ name }) => name === rule) ?? { sources: [] };
    title.textContent = rule;
    const text = await explain(rule);
    if (opened.rule !== rule) return;
    const cited = sources.map(({ document, updated, table, parameter }) =>
      el('li', { text: [`${document} (updated ${updated})`, table, parameter].filter(Boolean).join(', ') }));
    dialog.querySelector('#explain-text').replaceChildren(
      title,
      el('p', { class: 'kind' }, el('span', { class: `tag ${severity}`, text: severity }), ` ${group}`),
      ...markdown(text),
      ...(cited.length > 0 ? [el('h3', { text: 'It rests on' }), el('ul', {}, ...cited)] : []),
    );
    dialog.showModal();
  }

  function place({ in: part, pointer, span }, line) {
    const text = part === 'body' ? pointer || 'body' : part === 'request' ? 'request' : `${part} ${pointer.slice(1)}`;
    return el('button', { type: 'button', class: 'place', onclick: () => go({ place: { part, pointer }, span, line }), text });
  }

  const explained = (rule) =>
    el('button', { type: 'button', class: 'rule', 'aria-label': `Explain ${rule}`, onclick: () => open(rule), text: rule });

  function diagnostic(found, line) {
    const { rule, severity, message, help, source, related = [] } = found;
    // A message may name what it is related to.
    const others = related.filter((other) => !message.includes(other.message));
    return el('li', { class: severity },
      el('div', { class: 'line' }, el('span', { class: `tag ${severity}`, text: severity }), place(found, line)),
      el('p', { class: 'message' }, ...prose(sentence(message))),
      help ? el('p', { class: 'help' }, ...prose(sentence(help))) : undefined,
      ...others.map((other) => el('p', { class: 'help' }, place(other, line), ' ', ...prose(sentence(other.message)))),
      el('p', { class: 'cite' }, explained(rule), source ? ` ${source.document}, ${source.updated}` : ''),
    );
  }

  function need({ fact, values, not, rules: names }) {
    const word = (value) => (value === '' ? 'blank' : String(value));
    const text = fact
      ? [el('code', { text: fact }), ' is ', ...either(values.map(word))]
      : ['not ', ...either(Object.entries(not).map(([name, value]) => `${name} ${word(value)}`), ' and ')];
    return el('li', {}, el('p', {}, ...text), el('p', { class: 'cite' }, ...names.map(explained)));
  }

  /** What there is to say of one request. */
  function parts({ diagnostics, requires, unchecked, line }) {
    const sorted = [...diagnostics].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
    const made = [];
    if (sorted.length > 0) {
      made.push(el('h2', { text: counted(sorted.length, 'finding') }), el('ul', { class: 'diagnostics' }, ...sorted.slice(0, 200).map((found) => diagnostic(found, line))));
      if (sorted.length > 200) made.push(el('p', { class: 'hint', text: `And ${sorted.length - 200} more.` }));
    }
    if (requires.length > 0) made.push(el('h2', { text: 'Required of the target' }), el('ul', { class: 'requires' }, ...requires.map(need)));
    if (unchecked.length > 0) {
      const places = [...new Set(unchecked.map(({ pointer }) => pointer.slice(1)))];
      made.push(el('p', { class: 'hint', text: `Not checked, because the value is not there yet: ${places.join(', ')}.` }));
    }
    return made;
  }

  /** What a screen reader says whenever it changes, and only then. */
  function judge([kind, word, words]) {
    const now = [kind, word, words].join('\n');
    if (now === told) return;
    told = now;
    verdict.className = `verdict ${kind}`;
    verdict.replaceChildren(el('h2', { text: word }), el('p', { text: words }));
  }

  return {
    explain: open,

    show({ reports, skipped, problems }) {
      const kinds = reports.map(kindOf);
      const worst = KINDS.find((kind) => kinds.includes(kind));
      const all = reports.length + skipped;
      if (!worst && skipped === 0) judge(['none', 'Nothing to check', sentence(problems[0]?.message ?? 'there is no request in it')]);
      else if (all === 1) judge([worst ?? 'none', ...VERDICTS[worst ?? 'foreign']]);
      else {
        const counts = [...KINDS.map((kind) => [kinds.filter((own) => own === kind).length, kind]), [skipped, 'foreign']];
        const each = counts.filter(([count]) => count > 0).map(([count, kind]) => `${count} ${IN_WORDS[kind]}`);
        judge([worst ?? 'none', VERDICTS[worst ?? 'foreign'][0], `Of ${all} requests: ${each.join(', ')}.`]);
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
function kindOf({ operation, verdict, requires }) {
  if (operation === null && verdict === 'ready') return 'uncovered';
  return verdict === 'conditional' && requires.length === 0 ? 'open' : verdict;
}

const counted = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

function either(words, between = ' or ') {
  return words.flatMap((word, index) => [index === 0 ? '' : index === words.length - 1 ? between : ', ', el('b', { text: word })]);
}
