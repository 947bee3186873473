// What is known of the target: a few facts by hand, or a response of the API as it is.

import { inspectFile } from 'elblint';
import { el } from './dom.js';

const FACTS = [
  ['Load balancer', ['loadbalancer', 'guaranteed'], [['dedicated', true], ['shared', false]]],
  ['Its status', ['loadbalancer', 'provisioning_status'], words('ACTIVE UPGRADED UPGRADE_FAILED ROLLBACK_FAILED')],
  ['Protocol of the group', ['pool', 'protocol'], words('TCP UDP IP TLS TCPSSL HTTP HTTPS GRPC QUIC')],
  ['Algorithm of the group', ['pool', 'lb_algorithm'], words('ROUND_ROBIN LEAST_CONNECTIONS SOURCE_IP QUIC_CID')],
  ['Any port', ['pool', 'any_port_enable'], [['on', true], ['off', false]]],
  ['IP as a backend', ['loadbalancer', 'ip_target_enable'], [['on', true], ['off', false]]],
];

function words(text) {
  return text.split(' ').map((word) => [word, word]);
}

/** The controls of the facts, and the box to paste into. */
export function target(facts, box, note, { onChange }) {
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
      note.textContent = 'Taken over.';
      onChange(merged(context, pasted));
    },
  };
}

/** Later knowledge over earlier, an object at a time. */
function merged(old, fresh) {
  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = Object.entries(fresh).map(([name, value]) => [name, isObject(value) && isObject(old[name]) ? { ...old[name], ...value } : value]);
  return { ...old, ...Object.fromEntries(entries) };
}
