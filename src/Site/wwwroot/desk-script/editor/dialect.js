// The paper's Markdown as src/Site/Copy reads it: CommonMark without HTML, tables, READ MORE lines, and lines of colons.

import { parser, Table } from '@lezer/markdown';

const COLONS = /^ {0,3}:{3,}(.*)$/;

export const ENTRY = /^(key )?entry( |$)/i;
export const QUOTATION = /^(quote|said)( |$)/i;
export const ATTRIBUTION = /^ {0,3}(?:—|–|--)[ \t]*([^-—\s].*)$/;

/** The words after three colons or more, empty for a closing line; null for any other line. */
export function wordsAfterColons(line) {
  const words = COLONS.exec(line)?.[1];
  return words === undefined ? null : words.trim().split(/\s+/).join(' ');
}

const capitals = label => label.trim().replace(/:$/, '').trim().replaceAll('’', "'").toUpperCase().split(/\s+/).join(' ');

const escaped = words => words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

export function dialectWith(labels) {
  const known = labels.map(capitals).filter(Boolean);
  const pattern = known.map(label => label.split(' ').map(word => escaped(word).replaceAll("'", "['’]")).join('[ \\t\\u00a0]+')).join('|');
  const opening = new RegExp(`^(?<mark>\\*{1,3}|_{1,3})?(?<label>${pattern || '(?!)'})(?:(?<inside>\\k<mark>):|:(?<outside>\\k<mark>)|:)`);

  /** The label that a line begins with, and where on the line the rest of it stands; null for any other line. */
  function labelOf(line) {
    const match = opening.exec(line);
    if (!match) {
      return null;
    }
    const { mark = '', label, inside, outside } = match.groups;
    const rest = line.slice(match[0].length).trim();
    const from = line.length - line.slice(match[0].length).trimStart().length;
    const closesAtEnd = mark && (inside ?? outside) === undefined;
    if (closesAtEnd && !rest.endsWith(mark)) {
      return null;
    }
    const words = closesAtEnd ? rest.slice(0, -mark.length).trimEnd() : rest;
    return { label: capitals(label), words, from };
  }

  // Within what this line stands itself; a paragraph that it may end can stand deeper.
  const isInList = (cx, line) => Array.from({ length: line.depth }, (_, depth) => cx.parentType(depth).name).includes('ListItem');
  const isCode = line => line.indent >= line.baseIndent + 4;
  const isLead = (cx, line) => !isCode(line) && !isInList(cx, line) && labelOf(line.text.slice(line.pos)) !== null;
  const isColons = (cx, line) => !isCode(line) && COLONS.test(line.text.slice(line.pos));

  const oneLine = (name, is) => ({
    name,
    before: 'IndentedCode',
    parse(cx, line) {
      if (!is(cx, line)) {
        return false;
      }
      cx.addElement(cx.elt(name, cx.lineStart + line.pos, cx.lineStart + line.text.length));
      cx.nextLine();
      return true;
    },
    endLeaf: is,
  });

  return {
    labels: known,
    labelOf,
    parser: parser.configure([Table, {
      remove: ['HTMLBlock'],
      defineNodes: [{ name: 'Lead', block: true }, { name: 'Colons', block: true }],
      parseBlock: [oneLine('Lead', isLead), oneLine('Colons', isColons)],
    }]),
  };
}
