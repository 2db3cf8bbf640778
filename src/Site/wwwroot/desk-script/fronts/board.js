// The containers and their cards as the editor sees them. Elements are made once and brought up to date, so that focus and half-typed
// words stay where they are.

import { containerOf, holderOf, LARGEST, takesPins } from './arrangement.js';

const LAYOUTS = { Lead: 'Lead', Grid: 'Grid', List: 'Headlines', Opinion: 'Opinion', Picture: 'Picture across', MostRead: 'Most read' };
const BY = { Newest: 'the newest', MostRead: 'the most read', Nothing: 'nothing: pinned cards alone' };
const STATES = { Draft: 'Draft', Due: 'Due', Live: 'Live', Withdrawn: 'Withdrawn' };

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute === 'class') {
      made.className = value;
    } else if (attribute in made && typeof value !== 'string') {
      made[attribute] = value;
    } else {
      made.setAttribute(attribute, value);
    }
  }
  made.append(...children);
  return made;
}

const button = (act, words, more = {}) => element('button', { type: 'button', class: 'quiet', 'data-act': act, ...more }, words);

function say(node, words) {
  if (node.textContent !== words) {
    node.textContent = words;
  }
}

/** Also where somebody is typing: what is typed is in the value already, so another one is a colleague's, or undone. A number may be half typed. */
function write(field, value) {
  if (field.value === value || (field.type === 'number' && field === document.activeElement)) {
    return;
  }
  const [start, end] = field === document.activeElement && field.type !== 'select-one' ? [field.selectionStart, field.selectionEnd] : [];
  field.value = value;
  if (start !== undefined) {
    field.setSelectionRange(start, end);
  }
}

function options(select, pairs) {
  const now = JSON.stringify(pairs);
  if (select.dataset.options !== now) {
    const value = select.value;
    select.replaceChildren(...pairs.map(([value, words]) => element('option', { value: `${value}` }, words)));
    select.dataset.options = now;
    select.value = value;
  }
}

/** In their order; what is in its place already is not touched. */
function order(list, wanted) {
  const focused = document.activeElement;
  [...list.children].filter(child => !wanted.includes(child)).forEach(child => child.remove());
  wanted.forEach((child, index) => {
    if (list.children[index] !== child) {
      list.insertBefore(child, list.children[index] ?? null);
    }
  });
  if (focused !== document.activeElement && focused?.isConnected) {
    focused.focus({ preventScroll: true });
  }
}

/**
 * @param data  the sections, topics, kinds and layouts there are
 */
