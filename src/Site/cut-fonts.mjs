// Cuts the paper's typeface to what readers' pages set: Western European letters and the weights between text and bold.
// What other letters need stays in the uncut "latin-ext" files, which browsers fetch only where such a letter stands.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import subset from 'subset-font';

const from = 'node_modules/@fontsource-variable/newsreader/files/';
const to = 'node_modules/.newsreader/';

const range = (first, last) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
const letters = range(0x20, 0x7e) + range(0xa0, 0xff) + 'ıŒœŠšŽžŸ' + range(0x2010, 0x2027) + '‰′″‹›⁄€™←↑→↓−×÷';

await mkdir(to, { recursive: true });
for (const file of ['newsreader-latin-wght-normal.woff2', 'newsreader-latin-wght-italic.woff2']) {
  const cut = await subset(await readFile(from + file), letters, { targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 700 } } });
  await writeFile(to + file, cut);
}
