// The blocks a copy can have, each by its name and the words one may look for it by, and how it is put in: in place of the paragraph that
// the cursor is in where that is empty, else below it.

import { Selection, TextSelection } from 'prosemirror-state';
import { schema } from './schema.js';

const { nodes } = schema;

const paragraph = words => nodes.paragraph.create(null, words ? schema.text(words) : null);
const item = (...content) => nodes.list_item.create(null, content);
const element = (words, ...body) => nodes.element.create(null, [nodes.element_opening.create(null, schema.text(words)), ...body]);
const bold = words => schema.text(words, [schema.marks.strong.create()]);

const table = () => nodes.source.create(null, schema.text('| Name | Figure |\n| --- | --- |\n|  |  |'));

/** The paper's wall clock, as entries of a live story are stamped. */
function nowIn(zone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone: zone || undefined, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
    .formatToParts(new Date()).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** @param zone  the paper's */
export function blocksFor(dialect, zone) {
  // Where a title follows, there is room for it behind the opening.
  const entry = words => () => element(`${words} ${nowIn(zone)} `, paragraph());
  return [
    { name: 'Heading', words: 'crosshead subhead title h2', make: () => nodes.heading.create({ level: 2 }) },
    { name: 'Smaller heading', words: 'subhead h3', make: () => nodes.heading.create({ level: 3 }) },
    { name: 'Quotation', words: 'blockquote indent cite', make: () => nodes.blockquote.create(null, paragraph()) },
    { name: 'List', words: 'bullets points unordered', make: () => nodes.bullet_list.create(null, item(paragraph())) },
    { name: 'Numbered list', words: 'ordered figures', make: () => nodes.ordered_list.create(null, item(paragraph())) },
    ...dialect.labels.map(label => ({ name: label, words: 'link story lead related', wish: ['wants-story', `${label}:`], make: () => nodes.read_more.create({ label }, nodes.read_more_line.create()) })),
    { name: 'Picture', words: 'image photograph photo', wish: ['wants-picture', 'picture'], make: () => paragraph() },
    { name: 'Fact box', words: 'facts element box', make: () => element('facts ', paragraph()) },
    { name: 'Key points', words: 'element summary', make: () => element('key points', nodes.bullet_list.create(null, item(paragraph()))) },
    { name: 'Pull quote', words: 'element quote', make: () => element('quote', paragraph(), nodes.attribution.create()) },
    { name: 'Somebody’s words', words: 'said element quote speaker', make: () => element('said', paragraph(), nodes.attribution.create()) },
    { name: 'Timeline', words: 'element dates chronology', make: () => element('timeline ', nodes.bullet_list.create(null, item(nodes.paragraph.create(null, bold('date'))))) },
    { name: 'Questions and answers', words: 'q&a element interview', make: () => element('q&a', nodes.paragraph.create(null, bold('Question?'))) },
    { name: 'Ranked list', words: 'list element numbered top', make: () => element('list', nodes.ordered_list.create(null, item(paragraph()))) },
    { name: 'Entry of a live story', words: 'live blog minute element', make: entry('entry') },
    { name: 'Key entry of a live story', words: 'live blog minute element', make: entry('key entry') },
    { name: 'Table', words: 'grid columns rows', make: table },
    { name: 'Table with a title', words: 'grid columns rows element', make: () => element('table ', table()) },
    { name: 'Rule', words: 'line divider separator', make: () => [nodes.rule.create(), paragraph()] },
  ];
}

/** The depth of the paragraph that gives way, and whether a block of this kind may stand there. */
function fits($from, made) {
  const type = [made].flat()[0].type;
  return $from.depth > 0 && $from.node(-1).canReplaceWith($from.index(-1), $from.indexAfter(-1), type);
}

export const mayPut = (state, block) => {
  const { $from } = state.selection;
  return $from.parent.type !== nodes.paragraph || fits($from, block.make());
};

/** @param words  what was typed to ask for it, and goes */
export function putBlock(block, words = '') {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const { tr } = state;
    const made = [block.make()].flat();
    const isEmpty = $from.parent.type === nodes.paragraph && $from.parent.textContent === words && fits($from, made);
    const at = isEmpty ? $from.before() : $from.depth > 0 ? $from.after(1) : $from.pos;
    if (isEmpty) {
      const [first, ...rest] = made;
      tr.replaceWith(at, $from.after(), [first.type.create({ ...first.attrs, gap: $from.parent.attrs.gap }, first.content), ...rest]);
    } else {
      tr.insert(at, made);
    }
    tr.setSelection(selectionIn(tr.doc, at, made));
    if (block.wish) {
      tr.setMeta(...block.wish);
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** Words that stand for others are chosen, so that what is typed takes their place. */
export function firstWordsAt(doc, at) {
  const selection = Selection.near(doc.resolve(at));
  const { $from } = selection;
  const standIn = /^(?:date|Question\?)$|(?<=^\| )Name(?= \|)/.exec($from.parent.textContent);
  return standIn ? TextSelection.create(doc, $from.start() + standIn.index, $from.start() + standIn.index + standIn[0].length) : selection;
}

/** Where one goes on typing: behind an element's opening if a title belongs there, else in the first of its words; those that stand for others are chosen. */
function selectionIn(doc, at, made) {
  if (made[0].type === nodes.rule) {
    return Selection.near(doc.resolve(at + 2));
  }
  const node = doc.nodeAt(at);
  if (node.type === nodes.source) {
    return firstWordsAt(doc, at + 1);
  }
  const opening = node.type === nodes.element ? node.firstChild : null;
  const { $from } = Selection.near(doc.resolve(opening && !opening.textContent.endsWith(' ') ? at + 1 + opening.nodeSize : at + 1));
  return TextSelection.create(doc, $from.parent.firstChild?.marks.length > 0 ? $from.start() : $from.end(), $from.end());
}
