// The editing page. The text lives here, in the browser, until the server has said that it is saved: journal.js keeps it, saving.js saves
// it, disputes.js shows what a colleague has changed in the same place, presence.js who else is there. This is what holds them together.

import { asksForStories, blockAt } from './asking.js';
import { besideTheText } from './beside.js';
import { afterAPause, call, parts } from './calls.js';
import { copyField } from './copy-field.js';
import { showsDisputes } from './disputes.js';
import { openJournal } from './journal.js';
import { tellsWhatWasLeftOut } from './left-out.js';
import { openPicker } from './picker.js';
import { presenceIn } from './presence.js';
import { previewIn } from './preview.js';
import { publishingIn } from './publishing.js';
import { savingOf } from './saving.js';
import { relatedItem, storyFields } from './story-fields.js';
import { picturesOf } from './story-pictures.js';
import { workflowOf } from './workflow.js';

const WORDS_A_MINUTE = 230;

const form = document.getElementById('story');
if (form) {
  edit(form, await copyField(document.getElementById('copy')));
}

async function edit(form, copy) {
  const id = Number(form.dataset.story);
  const base = `/desk/stories/${id}`;
  const field = name => form.elements.namedItem(name);
  const byId = name => document.getElementById(name);
  const saveState = byId('save-state');

  let leaving = false;

  const journal = await openJournal(id, {
    person: form.dataset.person,
    onFull: () => complain('This browser has no room left to keep unsaved text. Save often, or clear some of its storage.'),
  });
  const fields = storyFields(form, { onTicked: () => changed(), showPicture: () => pictures.show() });
  const saving = savingOf({
    address: base, revision: Number(form.dataset.revision), fields, journal, tell, complain,
    onSaved: saved, onTakenIn: takenIn, onSignedOut: signedOut,
    onDisputes: showsDisputes(form, (dispute, choice) => saving.choose(dispute, choice), copy.focus),
  });
  const presence = presenceIn({ address: base, tab: journal.place, onRevision: heardFrom });

  /** The server is there, and has a revision that may be a colleague's. */
  function heardFrom(revision) {
    saving.serverAnswers();
    saving.catchUp(revision);
    if (!byId('preview-waits').hidden) {
      refresh();
    }
  }

  // ---- telling the editor

  function tell(words, state) {
    saveState.textContent = words;
    saveState.dataset.state = state;
  }

  let staysUntilTyped = false;

  /** @param stays  a save that comes of itself does not take it away, only somebody who goes on */
  function complain(sentence, stays = false) {
    if (!sentence && staysUntilTyped) {
      return;
    }
    staysUntilTyped = stays;
    const box = byId('problem');
    box.textContent = sentence ?? '';
    box.hidden = !sentence;
    if (sentence) {
      box.scrollIntoView({ block: 'nearest' });
    }
  }

  // ---- what is typed

  const preview = previewIn(byId('preview'));
  const refresh = afterAPause(250, refreshNow);
  let refreshes = 0;
  let shownCopy = copy.value;

  async function refreshNow() {
    const turn = ++refreshes;
    const sent = fields.text();
    const fresh = await parts(`${base}/preview`, { basedOn: saving.revision, ...sent });
    if (turn !== refreshes) {
      return;
    }
    byId('preview-waits').hidden = fresh !== null;
    if (fresh === null) {
      return;
    }
    shownCopy = sent.copy;
    preview.show(fresh);
    for (const part of byId('panels').querySelectorAll('[data-part]:not([data-part="preview"])')) {
      renew(part, fresh.querySelector(`[data-part="${part.dataset.part}"]`));
    }
    countWords(fresh);
    showTargets();
  }

  function showTargets() {
    if (copy.value === shownCopy) {
      copy.showTargets(byId('panels'));
      copy.showCommented(byId('panels'));
    }
  }

  /** As readers will have them: READ MORE lines are not body text. */
  function countWords(page) {
    const words = page.querySelector('[data-words]').dataset.words;
    byId('word-count').textContent = words === '1' ? '1 word' : `${words} words`;
    byId('reading-time').textContent = words === '0' ? '' : `${Math.max(1, Math.round(words / WORDS_A_MINUTE))} min read`;
  }

  /** What has not changed stays: whoever has gone there by keyboard keeps their place. */
  function renew(box, fresh) {
    if (box.innerHTML !== fresh.innerHTML) {
      box.replaceChildren(...fresh.childNodes);
    }
  }

  function changed() {
    saving.changed();
    refresh();
  }

  form.addEventListener('input', event => {
    if (!event.detail?.isTakenIn) {
      presence.typed();
    }
    changed();
  });
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('keydown', () => {
    staysUntilTyped = false;
  });

  // ---- saving

  function saved({ revision }) {
    if (String(revision) !== form.dataset.revision && form.dataset.state !== 'draft') {
      byId('changed').hidden = false;
    }
    form.dataset.revision = revision;
    stopOffering();
  }

  /** Seen at once by who looks; said to who hears. */
  function takenIn(by) {
    byId('taken-in').textContent = `Changes by ${by ?? 'somebody'} are in the text now.`;
    refresh();
    publishing.lookAgain();
  }

  function signedOut(words) {
    byId('signed-out').hidden = !words;
    byId('signed-out-words').textContent = words ?? '';
  }

  byId('save').addEventListener('click', saving.saveByHand);

  window.addEventListener('beforeunload', event => {
    if (saving.isDirty() && !leaving) {
      journal.keepAtOnce(saving.forJournal());
      event.preventDefault();
    }
  });
  window.addEventListener('pagehide', () => {
    if (!leaving) {
      saving.leave();
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

  // ---- text this browser kept

  let offered = [];

  function offerKept() {
    const kept = offered[0];
    byId('restore').hidden = !kept;
    if (!kept) {
      return;
    }
    const at = new Date(kept.at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
    byId('restore-words').textContent = kept.basedOn === saving.revision
      ? `This browser kept text you had not saved, from ${at}.`
      : `This browser kept text you had not saved, from ${at}. The story has been saved since; both texts are kept until you choose.`;
  }

  byId('restore-yes').addEventListener('click', async () => {
    const kept = offered.shift();
    if (saving.isDirty()) {
      offered.push(await journal.setAside(saving.forJournal()));
    }
    // Over a newer text it is merged, like any other save.
    saving.putBack(kept);
    journal.forget(kept);
    offerKept();
    refresh();
    copy.focus();
  });
  byId('restore-no').addEventListener('click', () => {
    journal.forget(offered.shift());
    offerKept();
    copy.focus();
  });

  async function lookForKept() {
    offered = await journal.others();
    stopOffering();
  }

  /** What an earlier page sent as it was left may arrive only now: then nothing of it is missing. */
  function stopOffering() {
    offered.filter(kept => saving.isSaved(kept.text)).forEach(journal.forget);
    offered = offered.filter(kept => !saving.isSaved(kept.text));
    offerKept();
  }

  // ---- READ MORE

  function insertBlock(line) {
    const { selectionStart } = copy;
    const block = blockAt(copy.value, selectionStart, selectionStart, line);
    copy.write(block.from, block.to, block.words);
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
  asksForStories(copy, field('copy'), id);
  tellsWhatWasLeftOut(field('copy'));

  byId('panels').addEventListener('click', event => {
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
    const isOurs = /data-pm-slice/.test(event.clipboardData.getData('text/html'));
    if (isOurs || copy.value.trim() || field('headline').value.trim() || !/\n\s*\S/.test(event.clipboardData.getData('text/plain').trim())) {
      return;
    }
    event.preventDefault();
    const pasted = copy.wordsOf(event.clipboardData);
    copy.write(0, copy.value.length, pasted);
    const shown = copy.value;
    const read = await call('POST', `${base}/read-copy`, { text: pasted });
    // Whoever has gone on writing meanwhile keeps what is there.
    if (!read.ok || copy.value !== shown || field('headline').value.trim()) {
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
    kill: () => 'Killed',
    revive: () => 'Brought back',
  };

  /** Of two clicks the second orders nothing. */
  function once(act) {
    let isUnderWay = false;
    return async (...args) => {
      if (isUnderWay) {
        return;
      }
      isUnderWay = true;
      await act(...args);
      isUnderWay = leaving;
    };
  }

  const SAVED_MEANWHILE = 'Somebody saved this story while you were at it. What they wrote is in the page now; look again before you go on.';

  async function order(what, body) {
    const answer = await call('POST', `${base}/${what}`, { basedOn: saving.revision, ...body });
    if (answer.ok) {
      reload({ what, ...body });
    } else {
      refused(answer);
    }
  }

  function refused(answer) {
    document.querySelectorAll('dialog[open]').forEach(open => open.close());
    if (answer.status === 409) {
      // What the colleague has written comes into the page; then the editor may order it again, knowing it.
      saving.save().then(() => complain(SAVED_MEANWHILE, true));
    } else {
      complain(answer.problem);
    }
  }

  /** What is published is what is saved, so unsaved text is saved first. */
  const orderSaved = once(async (what, body) => {
    const looked = JSON.stringify(fields.text());
    const isSaved = await saving.saveByHand();
    const isAsLookedAt = JSON.stringify(fields.text()) === looked;
    if (isSaved && (isAsLookedAt || what !== 'publish')) {
      await order(what, body);
      return;
    }
    document.querySelectorAll('dialog[open]').forEach(open => open.close());
    if (isSaved) {
      complain(SAVED_MEANWHILE, true);
    }
  });

  /** What this browser keeps is not lost, should it not be saved in time. */
  const orderAnyway = once(async (what, body) => {
    await Promise.race([saving.saveByHand(), new Promise(done => setTimeout(done, 2_000))]);
    await order(what, body);
  });

  const publishing = publishingIn({ id, base, copy, text: fields.text, orderSaved, orderAnyway, showField, changed });

  for (const button of form.querySelectorAll('[data-order]')) {
    button.addEventListener('click', () => orderSaved(button.dataset.order, {}));
  }

  byId('spike')?.addEventListener('click', () => byId('spike-sure').showModal());
  byId('do-spike')?.addEventListener('click', async () => {
    const answer = await call('POST', `${base}/spike`, { basedOn: saving.revision });
    if (answer.ok) {
      leaving = true;
      journal.empty();
      offered.forEach(journal.forget);
      location.assign('/desk');
    } else {
      refused(answer);
    }
  });

  // On a telephone: whatever was chosen there, it is in the way then.
  byId('bar-rest').addEventListener('click', () => byId('bar-rest').hidePopover?.());

  // ---- keys and tabs

  document.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) {
      return;
    }
    const act = { s: saving.saveByHand, k: pickBlock, j: pictures.pickForCopy, m: copy.turnOver, enter: publishing.open }[event.key.toLowerCase()];
    if (!act) {
      return;
    }
    // Taken in any case: the browser's own meaning of these keys is never wanted here.
    event.preventDefault();
    if (!event.repeat && !document.querySelector('dialog[open]')) {
      act();
    }
  });

  const tabs = [...form.querySelectorAll('.side-tabs [role=tab]')];
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
        const other = tabs[(tabs.indexOf(tab) + (event.key === 'ArrowRight' ? 1 : tabs.length - 1)) % tabs.length];
        show(other);
        other.focus();
      }
    });
  }

  workflowOf({ address: base, copy, saving, refresh: refreshNow, isShown: () => copy.value === shownCopy, showTab: show });
  document.addEventListener('commands-wanted', ({ detail }) => detail.add(...copy.commands));
  besideTheText({ address: base, form, text: fields.text, copy, insertBlock, show: () => show(byId('tab-beside')) });

  countWords(document);
  showTargets();
  changed();
  lookForKept();
  comeBack();
}
