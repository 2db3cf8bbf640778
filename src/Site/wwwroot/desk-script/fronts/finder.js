// Finds stories of our own to be pinned: as the editor types, by keys, or to be dragged to their place.

import { afterAPause, parts } from '../calls.js';
import { choosingIn } from '../hits.js';

/** @param onTaken  called with { id, headline, state } of the story that was chosen */
export function finderIn({ onTaken }) {
  const byId = name => document.getElementById(`finder-${name}`);
  const [words, hits, none, away] = ['words', 'hits', 'none', 'away'].map(byId);
  const { chosen, choose } = choosingIn(words, hits, take);
  let asked = 0;
  let foundFor = null;
  let takesNext = false;
  let isTyping = false;

  function take(hit) {
    isTyping = false;
    onTaken(storyOf(hit));
  }

  async function search() {
    const turn = ++asked;
    const asking = words.value;
    const found = await parts(`/desk/find-story?q=${encodeURIComponent(asking)}`);
    if (turn !== asked) {
      return;
    }
    away.hidden = found !== null;
    if (found === null) {
      return;
    }
    foundFor = asking;
    hits.replaceChildren(...found.querySelectorAll('li'));
    hits.dataset.foundFor = asking;
    words.setAttribute('aria-expanded', String(hits.children.length > 0));
    none.hidden = hits.children.length > 0 || asking.trim() === '';
    choose(asking.trim() ? hits.firstElementChild : null);
    if (takesNext && asking === words.value) {
      takeChosen();
    }
  }

  function takeChosen() {
    takesNext = false;
    if (chosen()) {
      take(chosen());
    }
  }

  const searchSoon = afterAPause(80, search);
  words.addEventListener('input', () => {
    [takesNext, isTyping] = [false, true];
    searchSoon();
  });
  words.addEventListener('keydown', event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) {
      return;
    }
    event.preventDefault();
    if (event.key === 'ArrowDown') {
      choose(chosen()?.nextElementSibling ?? hits.firstElementChild);
    } else if (event.key === 'ArrowUp') {
      choose(chosen()?.previousElementSibling ?? hits.lastElementChild);
    } else if (foundFor === words.value) {
      takeChosen();
    } else {
      // Whoever types fast means what is found for these words, not what was found for fewer of them.
      takesNext = true;
    }
  });
  search();

  return {
    /** Whether there are words in it to be undone: once a story is taken, that is what somebody would undo. */
    isTyping: field => field === words && isTyping,
    focus() {
      words.focus();
      words.select();
    },
  };
}

export const storyOf = hit => ({
  id: Number(hit.dataset.id),
  headline: hit.dataset.headline,
  state: ['Draft', 'Due', 'Live', 'Withdrawn'].find(state => hit.querySelector('.state')?.classList.contains(state.toLowerCase())) ?? 'Draft',
});
