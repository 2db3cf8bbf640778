// Where a place in the document stands in the Markdown, and the other way round. `written` is what the writer said last.

import { Selection, TextSelection } from 'prosemirror-state';

/** The textblocks of a block in their order, with where their content begins in the document. */
function textblocksOf(block, at) {
  if (block.isTextblock) {
    return [{ node: block, at: at + 1 }];
  }
  const found = [];
  block.descendants((node, offset) => {
    if (node.isTextblock) {
      found.push({ node, at: at + 1 + offset + 1 });
    }
    return !node.isTextblock;
  });
  return found;
}

export function offsetAt(doc, position, written, reader) {
  const $at = doc.resolve(position);
  const index = $at.index(0);
  if (index >= doc.childCount) {
    return written.markdown.length;
  }
  const { from, text } = written.places[index];
  const textblocks = textblocksOf(doc.child(index), $at.posAtIndex(index, 0));
  const which = textblocks.findLastIndex(({ at }) => at <= position);
  const run = text ? reader.read(text).runs[which] : null;
  if (!run) {
    return which < 0 ? from : from + text.length;
  }
  return from + (run.starts[position - textblocks[which].at] ?? run.end);
}

export function positionAt(doc, offset, written, reader) {
  const index = Math.max(0, written.places.findLastIndex(({ from }) => from <= offset));
  const { from, text } = written.places[index];
  let at = 0;
  for (let i = 0; i < index; i++) {
    at += doc.child(i).nodeSize;
  }
  const textblocks = textblocksOf(doc.child(index), at);
  if (textblocks.length === 0) {
    return at;
  }
  const runs = text ? reader.read(text).runs : [];
  const which = Math.min(Math.max(0, runs.findLastIndex(({ begin }) => begin <= offset - from)), textblocks.length - 1);
  const { node, at: start } = textblocks[which];
  const within = runs[which]?.starts.findIndex(place => place >= offset - from) ?? 0;
  return start + Math.min(within < 0 ? node.content.size : within, node.content.size);
}

export function selectionAt(doc, from, to, written, reader) {
  const [anchor, head] = [from, to].map(offset => doc.resolve(positionAt(doc, offset, written, reader)));
  return anchor.parent.inlineContent && head.parent.inlineContent ? TextSelection.between(anchor, head) : Selection.near(head);
}
