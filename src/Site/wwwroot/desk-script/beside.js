// Beside the text: stories of our own to lead readers to, paragraphs that stood in the paper before, and the house style. It follows the
// text after a pause, and never takes the focus from whoever writes. Ctrl-. goes there, the arrows through it, Enter does what is said.

import { afterAPause, parts } from './calls.js';

const PAUSE = 900;
const ASKED_FOR = ['headline', 'standfirst', 'dateline', 'copy', 'topicIds', 'writerIds', 'relatedIds'];

/**
 * @param text  what the fields say
 * @param insertBlock  writes a line into the copy, on a paragraph of its own
 * @param show  brings the panel forward
 */
export function besideTheText({ address, form, text, copy, insertBlock, show }) {
  const panel = document.getElementById('beside');
  const count = document.getElementById('beside-count');
  const label = document.getElementById('picker-label').options[0]?.value ?? 'READ MORE';
  const left = new Set();
  let asked = null;
  let turn = 0;
  let waits = false;
  let wasInCopy = false;

  const items = () => [...panel.querySelectorAll('button')];
  const named = button => `${button.dataset.field}\n${button.dataset.written}`;

  // ---- what there is to say

  const askSoon = afterAPause(PAUSE, ask);

  async function ask() {
    const sent = text();
    const asking = JSON.stringify(ASKED_FOR.map(name => sent[name]));
    if (asking === asked) {
      return;
    }
    const mine = ++turn;
    const fresh = await parts(`${address}/beside`, { basedOn: 0, ...sent });
    if (mine !== turn || fresh === null) {
      return;
    }
    asked = asking;
    // Whoever is choosing finds the list as it was; it is asked for again once they are back in the text.
    if (panel.contains(document.activeElement) && document.activeElement !== panel) {
      waits = true;
      return;
    }
    panel.replaceChildren(...fresh.querySelectorAll('[data-beside]'));
    panel.querySelectorAll('[data-field]').forEach(button => left.has(named(button)) && takeAway(button));
    countItems();
  }

  function countItems() {
    const all = panel.querySelectorAll('[data-insert], [data-field]').length;
    count.textContent = all > 0 ? `(${all})` : '';
  }

  panel.addEventListener('focusout', event => {
    if (waits && !panel.contains(event.relatedTarget)) {
      waits = false;
      asked = null;
      askSoon();
    }
  });
  copy.around.addEventListener('focusin', () => { wasInCopy = true; });
  form.addEventListener('input', askSoon);
  form.addEventListener('change', askSoon);

  // ---- what is done about it

  function takeAway(button) {
    const list = button.closest('ul');
    button.closest('li').remove();
    if (list.children.length === 0) {
      list.closest('section').remove();
    }
    countItems();
  }

  /** The next one, or back to the text. */
  function goOn(at) {
    (items()[Math.min(at, items().length - 1)] ?? copy).focus();
  }

  function replace(button) {
    const { field, from, written, better } = button.dataset;
    const [start, end] = [Number(from), Number(from) + written.length];
    const box = form.elements.namedItem(field);
    const at = items().indexOf(button);
    if (box.value.slice(start, end) !== written) {
      asked = null;
      ask();
      return;
    }
    if (field === 'copy') {
      copy.write(start, end, better);
    } else {
      box.setRangeText(better, start, end, 'end');
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }
    for (const other of panel.querySelectorAll(`[data-field="${field}"]`)) {
      if (Number(other.dataset.from) > start) {
        other.dataset.from = Number(other.dataset.from) + better.length - written.length;
      }
    }
    takeAway(button);
    goOn(at);
  }

  panel.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button?.dataset.insert) {
      // Whoever has not been in the copy yet means its end.
      if (!wasInCopy) {
        copy.setSelectionRange(copy.value.length, copy.value.length);
      }
      insertBlock(`${label}: story:${button.dataset.insert}`);
    } else if (button?.dataset.field) {
      replace(button);
    } else if (button) {
      const [remark, at] = [button.parentElement.querySelector('[data-field]'), items().indexOf(button)];
      left.add(named(remark));
      takeAway(remark);
      goOn(at - 1);
    }
  });

  panel.addEventListener('keydown', event => {
    const at = items().indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      copy.focus();
    } else if (step && at >= 0) {
      event.preventDefault();
      items().at((at + step) % items().length).focus();
    }
  });

  document.addEventListener('keydown', event => {
    if (event.key === '.' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && !document.querySelector('dialog[open]')) {
      event.preventDefault();
      show();
      (items()[0] ?? panel).focus();
    }
  });

  askSoon();
}
