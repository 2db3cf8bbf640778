// Words that somebody has commented on, marked where the server last found them. They move with the text; where they are is looked up only
// when there is news of the comments.

import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';

const key = new PluginKey('commented');

export const commented = new Plugin({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply: (transaction, shown) => transaction.getMeta(key) ?? shown.map(transaction.mapping, transaction.doc),
  },
  props: { decorations: state => key.getState(state) },
});

/** @param found  of each comment its number, who made it, and from where to where its words stand */
export function showCommented(view, found) {
  const { doc, tr } = view.state;
  const placed = found.filter(({ from, to }) => from < to);
  const places = marks => marks.map(({ id, from, to }) => `${id} ${from} ${to}`).sort().join();
  const shown = key.getState(view.state).find().map(({ from, to, spec }) => ({ id: spec.id, from, to }));
  if (places(shown) === places(placed)) {
    return;
  }
  const marks = placed.map(({ id, by, from, to }) => Decoration.inline(from, to, { class: 'commented', 'data-comment': id, title: `Comment by ${by}` }, { id }));
  view.dispatch(tr.setMeta(key, DecorationSet.create(doc, marks)));
}
