// What is said in passing at the foot of the page, perhaps with a button that takes it back.

import { el } from './dom.js';

const SHOWN = 4000;
/** Who has to decide needs longer. */
const SHOWN_WITH_BUTTON = 12_000;

/** A function that says a text, with a way to `undo` what it tells. */
export function toast(element) {
  let timer;

  function hide() {
    // A button does not go from under a hand.
    if (element.matches(':hover, :focus-within')) timer = setTimeout(hide, SHOWN);
    else {
      delete element.dataset.shown;
      element.querySelector('button')?.remove();
    }
  }

  return (text, undo) => {
    clearTimeout(timer);
    const button = undo && el('button', { type: 'button', text: 'Undo', onclick: () => {
      element.replaceChildren('It is back.');
      undo();
      clearTimeout(timer);
      timer = setTimeout(hide, SHOWN);
    } });
    element.replaceChildren(text, ...(button ? [' ', button] : []));
    element.dataset.shown = 'true';
    timer = setTimeout(hide, button ? SHOWN_WITH_BUTTON : SHOWN);
  };
}
