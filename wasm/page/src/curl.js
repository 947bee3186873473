// A curl command as a request, for those who paste one: as this page writes it, as browsers do, and most people.

/** Options that say nothing of what is sent, or that no check needs; those of the second list have a value. */
const FLAGS = /^(?:-[sSkiLvfgN#]+|--(?:silent|show-error|insecure|include|location|verbose|fail|globoff|compressed|http1\.1|http2))$/;
const ASIDE = /^(?:-[oweAumxbc]|--(?:output|write-out|referer|user-agent|user|max-time|connect-timeout|proxy|cookie|cookie-jar|retry))$/;
const DATA = /^(?:-d|--data|--data-raw|--data-binary|--data-ascii|--json)$/;

const PIECE = /([^\S\n]+|\\\n)|'([^']*)'|\$'((?:[^'\\]|\\[^])*)'|"((?:[^"\\`]|\\[^])*)"|\\([^])|([^\s'"\\`|&;<>()]+)/y;
const ESCAPED = { n: '\n', r: '\r', t: '\t' };

/** The words of a command; undefined where a shell would do more than part them. */
function words(text) {
  const found = [];
  let open = false;
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const [whole, blank, single, ansi, double, escaped, plain] = PIECE.exec(text) ?? [];
    if (whole === undefined || /\$\(/.test(double ?? plain)) return undefined;
    if (blank) {
      open = false;
      continue;
    }
    const piece = single ?? ansi?.replace(/\\(?:[ux]([\da-f]{2,4})|([^]))/gi, (_, code, char) => (code ? String.fromCharCode(parseInt(code, 16)) : (ESCAPED[char] ?? char)))
      ?? double?.replace(/\\(?:\n|([$`"\\]))/g, '$1') ?? escaped ?? plain;
    if (open) found.push(found.pop() + piece);
    else found.push(piece);
    open = true;
  }
  return found;
}

/** The request that a text is the curl command of, with its body as text; undefined where it is none, or does more. */
export function readCurl(text) {
  const [name, ...rest] = words(text.trim().replace(/\r\n?/g, '\n').replace(/^\$ /, '')) ?? [];
  if (name !== 'curl') return undefined;
  const headers = [];
  let method, url, body;
  while (rest.length > 0) {
    const word = rest.shift();
    const [, option = word, attached] = /^(-[XHd])([^]+)$/.exec(word) ?? /^(--[\w-]+)=([^]*)$/.exec(word) ?? [];
    const value = () => attached ?? rest.shift() ?? '';
    if (FLAGS.test(word)) continue;
    if (option === '-X' || option === '--request') method = value();
    else if (option === '-H' || option === '--header') headers.push(/^([^:;]*)[:;]?\s*([^]*)$/.exec(value()).slice(1));
    else if (DATA.test(option)) {
      const own = value();
      // What a file holds, nobody knows here.
      if (own.startsWith('@') && option !== '--data-raw') return undefined;
      body = body === undefined ? own : `${body}&${own}`;
    } else if (ASIDE.test(option)) value();
    else if (option !== '--url' && /^-/.test(word)) return undefined;
    else if (url !== undefined) return undefined;
    else url = option === '--url' ? value() : word;
  }
  return url && { method: method ?? (body === undefined ? 'GET' : 'POST'), url, headers, body };
}
