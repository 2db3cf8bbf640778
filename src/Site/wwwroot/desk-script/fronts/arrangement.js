// What a front is made of, as a value: nothing here changes what it is given. No page, no server.

export const LARGEST = 24;

const EMPTY_FILL = { by: 'Newest', sectionId: null, topicId: null, kind: null };

const cardOf = ({ storyId, headline = '', headlineWas = '', pictureId = null, hidesStandfirst = false }) => ({ storyId, headline, headlineWas, pictureId, hidesStandfirst });

/** With everything in its order, so that two that say the same are written the same. */
export function normal({ containers = [] }) {
  return {
    containers: containers.map(({ key, title = '', layout = 'Grid', size = 4, pins = [], fill = EMPTY_FILL }) => ({
      key, title, layout, size, pins: pins.map(cardOf), fill: { by: fill.by ?? 'Newest', sectionId: fill.sectionId ?? null, topicId: fill.topicId ?? null, kind: fill.kind ?? null },
    })),
  };
}

export const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export const containerOf = (front, key) => front.containers.find(container => container.key === key);
export const holderOf = (front, story) => front.containers.find(({ pins }) => pins.some(card => card.storyId === story));
export const pinOf = (front, story) => holderOf(front, story)?.pins.find(card => card.storyId === story);
export const takesPins = container => container.layout !== 'MostRead';

const withContainer = (front, key, change) => ({ containers: front.containers.map(container => container.key === key ? { ...container, ...change(container) } : container) });

const inserted = (list, item, index) => [...list.slice(0, index), item, ...list.slice(index)];

export const unpinned = (front, story) => {
  const holder = holderOf(front, story);
  return holder ? withContainer(front, holder.key, ({ pins }) => ({ pins: pins.filter(card => card.storyId !== story) })) : front;
};

/** Pinned there, wherever it was before; the index is that among the others. */
export function pinned(front, story, key, index) {
  const card = pinOf(front, story) ?? cardOf({ storyId: story });
  return withContainer(unpinned(front, story), key, ({ pins }) => ({ pins: inserted(pins, card, Math.min(index, pins.length)) }));
}

export const told = (front, story, changes) =>
  withContainer(front, holderOf(front, story)?.key, ({ pins }) => ({ pins: pins.map(card => card.storyId === story ? { ...card, ...changes } : card) }));

export const arranged = (front, key, changes) => withContainer(front, key, () => changes);

export function added(front) {
  const key = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  return { key, front: { containers: [...front.containers, normal({ containers: [{ key, title: 'New container' }] }).containers[0]] } };
}

export const removed = (front, key) => ({ containers: front.containers.filter(container => container.key !== key) });

export function moved(front, key, index) {
  const container = containerOf(front, key);
  return { containers: inserted(removed(front, key).containers, container, index) };
}

/** One place further up or down, from container to container; the same front where there is no further. */
export function nudged(front, story, step) {
  const holder = holderOf(front, story);
  const at = holder.pins.findIndex(card => card.storyId === story);
  if (at + step >= 0 && at + step < holder.pins.length) {
    return pinned(front, story, holder.key, at + step);
  }
  const next = neighbour(front, holder, step);
  return next ? pinned(front, story, next.key, step > 0 ? 0 : next.pins.length) : front;
}

export function nudgedAcross(front, story, step) {
  const next = neighbour(front, holderOf(front, story), step);
  return next ? pinned(front, story, next.key, 0) : front;
}

function neighbour(front, container, step) {
  let at = front.containers.indexOf(container) + step;
  while (front.containers[at] && !(takesPins(front.containers[at]) && front.containers[at].pins.length < LARGEST)) {
    at += step;
  }
  return front.containers[at];
}

// ---- taking a step back

/**
 * The front without what a step has changed. What a colleague has changed since stays as the colleague left it.
 * @returns the front, and whether something of the step had to stay
 */
export function without(front, { before, after }) {
  if (isSame(front, after)) {
    return { front: before, isWhole: true };
  }
  const taking = { front, isWhole: true };
  takeBackContainers(taking, before, after);
  takeBackPlaces(taking, before, after);
  takeBackWords(taking, before, after);
  return taking;
}

