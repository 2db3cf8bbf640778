// The field the copy is written in: rich text where the editor is there, and Markdown in its textarea, one key away. Whoever reads or
// writes the copy does it here, in Markdown and its offsets, whichever form is shown.

const FORM = 'copy-form';

export async function copyField(textarea) {
  const box = document.getElementById('rich-copy');
  const turn = document.getElementById('turn-copy');
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const rich = await richTextFor(textarea, box);
  let isRich = false;

  function show(form) {
    isRich = form !== 'markdown' && rich !== null;
    box.hidden = !isRich;
    textarea.hidden = isRich;
    turn.setAttribute('aria-pressed', String(!isRich));
    if (isRich) {
      rich.show();
    }
  }

  /** The same copy in its other form, with the cursor where it was. */
  function turnOver() {
    if (!rich) {
      return;
    }
    const { selectionStart, selectionEnd } = field;
    show(isRich ? 'markdown' : 'rich');
    localStorage.setItem(FORM, isRich ? 'rich' : 'markdown');
    field.focus();
    field.setSelectionRange(selectionStart, selectionEnd);
  }

  const field = {
    /** Around both forms. */
    around: textarea.parentElement,
    /** The one that is shown. */
    get shown() { return isRich ? rich.dom : textarea; },
    get value() { return textarea.value; },
    set value(markdown) { textarea.value = markdown; },
    get selectionStart() { return (isRich ? rich : textarea).selectionStart; },
    get selectionEnd() { return (isRich ? rich : textarea).selectionEnd; },
    setSelectionRange: (from, to) => (isRich ? rich : textarea).setSelectionRange(from, to),
    /** Browsers do not tell which letter of a textarea lies under a point: there the cursor stays. */
    cursorTo(left, top) {
      if (isRich) {
        rich.cursorTo(left, top);
      }
    },
    get scrollTop() { return field.shown.scrollTop; },
    set scrollTop(top) { field.shown.scrollTop = top; },
    focus: options => isRich ? rich.focus() : textarea.focus(options),
    turnOver,
    get commands() { return isRich ? rich.commands : []; },
    wordsOf: data => isRich ? rich.wordsOf(data) : data.getData('text/plain'),

    /** Writes into the copy so that the editor's undo can take it back. */
    write(from, to, words) {
      field.focus();
      if (isRich) {
        rich.write(textarea.value.slice(0, from) + words + textarea.value.slice(to));
        rich.setSelectionRange(from + words.length, from + words.length);
        textarea.dispatchEvent(new Event('input', { bubbles: true }));
        return;
      }
      textarea.setSelectionRange(from, to);
      if (!document.execCommand('insertText', false, words)) {
        textarea.setRangeText(words, from, to, 'end');
        textarea.dispatchEvent(new Event('input', { bubbles: true }));
      }
    },

    /** Shows where READ MORE lines lead, from the server's report on this very copy. */
    showTargets(report) {
      rich?.showTargets([...report.querySelectorAll('[data-line]')].map(line => ({ offset: Number(line.dataset.line), ...targetIn(line) })));
    },

    /** Marks the words that are commented on, from the server's list of the comments on this very copy. */
    showCommented(list) {
      rich?.showCommented([...list.querySelectorAll('[data-comment][data-from]:not([data-resolved])')]
        .map(({ dataset }) => ({ id: dataset.comment, by: dataset.by, from: Number(dataset.from), to: Number(dataset.to) })));
    },

    /** Before the editor's own listeners, so that it leaves alone what was dealt with. */
    addEventListener(type, listener) {
      textarea.addEventListener(type, listener);
      box.addEventListener(type, listener, { capture: true });
    },
  };

  label.addEventListener('click', event => {
    if (isRich) {
      event.preventDefault();
      rich.focus();
    }
  });
  turn.addEventListener('click', turnOver);
  turn.hidden = rich === null;
  show(localStorage.getItem(FORM));
  return field;
}

function targetIn(line) {
  const dom = document.createElement('span');
  dom.className = 'read-more-target';
  dom.contentEditable = 'false';
  const [state, story, figures] = ['.link-state > .state', '.link-state > a', '.link-figures'].map(part => line.querySelector(part));
  const words = story?.textContent ?? (state ? '' : line.querySelector('.link-state')?.textContent ?? '');
  const now = document.createElement('span');
  now.className = 'target-now';
  now.textContent = words;
  dom.append(...(words ? [now] : []), ...(state ? [state.cloneNode(true)] : []));
  if (figures) {
    const followed = document.createElement('span');
    followed.className = 'target-figures';
    followed.textContent = figures.textContent;
    dom.append(followed);
  }
  return { dom, words: dom.textContent, headline: story ? words : null };
}

/** Null on a paper that was built without node: then the copy is written in Markdown alone. */
async function richTextFor(textarea, box) {
  const editor = await import('./editor.js').catch(() => null);
  return editor?.richCopy(textarea, box, {
    role: 'textbox',
    class: 'story-body',
    'aria-multiline': 'true',
    'aria-labelledby': 'copy-label',
    'aria-describedby': 'copy-hint',
    lang: textarea.lang || 'en-GB',
    spellcheck: 'true',
  }) ?? null;
}
