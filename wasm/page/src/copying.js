// Copies the request in any of its forms, or a link that carries it.

import { toHash, withoutSecrets, write, writeCurl, writeJson } from './state.js';

const FORMS = {
  http: (state) => state.text ?? write(state),
  curl: writeCurl,
  json: writeJson,
  link: (state) => {
    const { origin, pathname, protocol } = location;
    return `${protocol === 'file:' ? 'file://' : origin}${pathname}${toHash(state)}`;
  },
};

/** Makes the buttons copy what the state is when they are pressed. */
export function copying(buttons, toast, state) {
  let timer;
  for (const button of buttons) {
    button.addEventListener('click', async () => {
      const form = button.dataset.copy;
      const text = FORMS[form](state());
      if (form === 'link') history.replaceState(null, '', toHash(state()));
      toast.textContent = (await copy(text)) ? said(form, state()) : 'The browser does not let this page copy.';
      toast.dataset.shown = 'true';
      clearTimeout(timer);
      timer = setTimeout(() => delete toast.dataset.shown, 3000);
    });
  }
}

function said(form, state) {
  if (form !== 'link') return 'Copied.';
  const hidden = JSON.stringify(withoutSecrets(state).headers) !== JSON.stringify(state.headers);
  return hidden ? 'Link copied, without the token.' : 'Link copied.';
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
