// What a form says, in words for those who fill it in: they write no JSON, and see no pointers.

/** What is wrong with a field, or with the form where there is none, in a sentence. Forms have no Markdown. */
export function sentence(error, field) {
  const { message, help } = error;
  const words = ofForm(error, field) ?? (help ? `${message}: ${help}` : message);
  const text = words.replaceAll('`', '');
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** What is to be said otherwise than of JSON: every value in a form is text. */
function ofForm({ rule, pointer }, field) {
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (rule === 'empty-update') return 'Nothing would be updated: fill in at least one field';
  if (rule !== 'wrong-type') return undefined;
  switch (field?.type) {
    case 'integer':
      return `${name} must be a whole number${field.maximum === undefined ? '' : ` from ${field.minimum} to ${field.maximum}`}`;
    case 'boolean':
      return `${name} must be true or false`;
    default:
      return undefined;
  }
}

/** The row that something is wrong in, as many rows have the same fields. */
export function row(pointer) {
  const index = /\/(\d+)(?=\/|$)/.exec(pointer)?.[1];
  return index === undefined ? '' : `Row ${Number(index) + 1}: `;
}

/** What is required of the target, in a sentence. */
export function needed({ fact, values, not }) {
  const word = (value) => (value === '' ? '""' : String(value));
  if (fact) return `Accepted only where ${fact} is ${values.map(word).join(' or ')}.`;
  const facts = Object.entries(not).map(([name, value]) => `${name} is ${word(value)}`);
  return `Not accepted where ${facts.join(' and ')}.`;
}
