// Copies the request in any of its forms, or a link that carries it.

import { write, writeCurl, writeJson } from './request-forms.js';
import { shareable, toHash } from './state.js';

const isEmpty = (context) => Object.keys(context).length === 0;

/** The request in each form, out of what was read of the text; undefined where it has none. */
const FORMS = {
  http: ({ text, name, judged }) => (name.endsWith('.http') ? text : judged && write(judged)),
  curl: ({ judged }) => judged && writeCurl(judged),
  json: ({ judged, alone, context, known }) => (alone ? alone(isEmpty(context) ? undefined : known) : judged && writeJson(judged, known)),
  link: (state) => {
    const { origin, pathname, protocol } = location;
    return `${protocol === 'file:' ? 'file://' : origin}${pathname}${toHash(state)}`;
  },
};

/** Makes the buttons copy what the state is when they are pressed, and say so. */
export function copying(buttons, say, state) {
  for (const button of buttons) {
    button.addEventListener('click', async () => {
      const form = button.dataset.copy;
      const now = state();
      const text = FORMS[form](now);
      if (text === undefined) return say('Nothing is copied: the text cannot be read as a request.');
      if (form === 'link') history.replaceState(null, '', toHash(now));
      return say((await copy(text)) ? said(form, now) : 'The browser does not let this page copy.');
    });
  }

  return {
    /** Shows which buttons have nothing to copy; `why` names the element that tells it. */
    show(now, why) {
      for (const button of buttons) {
        const idle = !now.judged && button.dataset.copy !== 'link' && !(button.dataset.copy === 'http' && now.name.endsWith('.http'));
        for (const [name, value] of [['aria-disabled', 'true'], ['aria-describedby', why]]) {
          if (idle) button.setAttribute(name, value);
          else button.removeAttribute(name);
        }
      }
    },
  };
}

function said(form, now) {
  if (form === 'link') {
    const hidden = JSON.stringify(shareable(now)) !== JSON.stringify({ ...shareable(now), text: now.text, context: now.context });
    return hidden ? 'Link copied, without the token or other secrets.' : 'Link copied.';
  }
  const whole = form === 'http' && now.name.endsWith('.http');
  return now.count > 1 && !whole ? `Copied the first of ${now.count} requests.` : 'Copied.';
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const { activeElement } = document;
    const area = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    activeElement?.focus();
    return done;
  }
}
