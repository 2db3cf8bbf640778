// What a node means, without where it came from which signs it has for lists or how many blank lines stand around it: two of one shape are the same copy. What Markdown cannot say, such as space at the
// edge of a paragraph or of bold words, is no part of it.

import { isEmptyParagraph, schema } from './schema.js';

const shapes = new WeakMap();

export function shapeOf(node) {
  if (!shapes.has(node)) {
    shapes.set(node, JSON.stringify(shape(node)));
  }
  return shapes.get(node);
}

function shape(node) {
  const { source, gap, head, tail, mark, ...attrs } = node.attrs;
  if ('tight' in attrs) {
    attrs.tight = isTight(node);
  }
  if (node.inlineContent) {
    return [node.type.name, attrs, node.type === schema.nodes.source ? node.textContent : runsOf(node).map(({ text, marks }) => [text, ...marks.map(mark => [mark.type.name, mark.attrs])])];
  }
  const content = [];
  node.forEach(child => {
    if (!isEmptyParagraph(child) || node.type === schema.nodes.list_item || node.childCount === 1) {
      content.push(shape(child));
    }
  });
  return [node.type.name, attrs, content];
}

/** Only where nothing but lists and quotations stands below the first words of each item. */
export function isTight(list) {
  let tight = list.attrs.tight;
  list.forEach(item => item.forEach((child, _, i) => {
    const [before, { blockquote, paragraph }] = [i > 0 ? item.child(i - 1) : null, schema.nodes];
    tight &&= i === 0 || child.type !== paragraph && child.type !== schema.nodes.source && !(before.type === blockquote && child.type === blockquote);
  }));
  return tight;
}

const EMPHASIS = [schema.marks.em, schema.marks.strong];

/** A textblock's words by their marks, as Markdown can say them: no bold space at the edge of bold words, none around it all. */
export function runsOf(node) {
  const pieces = [];
  node.forEach(child => {
    if (child.isText) {
      pieces.push(...(child.text.match(/\s+|\S+/g) ?? []).map(text => ({ text, marks: child.marks })));
    } else {
      pieces.push({ text: '\n', marks: child.marks, isBreak: true });
    }
  });
  const isSpace = piece => piece && (piece.isBreak || /^[ \t\n]+$/.test(piece.text) && !isCode(piece));
  while (isSpace(pieces.at(-1))) {
    pieces.pop();
  }
  while (isSpace(pieces[0])) {
    pieces.shift();
  }
  return joined(pieces.map((piece, i) => !/^\s+$/.test(piece.text) || isCode(piece) ? piece : {
    ...piece,
    marks: piece.marks.filter(mark => !EMPHASIS.includes(mark.type) || holds(pieces, i, -1, mark) && holds(pieces, i, 1, mark)),
  }));
}

const isCode = piece => piece.marks.some(mark => mark.type === schema.marks.code);

function holds(pieces, from, step, mark) {
  let at = from + step;
  while (pieces[at] && /^\s+$/.test(pieces[at].text) && !isCode(pieces[at])) {
    at += step;
  }
  return Boolean(pieces[at] && mark.isInSet(pieces[at].marks));
}

function joined(pieces) {
  const runs = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last && !last.isBreak && !piece.isBreak && last.marks.length === piece.marks.length && last.marks.every((mark, i) => mark.eq(piece.marks[i]))) {
      last.text += piece.text;
    } else {
      runs.push({ ...piece });
    }
  }
  return runs;
}
