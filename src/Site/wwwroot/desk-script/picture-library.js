// The picture library: files come in by choosing, dropping anywhere on the page, or pasting; a first caption is written beside each.

import { call, parts } from './calls.js';
import { missesNoDrop, picturesPasted, takesDrops, uploadsIn } from './uploads.js';

const form = document.getElementById('upload');
if (form) {
  const uploads = uploadsIn(document.getElementById('uploads'), { onTaken: askForWords, onRest: showNewest });
  const files = document.getElementById('files');

  files.addEventListener('change', () => {
    uploads.add([...files.files]);
    files.value = '';
  });
  for (const part of form.querySelectorAll('[data-script]')) {
    part.hidden = false;
  }
  form.querySelector('[data-plain]').hidden = true;
  files.classList.add('unseen');
  files.labels[0].classList.add('button', 'main');
  files.labels[0].textContent = 'Add pictures…';
  form.addEventListener('submit', event => event.preventDefault());

  takesDrops(document.documentElement, uploads.add);
  missesNoDrop();
  document.addEventListener('paste', event => uploads.add(picturesPasted(event)));
}

async function showNewest() {
  const fresh = (await parts(location.href))?.getElementById('library');
  if (fresh) {
    document.getElementById('library').replaceChildren(...fresh.childNodes);
  }
}

/** What the file did not say about itself is asked for while it is at hand; each field is saved as it is left. */
function askForWords(picture, line) {
  if (line.querySelector('.quick-words')) {
    return;
  }
  const words = document.createElement('div');
  words.className = 'quick-words';
  const state = document.createElement('span');
  state.className = 'hint';
  state.setAttribute('role', 'status');
  words.append(
    field('alt', 'What it shows'),
    field('caption', 'Caption'),
    field('credit', 'Credit'),
    state);
  line.append(words);

  function field(name, label) {
    const paragraph = document.createElement('p');
    const input = document.createElement('input');
    const caption = document.createElement('label');
    input.id = `${name}-of-${picture.id}`;
    input.value = picture[name];
    input.maxLength = 1000;
    caption.htmlFor = input.id;
    caption.textContent = label;
    input.addEventListener('change', async () => {
      state.textContent = 'Saving…';
      const answer = await call('PUT', `/desk/pictures/${picture.id}`, { [name]: input.value });
      state.textContent = answer.ok ? 'Saved' : answer.problem;
      state.classList.toggle('is-problem', !answer.ok);
    });
    paragraph.append(caption, input);
    return paragraph;
  }
}
