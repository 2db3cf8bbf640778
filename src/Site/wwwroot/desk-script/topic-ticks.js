// Topics are found among many by any of their words, and taken where the checks have found them in the copy.

const ticks = document.querySelector('[data-ticks="topicIds"]');
const words = document.getElementById('find-topic');
const none = document.getElementById('no-topic');

const folded = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

words?.addEventListener('input', event => {
  // What is looked for is no part of the story.
  event.stopPropagation();
  const wanted = folded(words.value.trim());
  let shown = 0;
  for (const label of ticks.querySelectorAll('label')) {
    const fits = folded(`${label.textContent} ${label.dataset.also ?? ''}`).includes(wanted);
    label.hidden = !fits && !label.querySelector('input').checked;
    shown += fits ? 1 : 0;
  }
  none.hidden = shown > 0;
});

words?.addEventListener('keydown', event => {
  if (event.key !== 'Enter') {
    return;
  }
  event.preventDefault();
  const fitting = [...ticks.querySelectorAll('label:not([hidden]) input:not(:checked)')];
  if (words.value.trim() && fitting.length > 0) {
    tick(fitting[0]);
    words.value = '';
    words.dispatchEvent(new Event('input', { bubbles: true }));
  }
});

document.getElementById('panels')?.addEventListener('click', event => {
  const wanted = event.target.closest('[data-topic]');
  const box = wanted && ticks.querySelector(`input[value="${wanted.dataset.topic}"]`);
  if (box) {
    tick(box);
    wanted.remove();
  }
});

/** As if it had been clicked: whoever listens saves. */
function tick(box) {
  box.checked = true;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  box.dispatchEvent(new Event('change', { bubbles: true }));
}
