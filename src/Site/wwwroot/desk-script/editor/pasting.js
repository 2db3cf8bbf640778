// What comes by the clipboard as words is Markdown, and what is copied out of the copy as words is Markdown too.

import { Fragment, Slice } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import { isLine, schema } from './schema.js';

export function pasting(reader, writer) {
  function sliceOf(text, $context) {
    const words = text.replace(/\r\n?/g, '\n');
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
