// The page: two views on one state. Whatever changes the state, everything else follows.

import { operations } from 'elblint';
import { compose } from './compose.js';
import { editor } from './editor.js';
import { findings } from './findings.js';
import { copying } from './copying.js';
import { fromHash, isRequest, newRequest, parse, write } from './state.js';
import { target } from './target.js';

const $ = (id) => document.getElementById(id);

const state = {
  operation: operations[1].name,
  method: '',
  url: '',
  headers: [],
  body: {},
  context: {},
  /** The text as it was written, as long as it says the same. */
  text: undefined,
  view: 'compose',
};

Object.assign(state, newRequest(state.operation), fromHash(location.hash));

const form = compose($('compose'), { onChange: (what) => change('form', what) });
const text = editor($('editor'), {
  onChange: (written) => readText(written),
  explain: (rule) => shown.explain(rule),
});
const shown = findings({
  verdict: $('verdict'),
  list: $('findings'),
  dialog: $('explain'),
  go: (place, span) => (state.view === 'compose' ? form.focus(place) : text.focus(span)),
});
const known = target(
  { facts: $('facts'), box: $('paste'), note: $('paste-note'), known: $('target-known'), forget: $('forget') },
  { onChange: (context) => change('target', { context }) },
);
copying(document.querySelectorAll('[data-copy]'), $('toast'), () => state);

function change(source, what) {
  Object.assign(state, what);
  if (source === 'form') {
    state.text = undefined;
    $('text-note').textContent = '';
  }
  refresh(source);
}

/** Takes over what the text says, as far as it can be read. */
function readText(written) {
  const read = parse(written);
  Object.assign(state, read.request, { text: written });
  $('text-note').textContent = read.problem ?? '';
  refresh('text');
}

/** Everything follows the state, but for the control that is being typed in. The text is what is judged. */
function refresh(source) {
  if (source !== 'text') text.show(state.text ?? write(state));
  const report = text.check(state.context);
  // A form that nobody sees can wait until its tab is opened.
  if (state.view === 'compose') {
    if (source !== 'form') form.show(state);
    form.report(report);
  }
  shown.show(report);
  known.show(state.context);
  $('operation').value = state.operation;
}

/** The two views are tabs. */
function select(view, focus) {
  state.view = view;
  for (const name of ['compose', 'text']) {
    const tab = $(`tab-${name}`);
    const chosen = name === view;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    $(name).hidden = !chosen;
    if (chosen && focus) tab.focus();
  }
  refresh('start');
}

for (const { name, summary } of operations) $('operation').add(new Option(`${name} — ${summary}`, name));
$('operation').addEventListener('change', ({ target: { value } }) => {
  change('start', { operation: value, text: undefined, ...newRequest(value) });
});
for (const name of ['compose', 'text']) $(`tab-${name}`).addEventListener('click', () => select(name, true));
document.querySelector('[role=tablist]').addEventListener('keydown', ({ key }) => {
  if (key === 'ArrowLeft' || key === 'ArrowRight') select(state.view === 'compose' ? 'text' : 'compose', true);
});
function openPaste(open) {
  $('paste-box').hidden = !open;
  $('open-paste').setAttribute('aria-expanded', String(open));
  (open ? $('paste') : $('open-paste')).focus();
}
$('open-paste').addEventListener('click', () => openPaste($('paste-box').hidden));
$('use-paste').addEventListener('click', () => known.paste() && openPaste(false));
$('forget').addEventListener('click', () => change('target', { context: {} }));
// A whole request that is pasted outside any field is taken as it is.
document.addEventListener('paste', (event) => {
  const pasted = event.clipboardData.getData('text/plain');
  if (!event.target.closest?.('input, textarea, select, #editor') && isRequest(pasted)) {
    event.preventDefault();
    select('text');
    text.show(pasted);
    readText(pasted);
  }
});
addEventListener('hashchange', () => {
  const shared = fromHash(location.hash);
  if (shared) {
    Object.assign(state, { text: undefined }, newRequest(shared.operation), shared);
    select(state.view);
  }
});

select(state.view);
document.documentElement.dataset.ready = 'true';
