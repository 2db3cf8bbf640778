// What keys do.

import { baseKeymap, chainCommands, createParagraphNear, liftEmptyBlock, newlineInCode, setBlockType, splitBlockAs, toggleMark } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import { InputRule, inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { NodeSelection, Selection, TextSelection } from 'prosemirror-state';
import { firstWordsAt } from './blocks.js';
import { isLine, schema } from './schema.js';

const { nodes, marks } = schema;

/** What keys do that has a name of its own. */
export const keysOf = [
  { name: 'Bold', keys: 'Mod-b', run: toggleMark(marks.strong) },
  { name: 'Italic', keys: 'Mod-i', run: toggleMark(marks.em) },
  { name: 'Undo', keys: 'Mod-z', run: undo },
  { name: 'Redo', keys: 'Mod-y', run: redo },
  { name: 'Make it a heading', keys: 'Shift-Ctrl-2', run: setBlockType(nodes.heading, { level: 2 }) },
  { name: 'Make it a smaller heading', keys: 'Shift-Ctrl-3', run: setBlockType(nodes.heading, { level: 3 }) },
  { name: 'Make it a paragraph', keys: 'Shift-Ctrl-0', run: setBlockType(nodes.paragraph) },
  { name: 'Item further in', keys: 'Mod-]', run: sinkListItem(nodes.list_item) },
  { name: 'Item further out', keys: 'Mod-[', run: liftListItem(nodes.list_item) },
  { name: 'Move the block up', keys: 'Alt-ArrowUp', run: (state, dispatch) => moveBlock(-1)(state, dispatch) },
  { name: 'Move the block down', keys: 'Alt-ArrowDown', run: (state, dispatch) => moveBlock(1)(state, dispatch) },
];

export function typing(dialect) {
  const { 'Mod-Enter': _, ...base } = baseKeymap;
  return [
    inputRules({ rules: rulesOf(dialect) }),
    keymap({
      ...Object.fromEntries(keysOf.map(({ keys, run }) => [keys, run])),
      'Shift-Mod-z': redo,
      'Shift-Enter': chainCommands(addLine, breakLine),
      Enter: chainCommands(leaveLine, leaveElement, beginElement, leaveSource, splitListItem(nodes.list_item), newlineInCode, createParagraphNear, liftEmptyBlock, splitBlockAs(plain)),
      ArrowDown: leaveDownwards,
      Backspace: chainCommands(undoInputRule, leaveEmptyLead, selectAround, base.Backspace),
    }),
    keymap(base),
  ];
}

// ---- signs that become blocks as they are typed

function rulesOf(dialect) {
  return [
    textblockTypeInputRule(/^(#{2,3})\s$/, nodes.heading, match => ({ level: match[1].length })),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d{1,9})\.\s$/, nodes.ordered_list, match => ({ start: Number(match[1]) }), (match, list) => list.childCount + list.attrs.start === Number(match[1])),
    new InputRule(/^(?:---|\*\*\*)$/, (state, _, start) => {
      const $start = state.doc.resolve(start);
      return $start.parent.type === nodes.paragraph && $start.depth === 1
        ? selectAfter(state.tr.replaceWith($start.before(), $start.after(), [nodes.rule.create(), nodes.paragraph.create()]), $start.before() + 1)
        : null;
    }),
    new InputRule(/^(.{2,40}):$/, (state, match, start) => {
      const found = dialect.labelOf(match[0]);
      const $start = state.doc.resolve(start);
      if (!found || $start.parent.type !== nodes.paragraph || !mayHold($start, nodes.read_more)) {
        return null;
      }
      const rest = $start.parent.textContent.slice(match[0].length - 1).trim();
      const line = nodes.read_more_line.create(null, rest ? schema.text(rest) : null);
      const tr = state.tr.replaceWith($start.before(), $start.after(), nodes.read_more.create({ label: found.label, gap: $start.parent.attrs.gap }, line));
      tr.setSelection(TextSelection.create(tr.doc, $start.before() + 2));
      return rest ? tr : tr.setMeta('wants-story', match[0]);
    }),
    new InputRule(/(?:^|[\s(“‘])@$/, (state, match, start, end) => isLine(state.doc.resolve(start).parent) ? null
      : state.tr.insertText('@', start + match[0].length - 1, end).setMeta('wants-story', '@'), { undoable: false }),
    emphasisRule(/(^|[^*\p{L}\p{N}])\*\*([^\s*](?:[^*]*[^\s*])?)\*\*$/u, 2, marks.strong),
    emphasisRule(/(^|[^_\p{L}\p{N}])__([^\s_](?:[^_]*[^\s_])?)__$/u, 2, marks.strong),
    emphasisRule(/(^|[^*\p{L}\p{N}])\*([^\s*](?:[^*]*[^\s*])?)\*$/u, 1, marks.em),
    emphasisRule(/(^|[^_\p{L}\p{N}])_([^\s_](?:[^_]*[^\s_])?)_$/u, 1, marks.em),
    new InputRule(/(^|[^!\\])\[([^[\]]+)\]\((https?:\/\/[^\s()<>\\]+|story:\d+)\)$/i, (state, [, before, words, href], start, end) => {
      const from = start + before.length;
      return mayBe(state, from, end, marks.link)
        ? state.tr.delete(from + 1 + words.length, end).delete(from, from + 1).addMark(from, from + words.length, marks.link.create({ href })).removeStoredMark(marks.link)
        : null;
    }),
  ];
}

const mayBe = (state, from, to, type) => {
  const { parent } = state.doc.resolve(from);
  return parent.type.allowsMarkType(type) && !state.doc.rangeHasMark(from, to, marks.code) && !state.doc.rangeHasMark(from, to, type);
};

/** The signs around the words go, and the words are what the signs mean. */
function emphasisRule(pattern, signs, type) {
  return new InputRule(pattern, (state, match, start, end) => {
    const from = start + match[1].length;
    return mayBe(state, from, end, type)
      ? state.tr.delete(end - (signs - 1), end).addMark(from + signs, end - (signs - 1), type.create()).delete(from, from + signs).removeStoredMark(type)
      : null;
  });
}

const mayHold = ($at, type) => $at.node(-1).canReplaceWith($at.index(-1), $at.indexAfter(-1), type);

const selectAfter = (tr, at) => tr.setSelection(Selection.near(tr.doc.resolve(at)));

// ---- Enter

function plain(node, atEnd) {
  return atEnd ? { type: nodes.paragraph } : node.type === nodes.heading || node.type === nodes.paragraph ? { type: node.type, attrs: { ...node.attrs, source: null, gap: null } } : null;
}

function paragraphAfter(state, dispatch, depth) {
  const after = state.selection.$from.after(depth);
  const tr = state.tr.insert(after, nodes.paragraph.create());
  dispatch?.(selectAfter(tr, after + 1).scrollIntoView());
  return true;
}

/** A line is left downwards: to the next of its block, or to a new paragraph below it. */
function leaveLine(state, dispatch) {
  const { $from } = state.selection;
  if (!isLine($from.parent) && $from.parent.type !== nodes.attribution) {
    return false;
  }
  const block = $from.node(-1);
  if ($from.parent.type === nodes.read_more_line && $from.parent.content.size === 0) {
    const [before, after] = [$from.before(-1), $from.after(-1)];
    const tr = block.childCount === 1
      ? state.tr.replaceWith(before, after, nodes.paragraph.create())
      : state.tr.delete($from.before(), $from.after());
    if (block.childCount > 1) {
      const at = tr.mapping.map(after);
      tr.insert(at, nodes.paragraph.create());
      dispatch?.(selectAfter(tr, at + 1).scrollIntoView());
    } else {
      dispatch?.(selectAfter(tr, before + 1).scrollIntoView());
    }
    return true;
  }
  if (block.type === nodes.read_more && block.childCount > 1) {
    return addLine(state, dispatch);
  }
  if ($from.index(-1) < block.childCount - 1) {
    dispatch?.(state.tr.setSelection(firstWordsAt(state.doc, $from.after() + 1)).scrollIntoView());
    return true;
  }
  return paragraphAfter(state, dispatch, -1);
}

function addLine(state, dispatch) {
  const { $from } = state.selection;
  if ($from.parent.type !== nodes.read_more_line) {
    return false;
  }
  const after = $from.after();
  dispatch?.(selectAfter(state.tr.insert(after, nodes.read_more_line.create()), after + 1).scrollIntoView());
  return true;
}

/** Enter in an empty last paragraph goes on below the element. */
function leaveElement(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth < 2 || $from.parent.type !== nodes.paragraph || $from.parent.content.size > 0 || $from.node(-1).type !== nodes.element) {
    return false;
  }
  const element = $from.node(-1);
  const isLast = $from.index(-1) === element.childCount - (element.lastChild.type === nodes.attribution ? 2 : 1);
  if (!isLast || $from.index(-1) < 2) {
    return false;
  }
  const tr = state.tr.delete($from.before(), $from.after());
  const after = tr.mapping.map($from.after(-1));
  dispatch?.(selectAfter(tr.insert(after, nodes.paragraph.create()), after + 1).scrollIntoView());
  return true;
}

/** `::: facts The barrier` and Enter. */
function beginElement(state, dispatch) {
  const { $from } = state.selection;
  const words = /^:{3,}\s*(\S.*)$/.exec($from.parent.textContent)?.[1];
  if (!words || $from.parent.type !== nodes.paragraph || !mayHold($from, nodes.element)) {
    return false;
  }
  const element = nodes.element.create({ gap: $from.parent.attrs.gap }, [nodes.element_opening.create(null, schema.text(words.trim())), nodes.paragraph.create()]);
  const tr = state.tr.replaceWith($from.before(), $from.after(), element);
  dispatch?.(selectAfter(tr, $from.before() + element.firstChild.nodeSize + 2).scrollIntoView());
  return true;
}

/** An empty line at the end of what is edited as it is written goes on below it. */
function leaveSource(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.source || $from.parentOffset < $from.parent.content.size || !$from.parent.textContent.endsWith('\n')) {
    return false;
  }
  const tr = state.tr.delete($from.pos - 1, $from.pos);
  const after = tr.mapping.map($from.after());
  dispatch?.(selectAfter(tr.insert(after, nodes.paragraph.create()), after + 1).scrollIntoView());
  return true;
}

/** Below what stands last, and would hold the cursor for ever, there is room to write on. */
function leaveDownwards(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth === 0 || $from.pos + $from.depth !== state.doc.content.size || ![nodes.element, nodes.source].includes($from.node(1).type)) {
    return false;
  }
  const end = state.doc.content.size;
  dispatch?.(selectAfter(state.tr.insert(end, nodes.paragraph.create()), end + 1).scrollIntoView());
  return true;
}

function breakLine(state, dispatch) {
  if (isLine(state.selection.$from.parent) || !state.selection.$from.parent.type.contentMatch.matchType(nodes.hard_break)) {
    return false;
  }
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

// ---- Backspace

/** A block that leads nowhere yet becomes a paragraph again. */
function leaveEmptyLead(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || $from.parent.type !== nodes.read_more_line || $from.node(-1).childCount > 1) {
    return false;
  }
  const tr = state.tr.replaceWith($from.before(-1), $from.after(-1), nodes.paragraph.create(null, $from.parent.content));
  dispatch?.(selectAfter(tr, $from.before(-1) + 1).scrollIntoView());
  return true;
}

/** At the top of a picture or an element the whole of it is chosen first; once more takes it away. */
function selectAround(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || $from.parent.type !== nodes.picture_alt && $from.parent.type !== nodes.element_opening) {
    return false;
  }
  dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, $from.before(-1))));
  return true;
}

// ---- moving

const moveBlock = step => (state, dispatch) => {
  const { $from, $to } = state.selection;
  const [first, last] = [$from.index(0), $to.pos > $to.start(0) && $to.depth === 0 ? $to.index(0) - 1 : $to.index(0)];
  const other = step < 0 ? first - 1 : last + 1;
  if (other < 0 || other >= state.doc.childCount) {
    return true;
  }
  const neighbour = state.doc.child(other);
  const [from, to] = [$from.posAtIndex(first, 0), $from.posAtIndex(last + 1, 0)];
  const tr = step < 0
    ? state.tr.delete(from - neighbour.nodeSize, from).insert(to - neighbour.nodeSize, neighbour)
    : state.tr.delete(to, to + neighbour.nodeSize).insert(from, neighbour);
  dispatch?.(tr.scrollIntoView());
  return true;
};
