// Finds a story of our own as the editor types. Opened with what to do with the choice; all by keyboard.

import { afterAPause, parts } from './calls.js';

const dialog = document.getElementById('picker');
const words = document.getElementById('picker-words');
const hits = document.getElementById('picker-hits');
const none = document.getElementById('picker-none');
const labelRow = document.getElementById('picker-label-row');
const label = document.getElementById('picker-label');

let notThis = 0;
let take = () => {};
let takePending = null;
let asked = 0;

/**
 * @param options.notThis  the story that is being written: it is never offered
 * @param options.onStory  called with { id, headline, label }
 * @param options.onPending  called with { headline, label } when the words shall wait for their story; leave out where that makes no sense
 */
export function openPicker(options) {
  notThis = options.notThis;
  take = options.onStory;
  takePending = options.onPending ?? null;
  labelRow.hidden = !takePending;
  words.value = options.words ?? '';
  dialog.showModal();
  words.focus();
  words.select();
  search();
}

const search = async () => {
  const turn = ++asked;
  const found = await parts(`/desk/find-story?q=${encodeURIComponent(words.value)}&not=${notThis}`);
  if (turn !== asked || found === null) {
    return;
  }
  hits.replaceChildren(...found.querySelectorAll('li'));
  none.hidden = hits.children.length > 0 || words.value.trim() === '' || !takePending;
  choose(hits.firstElementChild);
};

const searchSoon = afterAPause(80, search);

const chosen = () => hits.querySelector('[aria-selected="true"]');

function choose(hit) {
  chosen()?.setAttribute('aria-selected', 'false');
  if (!hit) {
    words.removeAttribute('aria-activedescendant');
    return;
  }
  hit.setAttribute('aria-selected', 'true');
  hit.scrollIntoView({ block: 'nearest' });
  words.setAttribute('aria-activedescendant', hit.id);
}

function accept(hit) {
  dialog.close();
  take({ id: Number(hit.dataset.id), headline: hit.dataset.headline, label: label.value });
}

words?.addEventListener('input', searchSoon);
words?.addEventListener('keydown', event => {
  const at = chosen();
  if (event.key === 'ArrowDown') {
    choose(at?.nextElementSibling ?? hits.firstElementChild);
  } else if (event.key === 'ArrowUp') {
    choose(at?.previousElementSibling ?? hits.lastElementChild);
  } else if (event.key === 'Enter' && at) {
    accept(at);
  } else if (event.key !== 'Enter') {
    return;
  }
  event.preventDefault();
});
hits?.addEventListener('click', event => {
  const hit = event.target.closest('[role="option"]');
  if (hit) {
    accept(hit);
  }
});
document.getElementById('picker-pending')?.addEventListener('click', () => {
  dialog.close();
  takePending({ headline: words.value.trim(), label: label.value });
});
