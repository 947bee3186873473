// Values for which JSON has no words: NaN, the infinities, and dates that are no time. It writes null for them, which
// many fields may be; so the core is shown a number that no field may be, and what it says of it is said of the value.

const NO_INTEGER = 0.5;

/** Judges a value, which is this text as JSON. */
export function judgeValue(value, written, judge) {
  // Most values hold no null either, and need no second look.
  if (!written.includes('null')) return judge(written);
  const { text, found } = rewritten(value);
  if (found.size === 0) return judge(written);
  const report = judge(text);
  if (report?.operation) found.forEach((word, pointer) => tell(report, pointer, word));
  return report;
}

/** The text of a value that says of each such value that it is no integer, and their words by their pointers. */
function rewritten(value) {
  const pointers = new Map();
  const found = new Map();
  const text = JSON.stringify(value, function (name, inner) {
    const above = pointers.get(this);
    const pointer = above === undefined ? '' : `${above}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (typeof inner === 'object' && inner !== null) pointers.set(inner, pointer);
    const word = wordFor(this[name], inner);
    if (word === undefined) return inner;
    found.set(pointer, word);
    return NO_INTEGER;
  });
  return { text, found };
}

/** What to call a value that JSON has no words for; `written` is what it has for it. */
function wordFor(value, written) {
  const isOf = (type, own) => Object.prototype.toString.call(own) === `[object ${type}]`;
  if (isOf('Number', written) && !Number.isFinite(Number(written))) return String(written);
  return written === null && isOf('Date', value) ? 'an invalid date' : undefined;
}

function tell(report, pointer, word) {
  const here = report.diagnostics.find((it) => it.in === 'body' && it.pointer === pointer && it.rule === 'wrong-type');
  if (here) {
    here.message = here.message.replace(/but is .*/, `but is ${word}`);
    delete here.help;
  } else if (!report.diagnostics.some((it) => it.severity === 'error' && it.in === 'body' && `${pointer}/`.startsWith(`${it.pointer}/`))) {
    // Members that nobody knows yet may be anything that JSON has words for.
    const message = `\`${pointer.slice(pointer.lastIndexOf('/') + 1)}\` is ${word}, which cannot be written as JSON`;
    report.diagnostics.push({ rule: 'wrong-type', severity: 'error', message, in: 'body', pointer });
    report.verdict = 'refused';
  }
}
