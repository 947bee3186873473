// A curl command as a request, for those who paste one: as this page writes it, as browsers do, and most people.

/** Options that say nothing of what is sent, or that no check needs; those of the second list have a value. */
const FLAGS = /^(?:-[sSkiLvfgN#]+|--(?:silent|show-error|insecure|include|location|verbose|fail|globoff|compressed|http1\.1|http2))$/;
const ASIDE = /^(?:-[oweAumxbcE]|--(?:output|write-out|referer|user-agent|user|max-time|connect-timeout|proxy|cookie|cookie-jar|retry|cert|key|cacert))$/;
const DATA = /^(?:-d|--data|--data-raw|--data-binary|--data-ascii|--json)$/;

const PROMPT = /^(?:\S*[$#>%] )?(?=curl(?:\.exe)?\s)/;

const PIECE = /([^\S\n]+|\\\n)|'([^']*)'|\$'((?:[^'\\]|\\[^])*)'|"((?:[^"\\`]|\\[^])*)"|\\([^])|([^\s'"\\`|&;<>()]+)/y;
const ESCAPED = { n: '\n', r: '\r', t: '\t' };
/** What comes after a command does not change what it sends: nothing, or a command that reads its answer. */
const END = /\s*(?:;\s*$|\|(?!\|))/y;

/** The words of a command; undefined where a shell would do more than part them. */
function words(text) {
  const found = [];
  let open = false;
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const at = PIECE.lastIndex;
    END.lastIndex = at;
    if (END.test(text)) return found;
    PIECE.lastIndex = at;
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

/** The words of a command for Windows, where `^` escapes, and a break too; undefined where there is another command. */
function windowsWords(text) {
  let quoted = false;
  let foreign = false;
  // The shell reads it first, and hands the rest to curl. A break that is sent is a second one.
  const line = text.replace(/\^\n(\n?)|\^([^])|["&|<>\n]/g, (whole, second, escaped) => {
    if (whole === '"') quoted = !quoted;
    else if (quoted) return whole;
    if (second !== undefined) return second;
    foreign ||= escaped === undefined && whole !== '"';
    return escaped ?? whole;
  });
  if (foreign) return undefined;
  const parts = line.match(/(?:"(?:\\[\\"]|""|[^"])*"|[^\s"])+/g) ?? [];
  return parts.map((part) => part.replace(/"((?:\\[\\"]|""|[^"])*)"/g, (_, inside) => inside.replace(/\\([\\"])|""/g, (own, char) => char ?? '"')));
}

const isForWindows = (text) => /\s\^"|\^\n/.test(text);

/** The request that a text is the curl command of, with its body as text; undefined where it is none, or does more. */
export function readCurl(text) {
  const command = text.trim().replace(/\r\n?/g, '\n');
  if (!PROMPT.test(command)) return undefined;
  const own = command.replace(PROMPT, '');
  const [, ...rest] = (isForWindows(own) ? windowsWords(own) : words(own)) ?? [];
  const headers = [];
  let method, url, body;
  while (rest.length > 0) {
    const word = rest.shift();
    const [, option = word, attached] = /^(-[XHd])([^]+)$/.exec(word) ?? /^(--[\w-]+)=([^]*)$/.exec(word) ?? [];
    const value = () => attached ?? rest.shift() ?? '';
    if (FLAGS.test(word)) continue;
    // Flags of one letter may stand before it.
    if (/^-[sSkiLvfgN#]*X$/.test(option) || option === '--request') method = value();
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
