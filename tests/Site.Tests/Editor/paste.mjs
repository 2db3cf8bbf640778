// What the editor makes of a clipboard.
//   node paste.mjs <folder of the editor's modules> <html | plain>
// takes it from standard input, and tells the Markdown and what was left out.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse } from 'parse5';

const [folder, form] = process.argv.slice(2);
const part = name => import(pathToFileURL(`${folder}/${name}.js`));
const [{ Reader }, { Writer }, { dialectWith }, { cleaned, leftOut, plainCopy }, { schema }] = await Promise.all(['reading', 'writing', 'dialect', 'cleaning', 'schema'].map(part));

const reader = new Reader(dialectWith(['READ MORE', 'RELATED', 'WATCH', 'LISTEN', 'JUST IN', 'DON’T MISS']));

const treeOf = node => node.nodeName === '#text' ? { text: node.value }
  : { name: node.nodeName, attrs: Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value])), children: (node.childNodes ?? []).filter(child => child.nodeName === '#text' || child.tagName).map(treeOf) };

const storyAt = address => /^https:\/\/defender\.example\/[^/]+\/(\d+)\//.exec(address)?.[1] ?? null;

function fromHtml(html) {
  const { blocks, dropped } = cleaned(treeOf(parse(html)), reader, storyAt);
  const doc = schema.nodes.doc.create(null, blocks);
  doc.check();
  return { markdown: new Writer(reader).write(doc).markdown, dropped };
}

function fromWords(words) {
  const { markdown, dropped } = plainCopy(words);
  return { markdown: new Writer(reader).write(reader.document(markdown)).markdown, dropped };
}

const { markdown, dropped } = (form === 'html' ? fromHtml : fromWords)(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify({ markdown, leftOut: leftOut(dropped) }));
