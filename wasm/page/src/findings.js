// What the check says: the verdict, the diagnostics, what is required of the target, and a rule's documentation.

import { explain, rules } from 'elblint';
import { el, markdown, prose, sentence } from './dom.js';

const VERDICTS = {
  ready: ['Ready', 'Nothing speaks against this request.'],
  conditional: ['It depends', 'Accepted only by a target that has what is listed below.'],
  refused: ['Refused', 'The service will not accept this request.'],
};

const ORDER = ['error', 'warning', 'info'];

/** Shows reports; `go` leads to a place in the view that is open. */
export function findings({ verdict, list, dialog, go }) {
  const title = el('h2', { id: 'explain-title' });
  const opened = { rule: '' };

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

  function diagnostic({ rule, severity, message, help, in: part, pointer, span, source, related }) {
    const place = part === 'body' ? pointer || 'body' : part === 'request' ? 'request' : `${part} ${pointer.slice(1)}`;
    return el('li', { class: severity },
      el('div', { class: 'line' },
        el('span', { class: `tag ${severity}`, text: severity }),
        el('button', { type: 'button', class: 'place', onclick: () => go({ part, pointer }, span), text: place }),
      ),
      el('p', { class: 'message' }, ...prose(sentence(message))),
      help ? el('p', { class: 'help' }, ...prose(sentence(help))) : undefined,
      ...(related ?? []).map((other) => el('p', { class: 'help' }, ...prose(sentence(other.message)))),
      el('p', { class: 'cite' },
        el('button', { type: 'button', class: 'rule', 'aria-label': `Explain ${rule}`, onclick: () => open(rule), text: rule }),
        source ? ` ${source.document}, ${source.updated}` : '',
      ),
    );
  }

  function need({ fact, values, not, rules: names }) {
    const word = (value) => (value === '' ? 'blank' : String(value));
    const text = fact
      ? [el('code', { text: fact }), ' is ', ...either(values.map(word))]
      : ['not ', ...either(Object.entries(not).map(([name, value]) => `${name} ${word(value)}`), ' and ')];
    return el('li', {}, el('p', {}, ...text),
      el('p', { class: 'cite' }, ...names.map((rule) =>
        el('button', { type: 'button', class: 'rule', 'aria-label': `Explain ${rule}`, onclick: () => open(rule), text: rule }))));
  }

  return {
    explain: open,

    show(report) {
      if (!report) {
        verdict.className = 'verdict none';
        verdict.replaceChildren(el('h2', { text: 'Not for ELB' }), el('p', { text: 'This is no request to the ELB API v3.' }));
        list.replaceChildren();
        return;
      }
      const [word, words] = VERDICTS[report.verdict];
      const unchecked = report.verdict === 'conditional' && report.requires.length === 0;
      verdict.className = `verdict ${report.verdict}`;
      verdict.replaceChildren(
        el('h2', { text: word }),
        el('p', { text: unchecked ? 'Placeholders have values that nobody has seen yet.' : words }),
      );
      const sorted = [...report.diagnostics].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
      const parts = [];
      if (sorted.length > 0) {
        parts.push(el('h2', { text: counted(sorted.length, 'finding') }), el('ul', { class: 'diagnostics' }, ...sorted.slice(0, 200).map(diagnostic)));
        if (sorted.length > 200) parts.push(el('p', { class: 'hint', text: `And ${sorted.length - 200} more.` }));
      }
      if (report.requires.length > 0) {
        parts.push(el('h2', { text: 'Required of the target' }), el('ul', { class: 'requires' }, ...report.requires.map(need)));
      }
      if (report.unchecked.length > 0) {
        const places = [...new Set(report.unchecked.map(({ pointer }) => pointer.slice(1)))];
        parts.push(el('p', { class: 'hint', text: `Not checked, because the value is not there yet: ${places.join(', ')}.` }));
      }
      list.replaceChildren(...parts);
    },
  };
}

const counted = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

function either(words, between = ' or ') {
  return words.flatMap((word, index) => [index === 0 ? '' : index === words.length - 1 ? between : ', ', el('b', { text: word })]);
}