export function boardIn(list, data) {
  const containers = new Map();
  const cards = new Map();

  const kept = (map, key, make) => map.get(key) ?? map.set(key, make()).get(key);

  // ---- a container

  function makeContainer(key) {
    const id = `c-${key}`;
    const title = element('input', { id: `${id}-title`, class: 'container-title', maxlength: '60', 'data-field': 'title', placeholder: 'No title', 'aria-label': 'Title of the container' });
    const facts = element('p', { class: 'hint container-facts' });
    const grab = element('button', { type: 'button', class: 'grab', 'data-grab': 'container', 'aria-describedby': 'grab-help' });
    const settings = button('settings', 'Settings', { 'aria-expanded': 'false', 'aria-controls': `${id}-settings` });
    const remove = button('remove', 'Remove');
    const field = (name, words, input) => element('p', { class: 'field' }, element('label', { for: `${id}-${name}` }, words), Object.assign(input, { id: `${id}-${name}` }));
    const layout = element('select', { 'data-field': 'layout' });
    const size = element('input', { type: 'number', min: '1', max: `${LARGEST}`, 'data-field': 'size' });
    const [by, section, topic, kind] = ['by', 'sectionId', 'topicId', 'kind'].map(name => element('select', { 'data-fill': name }));
    options(layout, data.layouts.map(name => [name, LAYOUTS[name] ?? name]));
    options(by, Object.entries(BY));
    options(section, [['', 'any section'], ...data.sections.map(({ id, name }) => [id, name])]);
    options(topic, [['', 'any topic'], ...data.topics.map(({ id, name }) => [id, name])]);
    options(kind, [['', 'any kind'], ...data.kinds.map(name => [name, name])]);
    const box = element('fieldset', { id: `${id}-settings`, class: 'container-settings', hidden: true },
      element('legend', { class: 'unseen' }, 'Settings of the container'),
      field('layout', 'Layout', layout), field('size', 'Cards', size), field('by', 'Fills itself with', by), field('section', 'Section', section), field('topic', 'Topic', topic), field('kind', 'Kind', kind));
    const pins = element('ol', { class: 'cards pins' });
    const filled = element('ol', { class: 'cards filled' });
    const empty = element('p', { class: 'hint container-empty' });
    const item = element('li', { class: 'container', 'data-key': key },
      element('header', { class: 'container-head' }, grab, title, facts, element('span', { class: 'container-acts' }, settings, remove)), box, pins, filled, empty);
    return { item, title, facts, grab, settings, remove, layout, size, by, section, topic, kind, box, pins, filled, empty };
  }

  function showContainer(container, look, front) {
    const parts = kept(containers, container.key, () => makeContainer(container.key));
    const words = container.title || 'a container without a title';
    write(parts.title, container.title);
    write(parts.layout, container.layout);
    write(parts.size, `${container.size}`);
    write(parts.by, container.fill.by);
    write(parts.section, `${container.fill.sectionId ?? ''}`);
    write(parts.topic, `${container.fill.topicId ?? ''}`);
    write(parts.kind, container.fill.kind ?? '');
    parts.grab.setAttribute('aria-label', `Move the container ${words}`);
    parts.settings.setAttribute('aria-label', `Settings of ${words}`);
    parts.remove.setAttribute('aria-label', `Remove ${words}`);
    say(parts.facts, facts(container));
    for (const node of [parts.by, parts.section, parts.topic, parts.kind]) {
      node.disabled = !takesPins(container) || (node !== parts.by && container.fill.by === 'Nothing');
    }

    const shown = look.filled[container.key] ?? [];
    const fill = shown.filter(story => !holderOf(front, story));
    let room = container.size;
    order(parts.pins, container.pins.map(card => {
      const isLive = look.stories[card.storyId]?.state === 'Live';
      room -= isLive ? 1 : 0;
      return showCard(card, look, front, container, isLive && room < 0);
    }));
    order(parts.filled, takesPins(container) ? fill.slice(0, Math.max(0, room)).map(story => showFilled(story, look, container)) : []);
    say(parts.empty, takesPins(container) ? container.pins.length + fill.length === 0 ? 'Nothing to show: readers do not see this container.' : '' : 'Fills itself with what readers opened most in the last 24 hours.');
    parts.empty.hidden = !parts.empty.textContent;
    return parts.item;
  }

  function facts({ layout, size, fill }) {
    if (layout === 'MostRead') {
      return `Most read, ${size}`;
    }
    const name = (list, id) => list.find(other => other.id === id)?.name;
    const of = [name(data.sections, fill.sectionId), name(data.topics, fill.topicId), fill.kind].filter(Boolean).join(', ');
    const from = fill.by === 'Nothing' ? 'pinned cards alone' : `${fill.by === 'MostRead' ? 'most read' : 'newest'} of ${of || 'the whole paper'}`;
    return `${LAYOUTS[layout] ?? layout}, ${size} ${size === 1 ? 'card' : 'cards'} · ${from}`;
  }

  // ---- cards

  function makeCard(story) {
    const id = `s-${story}`;
    const thumb = element('img', { alt: '', width: 160, height: 120, loading: 'lazy', decoding: 'async' });
    const headline = element('p', { class: 'card-words' });
    const hint = element('p', { class: 'hint card-facts' });
    const marks = element('p', { class: 'card-marks' });
    const drift = element('p', { class: 'card-drift', hidden: true });
    const grab = element('button', { type: 'button', class: 'grab', 'data-grab': 'card', 'aria-describedby': 'grab-help' });
    const change = button('change', 'Change', { 'aria-expanded': 'false', 'aria-controls': `${id}-more` });
    const unpin = button('unpin', 'Unpin');
    const own = element('textarea', { id: `${id}-headline`, rows: '2', maxlength: '300', 'data-card': 'headline' });
    const standfirst = element('input', { type: 'checkbox', 'data-card': 'standfirst' });
    const standfirstLabel = element('label', {}, standfirst, ' Show the standfirst');
    const picture = element('p', { class: 'hint' });
    const ownPicture = button('own-picture', 'Use the story’s own');
    const to = element('select', { id: `${id}-to`, 'data-card': 'to' });
    const open = element('a', { href: `/desk/stories/${story}`, target: '_blank', rel: 'noopener' }, 'Open the story', element('span', { class: 'unseen' }, ' (in another tab)'));
    const more = element('fieldset', { id: `${id}-more`, class: 'card-more', hidden: true },
      element('legend', { class: 'unseen' }, 'How this front tells the story'),
      element('p', { class: 'field' }, element('label', { for: own.id }, 'Headline on this front'), own),
      element('div', { class: 'card-picture' }, picture, button('picture', 'Another picture…'), ownPicture),
      standfirstLabel,
      element('p', { class: 'field card-to' }, element('label', { for: to.id }, 'Move to…'), to), open);
    const item = element('li', { class: 'card-row', 'data-story': `${story}` },
      grab, element('span', { class: 'card-thumb' }, thumb), element('div', { class: 'card-said' }, headline, marks, drift), element('span', { class: 'card-acts' }, change, unpin), more);
    marks.append(hint);
    return { item, thumb, headline, hint, marks, drift, grab, change, unpin, own, standfirst, standfirstLabel, picture, ownPicture, to, more };
  }

  function showCard(card, look, front, container, isTooMuch) {
    const parts = kept(cards, `${card.storyId}`, () => makeCard(card.storyId));
    const story = look.stories[card.storyId];
    const words = card.headline || story?.headline || `Story ${card.storyId}`;
    say(parts.headline, words);
    showFacts(parts, story, card);
    showThumb(parts.thumb, look.pictures[card.pictureId]?.thumb ?? story?.thumb);
    showDrift(parts.drift, card, story);
    parts.item.classList.toggle('is-not-shown', story !== undefined && (story.state !== 'Live' || isTooMuch));
    if (isTooMuch) {
      parts.marks.append(mark('is-full', 'No room: the container is full'));
    }
    parts.grab.setAttribute('aria-label', `Move “${words}”`);
    parts.change.setAttribute('aria-label', `Change “${words}”`);
    parts.unpin.setAttribute('aria-label', `Unpin “${words}”`);
    write(parts.own, card.headline);
    parts.own.placeholder = story?.headline ?? '';
    parts.standfirst.checked = !card.hidesStandfirst;
    parts.standfirstLabel.hidden = !hasStandfirst(container) || story?.hasStandfirst === false;
    say(parts.picture, card.pictureId ? `Picture on this front: ${look.pictures[card.pictureId]?.words ?? ''}` : 'The story’s own picture.');
    parts.ownPicture.hidden = !card.pictureId;
    options(parts.to, [['', 'choose…'], ...front.containers.filter(other => takesPins(other)).flatMap(other => [[`${other.key} 0`, `${other.title || 'No title'}: first`], [`${other.key} 99`, `${other.title || 'No title'}: last`]])]);
    return parts.item;
  }

  const hasStandfirst = container => container.layout !== 'List';

  const mark = (kind, words) => element('span', { class: `card-mark ${kind}` }, words);

  function showFacts(parts, story, card) {
    const marks = [];
    if (story && story.state !== 'Live') {
      marks.push(element('span', { class: `state ${story.state.toLowerCase()}` }, STATES[story.state] ?? story.state), mark('', story.state === 'Due' ? ['comes by itself', story.when].filter(Boolean).join(', ') : 'readers do not see it'));
    }
    if (card?.headline) {
      marks.push(mark('', 'Own headline'));
    }
    if (card?.pictureId) {
      marks.push(mark('', 'Own picture'));
    }
    say(parts.hint, story ? [story.section, story.state === 'Live' ? story.when : '', story.reads?.replace(/(?<!,) /g, '\u00a0')].filter(Boolean).join(' · ') : '');
    parts.marks.replaceChildren(...marks, parts.hint);
  }

  function showThumb(thumb, address) {
    thumb.parentElement.classList.toggle('has-none', !address);
    thumb.hidden = !address;
    if (address && thumb.getAttribute('src') !== address) {
      thumb.src = address;
    }
  }

  /** The story says something new since its headline was written over here. */
  function showDrift(box, card, story) {
    const hasDrifted = card.headline && card.headlineWas && story && story.headline !== card.headlineWas;
    if (hasDrifted && box.dataset.now !== story.headline) {
      box.dataset.now = story.headline;
      box.replaceChildren(`The story now says “${story.headline}”. `, button('keep', 'Keep this front’s'), ' ', button('own-headline', 'Take the story’s'));
    }
    box.hidden = !hasDrifted;
  }

  function showFilled(story, look, container) {
    const parts = kept(cards, `${container.key} ${story}`, () => makeFilled(story));
    const facts = look.stories[story];
    const words = facts?.headline ?? `Story ${story}`;
    say(parts.headline, words);
    showFacts(parts, facts, null);
    showThumb(parts.thumb, facts?.thumb);
    parts.grab.setAttribute('aria-label', `Take “${words}” and pin it`);
    parts.pin.setAttribute('aria-label', `Pin this: “${words}”`);
    return parts.item;
  }

  function makeFilled(story) {
    const thumb = element('img', { alt: '', width: 160, height: 120, loading: 'lazy', decoding: 'async' });
    const headline = element('p', { class: 'card-words' });
    const hint = element('p', { class: 'hint card-facts' });
    const marks = element('p', { class: 'card-marks' }, hint);
    const grab = element('button', { type: 'button', class: 'grab', 'data-grab': 'filled', 'aria-describedby': 'grab-help' });
    const pin = button('pin', 'Pin this');
    const item = element('li', { class: 'card-row is-filled', 'data-story': `${story}` },
      grab, element('span', { class: 'card-thumb' }, thumb), element('div', { class: 'card-said' }, headline, marks), element('span', { class: 'card-acts' }, pin));
    return { item, thumb, headline, hint, marks, grab, pin };
  }

  return {
    show(front, look) {
      order(list, front.containers.map(container => showContainer(container, look, front)));
    },
    /** The parts of a pinned card, of a container. */
    card: story => cards.get(`${story}`),
    container: key => containers.get(key),
    keyAt: node => node.closest('.container')?.dataset.key,
    storyAt: node => Number(node.closest('[data-story]')?.dataset.story) || null,
    containerAt: (front, node) => containerOf(front, node.closest('.container')?.dataset.key),
  };
}
