// The pictures of the story that is being written: the main one, and those that stand in the copy.

import { parts } from './calls.js';
import { openPicturePicker } from './picture-picker.js';
import { missesNoDrop, picturesPasted, takesDrops, uploadsIn } from './uploads.js';

/**
 * @param options.copy  the field the copy is written in
 * @param options.changed  called when a field was changed here
 * @param options.insertBlock  writes a line into the copy, on a paragraph of its own
 */
export function picturesOf(form, { copy, changed, insertBlock }) {
  const byId = name => document.getElementById(name);
  const field = name => form.elements.namedItem(name);
  const chosen = byId('chosen-picture');
  const card = () => chosen.querySelector('[data-picture]');
  let asked = 0;

  // ---- the main picture

  /** The words of the picture itself stand in for this story's own, until somebody writes those. */
  function choose(picture) {
    const before = card()?.dataset;
    for (const [name, words] of [['pictureAlt', 'alt'], ['pictureCaption', 'caption']]) {
      if (field(name).value.trim() === '' || field(name).value === before?.[words]) {
        field(name).value = picture[words];
      }
    }
    field('pictureId').value = picture.id ?? '';
    show();
    changed();
  }

  async function show() {
    const id = field('pictureId').value;
    byId('picture-words').hidden = !id;
    byId('remove-picture').hidden = !id;
    byId('choose-picture').textContent = id ? 'Choose another…' : 'Choose a picture…';
    const turn = ++asked;
    if (!id) {
      chosen.replaceChildren();
    } else if (card()?.dataset.picture !== id) {
      const found = await parts(`/desk/pictures/${id}/card`);
      if (turn === asked) {
        chosen.replaceChildren(...(found?.body.childNodes ?? []));
      }
    }
  }

  byId('choose-picture').addEventListener('click', () => openPicturePicker(choose));
  byId('remove-picture').addEventListener('click', () => {
    choose({ id: null, alt: '', caption: '' });
    byId('choose-picture').focus();
  });

  const forTheTop = uploadsIn(byId('picture-uploads'), { onTaken: choose });
  takesDrops(byId('picture'), files => forTheTop.add(files.slice(0, 1)));
  byId('picture').addEventListener('paste', event => forTheTop.add(picturesPasted(event).slice(0, 1)));

  // ---- pictures in the copy

  const inMarkdown = ({ id, alt, caption }) => {
    const words = alt.replace(/[\\`*[\]<]/g, '\\$&');
    const title = caption ? ` "${caption.replace(/["\\]/g, '\\$&')}"` : '';
    return `![${words}](picture:${id}${title})`;
  };

  function pickForCopy() {
    const { selectionStart, selectionEnd } = copy;
    openPicturePicker(picture => {
      copy.setSelectionRange(selectionEnd, selectionEnd);
      insertBlock(inMarkdown(picture));
      if (!picture.alt) {
        const at = copy.value.lastIndexOf(`![](picture:${picture.id}`, copy.selectionStart) + '!['.length;
        copy.setSelectionRange(at, at);
      }
    });
  }

  /** It comes while the editor goes on writing, here or in another field: they stay where they are. */
  function insertQuietly(picture) {
    const active = document.activeElement;
    const { selectionStart, selectionEnd, scrollTop } = copy;
    insertBlock(inMarkdown(picture));
    copy.setSelectionRange(selectionStart, selectionEnd);
    copy.scrollTop = scrollTop;
    if (active !== copy.shown) {
      active?.focus?.({ preventScroll: true });
    }
  }

  byId('open-picture').addEventListener('click', pickForCopy);
  field('copy').addEventListener('wants-picture', pickForCopy);

  const forTheCopy = uploadsIn(byId('copy-uploads'), { onTaken: insertQuietly });
  takesDrops(copy.around, (files, { clientX, clientY }) => {
    copy.cursorTo(clientX, clientY);
    forTheCopy.add(files);
  });
  copy.addEventListener('paste', event => {
    const files = picturesPasted(event);
    if (files.length > 0) {
      event.preventDefault();
      forTheCopy.add(files);
    }
  });
  missesNoDrop();

  return { show, pickForCopy };
}
