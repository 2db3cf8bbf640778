// Offers headlines of our own while an editor types which story to pin; the number is what is sent.

import { afterAPause, parts } from './calls.js';

for (const input of document.querySelectorAll('[data-find-story]')) {
  input.addEventListener('input', afterAPause(120, async () => {
    const found = await parts(`/desk/find-story?q=${encodeURIComponent(input.value)}`);
    const options = [...(found?.querySelectorAll('li') ?? [])].map(hit => {
      const option = document.createElement('option');
      option.value = hit.dataset.id;
      option.textContent = hit.dataset.headline;
      return option;
    });
    document.getElementById(input.getAttribute('list')).replaceChildren(...options);
  }));
}
