// What is known of the target: a few facts by hand, or a response of the API as it is.

import { choose, el } from './dom.js';
import { knownMembers } from './secrets.js';
import { contextFault, merged } from './state.js';

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
        const own = { ...context[object] };
        const chosen = values.find(([word]) => word === select.value);
        if (chosen) [, own[member]] = chosen;
        else delete own[member];
        onChange({ ...context, [object]: own });
      },
    }, el('option', { value: '', text: 'not known' }), ...values.map(([word]) => el('option', { value: word, text: word })));
    facts.append(el('label', {}, el('span', { text: label }), select));
    return { select, object, member, values };
  });

  return {
    show(value) {
      context = value;
      for (const { select, object, member, values } of controls) {
        const own = context[object]?.[member] ?? '';
        const word = values.find(([, value]) => value === own)?.[0] ?? String(own);
        choose(select, word, word);
        select.classList.toggle('known', word !== '');
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
      } catch (error) {
        note.textContent = error.message;
        return false;
      }
      note.textContent = contextFault(pasted) ?? '';
      if (note.textContent !== '') return false;
      onChange(merged(context, knownMembers(pasted)));
      return true;
    },
  };
}
