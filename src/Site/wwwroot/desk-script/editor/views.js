// How blocks that are more than words are shown while they are written.

import { NodeSelection } from 'prosemirror-state';

function el(tag, className, words = '') {
  const dom = document.createElement(tag);
  dom.className = className;
  dom.textContent = words;
  return dom;
}

/** What is not typed in: the cursor passes it by. */
function fixed(dom) {
  dom.contentEditable = 'false';
  return dom;
}

class LeadView {
  constructor(node, view, getPos, labels) {
    Object.assign(this, { view, getPos });
    this.dom = el('div', 'read-more');
    this.contentDOM = el('div', 'read-more-lines');
    this.label = document.createElement('select');
    this.label.setAttribute('aria-label', 'Label of this block');
    for (const label of new Set([...labels, node.attrs.label])) {
      this.label.append(new Option(label, label));
    }
    this.label.addEventListener('change', () => this.relabel());
    const grip = el('span', 'grip', '⠿');
    grip.title = 'Drag it, or move it with Alt-↑ and Alt-↓';
    grip.setAttribute('aria-hidden', 'true');
    grip.addEventListener('mousedown', () => view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, getPos()))));
    const head = fixed(el('p', 'read-more-label'));
    head.append(grip, this.label);
    this.dom.append(head, this.contentDOM);
    this.update(node);
  }

  relabel() {
    const { view } = this;
    const node = view.state.doc.nodeAt(this.getPos());
    view.dispatch(view.state.tr.setNodeMarkup(this.getPos(), null, { ...node.attrs, label: this.label.value }));
  }

  update(node) {
    if (node.type.name !== 'read_more') {
      return false;
    }
    this.dom.dataset.label = this.label.value = node.attrs.label;
    return true;
  }

  stopEvent(event) {
    return this.label === event.target;
  }

  ignoreMutation(mutation) {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target);
  }
}

class PictureView {
  constructor(node) {
    this.dom = el('figure', 'figure');
    this.dom.dataset.picture = node.attrs.id;
    this.image = fixed(el('div', 'picture-shown', `Picture ${node.attrs.id}`));
    this.contentDOM = el('div', 'picture-said');
    this.dom.append(this.image, this.contentDOM);
    this.show(node.attrs.id);
  }

  async show(id) {
    const answer = await fetch(`/desk/pictures/${id}/card`).catch(() => null);
    if (answer?.ok) {
      const card = new DOMParser().parseFromString(await answer.text(), 'text/html');
      this.image.replaceChildren(...card.querySelectorAll('img'));
    }
  }

  update(node) {
    return node.type.name === 'picture' && String(node.attrs.id) === this.dom.dataset.picture;
  }

  ignoreMutation(mutation) {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target);
  }
}

export const nodeViewsWith = labels => ({
  read_more: (node, view, getPos) => new LeadView(node, view, getPos, labels),
  picture: node => new PictureView(node),
});
