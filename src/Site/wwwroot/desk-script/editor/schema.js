// What copy can be, as the editor shows it. Each block that stands in the copy itself remembers the Markdown it was read from
// (`source`) and what parted it from the one before (`gap`); see writing.js for what that is good for.

import { Schema } from 'prosemirror-model';

const asItCame = { source: { default: null }, gap: { default: null } };

const isAddress = href => /^(https?:\/\/|story:\d)/i.test(href ?? '');

const link = dom => isAddress(dom.getAttribute('href')) && { href: dom.getAttribute('href').replace(/[()\s<>\\]/g, encodeURIComponent).replace(/[()]/g, '\\$&') };

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+', attrs: { head: { default: '' }, tail: { default: '' } } },
    paragraph: {
      group: 'block quoted item', content: 'inline*', attrs: asItCame,
      parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0],
    },
    heading: {
      group: 'block quoted', content: 'inline*', defining: true, attrs: { ...asItCame, level: { default: 2 } },
      parseDOM: [{ tag: 'h1', attrs: { level: 2 } }, ...[2, 3, 4, 5, 6].map(level => ({ tag: `h${level}`, attrs: { level } }))],
      toDOM: node => [`h${node.attrs.level}`, 0],
    },
    bullet_list: {
      group: 'block quoted item', content: 'list_item+', attrs: { ...asItCame, tight: { default: true }, mark: { default: '-' } },
      parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0],
    },
    ordered_list: {
      group: 'block quoted item', content: 'list_item+', attrs: { ...asItCame, tight: { default: true }, start: { default: 1 }, mark: { default: '.' } },
      parseDOM: [{ tag: 'ol', getAttrs: dom => ({ start: Number(dom.getAttribute('start')) || 1 }) }],
      toDOM: node => ['ol', node.attrs.start === 1 ? {} : { start: node.attrs.start }, 0],
    },
    list_item: { content: 'paragraph item*', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    blockquote: {
      group: 'block quoted item', content: 'quoted+', defining: true, attrs: asItCame,
      parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', 0],
    },
    rule: { group: 'block quoted', attrs: asItCame, parseDOM: [{ tag: 'hr' }], toDOM: () => ['div', { class: 'rule' }, ['hr']] },

    // A label and where it leads. Each line is what stands in the Markdown, so it can be typed, pasted and tied like any words.
    read_more: {
      group: 'block quoted', content: 'read_more_line+', defining: true, isolating: true, attrs: { ...asItCame, label: { default: 'READ MORE' } },
      parseDOM: [{ tag: 'div[data-label]', getAttrs: dom => ({ label: dom.dataset.label }) }],
      toDOM: node => ['div', { class: 'read-more', 'data-label': node.attrs.label }, 0],
    },
    read_more_line: { content: 'text*', marks: '', line: true, parseDOM: [{ tag: 'p', context: 'read_more/', priority: 60 }], toDOM: () => ['p', { class: 'read-more-story' }, 0] },

    picture: {
      group: 'block quoted', content: 'picture_alt picture_caption', defining: true, isolating: true, attrs: { ...asItCame, id: {} },
      parseDOM: [{ tag: 'figure[data-picture]', getAttrs: dom => ({ id: dom.dataset.picture }) }],
      toDOM: node => ['figure', { class: 'figure', 'data-picture': node.attrs.id }, 0],
    },
    picture_alt: { content: 'text*', marks: '', line: true, parseDOM: [{ tag: 'p.alt', priority: 60 }], toDOM: () => ['p', { class: 'alt' }, 0] },
    picture_caption: { content: 'text*', marks: '', line: true, parseDOM: [{ tag: 'p.caption', priority: 60 }], toDOM: () => ['p', { class: 'caption' }, 0] },

    // Between lines of colons: a fact box, a timeline, an entry of a live story. The opening is what follows the colons.
    element: {
      group: 'block', content: 'element_opening block+ attribution?', defining: true, isolating: true, attrs: asItCame,
      parseDOM: [{ tag: 'section.element' }], toDOM: () => ['section', { class: 'element' }, 0],
    },
    element_opening: { content: 'text*', marks: '', line: true, parseDOM: [{ tag: 'p.opening', priority: 60 }], toDOM: () => ['p', { class: 'opening', spellcheck: 'false' }, 0] },
    attribution: { content: 'inline*', parseDOM: [{ tag: 'p.attribution', priority: 60 }], toDOM: () => ['p', { class: 'attribution' }, 0] },

    // Whatever has no form of its own here is shown as it is written, and edited so.
    source: {
      group: 'block quoted item', content: 'text*', marks: '', code: true, defining: true, attrs: asItCame,
      parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }], toDOM: () => ['pre', { class: 'as-written' }, 0],
    },
    text: { group: 'inline' },
    hard_break: { group: 'inline', inline: true, selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'], leafText: () => '\n' },
  },
  marks: {
    link: {
      inclusive: false, attrs: { href: {}, title: { default: null } },
      parseDOM: [{ tag: 'a[href]', getAttrs: link }], toDOM: mark => ['a', { href: mark.attrs.href }, 0],
    },
    strong: {
      parseDOM: [{ tag: 'strong' }, { tag: 'b', getAttrs: dom => dom.style.fontWeight !== 'normal' && null }, { style: 'font-weight=bold' }, { style: 'font-weight=700' }],
      toDOM: () => ['strong', 0],
    },
    em: { parseDOM: [{ tag: 'em' }, { tag: 'i', getAttrs: dom => dom.style.fontStyle !== 'normal' && null }, { style: 'font-style=italic' }], toDOM: () => ['em', 0] },
    code: { code: true, parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
  },
});

export const isEmptyParagraph = node => node.type === schema.nodes.paragraph && node.content.size === 0;

/** Textblocks that are one line in the Markdown. */
export const isLine = node => Boolean(node.type.spec.line);
