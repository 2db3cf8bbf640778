// Reads copies as the editor does, in a real JavaScript engine, and tells what it would write.
//   node rewrite.mjs <folder of the editor's modules> <seed> <how many copies to make up>
// takes further copies as a JSON array from standard input. What breaks a promise is told in `broken`; `rewritten` holds each copy and
// what it becomes when every block of it is written anew, for the server to say whether it is still the same.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { madeUp, randomFrom } from './made-up-copy.mjs';

const [folder, seed, count] = process.argv.slice(2);
const part = name => import(pathToFileURL(`${folder}/${name}.js`));
const [{ Reader }, { Writer }, { dialectWith }, { shapeOf }, { isLine, schema }] = await Promise.all(['reading', 'writing', 'dialect', 'shape', 'schema'].map(part));

const dialect = dialectWith(['READ MORE', 'RELATED', 'WATCH', 'LISTEN', 'JUST IN', 'DON’T MISS']);
const random = randomFrom(Number(seed));
const result = { broken: [], rewritten: [], blocks: 0, asWritten: 0 };

const broke = (promise, copy, found) => result.broken.push({ promise, copy, found });

const withChild = (node, i, child) => node.copy(node.content.replaceChild(i, child));

/** The same block with words added where a person might type them; null where they might break what is written there. */
function edited(node) {
  if (node.type === schema.nodes.source) {
    return null;
  }
  if (node.inlineContent) {
    return node.copy(node.content.append(schema.nodes.paragraph.create(null, schema.text(isLine(node) ? 'x' : ' and so on')).content));
  }
  for (let i = node.childCount - 1; i >= 0; i--) {
    const child = edited(node.child(i));
    if (child) {
      return withChild(node, i, child);
    }
  }
  return null;
}

function anew(doc) {
  const blocks = [];
  doc.forEach(node => blocks.push(node.type.create({ ...node.attrs, source: null }, node.content)));
  return schema.nodes.doc.create(doc.attrs, blocks);
}

/** What is opened and not closed takes in whatever comes after it, here as for the server. */
function isOpenEnded(reader, node) {
  return node.type === schema.nodes.source && reader.cut(`${node.textContent}\n\nx`).pieces.length === 1;
}

function check(copy) {
  const reader = new Reader(dialect);
  const writer = new Writer(reader);
  const doc = reader.document(copy);
  doc.check();
  writer.trust(doc);
  const { markdown, places } = writer.write(doc);
  if (markdown !== copy) {
    broke('what was read is written unchanged', copy, markdown);
    return;
  }
  doc.forEach(node => {
    result.blocks++;
    result.asWritten += node.type === schema.nodes.source ? 1 : 0;
  });

  if (Array.from({ length: doc.childCount }, (_, i) => doc.child(i)).some(node => isOpenEnded(reader, node))) {
    return;
  }

  const at = Math.floor(random() * doc.childCount);
  const typed = edited(doc.child(at));
  if (typed) {
    const changed = withChild(doc, at, typed);
    const now = writer.write(changed).markdown;
    const before = copy.slice(0, at === 0 ? places[0].from : places[at - 1].from + places[at - 1].text.length);
    const after = copy.slice(places[at].from + places[at].text.length).trimStart();
    const patched = before + copy.slice(before.length, places[at].from) + writer.textOf(typed) + copy.slice(places[at].from + places[at].text.length);
    if ((!now.startsWith(before) || !now.endsWith(after)) && shapeOf(reader.document(patched)) === shapeOf(changed)) {
      broke('an edit of one block leaves the others as they were', copy, now);
    }
    if (shapeOf(reader.document(now)) !== shapeOf(changed)) {
      broke('a changed block is read back as what it is', copy, now);
    }
  }

  const all = anew(doc);
  const rewritten = new Writer(reader).write(all).markdown;
  if (shapeOf(reader.document(rewritten)) !== shapeOf(all)) {
    broke('a copy written anew is read back as what it is', copy, rewritten);
  }
  result.rewritten.push([copy, rewritten]);
}

const copies = JSON.parse(readFileSync(0, 'utf8'));
for (let i = 0; i < Number(count); i++) {
  copies.push(madeUp(random));
}
copies.forEach(check);
process.stdout.write(JSON.stringify(result));
