// The editing page. The text lives here, in the browser, until the server has said that it is saved; what is typed and not yet
// saved is kept in this browser's storage as well, so that a closed tab or a crashed machine loses nothing.

import { afterAPause, call, parts } from './calls.js';
import { copyField } from './copy-field.js';
import { openPicker } from './picker.js';
import { picturesOf } from './story-pictures.js';

const form = document.getElementById('story');
if (form) {
  edit(form, await copyField(document.getElementById('copy')));
}

function edit(form, copy) {
  const id = Number(form.dataset.story);
  const base = `/desk/stories/${id}`;
  const drawer = keptTexts(id);
  const field = name => form.elements.namedItem(name);
  const byId = name => document.getElementById(name);
  const saveState = byId('save-state');

  let revision = Number(form.dataset.revision);
  let savedText = JSON.stringify(text());
  let saving = null;
  let leaving = false;

  function text() {
    const ticked = name => [...form.querySelectorAll(`input[name="${name}"]:checked`)].map(box => Number(box.value));
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
      copy: copy.value,
      backstory: field('backstory').value,
      pictureId: field('pictureId').value ? Number(field('pictureId').value) : null,
      pictureAlt: field('pictureAlt').value,
      pictureCaption: field('pictureCaption').value,
      sectionId: field('sectionId').value ? Number(field('sectionId').value) : null,
      topicIds: ticked('topicIds'),
      writerIds: ticked('writerIds'),
      relatedIds: [...byId('related').children].map(item => Number(item.dataset.id)),
    };
  }

  function fill(kept) {
    for (const name of [
      'headline', 'frontHeadline', 'searchHeadline', 'shareHeadline', 'standfirst', 'kicker', 'slug', 'dateline', 'creditLine', 'copy', 'backstory',
      'pictureId', 'pictureAlt', 'pictureCaption',
    ]) {
      field(name).value = kept[name] ?? '';
    }
    field('kind').value = kept.kind ?? 'Report';
    field('sectionId').value = kept.sectionId ?? '';
    for (const name of ['topicIds', 'writerIds']) {
      for (const box of form.querySelectorAll(`input[name="${name}"]`)) {
        box.checked = false;
      }
      for (const id of kept[name] ?? []) {
        const box = form.querySelector(`input[name="${name}"][value="${id}"]`);
        if (box) {
          box.checked = true;
          standInOrder(box);
        }
      }
    }
    byId('related').replaceChildren(...(kept.related ?? []).map(relatedItem));
    pictures.show();
    changed();
  }

  /** Names stand in the byline in the order they were ticked: the newest goes behind the others that are. */
  function standInOrder(box) {
    const [label, list] = [box.closest('label'), box.closest('.ticks')];
    const ticked = [...list.children].filter(other => other !== label && other.querySelector(':checked'));
    list.insertBefore(label, ticked.length > 0 ? ticked.at(-1).nextElementSibling : list.firstElementChild);
  }

  form.addEventListener('change', event => {
    if (event.target.matches('.ticks input:checked')) {
      standInOrder(event.target);
      event.target.focus();
      changed();
    }
  });

  /** What is kept in this browser: the text, and the headlines of the stories it was to lead to. */
  const forKeeping = () => ({
    ...text(),
    related: [...byId('related').children].map(item => ({ id: Number(item.dataset.id), headline: item.querySelector('span').textContent })),
  });

  const isDirty = () => JSON.stringify(text()) !== savedText;

  // ---- telling the editor

  function tell(words, state) {
    saveState.textContent = words;
    saveState.dataset.state = state;
  }

  function complain(sentence) {
    const box = byId('problem');
    box.textContent = sentence ?? '';
    box.hidden = !sentence;
    if (sentence) {
      box.scrollIntoView({ block: 'nearest' });
    }
  }

  // ---- what is typed

  function keepNow() {
    if (isDirty() && !drawer.keep({ basedOn: revision, at: new Date().toISOString(), text: forKeeping() })) {
      complain('This browser has no room left to keep unsaved text. Save often, or clear some of its storage.');
    }
  }

  const keepHere = afterAPause(300, keepNow);

  const refresh = afterAPause(250, refreshNow);
  let refreshes = 0;
  let shownCopy = copy.value;

  async function refreshNow() {
    const turn = ++refreshes;
    const sent = text();
    const fresh = await parts(`${base}/preview`, { basedOn: revision, ...sent });
    if (turn !== refreshes) {
      return;
    }
    byId('preview-waits').hidden = fresh !== null;
    if (fresh === null) {
      return;
    }
    shownCopy = sent.copy;
    for (const part of byId('panels').querySelectorAll('[data-part]')) {
      renew(part, fresh.querySelector(`[data-part="${part.dataset.part}"]`));
    }
    countWords(fresh);
    showMissing();
    showTargets();
  }

  function showTargets() {
    if (copy.value === shownCopy) {
      copy.showTargets(byId('panels'));
    }
  }

  /** As readers will have them: READ MORE lines are not body text. */
  function countWords(page) {
    const words = page.querySelector('[data-words]').dataset.words;
    byId('word-count').textContent = words === '1' ? '1 word' : `${words} words`;
  }

  /** What has not changed stays: whoever has gone there by keyboard keeps their place. */
  function renew(box, fresh) {
    if (box.innerHTML !== fresh.innerHTML) {
      box.replaceChildren(...fresh.childNodes);
    }
  }

  function changed() {
    tell(isDirty() ? 'Not saved yet' : 'Saved', isDirty() ? 'dirty' : 'saved');
    keepHere();
    refresh();
  }

  form.addEventListener('input', changed);
  form.addEventListener('submit', event => event.preventDefault());

  // ---- saving

  function save() {
    saving ??= saveNow().finally(() => { saving = null; });
    return saving;
  }

  async function saveNow() {
    const sent = text();
    tell('Saving…', 'saving');
    const answer = await call('PUT', base, { basedOn: revision, ...sent });
    if (answer.ok) {
      if (answer.revision !== revision && form.dataset.state !== 'draft') {
        byId('changed').hidden = false;
      }
      revision = answer.revision;
      form.dataset.revision = revision;
      savedText = JSON.stringify(sent);
      complain(null);
      if (isDirty()) {
        tell('Not saved yet', 'dirty');
        keepNow();
      } else {
        drawer.empty();
        tell('Saved', 'saved');
      }
      return true;
    }
    tell('Not saved', 'failed');
    if (answer.status === 409) {
      showConflict(answer);
    } else {
      complain(answer.problem);
    }
    return false;
  }

  byId('save').addEventListener('click', save);

  window.addEventListener('beforeunload', event => {
    if (isDirty() && !leaving) {
      keepNow();
      event.preventDefault();
    }
  });
  window.addEventListener('pagehide', () => {
    if (!leaving) {
      keepNow();
    }
  });
  // The page comes back with its new state, and the editor to where they were in it.
  function reload(done = null) {
    leaving = true;
    const place = { story: id, done, top: byId('fields').scrollTop, from: copy.selectionStart, inCopy: document.activeElement === copy.shown || lastInCopy };
    sessionStorage.setItem('come-back', JSON.stringify(place));
    location.reload();
  }

  let lastInCopy = false;
  form.addEventListener('focusin', event => { lastInCopy = event.target === copy.shown; });

  function comeBack() {
    const place = JSON.parse(sessionStorage.getItem('come-back') ?? 'null');
    sessionStorage.removeItem('come-back');
    if (place?.story !== id) {
      return;
    }
    if (place.inCopy) {
      copy.focus({ preventScroll: true });
      copy.setSelectionRange(place.from, place.from);
    }
    byId('fields').scrollTop = place.top;
    if (place.done) {
      tell(DONE[place.done.what](place.done), 'saved');
    }
  }

  // ---- two people in one story

  const conflict = byId('conflict');
  let theirs = null;

  function asReadable(story) {
    return [story.headline, story.standfirst, story.copy].filter(Boolean).join('\n\n');
  }

  function showConflict(answer) {
    theirs = answer;
    byId('conflict-mine').value = asReadable(text());
    byId('conflict-theirs').value = asReadable(answer.theirs);
    // Without words of one's own there is nothing to save over theirs.
    byId('keep-mine').hidden = !isDirty();
    byId('take-theirs').textContent = isDirty() ? 'Take theirs, keep mine in this browser' : 'Show me theirs';
    conflict.showModal();
    byId('conflict-mine').setSelectionRange(0, 0);
    byId('conflict-mine').scrollTop = 0;
  }

  byId('keep-mine').addEventListener('click', async () => {
    revision = theirs.revision;
    conflict.close();
    await save();
  });

  byId('take-theirs').addEventListener('click', () => {
    keepNow();
    conflict.close();
    reload();
  });

  // ---- text this browser kept

  let offered = [];

  function offerKept() {
    const kept = offered[0];
    byId('restore').hidden = !kept;
    if (!kept) {
      return;
    }
    const at = new Date(kept.at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
    byId('restore-words').textContent = kept.basedOn === revision
      ? `This browser kept text you had not saved, from ${at}.`
      : `This browser kept text you had not saved, from ${at}. The story has been saved since; both texts are kept until you choose.`;
  }

  byId('restore-yes').addEventListener('click', () => {
    const kept = offered.shift();
    if (isDirty()) {
      offered.push(drawer.setAside({ basedOn: revision, at: new Date().toISOString(), text: forKeeping() }));
    }
    // Saved over a newer text it would be a conflict, and is shown as one.
    revision = kept.basedOn;
    fill(kept.text);
    keepNow();
    drawer.forget(kept);
    offerKept();
    copy.focus();
  });
  byId('restore-no').addEventListener('click', () => {
    drawer.forget(offered.shift());
    offerKept();
    copy.focus();
  });

  function lookForKept() {
    const sameAsSaved = kept => {
      const { related, ...words } = kept.text;
      return JSON.stringify(words) === savedText;
    };
    const found = drawer.others();
    found.filter(sameAsSaved).forEach(drawer.forget);
    offered = found.filter(kept => !sameAsSaved(kept));
    offerKept();
  }

  // ---- READ MORE

  /** A block stands alone between two paragraphs, wherever in the line the cursor was. */
  function insertBlock(line) {
    const at = copy.selectionStart;
    const before = copy.value.slice(0, at);
    const lineEnd = copy.value.indexOf('\n', at);
    const end = before.endsWith('\n') || before === '' ? at : lineEnd < 0 ? copy.value.length : lineEnd;
    const head = copy.value.slice(0, end).replace(/\n+$/, '');
    const tail = copy.value.slice(end).replace(/^\n+/, '');
    copy.write(head.length, copy.value.length - tail.length, `${head ? '\n\n' : ''}${line}\n\n`);
  }

  function pickBlock() {
    const selected = copy.value.slice(copy.selectionStart, copy.selectionEnd);
    const { selectionStart, selectionEnd } = copy;
    openPicker({
      notThis: id,
      words: selected.includes('\n') ? '' : selected,
      onStory: story => {
        copy.setSelectionRange(selectionStart, selectionEnd);
        if (selected && !selected.includes('\n')) {
          copy.write(selectionStart, selectionEnd, `[${selected}](story:${story.id})`);
        } else {
          insertBlock(`${story.label}: story:${story.id}`);
        }
      },
      onPending: line => {
        copy.setSelectionRange(selectionEnd, selectionEnd);
        insertBlock(`${line.label}: ${line.headline}`);
      },
    });
  }

  byId('open-picker').addEventListener('click', pickBlock);

  byId('panels').addEventListener('click', event => {
    const outward = event.target.closest('[data-part="preview"] a');
    if (outward) {
      // The text being written stays where it is; what it leads to opens beside it.
      event.preventDefault();
      window.open(outward.href, '_blank', 'noopener');
      return;
    }
    const tie = event.target.closest('[data-tie]');
    if (tie && copy.value !== shownCopy) {
      // The places it names are those of an older text.
      refreshNow();
    } else if (tie) {
      const from = Number(tie.dataset.from);
      copy.write(from, Number(tie.dataset.to), `${from > 0 && copy.value[from - 1] === ':' ? ' ' : ''}story:${tie.dataset.tie}`);
    }
    const mend = event.target.closest('a[href^="#"]');
    if (mend) {
      event.preventDefault();
      showField(mend.hash.slice(1));
    }
  });

  function showField(name) {
    const target = name === 'copy' ? copy.shown : byId(name);
    target?.closest('details')?.setAttribute('open', '');
    target?.scrollIntoView({ block: 'center' });
    target?.focus();
  }

  const pictures = picturesOf(form, { copy, changed, insertBlock });

  // ---- wire copy pasted into an empty story becomes headline and copy

  copy.addEventListener('paste', async event => {
    const pasted = event.clipboardData.getData('text/plain');
    if (copy.value.trim() || field('headline').value.trim() || !/\n\s*\S/.test(pasted.trim())) {
      return;
    }
    event.preventDefault();
    const read = await call('POST', `${base}/read-copy`, { text: pasted });
    if (!read.ok) {
      copy.write(0, copy.value.length, pasted);
      complain(read.problem);
      return;
    }
    field('headline').value = read.headline;
    copy.write(0, copy.value.length, read.copy);
    copy.setSelectionRange(0, 0);
    copy.scrollTop = 0;
  });

  // ---- hand-picked related stories

  byId('add-related').addEventListener('click', () => openPicker({
    notThis: id,
    onStory: story => {
      [...byId('related').children].find(other => Number(other.dataset.id) === story.id)?.remove();
      byId('related').append(relatedItem(story));
      changed();
    },
  }));

  function relatedItem(story) {
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

  byId('related').addEventListener('click', event => {
    const button = event.target.closest('[data-move]');
    if (!button) {
      return;
    }
    const item = button.closest('li');
    if (button.dataset.move === 'up') {
      item.previousElementSibling?.before(item);
      button.focus();
    } else {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      (next?.querySelector('[data-move="out"]') ?? byId('add-related')).focus();
    }
    changed();
  });

  // ---- publishing and its opposites

  const DONE = {
    // An embargo can hold back what was to be published now, so the page that came back is asked.
    publish: () => form.dataset.state === 'due' ? 'Scheduled' : 'Published',
    embargo: ({ at }) => at ? 'Embargo set' : 'Embargo lifted',
    withdraw: () => 'Withdrawn',
    'bring-back': () => 'Brought back',
    'take-back': () => 'Taken off the schedule',
  };

  async function order(what, body) {
    const answer = await call('POST', `${base}/${what}`, { basedOn: revision, ...body });
    if (answer.ok) {
      reload({ what, ...body });
    } else {
      refused(answer);
    }
  }

  function refused(answer) {
    document.querySelectorAll('dialog[open]').forEach(open => open.close());
    if (answer.status === 409) {
      showConflict(answer);
    } else {
      complain(answer.problem);
    }
  }

  /** What is published is what is saved, so unsaved text is saved first. */
  async function orderSaved(what, body) {
    if (!isDirty() || await save()) {
      await order(what, body);
    }
  }

  const publish = byId('publish');

  function showMissing() {
    const missing = byId('panels').querySelector('.missing');
    const box = byId('publish-missing');
    if (box) {
      const fresh = document.createElement('div');
      fresh.append(...(missing ? [missing.cloneNode(true)] : []));
      renew(box, fresh);
      byId('do-publish').disabled = Boolean(missing);
    }
  }

  byId('open-publish')?.addEventListener('click', openPublish);

  async function openPublish() {
    await refreshNow();
    if (!publish.open) {
      publish.showModal();
      byId('do-publish').focus();
    }
  }

  byId('publish-at')?.addEventListener('input', () => {
    publish.querySelector('input[name="when"][value="at"]').checked = true;
  });
  publish?.addEventListener('click', event => {
    const mend = event.target.closest('a[href^="#"]');
    if (mend) {
      event.preventDefault();
      publish.close();
      showField(mend.hash.slice(1));
    }
  });
  // A moment typed by half has no value and must not pass for none: the browser says so, but only where the field can be seen.
  publish?.addEventListener('invalid', event => event.target.closest('details')?.setAttribute('open', ''), true);

  /** Null when it was not changed here: what a colleague has set meanwhile is not lifted by a page that does not show it. */
  function newEmbargo() {
    const box = byId('embargo');
    return !box || box.value === box.defaultValue ? null : box.value;
  }

  // Enter in any of its fields publishes too; the other button says `close`.
  publish?.addEventListener('submit', event => {
    if (event.submitter !== byId('do-publish')) {
      return;
    }
    event.preventDefault();
    const when = publish.querySelector('input[name="when"]:checked')?.value;
    const at = byId('publish-at')?.value;
    if (when === 'at' && !at) {
      byId('publish-at').focus();
      return;
    }
    orderSaved('publish', {
      at: when === 'at' ? at : null,
      embargo: newEmbargo(),
      isSubstantive: publish.querySelector('input[name="kind"]:checked')?.value === 'substantive',
      reason: byId('reason')?.value ?? '',
    });
  });
  byId('set-embargo')?.addEventListener('click', () => {
    if (byId('embargo').reportValidity()) {
      orderSaved('embargo', { at: byId('embargo').value || null });
    }
  });

  let successor = null;
  byId('open-withdraw')?.addEventListener('click', () => byId('withdraw').showModal());
  byId('pick-successor')?.addEventListener('click', () => openPicker({
    notThis: id,
    onStory: story => {
      successor = story.id;
      byId('successor-name').textContent = story.headline;
    },
  }));
  byId('do-withdraw')?.addEventListener('click', () => orderSaved('withdraw', { successorId: successor }));

  for (const button of form.querySelectorAll('[data-order]')) {
    button.addEventListener('click', () => orderSaved(button.dataset.order, {}));
  }

  byId('spike')?.addEventListener('click', () => byId('spike-sure').showModal());
  byId('do-spike')?.addEventListener('click', async () => {
    const answer = await call('POST', `${base}/spike`, { basedOn: revision });
    if (answer.ok) {
      leaving = true;
      drawer.empty();
      offered.forEach(drawer.forget);
      location.assign('/desk');
    } else {
      refused(answer);
    }
  });

  // ---- keys and tabs

  document.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) {
      return;
    }
    const act = { s: save, k: pickBlock, j: pictures.pickForCopy, m: copy.turnOver, enter: byId('open-publish') ? openPublish : null }[event.key.toLowerCase()];
    if (!act) {
      return;
    }
    // Taken in any case: the browser's own meaning of these keys is never wanted here.
    event.preventDefault();
    if (!event.repeat && !document.querySelector('dialog[open]')) {
      act();
    }
  });

  const tabs = [byId('tab-preview'), byId('tab-report')];
  function show(tab) {
    for (const other of tabs) {
      other.setAttribute('aria-selected', String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
    }
    byId('panels').dataset.shown = tab.id.slice('tab-'.length);
  }
  for (const tab of tabs) {
    tab.addEventListener('click', () => show(tab));
    tab.addEventListener('keydown', event => {
      if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
        const other = tabs.find(candidate => candidate !== tab);
        show(other);
        other.focus();
      }
    });
  }

  countWords(document);
  showMissing();
  showTargets();
  changed();
  lookForKept();
  comeBack();
}

/**
 * Texts of one story that this browser keeps. Each opened page has a place of its own, so that two tabs do not write over each
 * other, and what an earlier page left behind stays until the editor has decided about it.
 */
function keptTexts(story) {
  const prefix = `story-${story}-`;
  const newPlace = () => `${prefix}${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
  const mine = newPlace();

  const put = (place, kept) => {
    try {
      localStorage.setItem(place, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  };

  return {
    keep: kept => put(mine, kept),
    empty: () => localStorage.removeItem(mine),
    forget: kept => localStorage.removeItem(kept.place),
    setAside(kept) {
      const place = newPlace();
      put(place, kept);
      return { ...kept, place };
    },
    others() {
      const places = Object.keys(localStorage).filter(place => place.startsWith(prefix) && place !== mine);
      return places.map(place => ({ ...JSON.parse(localStorage.getItem(place)), place })).sort((a, b) => b.at.localeCompare(a.at));
    },
  };
}
