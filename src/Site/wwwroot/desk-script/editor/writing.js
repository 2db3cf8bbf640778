// From the editor's blocks to Markdown. A block that still means what its source says is given back as its source, byte for byte;
// one that was changed is written in one plain way, and read again to see that it says what it should.

import { isEmptyParagraph, schema } from './schema.js';
import { isTight, runsOf, shapeOf } from './shape.js';

const { nodes, marks } = schema;

/** Ways to write the same, the plainest first. */
const WAYS = [{ em: '*' }, { em: '*', brackets: true }, { em: '_', brackets: true }];

/** Signs for a list that stands below one with the same. */
const OTHER = { '-': '*', '*': '-', '+': '-', '.': ')', ')': '.' };

/** A changed block, in the first way that is read back as what it is. */
export function written(node, reader, other = false) {
  const asked = shapeOf(node);
  let last = '';
  for (const way of WAYS) {
    last = blockIn(node, { ...way, other, dialect: reader.dialect });
    if (readsAs(reader, last) === asked) {
      return last;
    }
  }
  return blockIn(node, { ...WAYS[1], other, dialect: reader.dialect });
}

function readsAs(reader, markdown) {
  try {
    return shapeOf(reader.readBack(markdown).node);
  } catch {
    return null;
  }
}

function blockIn(node, way) {
  switch (node.type) {
    case nodes.paragraph: return words(node, way);
    case nodes.heading: return `${'#'.repeat(node.attrs.level)} ${words(node, way).replace(/\\?\n/g, ' ').replace(/(^|\s)(#+)$/, '$1\\$2')}`.trimEnd();
    case nodes.rule: return '---';
    case nodes.blockquote: return prefixed(blocksIn(node, way), '> ');
    case nodes.bullet_list: return itemsIn(node, way, () => `${way.other ? OTHER[node.attrs.mark] : node.attrs.mark} `);
    case nodes.ordered_list: return itemsIn(node, way, i => `${node.attrs.start + i}${way.other ? OTHER[node.attrs.mark] : node.attrs.mark} `);
    case nodes.read_more: return leadIn(node);
    case nodes.picture: return pictureIn(node);
    case nodes.element: return elementIn(node, way);
    default: return node.textContent;
  }
}

function blocksIn(node, way) {
  const blocks = [];
  let [last, other] = [null, false];
  node.forEach(child => {
    if (isEmptyParagraph(child)) {
      return;
    }
    other = last?.type === child.type && !other;
    blocks.push(blockIn(other ? child.type.create({ ...child.attrs, mark: last.attrs.mark }, child.content) : child, { ...way, other }));
    last = child;
  });
  return blocks.join('\n\n');
}

const prefixed = (text, prefix) => text.split('\n').map(line => (prefix + line).trimEnd()).join('\n');

function itemsIn(list, way, markOf) {
  const between = isTight(list) ? '\n' : '\n\n';
  const items = [];
  list.forEach((item, _, i) => {
    const mark = markOf(i);
    const inner = [];
    item.forEach(child => inner.push(blockIn(child, { ...way, other: false })));
    items.push((mark + inner.join(between).replace(/\n(?!\n|$)/g, `\n${' '.repeat(mark.length)}`)).trimEnd());
  });
  return items.join(between);
}

function leadIn(node) {
  const lines = [];
  node.forEach(line => lines.push(line.textContent.trim()));
  return lines.length === 1 ? `${node.attrs.label}: ${lines[0]}`.trimEnd() : `${node.attrs.label}:\n\n${lines.map(line => `- ${line}`.trimEnd()).join('\n')}`;
}

