// Finds a picture as an editor types, or takes new ones in and offers them at once. All by keyboard.

import { afterAPause, parts } from './calls.js';
import { choosingIn } from './hits.js';
import { picturesPasted, takesDrops, uploadsIn } from './uploads.js';

const dialog = document.getElementById('picture-picker');
const byId = name => document.getElementById(`picture-picker-${name}`);
const [words, hits, none, away, more, files] = ['words', 'hits', 'none', 'away', 'more', 'files'].map(byId);

const { chosen, choose } = choosingIn(words, hits, hit => acceptHit(hit));

let take = () => {};
let asked = 0;
let foundFor = null;
let takesNext = false;
let next = null;
let isInTheGrid = false;

/** @param onPicture  called with { id, alt, caption } of the picture that was chosen */
export function openPicturePicker(onPicture) {
  take = onPicture;
  words.value = '';
  hits.replaceChildren();
  foundFor = null;
  takesNext = false;
  isInTheGrid = false;
  dialog.showModal();
  words.focus();
  search();
}

const search = () => find(words.value, null);

async function find(asking, after) {
  const turn = ++asked;
  const found = await parts(`/desk/find-picture?q=${encodeURIComponent(asking)}${after ? `&after=${after}` : ''}`);
  if (turn !== asked) {
    return;
  }
  away.hidden = found !== null;
  if (found === null) {
    return;
  }
  const list = found.querySelector('ul');
  const fresh = [...list.querySelectorAll('li')];
  next = list.dataset.next ?? null;
  more.hidden = !next;
  if (after) {
    hits.append(...fresh);
    choose(fresh[0]);
    return;
  }
  foundFor = asking;
  hits.replaceChildren(...fresh);
  words.setAttribute('aria-expanded', String(fresh.length > 0));
  none.hidden = fresh.length > 0;
  none.textContent = asking.trim() ? 'No picture has these words.' : 'No pictures yet.';
  choose(fresh[0]);
  if (takesNext && asking === words.value) {
    takeChosen();
  }
}

const searchSoon = afterAPause(80, search);

/** The one above or below stands in the same column. */
function inTheNextRow(hit, step) {
  const all = [...hits.children];
  const columns = all.findIndex(other => other.offsetTop > all[0].offsetTop);
  return all[all.indexOf(hit) + step * (columns < 1 ? all.length : columns)];
}

function accept(picture) {
  dialog.close();
  take(picture);
}

const acceptHit = hit => accept({ id: Number(hit.dataset.picture), alt: hit.dataset.alt, caption: hit.dataset.caption });

function takeChosen() {
  takesNext = false;
  if (chosen()) {
    acceptHit(chosen());
  }
}

words?.addEventListener('input', () => {
  takesNext = false;
  isInTheGrid = false;
  searchSoon();
});

words?.addEventListener('keydown', event => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const at = chosen();
  // To the side the arrows belong to the text, until somebody has gone down into the pictures.
  const sideways = isInTheGrid || words.value === '';
  const goes = {
    ArrowDown: () => at ? inTheNextRow(at, 1) ?? at : hits.firstElementChild,
    ArrowUp: () => at ? inTheNextRow(at, -1) ?? at : hits.firstElementChild,
    ArrowRight: sideways ? () => at?.nextElementSibling ?? at : null,
    ArrowLeft: sideways ? () => at?.previousElementSibling ?? at : null,
  }[event.key];
  if (goes) {
    event.preventDefault();
    isInTheGrid = true;
    choose(goes());
  } else if (event.key === 'Enter') {
    event.preventDefault();
    // Whoever types fast means what is found for these words, not what was found for fewer of them.
    if (foundFor === words.value) {
      takeChosen();
    } else {
      takesNext = true;
    }
  }
});

more?.addEventListener('click', async () => {
  await find(foundFor ?? '', next);
  words.focus();
});

if (dialog && files) {
  let left = 0;
  const uploads = uploadsIn(byId('uploads'), {
    onTaken: picture => {
      // One that was sent in here was sent in to be chosen; of several, the editor says which.
      if (left === 1 && dialog.open) {
        accept(picture);
      } else if (dialog.open) {
        words.value = '';
        search();
      }
    },
  });
  const add = chosenFiles => {
    left = chosenFiles.length;
    uploads.add(chosenFiles);
  };
  files.addEventListener('change', () => {
    add([...files.files]);
    files.value = '';
  });
  takesDrops(dialog, add);
  dialog.addEventListener('paste', event => add(picturesPasted(event)));
}
