// The copy as rich text over its textarea. The textarea's Markdown stays the truth: whatever is typed here is written into it at once,
// and whatever else is written into it is shown here.

import { closeHistory, history } from 'prosemirror-history';
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { EditorState, Selection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { blocksFor, putBlock } from './blocks.js';
import { commented, showCommented } from './commented.js';
import { dialectWith } from './dialect.js';
import { pasting, wordsOf } from './pasting.js';
import { offsetAt, positionAt, selectionAt } from './places.js';
import { Reader } from './reading.js';
import { slashMenu } from './slash-menu.js';
import { showTargets, targets } from './targets.js';
import { keysOf, typing } from './typing.js';
import { nodeViewsWith } from './views.js';
import { Writer } from './writing.js';

/**
 * @param textarea  holds the Markdown; its `data-labels` are the paper's, one a line
 * @param box  where the rich text is shown
 */
export function richCopy(textarea, box, attributes) {
  const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
  const reader = new Reader(dialectWith(textarea.dataset.labels?.split('\n') ?? []));
  const writer = new Writer(reader);
  let written;

  const read = markdown => {
    const doc = reader.document(markdown);
    writer.trust(doc);
    return doc;
  };

  const blocks = blocksFor(reader.dialect, textarea.dataset.zone);
  const tellLeftOut = kinds => textarea.dispatchEvent(new CustomEvent('left-out', { detail: { kinds } }));

  const state = EditorState.create({ doc: read(textarea.value), plugins: [slashMenu(blocks), ...pasting(reader, writer, tellLeftOut), ...typing(reader.dialect), targets, commented, history(), dropCursor({ class: 'drop-cursor' }), gapCursor()] });
  written = writer.write(state.doc);

  const view = new EditorView(box, {
    state, attributes, nodeViews: nodeViewsWith(reader.dialect.labels), dispatchTransaction,
    handleDOMEvents: { keydown: settle, beforeinput: settle },
  });

  function dispatchTransaction(transaction) {
    view.updateState(view.state.apply(transaction));
    if (transaction.docChanged) {
      written = writer.write(view.state.doc);
      if (!transaction.getMeta('taken') && written.markdown !== value.get.call(textarea)) {
        value.set.call(textarea, written.markdown);
        textarea.dispatchEvent(new Event('input', { bubbles: true }));
      }
    }
    for (const wish of ['wants-story', 'wants-picture']) {
      const sign = transaction.getMeta(wish);
      if (sign) {
        textarea.dispatchEvent(new CustomEvent(wish, { detail: { sign } }));
      }
    }
  }

  /**
   * Shows other Markdown; of blocks that are in both, nothing moves, the cursor in them included.
   *
   * @param isOwn  whether it is the editor's own doing: what a colleague has written is not theirs to undo
   */
  function take(markdown, isOwn) {
    settle(view);
    const next = read(markdown);
    const { doc, tr } = view.state;
    const [before, after] = [childrenOf(doc), childrenOf(next)];
    const isSame = (i, j) => written.places[i].text === (after[j].attrs.source ?? '') && (before[i].attrs.gap ?? '\n\n') === (after[j].attrs.gap ?? '\n\n');
    let [start, end] = [0, 0];
    while (start < Math.min(before.length, after.length) && isSame(start, start)) {
      start++;
    }
    while (end < Math.min(before.length, after.length) - start && isSame(before.length - 1 - end, after.length - 1 - end)) {
      end++;
    }
    const from = sizeOf(before.slice(0, start));
    if (start + end < Math.max(before.length, after.length)) {
      tr.replaceWith(from, doc.content.size - sizeOf(before.slice(before.length - end)), after.slice(start, after.length - end));
    }
    for (const name of ['head', 'tail']) {
      if (doc.attrs[name] !== next.attrs[name]) {
        tr.setDocAttribute(name, next.attrs[name]);
      }
    }
    if (tr.docChanged) {
      view.dispatch(closeHistory(tr).setMeta('taken', true).setMeta('addToHistory', isOwn));
    }
  }

  Object.defineProperty(textarea, 'value', {
    configurable: true,
    get: () => value.get.call(textarea),
    set: markdown => {
      value.set.call(textarea, markdown);
      if (!box.hidden) {
        take(value.get.call(textarea), false);
      }
    },
  });

  // What the browser tells of its own changes here is told once, by the textarea, with the Markdown they made.
  box.addEventListener('input', event => event.stopPropagation());

  function offset(end) {
    settle(view);
    return offsetAt(view.state.doc, view.state.selection[end], written, reader);
  }

  return {
    dom: view.dom,
    get selectionStart() { return offset('from'); },
    get selectionEnd() { return offset('to'); },
    setSelectionRange(from, to) {
      view.dispatch(view.state.tr.setSelection(selectionAt(view.state.doc, from, to, written, reader)).scrollIntoView());
    },
    /** As by a click there. */
    cursorTo(left, top) {
      const found = view.posAtCoords({ left, top });
      if (found) {
        view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(found.pos))));
      }
    },
    focus: () => view.focus(),
    /** What can be done to the copy at the cursor, by name. */
    commands: [...keysOf, ...blocks.map(block => ({ name: `Put in: ${block.name}`, run: putBlock(block) }))]
      .map(({ name, keys, run }) => ({ name, keys: keys?.replace('Mod', 'Ctrl').replace('Shift-Ctrl', 'Ctrl-Shift').replace('Arrow', ''), run: () => { view.focus(); run(view.state, view.dispatch, view); } })),
    /** Other Markdown by the editor's own doing. */
    write(markdown) {
      value.set.call(textarea, markdown);
      take(value.get.call(textarea), true);
    },
    /** What is pasted, as Markdown. */
    wordsOf: data => wordsOf(data, reader, writer, tellLeftOut),
    /** What the server says of lines, by where they stand in the Markdown. */
    showTargets(found) {
      settle(view);
      showTargets(view, found.map(target => ({ ...target, at: positionAt(view.state.doc, target.offset, written, reader) })));
    },
    /** The words that are commented on, by where they stand in the Markdown. */
    showCommented(found) {
      settle(view);
      const place = offset => positionAt(view.state.doc, offset, written, reader);
      showCommented(view, found.map(({ id, by, from, to }) => ({ id, by, from: place(from), to: place(to) })));
    },
    /** After the textarea was written in by hand. */
    show() {
      box.hidden = false;
      take(textarea.value, true);
    },
  };
}

/** Browsers tell of a moved cursor a moment later; a key or an answer that comes before that must find it where it is. */
function settle(view) {
  if (!view.composing) {
    view.domObserver.forceFlush();
    view.domObserver.flush();
  }
}

const childrenOf = doc => Array.from({ length: doc.childCount }, (_, i) => doc.child(i));

const sizeOf = children => children.reduce((size, child) => size + child.nodeSize, 0);
