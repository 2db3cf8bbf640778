// From Markdown to the blocks the editor shows. Copy is cut into whole lines first: each block's source is read by itself, so what it
// is does not hang on its neighbours; and a block that could not be written again as it means stays as it is written.

import { schema } from './schema.js';
import { ATTRIBUTION, ENTRY, QUOTATION, wordsAfterColons } from './dialect.js';
import { shapeOf } from './shape.js';
import { written } from './writing.js';

const { nodes, marks } = schema;

class NoForm extends Error {}

const without = why => { throw new NoForm(why); };

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', mdash: '—', ndash: '–', hellip: '…', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', pound: '£', euro: '€' };

function decoded(entity) {
  const number = /^&#(?:x([0-9a-f]+)|(\d+));$/i.exec(entity);
  const code = number && (number[1] ? parseInt(number[1], 16) : Number(number[2]));
  const known = number ? code > 31 && code < 0xd800 ? String.fromCodePoint(code) : undefined : NAMED[entity.slice(1, -1)];
  return known ?? without('an entity');
}

const unescaped = words => words.replace(/\\([!-/:-@[-`{-~])/g, '$1');

export class Reader {
  #known = new Map();

  constructor(dialect) {
    this.dialect = dialect;
  }

  /** The copy as a document. */
  document(markdown) {
    const { head, pieces, tail } = this.cut(markdown);
    const blocks = pieces.map(piece => this.block(piece.source, piece.gap));
    const endsOpen = pieces.length > 0 && /\n[ \t]*\n/.test(tail);
    if (endsOpen || blocks.length === 0) {
      blocks.push(nodes.paragraph.create({ gap: endsOpen ? tail : null }));
    }
    return nodes.doc.create({ head, tail: endsOpen ? '' : tail }, blocks);
  }

  block(source, gap = null) {
    const { node } = this.read(source);
    return node.type.create({ ...node.attrs, source, gap }, node.content);
  }

  /**
   * Cuts Markdown into the sources of its blocks, whole lines each, and what stands between them: blank lines.
   * All of it put together again is the Markdown.
   */
  cut(markdown) {
    const groups = this.#groups(markdown);
    const pieces = [];
    let end = 0;
    for (const [at, group] of groups.entries()) {
      pieces.push({ gap: at === 0 ? null : markdown.slice(end, group.from), source: markdown.slice(group.from, group.to) });
      end = group.to;
    }
    const head = groups.length > 0 ? markdown.slice(0, groups[0].from) : '';
    const tail = markdown.slice(end);
    if ([head, tail, ...pieces.map(piece => piece.gap ?? '')].some(between => between.trim() !== '')) {
      return { head: '', pieces: [{ gap: null, source: markdown }], tail: '' };
    }
    return { head, pieces, tail };
  }

  /** One block by its source, and where in the source its characters stand, textblock by textblock. */
  read(source) {
    if (!this.#known.has(source)) {
      if (this.#known.size > 5000) {
        this.#known.clear();
      }
      this.#known.set(source, this.#readNew(source));
    }
    return this.#known.get(source);
  }

  #readNew(source) {
    try {
      const read = this.readBack(source);
      return shapeOf(this.readBack(written(read.node, this)).node) === shapeOf(read.node) ? read : asWritten(source);
    } catch (error) {
      if (error instanceof NoForm || error instanceof RangeError) {
        return asWritten(source);
      }
      throw error;
    }
  }

  /** As `read`, but throws where there is no form; what is found is not known to be writable. */
  readBack(source) {
    const groups = this.#groups(source);
    if (groups.length !== 1 || groups[0].from !== 0 || groups[0].to !== source.length) {
      without('not one block');
    }
    const runs = [];
    const node = new Conversion(this, source, runs).group(groups[0]);
    node.check();
    return { node, runs };
  }

  #groups(markdown) {
    const items = [];
    const tree = this.dialect.parser.parse(markdown);
    for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
      const from = markdown.lastIndexOf('\n', node.from - 1) + 1;
      const lineEnd = markdown.indexOf('\n', Math.max(node.to - 1, from));
      const to = markdown[node.to - 1] === '\n' ? node.to - 1 : lineEnd < 0 ? markdown.length : lineEnd;
      items.push({ from, to: Math.max(to, from), nodes: [node] });
    }
    return gather(items, markdown, this.dialect);
  }
}

/** Puts what lies between lines of colons together, and a label alone on its line with the list below it. */
function gather(items, markdown, dialect) {
  const groups = [];
  let open = [];

  const endOpen = () => {
    if (open.length > 0) {
      groups.push({ from: open[0].from, to: open.at(-1).last.to, kind: 'broken', nodes: [] });
      open = [];
    }
  };
  const put = item => {
    const label = groups.at(-1);
    if (label && mayGoOn(label, item, markdown)) {
      Object.assign(label, { to: item.to, kind: 'broken', nodes: [] });
    } else if (/List$/.test(item.nodes[0].name) && label?.nodes[0]?.name === 'Lead' && label.nodes.length === 1 && isLabelAlone(label.nodes[0], markdown, dialect)) {
      label.nodes.push(item.nodes[0]);
      label.to = item.to;
    } else {
      groups.push(item);
    }
  };

  for (const item of items) {
    const words = item.nodes[0].name === 'Colons' ? wordsAfterColons(markdown.slice(item.from, item.to)) : null;
    if (words) {
      const ended = open.findIndex(element => !ENTRY.test(element.words) || ENTRY.test(words));
      if (ended === 0) {
        endOpen();
      } else if (ended > 0) {
        open.length = ended;
      }
      open.push({ ...item, words, last: item });
    } else if (open.length > 0 && words === '') {
      const element = open.pop();
      if (open.length === 0) {
        groups.push({ from: element.from, to: item.to, kind: 'element', words: element.words, nodes: [], inner: [Math.min(element.to + 1, item.from), Math.max(item.from - 1, element.to)] });
      }
    } else if (open.length === 0) {
      put(item);
    }
    for (const element of open) {
      element.last = item;
    }
  }
  if (open.length > 0) {
    open.at(-1).last = items.at(-1);
    endOpen();
  }
  return groups;
}

/** What only the server knows: whether this ends what stands right above it, or is a table or a paragraph with it. */
function mayGoOn(above, item, markdown) {
  if (above.to + 1 !== item.from || item.nodes[0].name === 'Lead') {
    return false;
  }
  if (above.kind === 'broken' || above.nodes.at(-1)?.name === 'LinkReference') {
    return true;
  }
  return /^(Paragraph|Table|BulletList|OrderedList|Blockquote)$/.test(above.nodes.at(-1)?.name ?? '')
    && (/^(Paragraph|SetextHeading\d|Table|LinkReference)$/.test(item.nodes[0].name) || /^ {0,3}(-+[ \t]*\||(?!1[.)])\d+[.)])/.test(markdown.slice(item.from, item.to)));
}

const isLabelAlone = (lead, markdown, dialect) => dialect.labelOf(markdown.slice(lead.from, lead.to))?.words === '';

function asWritten(source) {
  return { node: nodes.source.create(null, source ? schema.text(source) : null), runs: [run(0, source.length)] };
}

const run = (from, to) => ({ starts: Array.from({ length: to - from }, (_, i) => from + i), begin: from, end: to });

/** Turns one block's syntax tree into its node. `runs` gathers where each textblock's characters stand. */
class Conversion {
  constructor(reader, source, runs, base = 0) {
    Object.assign(this, { reader, source, runs, base });
  }

  text(node) {
    return this.source.slice(node.from, node.to);
  }

  group(group) {
    if (group.kind === 'element') {
      return this.element(group);
    }
    return group.nodes.length === 0 ? without('an element that is not closed') : this.sequence(group.nodes)[0];
  }

  element({ from, words, inner: [start, end] }) {
    const at = this.source.indexOf(words, from);
    if (at < 0 || at > start) {
      without('an opening with wide spaces');
    }
    this.note(run(at, at + words.length));
    const content = [nodes.element_opening.create(null, schema.text(words))];
    const inside = start < end ? this.source.slice(start, end) : '';
    const lines = inside.trimEnd().split('\n');
    const said = QUOTATION.test(words) ? lines.findIndex(line => ATTRIBUTION.test(line)) : -1;
    if (said >= 0 && said !== lines.length - 1) {
      without('words after whose they are');
    }
    content.push(...this.inner(said < 0 ? inside : lines.slice(0, said).join('\n'), start));
    if (said >= 0) {
      content.push(this.attribution(lines[said], start + lines.slice(0, said).join('\n').length + (said > 0 ? 1 : 0)));
    }
    return nodes.element.create(null, content);
  }

  inner(markdown, start) {
    const { head, pieces } = this.reader.cut(markdown);
    let at = start + head.length;
    const blocks = pieces.map(({ source, gap }) => {
      at += gap?.length ?? 0;
      const { node, runs } = this.reader.read(source);
      runs.forEach(run => this.note(moved(run, at)));
      at += source.length;
      return node;
    });
    if (blocks.length === 0) {
      this.note(run(start, start));
      blocks.push(nodes.paragraph.create());
    }
    return blocks;
  }

  attribution(line, start) {
    const words = ATTRIBUTION.exec(line)[1].trimEnd();
    const { node, runs } = this.reader.readBack(words);
    if (node.type !== nodes.paragraph) {
      without('an attribution that is no words');
    }
    runs.forEach(run => this.note(moved(run, start + line.indexOf(words))));
    return nodes.attribution.create(null, node.content);
  }

  note(run) {
    this.runs.push(this.base ? moved(run, this.base) : run);
  }

  /** Blocks one after the other, within a quotation or alone. */
  sequence(list) {
    const blocks = [];
    for (let i = 0; i < list.length; i++) {
      const below = list[i + 1];
      const takesList = list[i].name === 'Lead' && below && /List$/.test(below.name) && isLabelAlone(list[i], this.source, this.reader.dialect);
      blocks.push(list[i].name === 'Lead' ? this.lead(list[i], takesList ? below : null) : this.block(list[i]));
      i += takesList ? 1 : 0;
    }
    return blocks;
  }

  block(node) {
    switch (node.name) {
      case 'Paragraph': return this.picture(node) ?? this.paragraph(node);
      case 'HorizontalRule': return nodes.rule.create();
      case 'Blockquote': return nodes.blockquote.create(null, this.sequence(childrenOf(node, ['QuoteMark'])));
      case 'BulletList': return nodes.bullet_list.create({ tight: this.isTight(node), mark: this.text(node.firstChild.firstChild) }, this.items(node));
      case 'OrderedList': return nodes.ordered_list.create({ tight: this.isTight(node), start: parseInt(this.text(node.firstChild.firstChild), 10), mark: this.text(node.firstChild.firstChild).at(-1) }, this.items(node));
    }
    const heading = /^(?:ATX|Setext)Heading(\d)$/.exec(node.name);
    return heading ? nodes.heading.create({ level: Number(heading[1]) }, this.words(node)) : without(node.name);
  }

  paragraph(node) {
    return nodes.paragraph.create(null, this.words(node));
  }

  words(node) {
    // Bars and hyphens may be a table to the server, also where they are none here.
    if (/^[\s|:>-]*\|[\s|:>-]*$/m.test(this.text(node)) || /^[ >]*:?-+:?[ \t]*\|/m.test(this.text(node))) {
      without('what may be a table');
    }
    return this.inline(node);
  }

  items(list) {
    return childrenOf(list, ['QuoteMark']).map(item => {
      const [mark, ...content] = childrenOf(item, ['QuoteMark']);
      if (mark.name !== 'ListMark') {
        without('an item without its mark');
      }
      if (content.length > 0 && content[0].name !== 'Paragraph') {
        without('an item that begins with no words');
      }
      // The server takes a number other than 1 for words, if they stand right below others.
      if (content.some((node, i) => i > 0 && node.name === 'OrderedList' && !/^1[.)]/.test(this.text(node)) && !/\n[ \t>]*\n/.test(this.source.slice(endOf(content[i - 1], this.source), node.from)))) {
        without('a list that may be words');
      }
      if (content.length === 0) {
        this.note(run(mark.to, mark.to));
      }
      return nodes.list_item.create(null, content.length > 0 ? content.map(node => node.name === 'Paragraph' ? this.paragraph(node) : this.block(node)) : [nodes.paragraph.create()]);
    });
  }

  /** Whether no blank line stands between its items, nor between the blocks of one. */
  isTight(list) {
    const items = childrenOf(list, ['QuoteMark']);
    const between = items.slice(1).map((item, i) => [endOf(items[i], this.source), item.from]);
    for (const item of items) {
      const content = childrenOf(item, ['ListMark', 'QuoteMark']);
      between.push(...content.slice(1).map((node, i) => [endOf(content[i], this.source), node.from]));
    }
    return !between.some(([from, to]) => /\n[ \t>]*\n/.test(this.source.slice(from, to)));
  }

  lead(node, list) {
    const { label, words, from } = this.reader.dialect.labelOf(this.text(node));
    return nodes.read_more.create({ label }, list ? childrenOf(list, ['QuoteMark']).map(item => this.leadItem(item)) : [this.line(words, node.from + from)]);
  }

  leadItem(item) {
    const [mark, ...content] = childrenOf(item, ['QuoteMark']);
    if (content.length > 1 || content.length === 1 && (content[0].name !== 'Paragraph' || this.text(content[0]).includes('\n'))) {
      without('an item with more than a link');
    }
    return content.length === 0 ? this.line('', mark.to) : this.line(this.text(content[0]).trimEnd(), content[0].from);
  }

  line(words, from) {
    this.note(run(from, from + words.length));
    return nodes.read_more_line.create(null, words ? schema.text(words) : null);
  }

  /** A picture alone in its paragraph. */
  picture(node) {
    const image = node.firstChild;
    if (image?.name !== 'Image' || this.text(node).trim().length !== image.to - image.from) {
      return null;
    }
    const [open, ...rest] = childrenOf(image, []);
    const close = rest.find(part => part.name === 'LinkMark');
    const inside = rest.slice(0, rest.indexOf(close));
    const [url, title] = [rest.find(part => part.name === 'URL'), rest.find(part => part.name === 'LinkTitle')];
    const id = /^picture:([1-9]\d*)$/i.exec(url ? this.text(url) : '')?.[1];
    if (!id || inside.some(part => part.name !== 'Escape' && part.name !== 'Entity') || /[\n&]/.test(title ? this.text(title) : '')) {
      without('a picture of another kind');
    }
    const alt = new Letters(this.source);
    alt.between(open.to, close.from, inside, []);
    this.note(alt.run(open.to, close.from));
    const caption = title ? this.text(title).slice(1, -1) : '';
    this.note(title ? { ...run(title.from + 1, title.to - 1), starts: startsOfEscaped(caption, title.from + 1) } : run(close.to, close.to));
    const words = unescaped(caption);
    return nodes.picture.create({ id }, [
      nodes.picture_alt.create(null, alt.nodes()),
      nodes.picture_caption.create(null, words ? schema.text(words) : null),
    ]);
  }

  inline(node) {
    const letters = new Letters(this.source);
    const parts = childrenOf(node, []);
    let [from, to] = [node.from, node.to];
    for (const mark of parts.filter(part => part.name === 'HeaderMark')) {
      [from, to] = mark.from === node.from ? [mark.to, to] : [from, Math.min(to, mark.from)];
    }
    letters.between(from, to, parts.filter(part => part.name !== 'HeaderMark'), []);
    letters.trim();
    this.note(letters.run(from, to));
    return letters.nodes();
  }
}

const moved = ({ starts, begin, end }, by) => ({ starts: starts.map(at => at + by), begin: begin + by, end: end + by });

const endOf = (node, source) => node.from + source.slice(node.from, node.to).replace(/[\s>]+$/, '').length;

function startsOfEscaped(words, from) {
  const starts = [];
  for (const match of words.matchAll(/\\[!-/:-@[-`{-~]|[\s\S]/g)) {
    starts.push(from + match.index);
  }
  return starts;
}

function childrenOf(node, leftOut) {
  const children = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!leftOut.includes(child.name)) {
      children.push(child);
    }
  }
  return children;
}

