// Asked for in the midst of typing: @, or a label and its colon at a line's start, ask which story is meant. Whoever turns back finds what
// was typed as it was, with what was searched for behind it.

import { inCapitals, openPicker } from './picker.js';

/** A block stands alone between two paragraphs, wherever in the line it was asked for; what stands from `from` to `to` gives way to it. */
export function blockAt(copy, from, to, line) {
  const before = copy.slice(0, from);
  const isLineStart = before === '' || before.endsWith('\n');
  const rest = isLineStart ? '' : copy.slice(to).split('\n', 1)[0];
  const tail = copy.slice(to + rest.length).replace(/^\n+/, '');
  const start = rest.trim() ? from : before.trimEnd().length;
  const words = rest.trim() ? rest.trimEnd().replace(/^ (?=.)/, before.endsWith(' ') ? '' : ' ') : '';
  return { from: start, to: copy.length - tail.length, words: `${words}${start > 0 || words ? '\n\n' : ''}${line}\n\n` };
}

/** @param notThis  the story that is being written: it is never offered */
export function asksForStories(copy, textarea, notThis) {
  const labels = new Set((textarea.dataset.labels ?? '').split('\n').filter(Boolean).map(inCapitals));

  function ask(sign) {
    const to = copy.selectionStart;
    const from = copy.value.slice(0, to).endsWith(sign) ? to - sign.length : to;
    const write = line => {
      const block = blockAt(copy.value, from, to, line);
      copy.write(block.from, block.to, block.words);
    };
    openPicker({
      notThis,
      label: sign === '@' ? null : inCapitals(sign.slice(0, -1)),
      onStory: story => write(`${story.label}: story:${story.id}`),
      onPending: line => write(`${line.label}: ${line.headline}`),
      onLeft: words => words.trim() && copy.write(to, to, sign === '@' ? words : ` ${words.trim()}`),
    });
  }

  // The rich text says so itself; in the Markdown it is seen by what stands before the cursor.
  textarea.addEventListener('wants-story', event => ask(event.detail.sign));
  textarea.addEventListener('input', event => {
    const line = event.inputType === 'insertText' && textarea.value.slice(0, textarea.selectionStart).split('\n').at(-1);
    if (event.data === '@' && /(^|[\s(“‘])@$/.test(line)) {
      ask('@');
    } else if (event.data === ':' && line && labels.has(inCapitals(line.slice(0, -1))) && line === line.toUpperCase()) {
      ask(line);
    }
  });
}
