// The lines of a .http file, told apart as the check does it, and the variables of the file.

const METHODS = /^(?:GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT)(?=\s|$)/i;
const DEFINITION = /^@\s*([\w.\u0080-\uffff-]+)\s*=\s*(.*)$/;
const TARGET = /^(?:https?:\/\/|\/|\{\{|<|\$)/i;

/**
 * Each line that is not blank: `{ kind, from, to, line, text }`, with the places of its `name` and `value`, where it
 * has them. A request begins with a line of the kind `request`.
 */
export function httpLines(text) {
  const lines = [];
  let state = 'before';
  let script = false;
  let from = 0;
  text.split('\n').forEach((full, index) => {
    const content = full.trim();
    const start = from + full.indexOf(content);
    from += full.length + 1;
    const line = { from: start, to: start + content.length, line: index + 1, text: content };
    const add = (kind, more) => lines.push({ kind, ...line, ...more });
    const part = (offset, value) => ({ from: start + offset, to: start + offset + value.length, text: value });
    if (full.startsWith('###')) {
      state = 'before';
      script = false;
      return add('separator');
    }
    if (script || /^[<>]\s*\{%/.test(content)) {
      script = !content.includes('%}');
      return add('script');
    }
    if (/^(?:#|\/\/)/.test(content)) return add('comment');
    const definition = DEFINITION.exec(content);
    if (definition) return add('definition', { name: part(content.indexOf(definition[1]), definition[1]), value: part(content.length - definition[2].length, definition[2]) });
    if (content === '') {
      if (state !== 'before') state = 'body';
      return undefined;
    }
    if (state === 'before') {
      if (/^(?:import|run)\s+.*[.#/]/.test(content)) return add('directive');
      state = 'target';
      const method = METHODS.exec(content)?.[0] ?? '';
      const url = content.slice(method.length).trim().replace(/(?:^|\s+)HTTP\/\S*$/, '');
      const usable = method !== '' || TARGET.test(content);
      return add(usable ? 'request' : 'slip', { name: part(0, method), value: part(url ? content.indexOf(url, method.length) : method.length, url) });
    }
    if (state === 'body') return add(/^(?:<>|>>?!?)\s/.test(content) ? 'handler' : /^<(?:@\S*)?\s/.test(content) ? 'file' : 'body');
    const header = /^([^\s:]+)\s*:\s*(.*)$/.exec(content);
    const indented = start > from - full.length - 1;
    if (state === 'target' && (/^[?&/]/.test(content) || (indented && !/^[^\s:]+\s*: /.test(content)))) {
      const url = content.replace(/\s+HTTP\/\S*$/, '');
      return add('target', { value: part(0, url) });
    }
    state = 'headers';
    if (header && /^[\w!#$%&'*+.^`|~-]+$/.test(header[1])) {
      return add('header', { name: part(0, header[1]), value: part(content.length - header[2].length, header[2]) });
    }
    if (/^[{[<>]/.test(content)) state = 'body';
    return add(state === 'body' ? 'body' : 'stray');
  });
  return lines;
}

/** What one use of a variable may come to, with the variables that it is made of; beyond that it stays as it is. */
const MOST_USES = 1000;
const MOST_WITHIN = 32;
const LONGEST = 2 ** 20;

/** A function that puts the variables of a file, given by its lines, in the place of their uses, as for a request at `at`. */
export function variables(lines, at) {
  const values = new Map();
  // The last definition before the request counts, else the first after it.
  for (const { kind, name, value, from } of lines) {
    if (kind === 'definition' && (from < at || !values.has(name.text))) values.set(name.text, value.text);
  }
  const filled = (text, turn) => text.replace(/\{\{(?!\{)\s*([\w.\u0080-\uffff-]+)\s*\}\}/g, turn);

  function valueOf(name, within, budget) {
    budget.uses += 1;
    if (budget.uses > MOST_USES || within.length >= MOST_WITHIN || within.includes(name)) throw budget;
    const value = filled(values.get(name), (use, inner) => (values.has(inner) ? valueOf(inner, [...within, name], budget) : use));
    if (value.length > LONGEST) throw budget;
    return value;
  }

  return (text) => filled(text, (use, name) => {
    if (!values.has(name)) return use;
    const budget = { uses: 0 };
    try {
      return valueOf(name, [], budget);
    } catch (error) {
      if (error !== budget) throw error;
      return use;
    }
  });
}
