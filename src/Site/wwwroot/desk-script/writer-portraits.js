// Choosing a writer's portrait by looking at it; what is sent stays the number of the picture.

import { parts } from './calls.js';
import { openPicturePicker } from './picture-picker.js';

for (const place of document.querySelectorAll('[data-portrait]')) {
  const [thumb, input] = [place.querySelector('.thumb'), place.querySelector('input')];
  const name = place.closest('form').querySelector('[name="Form.Name"]');
  const label = place.querySelector('label');
  label.textContent = 'Portrait';
  input.type = 'hidden';

  const buttons = document.createElement('span');
  buttons.className = 'picture-buttons';
  const [choose, remove] = [button('Choose a picture…', ` for ${name.value}`), button('Remove', ` the portrait of ${name.value}`)];
  buttons.append(choose, remove);
  input.after(buttons);
  input.removeAttribute('id');
  label.removeAttribute('for');
  tell();

  choose.addEventListener('click', () => openPicturePicker(async picture => {
    input.value = picture.id;
    const found = await parts(`/desk/pictures/${picture.id}/card`);
    thumb.replaceChildren(...(found?.querySelectorAll('.thumb img') ?? []));
    tell();
  }));
  remove.addEventListener('click', () => {
    input.value = '';
    thumb.replaceChildren();
    tell();
    choose.focus();
  });

  function tell() {
    remove.hidden = input.value === '';
  }
}

function button(words, unseen) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'quiet';
  const rest = document.createElement('span');
  rest.className = 'unseen';
  rest.textContent = unseen;
  made.append(words, rest);
  return made;
}
