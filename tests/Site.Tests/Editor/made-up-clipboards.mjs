// Clipboards nobody filled: elements of every kind in each other, in any order. Tells what could not be made into copy, or is not read
// back as it was written.
//   node made-up-clipboards.mjs <folder of the editor's modules> <how many>

import { pathToFileURL } from 'node:url';
import { randomFrom } from './made-up-copy.mjs';

const [folder, count] = process.argv.slice(2);
const part = name => import(pathToFileURL(`${folder}/${name}.js`));
const [{ Reader }, { Writer }, { dialectWith }, { cleaned }, { schema }] = await Promise.all(['reading', 'writing', 'dialect', 'cleaning', 'schema'].map(part));

const NAMES = ['p', 'div', 'span', 'b', 'i', 'a', 'ul', 'ol', 'li', 'blockquote', 'table', 'tr', 'td', 'th', 'tbody', 'h1', 'h3', 'br', 'hr', 'pre', 'code', 'img', 'script', 'del', 'figure', 'figcaption', 'caption', 'o:p', 'section'];
const TEXTS = ['word', ' ', 'READ MORE:', 'READ MORE: A story', 'Read more: ', '\n', '* star', '1. one', '# x', '|', '\u00a0', '😀', '```', ':::', 'a\nb\nc', 'The quick brown fox jumps over the lazy dog and goes on until the line is full', '[x](y)'];
const ATTRIBUTES = [
  { href: 'https://a.b/(c) d' }, { href: 'mailto:x' }, { href: '#cmnt1' }, { href: '#cmnt_ref1' }, { style: 'mso-list:l0 level1 lfo1' }, { style: 'mso-list:l0 level2 lfo1' }, { style: 'mso-list:Ignore' },
  { style: 'font-weight:bold' }, { style: 'font-style:italic' }, { 'aria-level': '1' }, { 'aria-level': '3' }, { colspan: '3', rowspan: '2' }, {}, {}, {}, {},
];

const reader = new Reader(dialectWith(['READ MORE', 'RELATED']));
const broken = [];
for (let seed = 1; seed <= Number(count); seed++) {
  const random = randomFrom(seed);
  const pick = list => list[Math.floor(random() * list.length)];
  const children = (depth, many) => Array.from({ length: many }, () => make(depth));
  const make = depth => random() < .35 || depth > 6 ? { text: pick(TEXTS) } : { name: pick(NAMES), attrs: pick(ATTRIBUTES), children: children(depth + 1, Math.floor(random() * 5)) };
  try {
    const { blocks } = cleaned({ name: 'html', attrs: {}, children: children(0, 4) }, reader);
    const doc = schema.nodes.doc.create(null, blocks.length > 0 ? blocks : [schema.nodes.paragraph.create()]);
    doc.check();
    const { markdown } = new Writer(reader).write(doc);
    if (new Writer(reader).write(reader.document(markdown)).markdown !== markdown) {
      broken.push(`${seed}: not read back as written`);
    }
  } catch (error) {
    broken.push(`${seed}: ${error.message}`);
  }
}
process.stdout.write(JSON.stringify(broken));
