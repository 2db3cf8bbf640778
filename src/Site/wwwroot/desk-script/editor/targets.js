// Beside each READ MORE line: the headline its story has now, its state, how often it is followed, as the server last said; and the
// wording, which can be pinned there.

import { Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { schema } from './schema.js';

const key = new PluginKey('targets');

export const targets = new Plugin({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply: (transaction, shown) => transaction.getMeta(key) ?? shown.map(transaction.mapping, transaction.doc),
  },
  props: {
    decorations: state => key.getState(state),
    // From the line on to what can be pinned beside it.
    handleKeyDown(view, event) {
      const { $from } = view.state.selection;
      if (event.key !== 'Tab' || event.shiftKey || $from.parent.type !== schema.nodes.read_more_line) {
        return false;
      }
      const wording = view.nodeDOM($from.before())?.querySelector('input');
      wording?.focus();
      return Boolean(wording);
    },
  },
});

const BY_NUMBER = /^(?:story:(\d+)|\[((?:[^\]\\]|\\.)*)\]\(story:(\d+)[^)]*\))$/i;

/** @param found  for each line a place within it, what there is to show as `dom`, and the same as `words` */
export function showTargets(view, found) {
  // Whoever pins a wording is not to lose it to news about the line.
  if (view.dom.contains(document.activeElement) && document.activeElement !== view.dom) {
    return;
  }
  const { doc, tr } = view.state;
  const decorations = [];
  for (const { at, dom, words, headline } of found) {
    const $at = doc.resolve(at);
    const line = $at.parent;
    if (line.type !== schema.nodes.read_more_line || line.content.size === 0) {
      continue;
    }
    const named = headline === null ? null : BY_NUMBER.exec(line.textContent.trim());
    decorations.push(Decoration.widget($at.end(), (view, placeOf) => {
      if (named) {
        dom.append(wordingOf(view, placeOf, named));
      }
      dom.addEventListener('mousedown', event => takesCursor(event, view, placeOf));
      return dom;
    }, { side: 1, ignoreSelection: true, stopEvent: () => true, key: `${line.textContent}\n${words}` }));
    if (named) {
      decorations.push(Decoration.node($at.before(), $at.after(), { class: 'by-number' }));
    }
  }
  view.dispatch(tr.setMeta(key, DecorationSet.create(doc, decorations)));
}

/** A click on what is shown beside a line is meant for the line. */
function takesCursor(event, view, placeOf) {
  if (!event.target.closest('.target-wording')) {
    event.preventDefault();
    view.focus();
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, placeOf())));
  }
}

function wordingOf(view, placeOf, [, plain, pinned = '', id = plain]) {
  const label = document.createElement('label');
  const field = document.createElement('input');
  const was = pinned.replace(/\\(.)/g, '$1');
  let last = was;
  label.className = 'target-wording';
  Object.assign(field, { value: was, placeholder: 'follows the headline', maxLength: 300, spellcheck: true });
  label.append('Wording ', field);

  const pin = () => {
    const words = field.value.trim().replace(/\s+/g, ' ');
    const $end = view.state.doc.resolve(placeOf());
    if (words !== last && $end.parent.type === schema.nodes.read_more_line) {
      last = words;
      const line = words ? `[${words.replace(/[\\[\]]/g, '\\$&')}](story:${id})` : `story:${id}`;
      view.dispatch(view.state.tr.replaceWith($end.start(), $end.end(), schema.text(line)));
    }
  };
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === 'Escape') {
      event.preventDefault();
      field.value = event.key === 'Escape' ? was : field.value;
      pin();
      view.focus();
    }
  });
  // The page hears of the story's fields; this is none of them, but what is typed here is in the copy at once.
  field.addEventListener('input', event => {
    event.stopPropagation();
    pin();
  });
  return label;
}
