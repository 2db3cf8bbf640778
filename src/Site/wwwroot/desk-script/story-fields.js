// The fields of a story: what they say, and how another text comes into them while somebody writes.

const WORDS = [
  'headline', 'frontHeadline', 'searchHeadline', 'shareHeadline', 'standfirst', 'kicker', 'slug', 'dateline', 'creditLine', 'copy', 'backstory',
  'pictureId', 'pictureAlt', 'pictureCaption',
];
const TICKED = ['topicIds', 'writerIds'];

/**
 * @param onTicked  called when a name was ticked or unticked
 * @param showPicture  shows the picture that the fields name
 */
export function storyFields(form, { onTicked, showPicture }) {
  const field = name => form.elements.namedItem(name);
  const related = document.getElementById('related');

  const ticked = name => [...form.querySelectorAll(`input[name="${name}"]:checked`)].map(box => Number(box.value));
  const number = name => field(name).value ? Number(field(name).value) : null;

  function text() {
    return {
      kind: field('kind').value,
      headline: field('headline').value,
      frontHeadline: field('frontHeadline').value,
      searchHeadline: field('searchHeadline').value,
      shareHeadline: field('shareHeadline').value,
      standfirst: field('standfirst').value,
      kicker: field('kicker').value,
      slug: field('slug').value,
      dateline: field('dateline').value,
      creditLine: field('creditLine').value,
      copy: field('copy').value,
      backstory: field('backstory').value,
      pictureId: number('pictureId'),
      pictureAlt: field('pictureAlt').value,
      pictureCaption: field('pictureCaption').value,
      sectionId: number('sectionId'),
      topicIds: ticked('topicIds'),
      writerIds: ticked('writerIds'),
      relatedIds: [...related.children].map(item => Number(item.dataset.id)),
    };
  }

  /** As the server sent it: what was typed before this script came, or put back by the browser, is not saved. */
  function served() {
    const value = name => field(name).options ? [...field(name).options].find(option => option.defaultSelected)?.value ?? '' : field(name).defaultValue;
    const ids = name => [...form.querySelectorAll(`input[name="${name}"]`)].filter(box => box.defaultChecked).map(box => Number(box.value));
    return {
      ...text(),
      ...Object.fromEntries(['kind', ...WORDS].map(name => [name, value(name)])),
      pictureId: Number(value('pictureId')) || null,
      sectionId: Number(value('sectionId')) || null,
      topicIds: ids('topicIds'),
      writerIds: ids('writerIds'),
    };
  }

  const namesOfRelated = () => [...related.children].map(item => ({ id: Number(item.dataset.id), headline: item.querySelector('span').textContent }));

  /** Takes over a text whole, as this browser has kept it. */
  function fill(kept) {
    WORDS.forEach(name => put(name, kept[name] ?? ''));
    put('kind', kept.kind ?? 'Report');
    put('sectionId', kept.sectionId ?? '');
    TICKED.forEach(name => tick(name, kept[name] ?? []));
    related.replaceChildren(...(kept.related ?? []).map(relatedItem));
    showPicture();
    tellOf(field('copy'));
  }

  /**
   * Takes over what a colleague has changed.
   *
   * @param merged.text  what the fields are to say
   * @param merged.edits  for long fields what is new in them, from the end to the beginning, so that the cursor stays where it is
   * @param merged.names  of what the page may not know yet
   */
  function takeIn({ text: wanted, edits = {}, names = {} }) {
    for (const name of WORDS) {
      const before = field(name).value;
      edits[name]?.forEach(edit => splice(field(name), edit));
      put(name, wanted[name] ?? '');
      if (field(name).value !== before) {
        tellOf(field(name));
      }
    }
    put('kind', wanted.kind);
    offer('sectionId', names.sectionId);
    put('sectionId', wanted.sectionId ?? '');
    for (const name of TICKED) {
      offerTicks(name, names[name] ?? {});
      tick(name, wanted[name] ?? []);
    }
    const known = new Map(namesOfRelated().map(story => [story.id, story.headline]));
    const wantedRelated = wanted.relatedIds ?? [];
    if (wantedRelated.join() !== [...known.keys()].join()) {
      related.replaceChildren(...wantedRelated.map(id => relatedItem({ id, headline: names.relatedIds?.[id] ?? known.get(id) ?? `Story ${id}` })));
    }
    showPicture();
  }

  function put(name, value) {
    const box = field(name);
    if (box.value !== String(value)) {
      const { selectionStart, selectionEnd } = box;
      box.value = value;
      if (box === document.activeElement && selectionStart !== undefined && selectionStart !== null) {
        box.setSelectionRange(selectionStart, selectionEnd);
      }
    }
  }

  function tick(name, ids) {
    if (ids.join() === ticked(name).join()) {
      return;
    }
    form.querySelectorAll(`input[name="${name}"]`).forEach(box => { box.checked = false; });
    for (const id of ids) {
      const box = form.querySelector(`input[name="${name}"][value="${id}"]`);
      if (box) {
        box.checked = true;
        standInOrder(box);
      }
    }
  }

  function offer(name, options = {}) {
    for (const [id, words] of Object.entries(options)) {
      if (![...field(name).options].some(option => option.value === id)) {
        field(name).append(new Option(words, id));
      }
    }
  }

  function offerTicks(name, options) {
    for (const [id, words] of Object.entries(options)) {
      const like = form.querySelector(`[data-ticks="${name}"]`);
      if (like && !form.querySelector(`input[name="${name}"][value="${id}"]`)) {
        const label = document.createElement('label');
        const box = Object.assign(document.createElement('input'), { type: 'checkbox', name, value: id });
        label.append(box, ' ', words);
        like.append(label);
      }
    }
  }

  /** Names stand in the byline in the order they were ticked: the newest goes behind the others that are. */
  function standInOrder(box) {
    const [label, list] = [box.closest('label'), box.closest('.ticks')];
    const others = [...list.children].filter(other => other !== label && other.querySelector(':checked'));
    list.insertBefore(label, others.length > 0 ? others.at(-1).nextElementSibling : list.firstElementChild);
  }

  form.addEventListener('change', event => {
    if (event.target.matches('.ticks input:checked')) {
      standInOrder(event.target);
      event.target.focus();
      onTicked();
    }
  });

  return {
    text,
    served,
    fill,
    takeIn,
    /** What is kept in this browser: the text, and the headlines of the stories it was to lead to. */
    forKeeping: () => ({ ...text(), related: namesOfRelated() }),
    splice(name, edit) {
      splice(field(name), edit);
      tellOf(field(name));
    },
    set(values) {
      for (const [name, value] of Object.entries(values)) {
        put(name, value ?? '');
        tellOf(field(name));
      }
      showPicture();
    },
  };
}

/** Whoever shows the field in another way is told as if somebody had typed; nobody has, and it says so. */
const tellOf = box => box.dispatchEvent(new CustomEvent('input', { bubbles: true, detail: { isTakenIn: true } }));

/** Replaces some characters; the cursor, and what is selected, stay with the words they were at. */
export function splice(box, { at, length, words }) {
  const isBehind = place => place >= at + length && !(length === 0 && place === at && words.startsWith('\n'));
  const moved = place => isBehind(place) ? place + words.length - length : Math.min(place, at + words.length);
  const [from, to, top] = [moved(box.selectionStart), moved(box.selectionEnd), box.scrollTop];
  box.value = box.value.slice(0, at) + words + box.value.slice(at + length);
  box.setSelectionRange(from, to);
  box.scrollTop = top;
}

export function relatedItem(story) {
  const item = document.createElement('li');
  item.dataset.id = story.id;
  const name = document.createElement('span');
  name.textContent = story.headline;
  item.append(name, ' ', relatedButton('up', 'Up', story), ' ', relatedButton('out', 'Remove', story));
  return item;
}

function relatedButton(move, words, story) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.dataset.move = move;
  button.textContent = words;
  button.setAttribute('aria-label', `${words}: ${story.headline}`);
  return button;
}
