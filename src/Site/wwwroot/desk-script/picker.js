// Finds a story of our own as the editor types. Opened with what to do with the choice; all by keyboard.

import { afterAPause, parts } from './calls.js';
import { choosingIn } from './hits.js';

export const inCapitals = label => label.trim().replaceAll('’', '\'').toUpperCase();

const dialog = document.getElementById('picker');
const words = document.getElementById('picker-words');
const hits = document.getElementById('picker-hits');
const none = document.getElementById('picker-none');
const pending = document.getElementById('picker-pending');
const away = document.getElementById('picker-away');
const labelRow = document.getElementById('picker-label-row');
const label = document.getElementById('picker-label');

const { chosen, choose } = choosingIn(words, hits, accept);

let notThis = 0;
let take = () => {};
let takePending = null;
let leave = null;
let asked = 0;
let foundFor = null;
let takesNext = false;

/**
 * @param options.notThis  the story that is being written: it is never offered
 * @param options.onStory  called with { id, headline, label }
 * @param options.onPending  called with { headline, label } when the words shall wait for their story; leave out where that makes no sense
 * @param options.onLeft  called with the words when nothing was chosen
 * @param options.label  in capitals, where one was named already
 */
export function openPicker(options) {
  notThis = options.notThis;
  take = options.onStory;
  takePending = options.onPending ?? null;
  leave = options.onLeft ?? null;
  label.value = [...label.options].map(option => option.value).find(value => inCapitals(value) === options.label) ?? label.options[0]?.value ?? '';
  labelRow.hidden = !takePending;
  words.value = options.words ?? '';
  hits.replaceChildren();
  foundFor = null;
  takesNext = false;
  dialog.showModal();
  words.focus();
  words.select();
  search();
}

const search = async () => {
  const turn = ++asked;
  const asking = words.value;
  const found = await parts(`/desk/find-story?q=${encodeURIComponent(asking)}&not=${notThis}`);
  if (turn !== asked) {
    return;
  }
  away.hidden = found !== null;
  if (found === null) {
    return;
  }
  foundFor = asking;
  hits.replaceChildren(...found.querySelectorAll('li'));
  words.setAttribute('aria-expanded', String(hits.children.length > 0));
  none.hidden = hits.children.length > 0 || asking.trim() === '';
  pending.hidden = !takePending;
  choose(hits.firstElementChild);
  if (takesNext && asking === words.value) {
    takeChosen();
  }
};

const searchSoon = afterAPause(80, search);

function close() {
  leave = null;
  dialog.close();
}

function accept(hit) {
  close();
  take({ id: Number(hit.dataset.id), headline: hit.dataset.headline, label: label.value });
}

function takeChosen() {
  takesNext = false;
  if (chosen()) {
    accept(chosen());
  } else if (!none.hidden && !pending.hidden) {
    pending.focus();
  }
}

words?.addEventListener('input', () => {
  takesNext = false;
  searchSoon();
});
words?.addEventListener('keydown', event => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const at = chosen();
  if (event.key === 'ArrowDown') {
    choose(at?.nextElementSibling ?? hits.firstElementChild);
  } else if (event.key === 'ArrowUp') {
    choose(at?.previousElementSibling ?? hits.lastElementChild);
  } else if (event.key !== 'Enter') {
    return;
  }
  event.preventDefault();
  if (event.key !== 'Enter') {
    return;
  }
  // Whoever types fast means what is found for these words, not what was found for fewer of them.
  if (foundFor === words.value) {
    takeChosen();
  } else {
    takesNext = true;
  }
});
pending?.addEventListener('click', () => {
  close();
  takePending({ headline: words.value.trim(), label: label.value });
});
for (const way of ['cancel', 'submit']) {
  dialog?.addEventListener(way, event => {
    // At once, so that what is typed next stands behind it.
    event.preventDefault();
    const left = leave;
    close();
    left?.(words.value);
  });
}
