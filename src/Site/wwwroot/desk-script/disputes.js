// What two people have changed in one place, each otherwise: both texts side by side, beside the copy, until the editor has chosen.
// Nothing stands over the text, and writing goes on.

const NAMES = {
  copy: 'Copy', backstory: 'How we did this', headline: 'Headline', frontHeadline: 'Headline on fronts and cards', searchHeadline: 'Headline for search engines',
  shareHeadline: 'Headline where the story is shared', standfirst: 'Standfirst', kicker: 'Kicker', slug: 'Words in the address', dateline: 'Dateline',
  creditLine: 'Other names', pictureId: 'Main picture', pictureAlt: 'What the picture shows', pictureCaption: 'Caption', sectionId: 'Section', kind: 'Kind',
};

/**
 * @param onChoose  called with what was in dispute, and with 'mine', 'theirs' or 'both'
 * @param backToWriting  called when the last choice is made
 */
export function showsDisputes(form, onChoose, backToWriting) {
  const box = document.getElementById('disputes');
  const list = document.getElementById('disputes-list');
  const said = document.getElementById('disputes-said');
  const way = document.getElementById('to-disputes');
  let shown = '';

  return answer => {
    const disputes = answer?.disputes ?? [];
    const now = JSON.stringify(disputes.map(({ field, theirs, mine }) => [field, theirs, mine]));
    if (now === shown) {
      return;
    }
    const hadFocus = box.contains(document.activeElement);
    shown = now;
    box.hidden = way.hidden = disputes.length === 0;
    said.textContent = disputes.length === 0 ? '' : `${answer.by ?? 'Somebody'} has changed the same ${disputes.length === 1 ? 'place' : 'places'} as you. Nothing of either text is lost; choose what is to stand.`;
    way.textContent = disputes.length === 1 ? 'Two texts to choose between' : `Two texts to choose between, in ${disputes.length} places`;
    list.replaceChildren(...disputes.map(dispute => article(dispute, answer.by ?? 'Somebody')));
    if (hadFocus) {
      const next = list.querySelector('button');
      next ? next.focus() : backToWriting();
    }
  };

  function article(dispute, by) {
    const item = document.createElement('li');
    const name = document.createElement('h3');
    name.textContent = NAMES[dispute.field] ?? dispute.field;
    const both = document.createElement('div');
    both.className = 'both-texts';
    both.append(one('Yours', words(dispute.field, dispute.mine)), one(`By ${by}`, words(dispute.field, dispute.theirs)));
    const buttons = document.createElement('p');
    buttons.append(choice(dispute, 'mine', 'Keep yours'), ' ', choice(dispute, 'theirs', 'Take theirs'));
    if (!dispute.values && dispute.mine && dispute.theirs) {
      buttons.append(' ', choice(dispute, 'both', 'Keep both'));
    }
    item.append(name, both, buttons);
    return item;
  }

  function one(title, text) {
    const part = document.createElement('div');
    const heading = document.createElement('h4');
    heading.textContent = title;
    const quote = document.createElement('blockquote');
    quote.textContent = text || 'Nothing: it was taken out.';
    quote.classList.toggle('is-empty', !text);
    part.append(heading, quote);
    return part;
  }

  /** A section is told by its number, which an editor does not know. */
  function words(field, value) {
    const options = form.elements.namedItem(field)?.options;
    return options ? [...options].find(option => option.value === value)?.text ?? value : value;
  }

  function choice(dispute, what, label) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', () => onChoose(dispute, what));
    return button;
  }
}
