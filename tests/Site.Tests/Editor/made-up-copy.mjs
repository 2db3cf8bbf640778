// Copy nobody wrote: blocks of every kind as editors write them, and signs that mean something among words, in any order.

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = state + 0x6d2b79f5 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
  };
}

const WORDS = ['the', 'river', 'Haumeford', 'council', '“quay”', 'don’t', '1984', '3.5m', 'e-mail', 'snake_case', 'a*b', '5 < 6', 'AT&T', '£40', 'naïve', '😀', '[sic]', 'why?', 'No.', 'https://a.b/c_d', 'C#', '100%', '~8', 'it’s:', '(sub)', 'x|y', '!'];

const SIGNS = [
  '\n', '\n\n', '\n\n\n', ' ', '  ', '    ', '\t', '> ', '- ', '* ', '+ ', '1. ', '7) ', '# ', '## ', '***', '---', '===', '```', '~~~', '`', '*', '**', '_', '__', '\\', '\\\n', '  \n', '&', '&lt;', '&mdash;', '&#106;', '&copy;',
  '[', ']', '(', ')', '![', '](', '<', '>', '"', '=', ':', 'word', 'Two words', '“', '”', '—', 'é', '\u00a0', '😀',
  'READ MORE:', 'READ MORE: ', '\nREAD MORE: ', '\n> READ MORE: ', '**WATCH:** ', '\nRELATED:\n- ', 'DON’T MISS: ', 'DON\'T MISS: x\n', 'story:7', '[a](story:7)', '[a](story:8 "t")', '[a][1]', '[1]: https://a.b\n', '<https://a.b>', '<a@b.c>',
  '\n:::\n', ':::', '\n::: ', '\n::: facts Title\n', '\n::: q&a\n', '**Who?** ', '\n::: quote\n', '\n::: said\n', '\n— Name\n', '\n-- ', '\n::: key points\n- a\n:::\n', '\n::: timeline T\n- **12 May 2021** b\n:::\n',
  '\n::: entry 2021-11-19 14:05 Headline\n', '\n| a | b |\n|---|--:|\n| 1 | 2 |\n', 'a | b\n- | -\n', '|', '\n\n![a](picture:7 "c")\n\n', '![a](picture:8)', '<b>', '<div>', '<!-- x -->',
];

export function madeUp(random) {
  const one = list => list[Math.floor(random() * list.length)];
  const times = (least, most, make) => Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, make);
  const chance = share => random() < share;

  const plain = () => times(1, 6, () => one(WORDS)).join(' ');
  const piece = depth => one([
    plain, plain, plain,
    () => depth > 0 ? `*${inner(depth - 1)}*` : plain(),
    () => depth > 0 ? `**${inner(depth - 1)}**` : plain(),
    () => `[${plain().replaceAll('[sic]', 'so')}](${one(['story:7', 'https://example.org/a_b?c=d&e=f', 'http://x.y "Title"'])})`,
    () => '`code *x* here`',
    () => `\\${one(['*', '_', '[', '#', '<', '&'])}`,
  ])();
  const inner = depth => times(1, 3, () => piece(depth)).join(' ').trim();
  const sentence = () => times(1, 4, () => piece(2)).join(one([' ', ' ', ' ', '\n', '\\\n', ' '])).trim();

  const list = depth => {
    const [mark, between] = [one(['-', '*', '1.', '4)']), one(['\n', '\n', '\n\n'])];
    return times(1, 4, (_, i) => {
      const sign = /\d/.test(mark) ? `${parseInt(mark, 10) + i}${mark.at(-1)}` : mark;
      const body = depth > 0 && chance(0.25) ? `${sentence()}${between}${list(depth - 1)}` : chance(0.1) && between === '\n\n' ? `${sentence()}\n\n${sentence()}` : sentence();
      return `${sign} ${body.replace(/\n(?!\n)/g, `\n${' '.repeat(sign.length + 1)}`)}`;
    }).join(between);
  };
  const target = () => one(['story:7', '[Their wording](story:9)', 'A headline: in *plain* words', '[Outside](https://a.b/c)', 'story:x', '']);
  const label = () => one(['READ MORE:', 'RELATED:', '**WATCH:**', 'DON’T MISS:', 'READ  MORE:']);
  const lead = () => chance(0.25) ? `${label()}${one(['\n', '\n\n'])}${times(2, 3, () => `- ${target()}`.trim()).join('\n')}` : `${label()} ${target()}`.trim();
  const picture = () => `![${chance(0.2) ? '' : plain().replaceAll('[sic]', '')}](picture:${1 + Math.floor(random() * 90)}${one(['', ' "A caption."', ' "With \\"quotes\\""'])})`;
  const heading = () => one([() => `${one(['##', '###', '#', '####'])} ${plain()}${one(['', ' ##', ' #x'])}`, () => `${plain()}\n${one(['===', '---'])}`])();
  const table = () => '| Name | Votes |\n|---|--:|\n| Ilda | 44,676 |\n| Corso | 43,758 |';
  const quote = () => blocks(1, 3, [sentence, sentence, () => list(0), lead]).split('\n').map(line => `> ${line}`.trimEnd()).join('\n');
  const element = () => {
    const [opening, make] = one([
      ['key points', () => list(0)], ['key points What we know', () => list(0)], ['facts The barrier', () => blocks(1, 3, [sentence, () => list(0), heading, lead, picture])],
      ['timeline', () => times(1, 3, () => `- **${one(['12 May 2018', 'June'])}** ${sentence()}`).join('\n')], ['q&a Yours', () => `**Who?**\n\n${sentence()}`],
      ['list', () => '1. **A.** b\n2. **C.** d'], ['table Count', () => `${table()}\n\nSource: us`], ['quote', () => `${plain()}${one(['', '\n— Ted, of *Sallow* Lane'])}`],
      ['said', () => `${sentence()}\n\n— [Memo](https://a.b), 3 May 2018`], ['entry 2021-11-19 14:05 Out', () => blocks(1, 3, [sentence, lead, () => `::: facts In it\n${plain()}\n:::`])],
    ]);
    return `::: ${opening}\n${make()}\n:::`;
  };
  const blocks = (least, most, kinds) => times(least, most, () => one(kinds)()).map((block, i) => i === 0 ? block : one(['\n\n', '\n\n', '\n\n', '\n\n\n', '\n\n \n', '\n']) + block).join('');
  const soup = () => times(1, 14, () => one(SIGNS)).join('');

  const kinds = [sentence, sentence, sentence, sentence, () => list(1), lead, lead, picture, heading, quote, element, table, () => '---', () => '```\ncode\n\n    here\n```'];
  const copy = chance(0.3) ? soup() : blocks(1, 8, chance(0.2) ? [...kinds, soup] : kinds);
  return one(['', '', '', '', '\n', '\n\n']) + copy + one(['', '', '', '\n', '\n\n']);
}
