// Tokens and keys, told by their looks: long runs of letters and digits without a word in them.

/** What base64 is written with, in any of its alphabets, and as it stands in URLs and in JSON. */
const RUN = /(?:[\w+-]|\\?\/|%[\da-f]{2})+={0,2}/gi;

/** How the tokens of this service begin, and those that are JSON in base64: of them less is enough. */
const BEGINNING = /^(?:MII|gAAAA|eyJ)/;
const LEAST = 40;
const LEAST_BEGUN = 16;

const ID = /(?<![\da-f])(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\da-f])/gi;

/** Where letters become digits, or small ones large. A word with a capital changes nothing. */
const CHANGE = /[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[a-zA-Z])|[A-Z](?=[A-Z][a-z])/g;

/** In a token the kind of letter changes at every second place, in names at every fifth. */
function isOdd(text) {
  const rest = text.replace(ID, '');
  return BEGINNING.test(rest) || (rest.length >= 8 && rest.match(CHANGE)?.length > 0.28 * rest.length);
}

const isToken = (text) => text.length >= (BEGINNING.test(text) ? LEAST_BEGUN : LEAST) && isOdd(text);

/** A path without the tokens in it; what it leads through stays. */
function cleanPath(path, placeholder) {
  const steps = path.split(/(\\?\/)/);
  const odd = steps.filter(isOdd);
  if (!isToken(odd.join(''))) return path;
  const [first, last] = [steps.indexOf(odd[0]), steps.lastIndexOf(odd.at(-1))];
  return [...steps.slice(0, first), placeholder, ...steps.slice(last + 1)].join('');
}

/** A text with a placeholder for each token in it. Tokens have slashes too, but seldom begin with one. */
export const withoutTokens = (text, placeholder) =>
  text.replace(RUN, (run) => {
    const isPath = /^\\?\//.test(run) || run.search(ID) >= 0;
    return isPath || !isToken(run) ? cleanPath(run, placeholder) : placeholder;
  });
