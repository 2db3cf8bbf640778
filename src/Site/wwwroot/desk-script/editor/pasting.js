// What comes by the clipboard as words is Markdown, and what is copied out of the copy as words is Markdown too. What comes from other
// programs is cleaned first; whoever pastes is told what had no place here.

import { Fragment, Slice } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import { cleaned, leftOut, plainCopy } from './cleaning.js';
import { isLine, schema } from './schema.js';

/** Our own stories by the addresses that readers have of them, and editors. */
function storyAt(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.origin === location.origin ? /^\/(?:desk\/stories|(?!desk\/)[^/]+)\/(\d+)(\/|$)/.exec(url.pathname)?.[1] ?? null : null;
}

const treeOf = node => node.nodeType === Node.TEXT_NODE ? { text: node.data } : {
  name: node.localName,
  attrs: Object.fromEntries([...node.attributes].map(({ name, value }) => [name === 'data-style' ? 'style' : name, value])),
  children: [...node.childNodes].filter(child => child.nodeType === Node.TEXT_NODE || child.nodeType === Node.ELEMENT_NODE).map(treeOf),
};

/** Even a document that nobody shows breaks the page's rules with styles of its own, and is told so for each of them. */
const unstyled = html => html.replace(/<style[\s\S]*?<\/style>/gi, '').replace(/<[a-z][^>]*>/gi, tag => tag.replace(/\sstyle(?=\s*=)/gi, ' data-style').replace(/\son(?=[a-z]+\s*=)/gi, ' data-on'));

/** Null where the words alone are meant: from ourselves, or from an editor of plain text. */
function blocksOf(data, reader) {
  const html = data?.getData('text/html');
  return html && !/data-pm-slice/.test(html) && !data.types.includes('vscode-editor-data')
    ? cleaned(treeOf(new DOMParser().parseFromString(unstyled(html), 'text/html').documentElement), reader, storyAt)
    : null;
}

/** Pasted copy as Markdown, its first block in plain words: that may be a headline. */
export function wordsOf(data, reader, writer, tell) {
  const { blocks, dropped } = blocksOf(data, reader) ?? {};
  if (!blocks?.length) {
    const plain = plainCopy(data.getData('text/plain'));
    tell(leftOut(plain.dropped));
    return plain.markdown;
  }
  tell(leftOut(dropped));
  const [first, ...rest] = blocks;
  const markdownOf = blocks => blocks.length > 0 ? writer.write(schema.nodes.doc.create(null, blocks)).markdown : '';
  return first.isTextblock ? `${first.textContent}\n\n${markdownOf(rest)}`.trimEnd() : markdownOf(blocks);
}

/** @param tell  called with what was left out, in words */
export function pasting(reader, writer, tell) {
  function sliceOf(text, $context) {
    const { markdown: words, dropped } = plainCopy(text);
    tell(leftOut(dropped));
    if (isLine($context.parent)) {
      return new Slice(Fragment.from(schema.text(words.trim().replace(/\s+/g, ' ') || ' ')), 0, 0);
    }
    const blocks = [];
    reader.document(words.trim()).forEach(node => blocks.push(node.type.create({ ...node.attrs, gap: null }, node.content)));
    return Slice.maxOpen(Fragment.from(blocks), false);
  }

  function markdownOf(slice) {
    const blocks = [];
    slice.content.forEach(node => blocks.push(node));
    if (blocks.length === 0 || blocks[0].isInline || blocks.some(node => !schema.nodes.doc.contentMatch.matchType(node.type))) {
      return slice.content.textBetween(0, slice.content.size, '\n\n');
    }
    return writer.write(schema.nodes.doc.create(null, blocks)).markdown;
  }

  return [new Plugin({
    props: {
      clipboardTextParser: sliceOf,
      clipboardTextSerializer: markdownOf,
      handleDOMEvents: {
        // Before the editor's own, which would read the whole of it too.
        paste(view, event) {
          const { parent } = view.state.selection.$from;
          const { blocks, dropped } = isLine(parent) || parent.type.spec.code ? {} : blocksOf(event.clipboardData, reader) ?? {};
          if (!blocks?.length) {
            return false;
          }
          event.preventDefault();
          view.dispatch(view.state.tr.replaceSelection(Slice.maxOpen(Fragment.from(blocks), false)).scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
          tell(leftOut(dropped));
          return true;
        },
        // Dictation and other helpers bring several paragraphs as one piece of typing.
        beforeinput(view, event) {
          if (event.inputType !== 'insertText' || !event.data?.includes('\n') || view.state.selection.$from.parent.type.spec.code) {
            return false;
          }
          event.preventDefault();
          view.pasteText(event.data);
          return true;
        },
      },
    },
  })];
}
