// Elements, made shortly.

/** An element with attributes and children; `text` is its text, `on…` a listener. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key === 'text') element.textContent = value;
    else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value') element.value = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Chooses an option by its value; one that the list does not have is added to it, in these words. */
export function choose(select, value, words) {
  select.querySelector('.other')?.remove();
  if (![...select.options].some((option) => option.value === value)) select.add(el('option', { class: 'other', value, text: words }));
  select.value = value;
}

/** Text in which `words` stand out. */
export function prose(text) {
  return text.split(/(`[^`]+`)/).map((part) => (part.startsWith('`') ? el('code', { text: part.slice(1, -1) }) : part));
}

/** Words as a list: A, B or C. */
export const listed = (words, last) => [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(` ${last} `);

/** Words that stand out as a list, each made by `make`. */
export const listedParts = (words, last, make) =>
  words.flatMap((word, index) => [index === 0 ? '' : index === words.length - 1 ? ` ${last} ` : ', ', make(word)]);

export const counted = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A message as a sentence of its own. A name, as of a fact, stays as it is. */
export function sentence(text) {
  const begun = /^\w+[._]\w/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
}

const KINDS = { holds: 'good', breaks: 'refused or questionable', open: 'depends on the target' };

/** The Markdown that rules are documented in: paragraphs, lists and blocks of code. */
export function markdown(text) {
  const blocks = text.split(/(```[^]*?```)/).flatMap((part) => (part.startsWith('```') ? [part] : part.split(/\n{2,}/)));
  return blocks.filter((block) => block.trim()).map((block) => {
    const code = /^```(\w+)?\s*(\w+)?\s*(\w+)?\n([^]*?)```$/.exec(block.trim());
    if (code) {
      const [, , operation, kind, body] = code;
      const caption = kind ? `${operation}, ${KINDS[kind]}` : '';
      return el('figure', { class: `example ${kind ?? ''}` }, el('figcaption', { text: caption }), el('pre', { text: body.trim() }));
    }
    if (block.trim().startsWith('- ')) {
      const items = block.trim().split(/\n(?=- )/).map((item) => el('li', {}, ...prose(item.slice(2))));
      return el('ul', {}, ...items);
    }
    return el('p', {}, ...prose(block.replace(/\s+/g, ' ').trim()));
  });
}