function pictureIn(node) {
  const alt = node.firstChild.textContent.trim().replace(/[\\`*_[\]<]|&(?=#?\w+;)/g, '\\$&');
  const caption = node.lastChild.textContent.trim().replace(/["\\]/g, '\\$&');
  return `![${alt}](picture:${node.attrs.id}${caption ? ` "${caption}"` : ''})`;
}

function elementIn(node, way) {
  const opening = node.firstChild.textContent.trim() || 'facts';
  const isQuotation = /^(quote|said)\b/i.test(opening);
  const inner = [];
  const said = node.lastChild.type === nodes.attribution ? node.lastChild : null;
  const body = node.copy(node.content.cut(node.firstChild.nodeSize, node.content.size - (said ? said.nodeSize : 0)));
  const text = blocksIn(body, { ...way, other: false, isQuotation });
  if (text) {
    inner.push(text);
  }
  if (said && said.content.size > 0) {
    inner.push(`${text ? '\n' : ''}— ${words(said, way).replace(/\\?\n/g, ' ')}`);
  }
  return [`::: ${opening}`, ...inner, ':::'].join('\n');
}

// ---- words

function words(node, way) {
  const runs = runsOf(node);
  let [text, open] = ['', []];
  const close = (kept) => {
    while (open.length > kept) {
      text += closing(open.pop(), way);
    }
  };
  for (const [i, run] of runs.entries()) {
    const wanted = run.marks.filter(mark => mark.type !== marks.code);
    let kept = 0;
    while (kept < open.length && open[kept].isInSet(wanted)) {
      kept++;
    }
    close(kept);
    const fresh = wanted.filter(mark => !mark.isInSet(open)).sort((a, b) => reach(runs, i, b) - reach(runs, i, a));
    for (const mark of fresh) {
      text += opening(mark, way);
      open.push(mark);
    }
    text += run.isBreak ? '\\\n' : run.marks.length > wanted.length ? codeIn(run.text) : escaped(run.text, way, text);
  }
  close(0);
  return text.split('\n').map(line => lineStart(line, way)).join('\n');
}

/** How far a mark goes on: the one that ends last stands outside. */
function reach(runs, from, mark) {
  let to = from;
  while (runs[to] && mark.isInSet(runs[to].marks)) {
    to++;
  }
  return mark.type === marks.link ? to - .5 : to;
}

const opening = (mark, way) => mark.type === marks.link ? '[' : mark.type === marks.strong ? '**' : way.em;

const closing = (mark, way) => mark.type !== marks.link ? opening(mark, way)
  : `](${mark.attrs.href}${mark.attrs.title ? ` ${mark.attrs.title}` : ''})`;

function codeIn(text) {
  const fence = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map(ticks => ticks.length)) + 1);
  return fence + text + fence;
}

function escaped(text, way, before) {
  const signs = way.brackets ? /[\\`*_[\]]|<(?=[a-z/!?])|&(?=#?\w+;)/gi : /[\\`*_]|<(?=[a-z/!?])|&(?=#?\w+;)/gi;
  return text.replace(/\n/g, ' ').replace(signs, (sign, at) => {
    const [left, right] = [text[at - 1] ?? before.at(-1) ?? ' ', text[at + 1] ?? ' '];
    return sign === '_' && /[\p{L}\p{N}]/u.test(left) && /[\p{L}\p{N}]/u.test(right) ? sign : `\\${sign}`;
  });
}

/** What would be a heading, a list or a block at the beginning of a line says that it is words. */
function lineStart(line, way) {
  const text = line.replace(/^[ \t]+/, '');
  if (way.isQuotation && /^[—–]/.test(text)) {
    return text.replace(/^[—–]/, dash => dash === '—' ? '&mdash;' : '&ndash;');
  }
  if (way.dialect.labelOf(text) !== null) {
    return text.replace(':', '\\:');
  }
  return text
    .replace(/^(?=#{1,6}(\s|$)|[-+](\s|$)|[-=]+\s*$|>|~{3}|:{3}|--)/, '\\')
    .replace(/^(\d{1,9})(?=[.)](\s|$))/, '$1\\')
    .replace(/^(\[[^\]]*\])(?=:)/, '\\$1');
}

// ---- the whole copy

const atLeastABlankLine = gap => /\n[ \t]*\n/.test(gap) ? gap : '\n\n';

/** Keeps what it has written: a keystroke costs one block, however long the copy. */
export class Writer {
  #texts = new WeakMap();
  #joints = new WeakMap();

  constructor(reader) {
    this.reader = reader;
  }

  /** What was just read needs no second look: its blocks stand as they stood. */
  trust(doc) {
    let previous = null;
    doc.forEach(node => {
      if (previous && node.attrs.source !== null && previous.attrs.source !== null) {
        this.#joints.set(node, { previous: previous.attrs.source, asked: node.attrs.gap, gap: node.attrs.gap, text: node.attrs.source });
      }
      previous = node;
    });
  }

  textOf(node) {
    if (!this.#texts.has(node)) {
      const { source } = node.attrs;
      this.#texts.set(node, source !== null && shapeOf(this.reader.read(source).node) === shapeOf(node) ? source : written(node, this.reader));
    }
    return this.#texts.get(node);
  }

  /** The Markdown, and of each child of the document where it stands in it. */
  write(doc) {
    const places = [];
    let [text, last, between] = [doc.attrs.head, null, ''];
    doc.forEach((node, _, i) => {
      const gap = i === 0 ? '' : node.attrs.gap ?? '\n\n';
      if (isEmptyParagraph(node)) {
        text += gap;
        between += gap;
        places.push({ from: text.length, text: '' });
        return;
      }
      const joint = last === null ? { gap, text: this.textOf(node) } : this.#joint(last, node, gap, between);
      text += joint.gap + joint.text;
      places.push({ from: text.length - joint.text.length, text: joint.text });
      [last, between] = [{ text: joint.text, isAsItCame: joint.text === node.attrs.source }, ''];
    });
    return { markdown: text + doc.attrs.tail, places };
  }

  /** A gap and a text that leave both neighbours what they are. */
  #joint(previous, node, gap, between) {
    const known = this.#joints.get(node);
    if (known?.previous === previous.text && known.asked === between + gap) {
      return known;
    }
    const text = this.textOf(node);
    const ways = [[previous.isAsItCame && text === node.attrs.source ? gap : atLeastABlankLine(between + gap).slice(between.length), () => text], ['\n\n', () => text], ['\n\n', () => written(node, this.reader)], ['\n\n', () => written(node, this.reader, true)]];
    const fitting = ways.map(([gap, textOf]) => ({ gap, text: textOf() })).find(way => this.#parts(previous.text, between + way.gap, way.text)) ?? { gap: '\n\n', text };
    const joint = { previous: previous.text, asked: between + gap, ...fitting };
    this.#joints.set(node, joint);
    return joint;
  }

  #parts(previous, gap, text) {
    const { pieces } = this.reader.cut(previous + gap + text);
    return pieces.length === 2 && pieces[0].source === previous && pieces[1].source === text;
  }
}
