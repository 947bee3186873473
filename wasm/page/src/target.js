// What is known of the target: a few facts by hand, or a response of the API as it is.

import { inspectFile } from 'elblint';
import { el } from './dom.js';

const FACTS = [
  ['Load balancer type', ['loadbalancer', 'guaranteed'], [['dedicated', true], ['shared', false]]],
  ['Load balancer status', ['loadbalancer', 'provisioning_status'], words('ACTIVE UPGRADED UPGRADE_FAILED ROLLBACK_FAILED')],
  ['Pool protocol', ['pool', 'protocol'], words('TCP UDP IP TLS TCPSSL HTTP HTTPS GRPC QUIC')],
  ['Pool algorithm', ['pool', 'lb_algorithm'], words('ROUND_ROBIN LEAST_CONNECTIONS SOURCE_IP QUIC_CID')],
  ['Pool any port', ['pool', 'any_port_enable'], [['on', true], ['off', false]]],
  ['IP as a backend', ['loadbalancer', 'ip_target_enable'], [['on', true], ['off', false]]],
];

function words(text) {
  return text.split(' ').map((word) => [word, word]);
}

/** The controls of the facts, and the box to paste into. */
export function target({ facts, box, note, known, forget }, { onChange }) {
  let context = {};
  const controls = FACTS.map(([label, [object, member], values]) => {
    const select = el('select', {
      onchange: () => {
        const chosen = values[select.selectedIndex - 1];
        const own = { ...context[object] };
        if (chosen) [, own[member]] = chosen;
        else delete own[member];
        onChange({ ...context, [object]: own });
      },
    }, el('option', { value: '', text: 'not known' }), ...values.map(([text]) => el('option', { value: text, text })));
    facts.append(el('label', {}, el('span', { text: label }), select));
    return { select, object, member, values };
  });

  return {
    show(value) {
      context = value;
      for (const { select, object, member, values } of controls) {
        const at = values.findIndex(([, own]) => own === context[object]?.[member]);
        select.selectedIndex = at + 1;
        select.classList.toggle('known', at >= 0);
      }
      const objects = Object.keys(context).filter((name) => Object.keys(context[name] ?? {}).length > 0);
      forget.hidden = objects.length === 0;
      const said = objects.length === 0 ? 'Nothing is known of it, so the check says what it must be.' : `Known from ${objects.join(', ')}.`;
      if (known.textContent !== said) known.textContent = said;
    },

    paste() {
      let pasted;
      try {
        pasted = JSON.parse(box.value);
        // Whatever is no context, the check says so.
        inspectFile('UpdatePool.json', '{}', pasted);
      } catch (error) {
        note.textContent = error.message.replace(/^elblint: /, '');
        return;
      }
      note.textContent = '';
      onChange(merged(context, pasted));
      return true;
    },
  };
}

/** Later knowledge over earlier, an object at a time. */
function merged(old, fresh) {
  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = Object.entries(fresh).map(([name, value]) => [name, isObject(value) && isObject(old[name]) ? { ...old[name], ...value } : value]);
  return { ...old, ...Object.fromEntries(entries) };
}