function takeBackContainers(taking, before, after) {
  for (const { key } of after.containers.filter(({ key }) => !containerOf(before, key))) {
    const now = containerOf(taking.front, key);
    if (now && isSame(now, containerOf(after, key))) {
      taking.front = removed(taking.front, key);
    } else if (now) {
      taking.isWhole = false;
    }
  }
  before.containers.forEach((container, index) => {
    if (!containerOf(after, container.key) && !containerOf(taking.front, container.key)) {
      const pins = container.pins.filter(card => !holderOf(taking.front, card.storyId));
      taking.front = { containers: inserted(taking.front.containers, { ...container, pins }, index) };
    }
  });
  const order = front => front.containers.map(({ key }) => key);
  if (!isSame(order(before), order(after)) && order(before).length === order(after).length) {
    if (isSame(order(taking.front), order(after))) {
      taking.front = { containers: order(before).map(key => containerOf(taking.front, key)) };
    } else {
      taking.isWhole = false;
    }
  }
}

function takeBackPlaces(taking, before, after) {
  const stories = new Set([...before.containers, ...after.containers].flatMap(({ pins }) => pins.map(card => card.storyId)));
  const placeIn = (front, story) => {
    const holder = holderOf(front, story);
    return holder ? `${holder.key} ${holder.pins.findIndex(card => card.storyId === story)}` : '';
  };
  for (const story of stories) {
    if (placeIn(before, story) === placeIn(after, story)) {
      continue;
    }
    if (holderOf(taking.front, story)?.key !== holderOf(after, story)?.key) {
      taking.isWhole = false;
      continue;
    }
    const home = holderOf(before, story);
    if (!home) {
      taking.front = unpinned(taking.front, story);
    } else if (containerOf(taking.front, home.key)) {
      const index = home.pins.findIndex(card => card.storyId === story);
      const card = pinOf(taking.front, story) ?? pinOf(before, story);
      taking.front = told(pinned(taking.front, story, home.key, index), story, card);
    }
  }
}

const FIELDS = ['headline', 'headlineWas', 'pictureId', 'hidesStandfirst'];
const FRAME = ['title', 'layout', 'size', 'fill'];

function takeBackWords(taking, before, after) {
  const takeBack = (fields, was, then, now, change) => {
    for (const field of fields.filter(field => !isSame(was[field], then[field]))) {
      if (isSame(now[field], then[field])) {
        taking.front = change({ [field]: was[field] });
      } else {
        taking.isWhole = false;
      }
    }
  };
  for (const container of before.containers) {
    const [then, now] = [containerOf(after, container.key), containerOf(taking.front, container.key)];
    if (then && now) {
      takeBack(FRAME, container, then, now, changes => arranged(taking.front, container.key, changes));
    }
    for (const card of container.pins) {
      const [cardThen, cardNow] = [pinOf(after, card.storyId), pinOf(taking.front, card.storyId)];
      if (cardThen && cardNow) {
        takeBack(FIELDS, card, cardThen, cardNow, changes => told(taking.front, card.storyId, changes));
      }
    }
  }
}

/** All steps of a sitting, taken back and done again one by one. */
export function historyOf() {
  const steps = [];
  let done = 0;

  return {
    get canUndo() { return done > 0; },
    get canRedo() { return done < steps.length; },
    /** @param of  what is being changed: keys pressed one after the other in one field are one step */
    add(before, after, words, of = null) {
      const last = steps[done - 1];
      steps.length = done;
      if (of && last?.of === of && isSame(last.after, before) && Date.now() - last.at < 3_000) {
        Object.assign(last, { after, words, at: Date.now() });
        return;
      }
      steps.push({ before, after, words, of, at: Date.now() });
      done++;
    },
    undo(front) {
      const step = steps[--done];
      return { ...without(front, step), words: step.words };
    },
    redo(front) {
      const step = steps[done++];
      return { ...without(front, { before: step.after, after: step.before }), words: step.words };
    },
  };
}
