// The editor of the request's text. It lives in a shadow root, where its styles need no exception from the policy
// that the page is served under.

import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands';
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { inspectFile } from 'elblint';
import { el, prose, sentence } from './dom.js';

/** Makes the editor in `host`, once it is to be seen: until then there is only its text. */
export function editor(host, { onChange, explain }) {
  const shadow = host.attachShadow({ mode: 'open' });
  const hidden = () => host.parentElement.hidden;
  let view;
  let text = '';
  let showing = false;
  let marked = 0;
  const listener = EditorView.updateListener.of(({ docChanged, state, transactions }) => {
    if (!docChanged || showing) return;
    text = state.doc.toString();
    onChange(text, transactions.some((transaction) => transaction.isUserEvent('input.paste')));
  });

  // Keyboards of phones, dictation and text expanders insert without pasting. Of several lines the browser itself makes
  // elements with styles, which the policy forbids, and in a time that grows with the square of their number.
  const ofLines = EditorView.domEventHandlers({
    beforeinput({ inputType, cancelable, data }, { state, dispatch }) {
      const { from, to } = state.selection.main;
      const several = data?.trim().includes('\n') || state.doc.lineAt(from).to < to;
      if (inputType !== 'insertText' || !cancelable || !data || !several) return false;
      dispatch({ ...state.replaceSelection(state.toText(data)), userEvent: data.length > 1 ? 'input.paste' : 'input.type', scrollIntoView: true });
      return true;
    },
  });

  function open() {
    view = new EditorView({
      root: shadow,
      parent: shadow,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(), history(), drawSelection(), highlightActiveLine(), lintGutter(), EditorView.lineWrapping, theme,
          syntaxHighlighting(colours), StreamLanguage.define(http),
          EditorView.contentAttributes.of({ 'aria-label': 'Request text', spellcheck: 'false' }),
          keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]), listener, ofLines,
        ],
      }),
    });
  }

  /** Brings the text into the editor, as a step of its own of what can be undone. */
  function put() {
    if (!view) open();
    const old = view.state.doc.toString();
    if (old === text) return;
    showing = true;
    view.dispatch({ changes: { from: 0, to: old.length, insert: text }, annotations: isolateHistory.of('full') });
    showing = false;
  }

  function mark(reports, problems) {
    const { doc } = view.state;
    const found = reports.flatMap(({ diagnostics }) => diagnostics).map(({ span, severity, message, help, rule }) => ({
      ...range(doc, span),
      severity,
      ...told(message, help),
      source: rule,
      actions: [{ name: 'Explain', apply: () => explain(rule) }],
    }));
    const others = problems.map(({ message, span }) => ({ ...range(doc, span), severity: 'warning', ...told(message) }));
    // An empty text has nothing that could be marked.
    const marks = text.trim() === '' ? [] : [...found, ...others];
    // Each dispatch is a layout, so none is made to say again that there is nothing.
    if (marks.length > 0 || marked > 0) view.dispatch(setDiagnostics(view.state, marks));
    marked = marks.length;
  }

  return {
    /** Shows a text, as if nobody had typed it. */
    show(fresh) {
      text = fresh;
      if (!hidden()) put();
    },

    /** Makes the text that is there one to come back to, though it may never have been shown. */
    keep: put,

    /** Checks the text as a file of this name, marks what is found, and returns it. */
    check(name, context) {
      let result;
      try {
        result = inspectFile(name, text, context);
      } catch (error) {
        // Browsers that are locked down have no WebAssembly. A page that stands still would say what is no longer true.
        result = { reports: [], skipped: 0, problems: [], failure: error.message };
      }
      if (view && !hidden()) mark(result.reports, result.problems);
      return result;
    },

    focus(span) {
      view.focus();
      if (span) view.dispatch({ selection: { anchor: range(view.state.doc, span).from }, scrollIntoView: true });
    },
  };
}

/** What a tooltip says, and what a screen reader says of it, where the marks around words would be heard. */
function told(message, help) {
  const sentences = [message, help].filter(Boolean).map(sentence);
  return {
    message: sentences.join(' ').replaceAll('`', ''),
    renderMessage: () => el('div', {}, ...sentences.map((text) => el('p', {}, ...prose(text)))),
  };
}

