// Beside each READ MORE line: the headline its story has now, and the state of it, as the server last said.

import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { schema } from './schema.js';

const key = new PluginKey('targets');

export const targets = new Plugin({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply: (transaction, shown) => transaction.getMeta(key) ?? shown.map(transaction.mapping, transaction.doc),
  },
  props: { decorations: state => key.getState(state) },
});

/** @param found  for each line a place within it, and what there is to show */
export function showTargets(view, found) {
  const { doc, tr } = view.state;
  const decorations = [];
  for (const { at, dom } of found) {
    const $at = doc.resolve(at);
    if ($at.parent.type === schema.nodes.read_more_line && $at.parent.content.size > 0) {
      decorations.push(Decoration.widget($at.end(), dom, { side: 1, ignoreSelection: true }));
      if (/^story:\d+$/i.test($at.parent.textContent.trim())) {
        decorations.push(Decoration.node($at.before(), $at.after(), { class: 'by-number' }));
      }
    }
  }
  view.dispatch(tr.setMeta(key, DecorationSet.create(doc, decorations)));
}