/** Whether a sign that stands for itself here might be half of an emphasis to somebody who counts otherwise. */
function mayEmphasise(before, sign, after = '') {
  return sign === '*' ? /\S/.test(before + after) : sign === '_' && /\S/.test(before + after) && !/[\p{L}\p{N}]{2}/u.test(before + after);
}

/** The characters of a textblock, each with its marks and its place in the Markdown. */
class Letters {
  constructor(source) {
    this.source = source;
    this.all = [];
    this.isLineStart = false;
  }

  between(from, to, parts, active) {
    let at = from;
    for (const part of parts) {
      if (part.to <= at || part.from >= to) {
        continue;
      }
      this.plain(at, part.from, active);
      this.part(part, active);
      at = part.to;
    }
    this.plain(at, to, active);
  }

  plain(from, to, active) {
    if (/\]\(/.test(this.source.slice(from, to))) {
      without('brackets that may be a link');
    }
    for (let at = from; at < to; at++) {
      const letter = this.source[at];
      this.stars ||= mayEmphasise(this.source.slice(Math.max(at - 1, 0), at), letter, this.source[at + 1]);
      if (letter === '\n') {
        while (this.all.at(-1)?.letter === ' ') {
          this.all.pop();
        }
        this.put(' ', at, active);
        this.isLineStart = true;
        if (/^[ \t>]*([-+*]|\d{1,9}[.)])([ \t]|$)/m.test(this.source.slice(at + 1, this.source.indexOf('\n', at + 1) >>> 0))) {
          without('a line that may begin a list');
        }
      } else if (!this.isLineStart || letter !== ' ' && letter !== '\t') {
        this.put(letter, at, active);
      }
    }
  }

  put(letter, at, active) {
    this.isLineStart = false;
    // A character beyond the basic plane takes two places in a document too.
    for (let i = 0; i < letter.length; i++) {
      this.all.push({ letter: letter[i], at, active });
    }
  }

  part(part, active) {
    const text = this.source.slice(part.from, part.to);
    const inside = childrenOf(part, []);
    switch (part.name) {
      case 'QuoteMark': this.isLineStart = true; break;
      case 'Escape': this.put(text.slice(1), part.from, active); break;
      case 'Entity': this.put(decoded(text), part.from, active); break;
      case 'HardBreak': this.all.push({ letter: '\n', at: part.from, active }); this.isLineStart = true; break;
      case 'Emphasis': this.emphasis = true; this.between(part.from + 1, part.to - 1, inside.slice(1, -1), this.with(marks.em, active)); break;
      case 'StrongEmphasis': this.emphasis = true; this.between(part.from + 2, part.to - 2, inside.slice(1, -1), this.with(marks.strong, active)); break;
      case 'InlineCode': this.code(text, part.from, active); break;
      case 'Autolink': this.autolink(text, part.from, active); break;
      case 'Link': this.link(part, inside, active); break;
      default: without(part.name);
    }
  }

  with(mark, active) {
    return mark.isInSet(active) ? without('one emphasis in another') : mark.create().addToSet(active);
  }

  code(text, from, active) {
    const fence = /^`+/.exec(text)[0].length;
    const inner = text.slice(fence, -fence);
    if (/[\n]|^ | $/.test(inner)) {
      without('code with edges');
    }
    for (const [i, letter] of inner.split('').entries()) {
      this.put(letter, from + fence + i, marks.code.create().addToSet(active));
    }
  }

  autolink(text, from, active) {
    const address = text.slice(1, -1);
    if (/[\\()&]/.test(address)) {
      without('an address with signs');
    }
    const link = /^https?:/i.test(address) ? marks.link.create({ href: address }).addToSet(active) : active;
    for (const [i, letter] of address.split('').entries()) {
      this.put(letter, from + 1 + i, link);
    }
  }

  link(part, inside, active) {
    const brackets = inside.filter(child => child.name === 'LinkMark');
    const [url, title] = [inside.find(child => child.name === 'URL'), inside.find(child => child.name === 'LinkTitle')];
    const words = inside.filter(child => child.from >= brackets[0].to && child.to <= brackets[1].from);
    if (!url) {
      // A reference, or only brackets: it stays as it is written, and so means what it meant.
      this.put('[', brackets[0].from, active);
      this.between(brackets[0].to, brackets[1].from, words, active);
      this.plain(brackets[1].from, part.to, active);
      return;
    }
    const before = this.all.length;
    const raw = node => node ? this.source.slice(node.from, node.to) : null;
    this.between(brackets[0].to, brackets[1].from, words, marks.link.create({ href: raw(url), title: raw(title) }).addToSet(active));
    if (this.all.length === before || /\n/.test(`${raw(url)}${raw(title)}`)) {
      without('a link without words');
    }
  }

  trim() {
    const isSpace = ({ letter }) => /[ \t]/.test(letter);
    while (this.all.length > 0 && isSpace(this.all.at(-1))) {
      this.all.pop();
    }
    const first = this.all.findIndex(letter => !isSpace(letter));
    this.all.splice(0, Math.max(first, 0));
    if (this.emphasis && this.stars) {
      without('stars of which some are emphasis');
    }
    if (this.all[0]?.letter === '\n' || this.all.at(-1)?.letter === '\n') {
      without('a break at an edge');
    }
  }

  run(from, to) {
    return { starts: this.all.map(({ at }) => at), begin: this.all[0]?.at ?? from, end: Math.max(from, from + this.source.slice(from, to).trimEnd().length) };
  }

  nodes() {
    const content = [];
    for (let at = 0; at < this.all.length;) {
      const { letter, active } = this.all[at];
      let end = at + 1;
      while (letter !== '\n' && end < this.all.length && this.all[end].letter !== '\n' && sameMarks(this.all[end].active, active)) {
        end++;
      }
      content.push(letter === '\n' ? nodes.hard_break.create(null, null, active) : schema.text(this.all.slice(at, end).map(one => one.letter).join(''), active));
      at = end;
    }
    return content;
  }
}

const sameMarks = (a, b) => a === b || a.length === b.length && a.every((mark, i) => mark.eq(b[i]));
