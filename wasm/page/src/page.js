// The page: two views on one text. Whatever changes the text, everything else follows.

import { operations } from 'elblint';
import { compose } from './compose.js';
import { editor } from './editor.js';
import { findings } from './findings.js';
import { copying } from './copying.js';
import { readCurl } from './curl.js';
import { write } from './request-forms.js';
import { isRequest, read } from './request-text.js';
import { bodyOperation, emptyBody, named, newRequest, operationAt, urls } from './requests.js';
import { fromHash, isContext, keep, kept, merged } from './state.js';
import { target } from './target.js';
import { toast } from './toast.js';

const $ = (id) => document.getElementById(id);

const FIRST = operations[1].name;
const FIRST_TEXT = write(newRequest(FIRST));

const state = {
  text: FIRST_TEXT,
  /** What the page knows of the target, beside what the text says of it. */
  context: {},
  /** The operation of the form; none where the request is of another. */
  operation: FIRST,
  view: 'compose',
  ...kept(),
};

/** What is read of the text. */
let reading;
/** The body that each operation had, as it was written, to come back to. */
const bodies = new Map();
const addresses = urls();

const form = compose($('compose'), { onChange: (what, told) => change('form', what, told), openText: () => openText(), begin });
const text = editor($('editor'), {
  onChange: (written, pasted) => {
    const request = pasted && readCurl(written);
    if (request) replace({ text: write(request) }, 'The curl command is a request now.');
    else setText('text', written);
  },
  explain: (rule) => shown.explain(rule),
});
const shown = findings({
  verdict: $('verdict'),
  list: $('findings'),
  dialog: $('explain'),
  go: ({ place, span, line }) => {
    if (state.view === 'compose' && line === reading.line && form.focus(place)) return;
    openText(span);
  },
  target: { tell: (fact, value) => known.tell(fact, value), focus: (fact) => known.focus(fact) },
});
const known = target(
  { facts: $('facts'), toggle: $('open-facts'), box: $('paste'), note: $('paste-note'), known: $('target-known'), forget: $('forget') },
  { onChange: setContext },
);
const say = toast($('toast'));
const copies = copying(document.querySelectorAll('[data-copy]'), say, all);

/** The state with what is read of it. */
function all() {
  return { ...reading, ...state, ...reading.request, known: context() };
}

/** What is known of the target from anywhere. */
const context = () => (isContext(reading.context) ? merged(state.context, reading.context) : state.context);

function setText(source, written) {
  state.text = written;
  refresh(source);
}

/** Whether somebody would miss it. */
const isWork = ({ text, context }) => (text.trim() !== '' && text !== FIRST_TEXT) || Object.keys(context).length > 0;

/** Puts something else in the place of what there is, which can be had back. */
function replace(fresh, told, source = 'replaced') {
  const before = { ...state };
  const isSame = JSON.stringify({ ...before, ...fresh, view: '' }) === JSON.stringify({ ...before, view: '' });
  if (isSame || !isWork(before)) return become(fresh, source);
  become(fresh, source);
  return sayWithUndo(told, before);
}

function sayWithUndo(told, before) {
  say(told, () => {
    become(before, 'replaced');
    $('request').focus();
  });
}

function become(fresh, source) {
  if (isWork(state)) text.keep();
  Object.assign(state, fresh);
  select(state.view, false, source);
}

/** Opens the link that the page was called with. A place in the page is no link to a request. */
function openLink() {
  const { hash } = location;
  if (hash.length < 2 || document.getElementById(hash.slice(1))) return;
  const shared = fromHash(hash);
  if (shared) replace(shared, 'The request was replaced by that of the link.', 'link');
  else say('This link cannot be read.');
}

function openText(span) {
  select('text');
  text.focus(span);
}

/** Changes the request where it stands in the text; what is `told` of it can be taken back. */
function change(source, what, told) {
  const before = { ...state };
  const operation = what.url !== undefined && operationAt(what.url);
  const moves = operation && state.operation && operation !== state.operation;
  setText(source, reading.change(moves ? { ...what, ...becoming(operation) } : what));
  if (told) sayWithUndo(told, before);
}

/** What a request of another operation has of its own. */
function becoming(operation) {
  const { body } = reading.request;
  if (bodyOperation(body) === operation) return { method: named(operation).method };
  if (state.operation) bodies.set(state.operation, reading.source);
  return { method: named(operation).method, source: bodies.get(operation) ?? emptyBody(operation) };
}

