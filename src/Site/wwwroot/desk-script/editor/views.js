// How blocks that are more than words are shown while they are written.

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
  constructor(node) {
    this.dom = el('div', 'read-more');
    this.dom.dataset.label = node.attrs.label;
    this.label = fixed(el('p', 'read-more-label', node.attrs.label));
    this.contentDOM = el('div', 'read-more-lines');
    this.dom.append(this.label, this.contentDOM);
  }

  update(node) {
    if (node.type.name !== 'read_more') {
      return false;
    }
    this.dom.dataset.label = this.label.textContent = node.attrs.label;
    return true;
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

export const nodeViews = {
  read_more: node => new LeadView(node),
  picture: node => new PictureView(node),
};
