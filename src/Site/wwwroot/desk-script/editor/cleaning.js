// What comes by the clipboard from a word processor, a web page, an e-mail or the wire, made into blocks of our own: whatever stands in the
// copy's dialect stays, what has no place in it is left out, and counted where somebody might miss it. Works on a plain tree of
// { name, attrs, children } and { text }, so that it knows no browser.

import { schema } from './schema.js';
import { written } from './writing.js';

const { nodes, marks } = schema;

const NOT_WORTH_A_WORD = new Set(['head', 'style', 'meta', 'link', 'title', 'xml', 'base', 'template', 'svg', 'source', 'track', 'map', 'nav', 'colgroup', 'o:officedocumentsettings']);
const COUNTED = { script: 'scripts', noscript: 'scripts', iframe: 'frames', embed: 'frames', object: 'frames', video: 'frames', audio: 'frames', canvas: 'frames', button: 'fields', input: 'fields', select: 'fields', textarea: 'fields' };
const BLOCKS = new Set(['html', 'body', 'address', 'article', 'aside', 'center', 'dd', 'details', 'dialog', 'dir', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form', 'header', 'hgroup', 'legend', 'li', 'main', 'p', 'search', 'section', 'summary', 'caption', 'td', 'th', 'tr', 'thead', 'tbody', 'tfoot']);

const SAID = {
  pictures: ['1 picture', 'pictures'],
  frames: ['1 embedded frame', 'embedded frames'],
  scripts: ['1 script', 'scripts'],
  comments: ['1 comment', 'comments'],
  notes: ['1 footnote', 'footnotes'],
  changes: ['1 tracked change (words struck out)', 'tracked changes (words struck out)'],
  merged: ['merged cells in 1 table', 'tables with merged cells'],
  fields: ['1 button or field', 'buttons and fields'],
  signatures: ['1 signature', 'signatures'],
  agency: ['1 line of the agency’s own', 'lines of the agency’s own'],
};

/** What was left out, in words; empty when nothing was that anybody might miss. */
export function leftOut(dropped) {
  return Object.keys(SAID).filter(kind => dropped[kind] > 0).map(kind => {
    const [one, many] = SAID[kind];
    return dropped[kind] === 1 ? one : `${dropped[kind]} ${many}`;
  });
}

/**
 * @param reader  reads the paper's dialect
 * @param storyAt  the number of our own story that an address leads to, or null
 */
export function cleaned(tree, reader, storyAt = () => null) {
  const cleaning = new Cleaning(reader, storyAt);
  const blocks = cleaning.within(tree);
  return { blocks, dropped: cleaning.dropped };
}

const styleOf = node => (node.attrs?.style ?? '').toLowerCase().replace(/\s*([:;,])\s*/g, '$1');
const classOf = node => node.attrs?.class ?? '';
const isElement = node => node.name !== undefined;
const some = (node, is) => isElement(node) && (is(node) || node.children.some(child => some(child, is)));
const isEmoji = node => node.name === 'img' && /^\p{Extended_Pictographic}/u.test(node.attrs.alt ?? '') && node.attrs.alt.length < 12;
const all = (node, is) => isElement(node) ? [...(is(node) ? [node] : []), ...node.children.flatMap(child => all(child, is))] : [];

class Cleaning {
  dropped = {};

  constructor(reader, storyAt) {
    Object.assign(this, { reader, storyAt });
  }

  drop(kind, many = 1) {
    this.dropped[kind] = (this.dropped[kind] ?? 0) + many;
  }

  /** The blocks within a node, in their order. */
  within(node, context = {}) {
    const out = { blocks: [], run: [] };
    this.walk(node.children, context, out);
    this.flush(out, context);
    return gathered(out.blocks);
  }

  walk(children, context, out) {
    for (const child of children) {
      if (isElement(child)) {
        this.element(child, context, out);
      } else {
        out.run.push({ text: child.text, marks: context.marks ?? [], isPre: context.isPre });
      }
    }
  }

  element(node, context, out) {
    if (isEmoji(node)) {
      out.run.push({ text: node.attrs.alt, marks: context.marks ?? [] });
      return;
    }
    if (this.isLeftOut(node)) {
      return;
    }
    if (node.name === 'br') {
      out.run.push({ isBreak: !/Apple-interchange-newline/.test(classOf(node)) });
      return;
    }
    const own = { ...context, marks: this.marksOf(node, context) };
    if (this.isBlock(node)) {
      this.flush(out, context);
      this.block(node, own, out);
    } else {
      this.walk(node.children, own, out);
    }
  }

  isBlock(node) {
    return BLOCKS.has(node.name) || /^(h[1-6]|ul|ol|table|blockquote|pre|hr)$/.test(node.name);
  }

  // ---- what is left out

  isLeftOut(node) {
    const [style, classes] = [styleOf(node), classOf(node)];
    if (NOT_WORTH_A_WORD.has(node.name) || /display:none|mso-hide:all|mso-list:ignore/.test(style) || node.attrs.hidden !== undefined) {
      return true;
    }
    const kind = COUNTED[node.name] ?? this.isPicture(node) ?? (
      /mso-element:comment-list/.test(style) || /^#_?(cmnt|msocom)/.test(node.attrs.href ?? '') || /MsoCommentReference/.test(classes) ? 'marks'
      : /mso-element:(footnote|endnote)-list/.test(style) || /mso-(footnote|endnote)-id/.test(style) || /^#(_ftn|_edn|cite_note|fn)/.test(node.attrs.href ?? '') ? 'notes'
      : node.name === 'del' || /\bmsoDel\b/.test(classes) ? 'changes'
      : /gmail_signature_prefix/.test(classes) ? 'nothing'
      : /gmail_signature|moz-signature/.test(classes) || node.attrs.id === 'Signature' ? 'signatures' : null);
    if (kind === 'marks') {
      // The mark in the text stands for a comment; the list of them below repeats it.
      this.drop('comments', /^#_?(cmnt_ref|msoanchor)/.test(node.attrs.href ?? '') || /comment-list/.test(style) || !this.isFirstMark(node) ? 0 : 1);
    } else if (kind === 'notes') {
      this.drop('notes', /-list/.test(style) || /^#(_ftnref|_ednref)/.test(node.attrs.href ?? '') ? 0 : 1);
    } else if (kind && kind !== 'nothing') {
      this.drop(kind);
    }
    return kind !== null || this.isAside(node);
  }

  /** Word has two marks for a comment, one in the other. */
  isFirstMark(node) {
    this.counted ??= new Set();
    const isNew = !this.counted.has(node);
    all(node, inner => { this.counted.add(inner); return false; });
    return isNew;
  }

  isPicture(node) {
    if (node.name === 'figure' && some(node, inner => /^(img|picture|iframe|video|v:imagedata)$/.test(inner.name)) && !some(node, inner => /^(table|blockquote|pre)$/.test(inner.name))) {
      const frames = some(node, inner => /^(iframe|video)$/.test(inner.name));
      return frames ? 'frames' : 'pictures';
    }
    if (!/^(img|picture|v:imagedata)$/.test(node.name)) {
      return null;
    }
    const isTiny = [node.attrs.width, node.attrs.height].some(side => side !== undefined && parseInt(side, 10) <= 1);
    return isTiny ? 'nothing' : 'pictures';
  }

  /** The text of a comment, below the copy it was made on. */
  isAside(node) {
    return /^(div|p)$/.test(node.name) && node.children.length > 0 && node.children.filter(child => isElement(child)).length <= 2
      && some(node, inner => /^#cmnt_ref/.test(inner.attrs.href ?? ''));
  }

  // ---- words

  marksOf(node, { marks: before = [], isHeading }) {
    const style = styleOf(node);
    let now = before;
    const set = (mark, isOn) => { now = isOn ? mark.create().addToSet(now) : mark.removeFromSet(now); };
    const bold = /(^|;)font-weight:(bold|[6-9]00|bolder)/.test(style) ? true : /(^|;)font-weight:(normal|[1-5]00|lighter)/.test(style) ? false : /^(b|strong|th)$/.test(node.name) || null;
    const italic = /(^|;)font-style:(italic|oblique)/.test(style) ? true : /(^|;)font-style:normal/.test(style) ? false : /^(i|em|cite)$/.test(node.name) || null;
    if (bold !== null && !isHeading && !/^(h[1-6]|th)$/.test(node.name)) {
      set(marks.strong, bold);
    }
    if (italic !== null) {
      set(marks.em, italic);
    }
    if (/^(code|kbd|samp|tt)$/.test(node.name)) {
      now = [marks.code.create()];
    }
    const href = node.name === 'a' ? addressOf(node.attrs.href) : null;
    return href ? marks.link.create({ href: this.leadingTo(href) }).addToSet(now) : now;
  }

  leadingTo(href) {
    const story = this.storyAt(href);
    return story ? `story:${story}` : href.replace(/[()\s<>\\]/g, encodeURIComponent).replace(/[()]/g, '\\$&');
  }

  /** Ends the paragraph that was gathered. */
  flush(out, context) {
    const pieces = out.run;
    out.run = [];
    for (const run of paragraphsIn(pieces)) {
      out.blocks.push(context.isHeading && !this.leadIn(run) ? nodes.heading.create({ level: context.isHeading }, inlineOf(run, true)) : this.paragraph(run));
    }
  }

  paragraph(run) {
    const lead = this.leadIn(run);
    return lead ?? nodes.paragraph.create(null, inlineOf(run));
  }

  /** A READ MORE line, also where it came in bold or as one link; `{ label }` where it leads on to what stands below. */
  leadIn(run) {
    if (run.some(piece => piece.isBreak)) {
      return null;
    }
    const text = run.map(piece => piece.text).join('').trim();
    const [, written, rest] = /^([^:]{2,40}?)\s*:\s*(.*)$/.exec(text) ?? [];
    const label = written && this.reader.dialect.labelOf(`${written.toUpperCase()}:`)?.label;
    if (!label || written !== written.toUpperCase() && !this.standsOut(run, written)) {
      return null;
    }
    if (!rest) {
      return { label };
    }
    return leadTo(label, [lineOf(run, rest)]);
  }

  /** "Read more:" in bold, or before nothing but a link, is no prose. */
  standsOut(run, label) {
    const [first] = run.filter(piece => piece.text.trim());
    const isBold = marks.strong.isInSet(first.marks) && first.text.trim().length <= label.length + 2;
    const behind = run.filter(piece => piece !== first && piece.text.trim());
    return Boolean(isBold || marks.link.isInSet(first.marks) && behind.length === 0 || behind.length === 1 && marks.link.isInSet(behind[0].marks));
  }

  // ---- blocks

  block(node, context, out) {
    const level = /^h([1-6])$/.exec(node.name)?.[1] ?? (/\bMsoTitle\b/.test(classOf(node)) ? 1 : null);
    const item = itemOf(node, context);
    if (level) {
      const heading = { ...context, marks: marks.strong.removeFromSet(context.marks ?? []), isHeading: level <= 2 ? 2 : 3 };
      this.walk(node.children, heading, out);
      this.flush(out, heading);
    } else if (item) {
      this.wordItem(node, item, context, out);
    } else if (node.name === 'hr') {
      out.blocks.push(nodes.rule.create());
    } else if (node.name === 'ul' || node.name === 'ol') {
      this.list(node, context, out);
    } else if (node.name === 'table') {
      this.table(node, context, out);
    } else if (node.name === 'blockquote') {
      const quoted = this.within(node, context);
      out.blocks.push(...(quoted.length > 0 ? [nodes.blockquote.create(null, quoted)] : []));
    } else if (node.name === 'pre') {
      this.preformatted(node, context, out);
    } else {
      this.walk(node.children, context, out);
      this.flush(out, context);
    }
  }

  /** Words whose lines were broken elsewhere. */
  preformatted(node, context, out) {
    const { markdown, dropped } = plainCopy(textOf(node));
    Object.entries(dropped).forEach(([kind, many]) => this.drop(kind, many));
    for (const paragraph of markdown.split(/\n{2,}/)) {
      this.walk([{ text: paragraph }], context, out);
      this.flush(out, context);
    }
  }

  list(node, context, out) {
    if (all(node, inner => inner.name === 'li').some(item => item.attrs['aria-level'] ?? item.attrs['data-aria-level'])) {
      this.walk(node.children, { ...context, listIs: node.name }, out);
      return;
    }
    const items = [];
    for (const child of node.children.filter(isElement)) {
      if (this.isLeftOut(child)) {
        continue;
      }
      const blocks = this.within({ children: [child] }, { ...context, isItem: true });
      if (/^[uo]l$/.test(child.name) && items.length > 0) {
        items.at(-1).push(...blocks);
      } else if (blocks.length > 0) {
        items.push(blocks);
      }
    }
    if (items.length > 0) {
      out.blocks.push(listOf(node.name === 'ol', Number(node.attrs.start) || 1, items));
    }
  }

  /** A word processor's items stand one after the other, each with its depth. */
  wordItem(node, item, context, out) {
    const blocks = this.within(node.name === 'li' ? { children: node.children } : { children: node.children.filter(child => !isElement(child) || !/mso-list:ignore/.test(styleOf(child))) }, { ...context, isItem: true });
    if (blocks.length > 0) {
      out.blocks.push({ item, blocks });
    }
  }

  table(node, context, out) {
    const rows = rowsOf(node);
    const cells = rows.map(row => row.children.filter(cell => cell.name === 'td' || cell.name === 'th'));
    if (isLayout(node, cells)) {
      this.walk(node.children, context, out);
      this.flush(out, context);
      return;
    }
    node.children.filter(child => child.name === 'caption').forEach(caption => this.element(caption, context, out));
    const grid = this.gridOf(cells, context);
    const columns = Math.max(...grid.map(row => row.length));
    const line = row => `| ${Array.from({ length: columns }, (_, i) => row[i] ?? '').join(' | ')} |`;
    out.blocks.push(nodes.source.create(null, schema.text([line(grid[0]), `|${' --- |'.repeat(columns)}`, ...grid.slice(1).map(line)].join('\n'))));
  }

  gridOf(cells, context) {
    const grid = cells.map(() => []);
    let isMerged = false;
    cells.forEach((row, y) => {
      let x = 0;
      for (const cell of row) {
        while (grid[y][x] !== undefined) {
          x++;
        }
        const [wide, high] = ['colspan', 'rowspan'].map(span => Math.min(Math.max(1, Number(cell.attrs[span]) || 1), 50));
        isMerged ||= wide > 1 || high > 1;
        for (let down = 0; down < Math.min(high, grid.length - y); down++) {
          for (let right = 0; right < wide; right++) {
            grid[y + down][x + right] = down + right === 0 ? this.cell(cell, context) : '';
          }
        }
        x += wide;
      }
    });
    if (isMerged) {
      this.drop('merged');
    }
    return grid.filter(row => row.some(Boolean));
  }

  cell(cell, context) {
    return this.within(cell, { ...context, isItem: true }).map(block => block.isTextblock ? written(nodes.paragraph.create(null, block.content), this.reader) : block.textContent)
      .join(' ').replace(/\\?\n/g, ' ').replaceAll('|', '\\|').trim();
  }
}

// ---- addresses

/** Without the detours that mail programs and search engines put before them; null for what leads to no page. */
function addressOf(href = '') {
  let address = href.trim();
  for (let detours = 0; detours < 3 && URL.canParse(address); detours++) {
    const url = new URL(address);
    const inner = /(^|\.)safelinks\.protection\.outlook\.com$/.test(url.hostname) ? url.searchParams.get('url')
      : /^www\.google\.[a-z.]+$/.test(url.hostname) && url.pathname === '/url' ? url.searchParams.get('q') ?? url.searchParams.get('url') : null;
    if (!inner) {
      break;
    }
    address = inner;
  }
  return /^(https?:\/\/[^\s]|story:\d)/i.test(address) ? address : null;
}

// ---- paragraphs

const tidied = text => text.replace(/[\u200b\ufeff\u00ad\u2060]/g, '').replace(/[ \t\r\n\f\u00a0]+/g, ' ');

/** The runs of words between blank lines, each without space at its edges. */
function paragraphsIn(pieces) {
  const paragraphs = [[]];
  let breaks = 0;
  for (const piece of pieces.map(piece => piece.isBreak === undefined ? { ...piece, text: tidied(piece.text) } : piece)) {
    if (piece.isBreak === false || piece.text === '') {
      continue;
    }
    if (piece.isBreak) {
      breaks++;
      if (breaks === 2) {
        paragraphs.push([]);
      }
    } else if (piece.text.trim() || breaks === 0) {
      if (breaks === 1 && paragraphs.at(-1).length > 0) {
        paragraphs.at(-1).push({ isBreak: true });
      }
      breaks = 0;
      paragraphs.at(-1).push(piece);
    }
  }
  return paragraphs.map(unwrapped).map(trimmed).filter(run => run.length > 0);
}

/** Lines that were broken where a screen of eighty signs ended go on. */
function unwrapped(run) {
  const lines = run.map(piece => piece.isBreak ? '\n' : piece.text).join('').split('\n');
  return isWrapped(lines) ? run.map(piece => piece.isBreak ? { text: ' ', marks: [] } : piece) : run;
}

function isWrapped(lines) {
  const longest = Math.max(...lines.map(line => line.trimEnd().length));
  return lines.length >= 3 && longest >= 50 && longest <= 90 && lines.slice(0, -1).filter(line => line.trimEnd().length >= longest * .75).length >= (lines.length - 1) * .8;
}

function trimmed(run) {
  const words = [];
  for (const piece of run) {
    const last = words.at(-1);
    const isEdge = !last || last.isBreak || / $/.test(last.text);
    if (piece.isBreak) {
      if (last) {
        last.text = last.text.trimEnd();
      }
      words.push(piece);
    } else {
      const text = isEdge ? piece.text.trimStart() : piece.text;
      if (text) {
        words.push({ ...piece, text });
      }
    }
  }
  while (words.length > 0 && (words.at(-1).isBreak || words.at(-1).text.trim() === '')) {
    words.pop();
  }
  if (words.length > 0) {
    words.at(-1).text = words.at(-1).text.trimEnd();
  }
  return words.filter(piece => piece.isBreak || piece.text);
}

const inlineOf = (run, onOneLine = false) => run.map(piece => piece.isBreak ? onOneLine ? schema.text(' ') : nodes.hard_break.create() : schema.text(piece.text, piece.marks));

// ---- READ MORE

const leadTo = (label, lines) => nodes.read_more.create({ label }, lines.map(line => nodes.read_more_line.create(null, line ? schema.text(line) : null)));

/** As it stands in the Markdown: our own story by its number, an outside page by its link, anything else by its words. */
function lineOf(run, rest) {
  const links = [...new Set(run.filter(piece => !piece.isBreak && piece.text.trim()).map(piece => marks.link.isInSet(piece.marks)?.attrs.href).filter(Boolean))];
  const linked = run.filter(piece => !piece.isBreak && marks.link.isInSet(piece.marks)).map(piece => piece.text).join('').trim();
  if (links.length !== 1 || linked.length < rest.length * .8) {
    return rest;
  }
  return /^story:\d+$/i.test(links[0]) ? links[0] : `[${rest.replace(/[\\[\]]/g, '\\$&')}](${links[0]})`;
}

/** Items by their depth become lists, and a label alone takes the list or the link below it. */
function gathered(blocks) {
  const done = [];
  for (let i = 0; i < blocks.length; i++) {
    if (blocks[i].item) {
      const items = blocks.slice(i, blocks.findIndex((block, at) => at > i && !block.item) >>> 0);
      done.push(...nested(items));
      i += items.length - 1;
    } else if (blocks[i].label) {
      const lines = linesOf(blocks[i + 1]);
      done.push(leadTo(blocks[i].label, lines ?? ['']));
      i += lines ? 1 : 0;
    } else {
      done.push(blocks[i]);
    }
  }
  return done;
}

function linesOf(below) {
  const lines = [];
  const take = paragraph => {
    const run = [];
    paragraph.forEach(child => run.push({ text: child.text ?? ' ', marks: child.marks }));
    lines.push(lineOf(run, paragraph.textContent));
  };
  if (below?.type === nodes.bullet_list || below?.type === nodes.ordered_list) {
    below.forEach(item => take(item.firstChild));
    return lines;
  }
  if (below?.type === nodes.paragraph && below.childCount === 1 && marks.link.isInSet(below.firstChild.marks)) {
    take(below);
    return lines;
  }
  return null;
}

// ---- lists

function itemOf(node, context) {
  if (node.name === 'li' && (node.attrs['aria-level'] ?? node.attrs['data-aria-level'])) {
    return { level: Number(node.attrs['data-aria-level'] ?? node.attrs['aria-level']) || 1, isOrdered: context.listIs === 'ol', start: 1 };
  }
  const level = /mso-list:l\d+ level(\d+)/.exec(styleOf(node))?.[1];
  if (!level || context.isItem) {
    return null;
  }
  const sign = all(node, inner => /mso-list:ignore/.test(styleOf(inner))).map(textOf).join('').trim();
  return { level: Number(level), isOrdered: /^\(?([0-9]+|[a-z]|[ivx]+)[.)]/i.test(sign), start: parseInt(sign, 10) || 1 };
}

const textOf = node => isElement(node) ? node.name === 'br' ? '\n' : node.children.map(textOf).join('') : node.text;

function nested(items) {
  const lists = [];
  for (let i = 0; i < items.length;) {
    const { level, isOrdered, start } = items[i].item;
    const own = [];
    while (i < items.length && items[i].item.level >= level && (items[i].item.level > level || items[i].item.isOrdered === isOrdered)) {
      if (items[i].item.level === level || own.length === 0) {
        own.push([...items[i].blocks]);
        i++;
      } else {
        const end = items.findIndex((item, at) => at > i && item.item.level <= level) >>> 0;
        const deeper = items.slice(i, end);
        own.at(-1).push(...nested(deeper));
        i += deeper.length;
      }
    }
    lists.push(listOf(isOrdered, start, own));
  }
  return lists;
}

function listOf(isOrdered, start, items) {
  const isItemPart = block => [nodes.paragraph, nodes.bullet_list, nodes.ordered_list, nodes.blockquote, nodes.source].includes(block.type);
  const part = block => isItemPart(block) ? block : block.type === nodes.heading ? nodes.paragraph.create(null, block.content) : nodes.paragraph.create(null, block.textContent ? schema.text(block.type === nodes.read_more ? `${block.attrs.label}: ${block.textContent}` : block.textContent) : null);
  const made = items.map(blocks => {
    const parts = blocks.map(part);
    return nodes.list_item.create(null, parts[0].type === nodes.paragraph ? parts : [nodes.paragraph.create(), ...parts]);
  });
  const type = isOrdered ? nodes.ordered_list : nodes.bullet_list;
  return type.create(isOrdered ? { start } : null, made);
}

// ---- tables

const rowsOf = table => table.children.flatMap(child => child.name === 'tr' ? [child] : /^t(head|body|foot)$/.test(child.name ?? '') ? rowsOf(child) : []);

function isLayout(table, cells) {
  return table.attrs.role === 'presentation' || cells.length < 2 || cells.every(row => row.length < 2)
    || cells.flat().some(cell => cell.children.some(child => some(child, inner => /^(table|h[1-6]|blockquote)$/.test(inner.name))) || textOf(cell).length > 400);
}

// ---- plain words

const OF_THE_AGENCY = /^[ \t]*(\(MORE\)|MORE|-+ ?30 ?-+|-0-|ENDS?|\/?ENDS\/?|NNNN|\(END\))[ \t]*$/;

/** Wire copy as Markdown: its indents and the ends of its lines mean nothing, and neither do the words by which agencies close a take. */
export function plainCopy(text) {
  const lines = text.replace(/\r\n?|\f/g, '\n').replace(/[\u200b\ufeff\u00ad\u2060]/g, '').replaceAll('\u00a0', ' ').split('\n');
  const isMarkdown = lines.some(line => /^ {0,3}(```|~~~|:::|[-*+] |\d+[.)] |> |\|)/.test(line));
  const kept = lines.filter(line => !OF_THE_AGENCY.test(line));
  const dropped = kept.length < lines.length ? { agency: lines.length - kept.length } : {};
  const markdown = (isMarkdown ? kept : withoutIndents(kept)).join('\n');
  return { markdown: isMarkdown ? markdown : markdown.split(/\n{2,}/).map(joined).join('\n\n').trim(), dropped };
}

/** Where some lines stand further in, each of those begins a paragraph. */
function withoutIndents(lines) {
  const deepest = line => /^(?:\t|[ ]{2,})(?=\S)/.test(line);
  const begins = lines.some(line => line.trim() && !deepest(line));
  return lines.flatMap((line, i) => begins && deepest(line) && i > 0 && lines[i - 1].trim() ? ['', line.trim()] : [line.trim()]);
}

function joined(paragraph) {
  const lines = paragraph.split('\n');
  return isWrapped(lines) && !lines.some(line => /^\p{Lu}[\p{Lu} '’]{2,30}:/u.test(line)) ? lines.join(' ') : paragraph;
}