function setContext(fresh) {
  if (reading.context === undefined) {
    state.context = fresh;
    refresh('target');
    return;
  }
  // The text says itself what is known, and would have the last word.
  state.context = {};
  setText('target', reading.change({ context: Object.keys(fresh).length > 0 ? fresh : undefined }));
}

/** Everything follows the text, but for the control that is being typed in. */
function refresh(source) {
  // Once something else is written, the address would lead back to what was shared.
  if (location.hash && source !== 'view' && source !== 'link') history.replaceState(null, '', location.pathname + location.search);
  state.text = state.text.replace(/\r\n?/g, '\n');
  reading = read(state.text, state.operation || FIRST);
  if (reading.request) {
    // A URL that is being typed in the form is of no operation for a while.
    state.operation = reading.operation ?? (source === 'form' ? state.operation : '');
    addresses.learn(reading.operation, reading.request.url);
  }
  if (source !== 'text') text.show(state.text);
  const result = text.check(reading.name, state.context);
  reading.count = result.reports.length + result.skipped;
  // A form that nobody sees can wait until its tab is opened.
  if (state.view === 'compose') {
    form.show(all(), source === 'form');
    form.report(result.reports.find(({ line }) => line === reading.line));
  }
  shown.show(result);
  known.show(context(), state.operation, result.reports.find(({ line }) => line === reading.line)?.requires);
  copies.show(all(), 'text-note');
  const said = note();
  $('text-note').classList.toggle('wrong', reading.problem !== undefined && state.text.trim() !== '');
  if ($('text-note').textContent !== said) $('text-note').textContent = said;
  // Where nothing can be read there is nothing that could become another request, unless there is nothing to lose.
  const empty = state.text.trim() === '';
  $('operation').disabled = !reading.request && !empty;
  // What is chosen already cannot be chosen to begin with.
  $('operation').options[0].text = empty ? 'Choose an operation' : 'not covered';
  $('operation').value = empty ? '' : state.operation;
  $('operation-summary').textContent = operations.find(({ name }) => name === $('operation').value)?.summary ?? '';
}

/** What is to be said of the text as a whole. */
function note() {
  if (state.text.trim() === '') return 'There is no request yet. Choose an operation to begin with, or paste a request: .http, JSON or a curl command.';
  if (reading.problem) return `The form waits until this can be read as a request, and so do copies in other forms: ${reading.problem}.`;
  if (reading.isBody) return `This is a mere body, taken for one of ${state.operation}. Its URL and headers are made up.`;
  if (reading.count > 1) return `The text has ${reading.count} requests. The form shows the first, and leaves the others as they are.`;
  return '';
}

/** Begins with a request of an operation. */
function begin(operation) {
  setText('operation', write(newRequest(operation)));
  // What was pressed is gone.
  if (state.view === 'compose') $('compose').querySelector('input').focus();
}

/** The two views are tabs. */
function select(view, focus, source = 'view') {
  state.view = view;
  for (const name of ['compose', 'text']) {
    const tab = $(`tab-${name}`);
    const chosen = name === view;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    $(name).hidden = !chosen;
    if (chosen && focus) tab.focus();
  }
  refresh(source);
}

$('operation').add(Object.assign(new Option('not covered', ''), { hidden: true }));
for (const { name } of operations) $('operation').add(new Option(name, name));
$('operation').addEventListener('change', ({ target: { value } }) => {
  if (!reading.request) return setText('operation', write(newRequest(value)));
  const fresh = reading.change({ url: addresses.to(value, reading.request.url), ...becoming(value) });
  // The body of an operation that is not covered is not remembered.
  if (state.operation) return setText('operation', fresh);
  return replace({ text: fresh, operation: value }, `The request was replaced by one of ${value}.`);
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
$('forget').addEventListener('click', () => {
  setContext({});
  // The button is gone with what it was for.
  $('open-paste').focus();
});
// A whole request that is pasted outside any field is taken as it is.
document.addEventListener('paste', (event) => {
  if (event.target.closest?.('input, textarea, select, #editor')) return;
  const pasted = event.clipboardData.getData('text/plain');
  const command = readCurl(pasted);
  if (!command && !isRequest(pasted)) return;
  event.preventDefault();
  replace({ text: command ? write(command) : pasted, view: 'text' }, 'The request was replaced by what was pasted.');
});
addEventListener('hashchange', openLink);
// The page may go without a word, or never come back from the background.
for (const [host, event] of [[window, 'pagehide'], [document, 'visibilitychange']]) host.addEventListener(event, () => keep(all()));

select(state.view);
openLink();
document.documentElement.dataset.ready = 'true';
