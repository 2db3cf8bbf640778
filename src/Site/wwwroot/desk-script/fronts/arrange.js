// The tool that arranges a front. The work lives here, in the browser, until the server has said that it is saved, exactly as a story's text
// does: this holds together what is arranged (arrangement.js), how it looks (board.js, view.js), and the ways to move things about.

import { afterAPause, call } from '../calls.js';
import { showsDisputes } from '../disputes.js';
import { openJournal } from '../journal.js';
import { openPicturePicker } from '../picture-picker.js';
import { presenceIn } from '../presence.js';
import { savingOf } from '../saving.js';
import { added, arranged, containerOf, historyOf, holderOf, isSame, LARGEST, moved, normal, nudged, nudgedAcross, pinned, pinOf, removed, takesPins, told, unpinned } from './arrangement.js';
import { boardIn } from './board.js';
import { dragsIn } from './dragging.js';
import { finderIn, storyOf } from './finder.js';
import { publishingOf } from './publishing.js';
import { viewIn } from './view.js';

const form = document.getElementById('front');
if (form) {
  arrange(form, JSON.parse(document.getElementById('front-data').textContent));
}

async function arrange(form, data) {
  const byId = name => document.getElementById(name);
  const address = `/desk/fronts/${data.front.id}`;
  const list = byId('containers');
  const into = byId('finder-into');

  const journal = await openJournal(`front-${data.front.id}`, {
    person: form.dataset.person,
    onFull: () => complain('This browser has no room left to keep unsaved work. Clear some of its storage.'),
  });

  let front = normal(data.front.draft);
  let look = { filled: {}, stories: {}, pictures: {} };
  let disputes = [];
  let grabbed = null;
  let isDragging = false;
  const history = historyOf();
  const board = boardIn(list, data);

  // ---- telling the editor

  const announce = words => { byId('said').textContent = words; };

  function complain(sentence) {
    byId('problem').textContent = sentence ?? '';
    byId('problem').hidden = !sentence;
  }

  /** What cannot be done, and perhaps what can be done instead. */
  function refuse(sentence, otherwise) {
    const box = byId('refusal');
    box.hidden = !sentence;
    box.textContent = sentence ?? '';
    if (otherwise) {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: otherwise.words });
      button.addEventListener('click', () => {
        refuse(null);
        otherwise.act();
      });
      box.append(' ', button);
    }
  }

  const nameOf = story => pinOf(front, story)?.headline || look.stories[story]?.headline || `Story ${story}`;
  const titleOf = key => containerOf(front, key)?.title || 'a container without a title';

  // ---- what is arranged

  function show() {
    if (isDragging) {
      return;
    }
    board.show(front, look);
    byId('by-itself').hidden = front.containers.length > 0;
    byId('undo').disabled = !history.canUndo;
    byId('redo').disabled = !history.canRedo;
    showInto();
    publishing.show();
  }

  function showInto() {
    const chosen = into.value;
    into.replaceChildren(...front.containers.filter(takesPins).map(({ key, title }) => new Option(title || 'No title', key)));
    into.value = [...into.options].some(option => option.value === chosen) ? chosen : into.options[0]?.value ?? '';
  }

  /** @param of  what is being typed in: keys one after the other are one step */
  function step(next, words, of) {
    if (isSame(next, front)) {
      return;
    }
    history.add(front, next, words, of);
    front = next;
    refuse(null);
    changed();
    if (words && !of) {
      announce(words);
    }
  }

  function changed() {
    show();
    presence.typed();
    saving.changed();
    refresh();
  }

  let turn = 0;
  const refresh = afterAPause(180, () => {
    lookAgain();
    view.refresh();
  });

  async function lookAgain() {
    const now = ++turn;
    const answer = await call('POST', `${address}/look`, { arrangement: front });
    if (now === turn && answer.ok) {
      look = answer;
      show();
    }
  }

  function takeBack(which) {
    const { front: next, isWhole, words } = history[which](front);
    front = next;
    refuse(isWhole ? null : 'A colleague has changed some of that since; their change stays.');
    changed();
    announce(`${which === 'undo' ? 'Undone' : 'Done again'}: ${words}`);
  }

  // ---- pinning and moving

  /** Words that say why a story cannot be pinned there; null when it can. */
  function whyNotInto(story, key) {
    const container = containerOf(front, key);
    if (!container) {
      return 'Add a container first.';
    }
    if (!takesPins(container)) {
      return `“${titleOf(key)}” fills itself with what readers opened most; nothing can be pinned there.`;
    }
    return container.pins.length >= LARGEST && holderOf(front, story) !== container ? `“${titleOf(key)}” has ${LARGEST} pinned cards already; that is the most.` : null;
  }

  function pin(story, key, index) {
    const objection = whyNotInto(story.id, key);
    if (objection) {
      refuse(objection);
      return;
    }
    look.stories[story.id] ??= { id: story.id, headline: story.headline, section: '', state: story.state ?? 'Live', when: '', thumb: null };
    const holder = holderOf(front, story.id);
    if (holder?.key === key && index === Infinity) {
      refuse(`“${nameOf(story.id)}” is pinned already, here in “${titleOf(key)}”.`);
      flash(story.id);
      return;
    }
    if (holder) {
      refuse(`“${nameOf(story.id)}” is pinned already, in “${titleOf(holder.key)}”. A story stands on a front once.`, { words: 'Move it here', act: () => moveTo(story.id, key, index) });
      return;
    }
    step(pinned(front, story.id, key, index), `Pinned “${nameOf(story.id)}” in ${titleOf(key)}.`);
    flash(story.id);
  }

  function moveTo(story, key, index) {
    const objection = whyNotInto(story, key);
    if (objection) {
      refuse(objection);
      return;
    }
    step(pinned(front, story, key, index), `Moved “${nameOf(story)}”: ${whereIs(front, story)}.`);
    flash(story);
  }

  function unpin(story) {
    const holder = holderOf(front, story);
    const next = holder.pins[holder.pins.findIndex(card => card.storyId === story) + 1] ?? holder.pins.at(-2);
    step(unpinned(front, story), `Unpinned “${nameOf(story)}”.`);
    (next ? board.card(next.storyId)?.grab : board.container(holder.key)?.grab)?.focus();
  }

  function whereIs(where, story) {
    const holder = holderOf(where, story);
    return `place ${holder.pins.findIndex(card => card.storyId === story) + 1} of ${holder.pins.length} in ${holder.title || 'a container without a title'}`;
  }

  function flash(story) {
    const item = board.card(story)?.item;
    item?.scrollIntoView({ block: 'nearest' });
    item?.classList.remove('has-come');
    requestAnimationFrame(() => item?.classList.add('has-come'));
  }

  // ---- by keys: Space takes a card or a container up, arrows move it, Space puts it down

  function grab(what) {
    grabbed = { ...what, before: front };
    showGrabbed();
    announce(what.kind === 'card' ? `Taken up: “${nameOf(what.story)}”, ${whereIs(front, what.story)}.` : `Taken up: the container ${titleOf(what.key)}, place ${placeOf(what.key)}.`);
  }

  const placeOf = key => `${front.containers.findIndex(container => container.key === key) + 1} of ${front.containers.length}`;

  function showGrabbed() {
    document.querySelectorAll('.is-grabbed').forEach(item => item.classList.remove('is-grabbed'));
    const parts = grabbed && (grabbed.kind === 'card' ? board.card(grabbed.story) : board.container(grabbed.key));
    parts?.item.classList.add('is-grabbed');
    if (parts) {
      parts.grab.focus({ preventScroll: true });
      parts.item.scrollIntoView({ block: 'nearest' });
    }
  }

  function moveGrabbed(next, where) {
    if (isSame(next, front)) {
      announce('There is no further.');
      return;
    }
    front = next;
    show();
    showGrabbed();
    announce(where());
  }

  function letGo(isKept) {
    const { before, kind, story, key } = grabbed;
    grabbed = null;
    const after = front;
    front = before;
    if (isKept && !isSame(before, after)) {
      step(after, kind === 'card' ? `Moved “${nameOf(story)}”: ${whereIs(after, story)}.` : `Moved the container ${titleOf(key)}.`);
    } else {
      show();
      announce(isKept ? 'Put down where it was.' : 'Put back where it was.');
    }
    showGrabbed();
    (kind === 'card' ? board.card(story) : board.container(key))?.grab.focus();
  }

  const ACROSS = { ArrowLeft: -1, ArrowRight: 1 };
  const ALONG = { ArrowUp: -1, ArrowDown: 1 };

  list.addEventListener('keydown', event => {
    const handle = event.target.closest('.grab');
    if (!handle || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    lastKey = performance.now();
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      grabbed ? letGo(true) : takeUp(handle);
    } else if (grabbed && event.key === 'Escape') {
      event.preventDefault();
      letGo(false);
    } else if (grabbed && (ALONG[event.key] || ACROSS[event.key])) {
      event.preventDefault();
      const by = ALONG[event.key] ?? ACROSS[event.key];
      if (grabbed.kind === 'card') {
        moveGrabbed((ALONG[event.key] ? nudged : nudgedAcross)(front, grabbed.story, by), () => whereIs(front, grabbed.story));
      } else {
        const at = front.containers.findIndex(container => container.key === grabbed.key) + by;
        moveGrabbed(at < 0 || at >= front.containers.length ? front : moved(front, grabbed.key, at), () => `Place ${placeOf(grabbed.key)}.`);
      }
    } else if (!grabbed && ALONG[event.key]) {
      event.preventDefault();
      walk(handle, ALONG[event.key]);
    } else if (!grabbed && event.key === 'Delete' && handle.dataset.grab === 'card') {
      event.preventDefault();
      unpin(board.storyAt(handle));
    }
  });

  // A screen reader that reads instead of typing presses it without a key.
  let lastKey = 0;
  list.addEventListener('click', event => {
    const handle = event.target.closest('.grab');
    if (handle && event.detail === 0 && performance.now() - lastKey > 500) {
      grabbed ? letGo(true) : takeUp(handle);
    }
  });

  function takeUp(handle) {
    const [story, key] = [board.storyAt(handle), board.keyAt(handle)];
    if (handle.dataset.grab === 'container') {
      grab({ kind: 'container', key });
    } else if (handle.dataset.grab === 'card') {
      grab({ kind: 'card', story });
    } else {
      pin({ id: story }, key, Infinity);
      board.card(story)?.grab.focus();
    }
  }

  /** From handle to handle, so that Tab need not go through every button. */
  function walk(handle, by) {
    const handles = [...list.querySelectorAll('.grab')];
    handles[handles.indexOf(handle) + by]?.focus();
  }

  list.addEventListener('focusout', event => {
    if (grabbed && event.relatedTarget && event.target.closest('.grab') && !event.relatedTarget.closest('.is-grabbed .grab')) {
      letGo(true);
    }
  });

  // ---- by pointer

  dragsIn(byId('front'), {
    board: list,
    scrolls: byId('board'),
    take(node) {
      const [row, hit, head] = [node.closest('.card-row'), node.closest('#finder-hits [role="option"]'), node.closest('.container-head')];
      if (row) {
        const story = board.storyAt(row);
        return { kind: row.classList.contains('is-filled') ? 'filled' : 'card', story, words: nameOf(story) };
      }
      if (hit) {
        return { kind: 'found', story: Number(hit.dataset.id), hit: storyOf(hit), words: hit.dataset.headline };
      }
      return head ? { kind: 'container', key: board.keyAt(head), words: titleOf(board.keyAt(head)) } : null;
    },
    began(what) {
      isDragging = true;
      grabbed && letGo(true);
      (what.kind === 'container' ? board.container(what.key)?.item : board.card(what.story)?.item)?.classList.add('is-dragged');
    },
    ended() {
      isDragging = false;
      document.querySelectorAll('.is-dragged').forEach(item => item.classList.remove('is-dragged'));
      show();
    },
    drop(what, { key, index }) {
      if (what.kind === 'container') {
        step(moved(front, what.key, index), `Moved the container ${titleOf(what.key)}.`);
      } else if (what.kind === 'card') {
        moveTo(what.story, key, index);
      } else {
        pin(what.hit ?? { id: what.story }, key, index);
      }
    },
  });

  // ---- buttons and fields of containers and cards

  list.addEventListener('click', event => {
    const button = event.target.closest('[data-act]');
    if (!button) {
      return;
    }
    const [story, key] = [board.storyAt(button), board.keyAt(button)];
    const acts = {
      settings: () => open(button, board.container(key).box, board.container(key).layout),
      remove: () => removeContainer(key),
      change: () => open(button, board.card(story).more, board.card(story).own),
      unpin: () => unpin(story),
      pin: () => {
        pin({ id: story }, key, Infinity);
        board.card(story)?.grab.focus();
      },
      picture: () => openPicturePicker(picture => step(told(front, story, { pictureId: picture.id }), `“${nameOf(story)}” has a picture of its own on this front.`)),
      'own-picture': () => step(told(front, story, { pictureId: null }), `“${nameOf(story)}” has the story’s picture.`),
      keep: () => step(told(front, story, { headlineWas: look.stories[story].headline }), 'This front’s headline is kept.'),
      'own-headline': () => step(told(front, story, { headline: '', headlineWas: '' }), 'The story’s own headline stands.'),
    };
    acts[button.dataset.act]();
  });

  function open(button, box, first) {
    box.hidden = !box.hidden;
    button.setAttribute('aria-expanded', String(!box.hidden));
    if (!box.hidden) {
      first.focus();
      box.scrollIntoView({ block: 'nearest' });
    }
  }

  function removeContainer(key) {
    const at = front.containers.findIndex(container => container.key === key);
    const many = front.containers[at].pins.length;
    step(removed(front, key), `Removed ${titleOf(key)}${many ? ` with ${many === 1 ? 'its pinned card' : `${many} pinned cards`}` : ''}. Ctrl-Z brings it back.`);
    const next = front.containers[Math.min(at, front.containers.length - 1)];
    (next ? board.container(next.key).grab : byId('add-container')).focus();
  }

  byId('add-container').addEventListener('click', () => {
    const { key, front: next } = added(front);
    step(next, 'A container was added at the end.');
    const parts = board.container(key);
    parts.box.hidden = false;
    parts.settings.setAttribute('aria-expanded', 'true');
    parts.item.scrollIntoView({ block: 'center' });
    parts.title.focus();
    parts.title.select();
  });

  list.addEventListener('input', event => {
    const field = event.target;
    const [story, key] = [board.storyAt(field), board.keyAt(field)];
    if (field.dataset.field === 'title') {
      step(arranged(front, key, { title: field.value }), 'the title of a container', `${key} title`);
    } else if (field.dataset.card === 'headline') {
      const headline = field.value.replaceAll('\n', ' ');
      const was = pinOf(front, story).headlineWas || look.stories[story]?.headline || '';
      step(told(front, story, { headline, headlineWas: headline ? was : '' }), 'a headline on this front', `${story} headline`);
    } else if (field.dataset.field === 'size' && field.checkValidity() && field.value) {
      step(arranged(front, key, { size: Number(field.value) }), 'how many cards a container shows', `${key} size`);
    }
  });

  list.addEventListener('change', event => {
    const field = event.target;
    const [story, key] = [board.storyAt(field), board.keyAt(field)];
    if (field.dataset.field === 'layout') {
      changeLayout(key, field);
    } else if (field.dataset.field === 'size') {
      field.value = String(containerOf(front, key).size);
    } else if (field.dataset.fill) {
      const value = field.dataset.fill.endsWith('Id') ? Number(field.value) || null : field.value || null;
      step(arranged(front, key, { fill: { ...containerOf(front, key).fill, [field.dataset.fill]: value } }), `${titleOf(key)} fills itself otherwise.`);
    } else if (field.dataset.card === 'standfirst') {
      step(told(front, story, { hidesStandfirst: !field.checked }), field.checked ? 'The standfirst is shown.' : 'The standfirst is left out.');
    } else if (field.dataset.card === 'to' && field.value) {
      const [to, index] = field.value.split(' ');
      field.value = '';
      moveTo(story, to, Number(index));
      board.card(story)?.grab.focus();
    }
  });

  function changeLayout(key, field) {
    const container = containerOf(front, key);
    if (field.value === 'MostRead' && container.pins.length > 0) {
      refuse(`“${titleOf(key)}” has pinned cards, and a list of what is read most fills itself. Unpin them, or add another container for it.`);
      field.value = container.layout;
      return;
    }
    step(arranged(front, key, { layout: field.value }), `${titleOf(key)} has another layout.`);
  }

  list.addEventListener('focusin', event => {
    const key = board.keyAt(event.target);
    if (key && [...into.options].some(option => option.value === key)) {
      into.value = key;
    }
  });

  // ---- saved as it is made, like a story's text

  const fields = {
    served: () => ({ arrangement: normal(data.front.draft) }),
    text: () => ({ arrangement: grabbed?.before ?? front }),
    forKeeping: () => ({ arrangement: grabbed?.before ?? front }),
    fill: kept => bringIn(kept.arrangement, 'what this browser had kept'),
    takeIn: merged => takeIn(merged.arrangement),
    set: values => bringIn(disputes.find(dispute => dispute.values === values).taken, 'a colleague’s choice'),
  };

  function bringIn(arrangement, words) {
    grabbed = null;
    const next = normal(arrangement);
    history.add(front, next, words);
    front = next;
    show();
    refresh();
  }

  /** A colleague's changes are no step of this editor's, and are not undone with them. */
  function takeIn(arrangement) {
    if (grabbed) {
      letGo(false);
    }
    front = normal(arrangement);
    show();
    refresh();
  }

  const showDisputes = showsDisputes(form, (dispute, choice) => saving.choose(dispute, choice), () => byId('board').focus());
  const saving = savingOf({
    address, revision: data.front.revision, fields, journal, complain, alwaysSaysFrom: true,
    tell(words, state) {
      byId('save-state').textContent = words;
      byId('save-state').dataset.state = state;
    },
    onSaved() {},
    onTakenIn(by) {
      byId('taken-in').textContent = `Changes by ${by ?? 'somebody'} are on the front now.`;
    },
    onDisputes(answer) {
      disputes = answer?.disputes ?? [];
      showDisputes(answer);
    },
    onSignedOut(words) {
      byId('signed-out').hidden = !words;
      byId('signed-out-words').textContent = words ?? '';
    },
  });
  const publishing = publishingOf({
    address, data, saving, complain, announce,
    front: () => front,
    look: () => look,
    restore(arrangement, words) {
      step(normal(arrangement), words);
    },
  });
  const presence = presenceIn({ address, tab: journal.place, onRevision: saving.catchUp, does: { now: 'is at work on it', before: 'worked on it' } });
  const view = viewIn({ address, front: () => front });
  const finder = finderIn({ onTaken: story => pin(story, into.value, Infinity) });

  window.addEventListener('beforeunload', event => {
    if (saving.isDirty()) {
      journal.keepAtOnce(saving.forJournal());
      event.preventDefault();
    }
  });
  window.addEventListener('pagehide', saving.leave);
  form.addEventListener('submit', event => event.preventDefault());

  async function lookForKept() {
    const found = await journal.others();
    found.filter(kept => saving.isSaved(kept.text)).forEach(journal.forget);
    const kept = found.find(other => !saving.isSaved(other.text));
    byId('restore').hidden = !kept;
    if (!kept) {
      return;
    }
    byId('restore-words').textContent = `This browser kept work on this front that was not saved, from ${new Date(kept.at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}.`;
    const decide = act => async () => {
      await act(kept);
      journal.forget(kept);
      lookForKept();
    };
    byId('restore-yes').onclick = decide(kept => saving.putBack(kept));
    byId('restore-no').onclick = decide(() => { });
  }

  // ---- keys of the whole page

  byId('undo').addEventListener('click', () => takeBack('undo'));
  byId('redo').addEventListener('click', () => takeBack('redo'));

  document.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    const key = event.key.toLowerCase();
    const isTypedElsewhere = finder.isTyping(event.target);
    const act = key === 'z' && !isTypedElsewhere ? () => (event.shiftKey ? redo() : undo())
      : key === 'y' && !isTypedElsewhere ? redo
      : key === 's' ? saving.saveByHand
      : key === 'k' ? finder.focus
      : key === 'enter' ? publishing.open
      : null;
    if (act) {
      event.preventDefault();
      act();
    }
  });

  function undo() {
    grabbed && letGo(false);
    if (history.canUndo) {
      takeBack('undo');
      bringNumberUp();
    } else {
      announce('There is nothing to undo.');
    }
  }

  function redo() {
    if (history.canRedo) {
      takeBack('redo');
      bringNumberUp();
    } else {
      announce('There is nothing to do again.');
    }
  }

  /** A number that is being typed in is left alone otherwise. */
  function bringNumberUp() {
    const field = document.activeElement;
    if (field.dataset.field === 'size') {
      field.value = String(board.containerAt(front, field)?.size ?? field.value);
    }
  }

  show();
  lookAgain();
  view.refresh();
  saving.say();
  lookForKept();
  form.dataset.isReady = 'yes';
}
