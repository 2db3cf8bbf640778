// What had no place in the copy when it was pasted, said quietly below it.

export function tellsWhatWasLeftOut(textarea) {
  const box = document.createElement('p');
  const words = document.createElement('span');
  const done = document.createElement('button');
  Object.assign(box, { className: 'hint left-out', hidden: true });
  Object.assign(done, { type: 'button', className: 'quiet', textContent: 'All right' });
  words.setAttribute('role', 'status');
  box.append(words, ' ', done);
  textarea.parentElement.after(box);

  done.addEventListener('click', () => { box.hidden = true; });
  textarea.addEventListener('left-out', ({ detail: { kinds } }) => {
    box.hidden = kinds.length === 0;
    words.textContent = kinds.length === 0 ? '' : `Left out of what was pasted: ${kinds.join(', ')}.`;
  });
}