/** A span as the editor counts: in UTF-16 units from the start. */
function range(doc, span) {
  if (!span) return { from: 0, to: 0 };
  const offset = ({ line, column }) => {
    const { from, text } = doc.line(Math.min(line, doc.lines));
    let units = 0;
    let left = column - 1;
    for (const char of text) {
      if (left <= 0) break;
      units += char.length;
      left -= 1;
    }
    return from + units;
  };
  const from = offset(span.start);
  // A whole object would be underlined over many lines, with the space before each.
  return { from, to: Math.min(Math.max(from, offset(span.end)), doc.lineAt(from).to) };
}

/** Just enough of .http and JSON to colour them. */
const http = {
  name: 'http',
  startState: () => ({ head: false }),
  token(stream, state) {
    if (stream.sol()) {
      if (stream.match(/^\s*(#|\/\/).*/)) return 'comment';
      const kind = stream.match(/^[A-Z]+(?= \S)/) ? 'keyword' : stream.match(/^[\w-]+(?=:(?!\/\/))/) ? 'propertyName' : null;
      // In a URL or a header, what is like a number or a string is part of a text.
      state.head = kind !== null || stream.match(/^(@|https?:|\s+[?&/])/, false) !== null;
      if (kind) return kind;
    }
    if (stream.match(/^\{\{[^}]*\}\}/)) return 'variableName';
    if (state.head) {
      stream.match(/^[^{]+/) || stream.next();
      return null;
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"(?=\s*:)/)) return 'propertyName';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/^-?\d[\d.eE+-]*/)) return 'number';
    if (stream.match(/^(true|false|null)\b/)) return 'atom';
    stream.match(/^[\w-]+/) || stream.next();
    return null;
  },
};

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.propertyName, color: 'var(--code-name)' },
  { tag: tags.string, color: 'var(--code-string)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: tags.atom, color: 'var(--code-number)' },
  { tag: tags.variableName, color: 'var(--code-variable)' },
  { tag: tags.comment, color: 'var(--muted)' },
]);

const theme = EditorView.theme({
  '&': { fontSize: '0.875rem', color: 'var(--ink)', backgroundColor: 'var(--field)', border: '1px solid var(--line)', borderRadius: '10px', overflow: 'hidden' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', minHeight: '24rem', maxHeight: '70vh' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '0.75rem 0' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)' },
  '.cm-gutters': { backgroundColor: 'var(--field)', color: 'var(--muted)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--hover)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--select) !important' },
  '.cm-lintRange-error': { background: 'none', borderBottom: '2px solid var(--error)' },
  '.cm-lintRange-warning': { background: 'none', borderBottom: '2px solid var(--warning)' },
  '.cm-lintRange-info': { background: 'none', borderBottom: '2px dotted var(--info)' },
  '.cm-gutter-lint': { width: '1.125em' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0.55em 0.25em' },
  '.cm-lint-marker': { content: 'normal', width: '0.5em', height: '0.5em', borderRadius: '50%' },
  '.cm-lint-marker-error': { backgroundColor: 'var(--error)' },
  '.cm-lint-marker-warning': { backgroundColor: 'var(--warning)' },
  '.cm-lint-marker-info': { backgroundColor: 'var(--info)' },
  '.cm-tooltip': { backgroundColor: 'var(--card)', color: 'var(--ink)', border: '1px solid var(--line)', borderRadius: '8px', boxShadow: 'var(--shadow)', maxWidth: '30rem' },
  '.cm-diagnostic': { padding: '0.5rem 0.75rem', fontFamily: 'var(--sans)', borderLeftWidth: '3px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--error)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warning)' },
  '.cm-diagnosticSource': { fontFamily: 'var(--mono)', opacity: '1', color: 'var(--muted)' },
  '.cm-diagnosticText p': { margin: '0 0 0.25rem' },
  '.cm-diagnosticText code': { fontFamily: 'var(--mono)', fontSize: '0.875em' },
  '.cm-diagnosticText p + p': { color: 'var(--muted)' },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--error)' },
  '.cm-lintPoint-warning::after': { borderBottomColor: 'var(--warning)' },
  '.cm-diagnosticAction': { margin: '0.125rem 0 0.25rem', font: '600 0.8125rem var(--sans)', backgroundColor: 'var(--accent-fill)', color: 'var(--on-accent)', borderRadius: '6px', padding: '0.1875rem 0.625rem' },
  '@media print': { '.cm-scroller': { maxHeight: 'none' } },
  '.cm-panels': { backgroundColor: 'var(--card)', color: 'var(--ink)', borderColor: 'var(--line)' },
});
