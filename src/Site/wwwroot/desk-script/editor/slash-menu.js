// A slash on an empty line offers the blocks there are; words behind it choose among them. It stays a slash for whoever goes on typing
// something else, or presses Escape.

import { Plugin, PluginKey } from 'prosemirror-state';
import { mayPut, putBlock } from './blocks.js';
import { schema } from './schema.js';

const key = new PluginKey('slash-menu');
const LONGEST = 24;

const wordsIn = text => text.toLowerCase().split(/[\s’'-]+/).filter(Boolean);

const startsWord = (text, words) => words.every(word => wordsIn(text).some(other => other.startsWith(word)));

/** What stands behind the slash; null where no menu belongs. */
function askedIn(state) {
  const { $from, empty } = state.selection;
  const text = $from.parent.type === schema.nodes.paragraph ? $from.parent.textContent : '';
  return empty && $from.parentOffset === $from.parent.content.size && /^\/(?!\s)/.test(text) && text.length <= LONGEST ? text.slice(1) : null;
}

export function slashMenu(blocks) {
  function hitsIn(state) {
    const asked = key.getState(state).isOpen ? askedIn(state) : null;
    if (asked === null) {
      return [];
    }
    const words = wordsIn(asked);
    const byName = blocks.filter(block => startsWord(block.name, words));
    return [...byName, ...blocks.filter(block => !byName.includes(block) && startsWord(`${block.name} ${block.words}`, words))].filter(block => mayPut(state, block));
  }

  const at = (state, hits) => Math.min(key.getState(state).at, hits.length - 1);

  function take(view, block) {
    putBlock(block, view.state.selection.$from.parent.textContent)(view.state, view.dispatch);
  }

  return new Plugin({
    key,
    state: {
      init: () => ({ isOpen: false, at: 0 }),
      apply(transaction, value, _, state) {
        const told = transaction.getMeta(key);
        if (told) {
          return { ...value, ...told };
        }
        const isOpen = value.isOpen && askedIn(state) !== null;
        return isOpen === value.isOpen && !transaction.docChanged ? value : { isOpen, at: 0 };
      },
    },
    props: {
      attributes(state) {
        const hits = hitsIn(state);
        return hits.length === 0 ? null : { 'aria-haspopup': 'listbox', 'aria-controls': 'slash-menu', 'aria-activedescendant': `slash-${at(state, hits)}` };
      },
      handleTextInput(view, from, to, text) {
        const { $from } = view.state.selection;
        if (text !== '/' || from !== to || $from.parent.type !== schema.nodes.paragraph || $from.parent.content.size > 0) {
          return false;
        }
        view.dispatch(view.state.tr.insertText('/').setMeta(key, { isOpen: true, at: 0 }));
        return true;
      },
      handleKeyDown(view, event) {
        const hits = hitsIn(view.state);
        if (hits.length === 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
          return false;
        }
        const now = at(view.state, hits);
        const next = { ArrowDown: (now + 1) % hits.length, ArrowUp: (now + hits.length - 1) % hits.length, PageDown: hits.length - 1, PageUp: 0 }[event.key];
        if (next !== undefined) {
          view.dispatch(view.state.tr.setMeta(key, { at: next }));
        } else if (event.key === 'Enter' || event.key === 'Tab') {
          take(view, hits[now]);
        } else if (event.key === 'Escape') {
          view.dispatch(view.state.tr.setMeta(key, { isOpen: false }));
        } else {
          return false;
        }
        return true;
      },
      handleDOMEvents: {
        blur(view) {
          if (key.getState(view.state).isOpen) {
            view.dispatch(view.state.tr.setMeta(key, { isOpen: false }));
          }
          return false;
        },
      },
    },
    view: view => new Menu(view, hitsIn, at, take),
  });
}

class Menu {
  constructor(view, hitsIn, at, take) {
    Object.assign(this, { hitsIn, at, shown: [] });
    this.list = document.createElement('ul');
    this.list.id = 'slash-menu';
    this.list.className = 'slash-menu';
    this.list.hidden = true;
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', 'Blocks');
    this.list.addEventListener('mousedown', event => {
      event.preventDefault();
      const option = event.target.closest('[role="option"]');
      if (option) {
        take(view, this.shown[[...this.list.children].indexOf(option)]);
      }
    });
    view.dom.after(this.list);
  }

  update(view) {
    const hits = this.hitsIn(view.state);
    this.list.hidden = hits.length === 0;
    if (hits.length === 0) {
      this.shown = hits;
      return;
    }
    if (hits.length !== this.shown.length || hits.some((hit, i) => hit !== this.shown[i])) {
      this.list.replaceChildren(...hits.map((hit, i) => {
        const option = document.createElement('li');
        Object.assign(option, { id: `slash-${i}`, textContent: hit.name });
        option.setAttribute('role', 'option');
        return option;
      }));
    }
    this.shown = hits;
    const chosen = this.at(view.state, hits);
    [...this.list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === chosen)));
    this.place(view);
    this.list.children[chosen].scrollIntoView({ block: 'nearest' });
  }

  /** Below the line, or above it where there is no room. */
  place(view) {
    const line = view.coordsAtPos(view.state.selection.from);
    const around = this.list.offsetParent.getBoundingClientRect();
    const isAbove = line.bottom + this.list.offsetHeight > innerHeight && line.top > this.list.offsetHeight;
    this.list.style.insetBlockStart = `${(isAbove ? line.top - this.list.offsetHeight - 4 : line.bottom + 4) - around.top}px`;
    this.list.style.insetInlineStart = `${Math.max(0, Math.min(line.left - around.left, around.width - this.list.offsetWidth))}px`;
  }

  destroy() {
    this.list.remove();
  }
}
