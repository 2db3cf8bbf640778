// How a text gets from this page to the server. A pause in typing saves; of several saves one is under way and one waits, with the newest
// text; what fails is tried again by itself. A save whose answer was lost is repeated as it was before anything newer is sent, so that the
// server knows it for the same.

import { call, callOut, renewFormToken } from './calls.js';

const PAUSE = 700;
const WITHOUT_A_PAUSE = 5_000;
const LONGEST_WAIT = 30_000;
const SLOW = 6_000;
const LOOK_FOR_SIGN_IN = 5_000;

const SAID = {
  saved: 'Saved',
  saving: 'Saving…',
  dirty: 'Not saved yet',
  away: 'Kept here, will be saved when the server is back',
  'signed-out': 'Kept here, will be saved when you have signed in',
  disputed: 'Kept here until you have chosen',
  failed: 'Not saved',
};

/**
 * @param address  where the story is saved
 * @param revision  the one that the fields show
 * @param tell  says in words how it stands
 * @param onSaved  called with each answer that said yes
 * @param onTakenIn  called when a colleague's changes have come into the fields, with the colleague's name
 * @param onDisputes  called with what is in dispute; with null when nothing is
 * @param onSignedOut  called with a sentence; with null when somebody is signed in again
 * @param alwaysSaysFrom  whether the server has to be told what the text was made from, since it keeps no earlier ones
 */
export function savingOf({ address, revision, fields, journal, tell, complain, onSaved, onTakenIn, onDisputes, onSignedOut, alwaysSaysFrom = false }) {
  // What the text in the page was made from. Its own where that is not what the server has as this revision.
  let base = { revision, text: fields.served(), isOwn: false };
  let unanswered = null;
  let dispute = null;
  let trouble = null;
  let failures = 0;
  let underWay = null;
  let wanted = false;
  let byHand = false;
  let [afterPause, afterLong, afterFailure] = [];

  const isSame = (one, other) => Object.keys(base.text).every(name => JSON.stringify(one[name]) === JSON.stringify(other[name]));
  const textIn = sent => Object.fromEntries(Object.keys(base.text).map(name => [name, sent[name]]));
  const isDirty = () => !isSame(fields.text(), base.text);

  // ---- what this browser keeps

  const forJournal = () => ({ at: new Date().toISOString(), basedOn: base.revision, wentOutFrom: base.text, unanswered, text: fields.forKeeping() });

  function keep() {
    if (isDirty() || unanswered) {
      journal.keep(forJournal());
    } else {
      journal.empty();
    }
  }

  function say() {
    const state = trouble ?? (underWay ? 'saving' : isDirty() ? 'dirty' : 'saved');
    tell(SAID[state], state);
  }

  // ---- when

  function changed() {
    say();
    keep();
    clearTimeout(afterPause);
    // While it is waited for the server, or for a sign-in, typing makes it no more likely.
    if (isDirty() && !isTriedAgain()) {
      afterPause = setTimeout(save, PAUSE);
      afterLong ??= setTimeout(save, WITHOUT_A_PAUSE);
    }
  }

  const isTriedAgain = () => trouble === 'away' || trouble === 'signed-out';

  /** Resolves to whether the server has all that is in the page. */
  function save() {
    [afterPause, afterLong, afterFailure].forEach(clearTimeout);
    afterLong = null;
    wanted = true;
    underWay ??= saveAll().finally(() => {
      underWay = null;
      say();
    });
    return underWay;
  }

  function saveByHand() {
    byHand = true;
    return save();
  }

  async function saveAll() {
    while (wanted) {
      wanted = false;
      if (!await isTaken()) {
        return false;
      }
    }
    return !isDirty();
  }

  function tryAgain(state, milliseconds) {
    trouble = state;
    clearTimeout(afterFailure);
    afterFailure = setTimeout(save, milliseconds * (0.8 + 0.4 * Math.random()));
  }

  /** The server may be back, or somebody signed in: there is no sense in waiting longer. */
  function tryNow() {
    if (isTriedAgain()) {
      save();
    }
  }

  /** Another call has had its answer. */
  function serverAnswers() {
    if (trouble === 'away' && !underWay) {
      save();
    }
  }

  window.addEventListener('online', tryNow);
  window.addEventListener('focus', tryNow);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      tryNow();
    } else if (isDirty()) {
      save();
    }
  });

  // ---- one save

  function newest() {
    const sent = { basedOn: base.revision, isAutosave: !byHand, takesMerge: true, wentOutFrom: base.isOwn || alwaysSaysFrom ? base.text : undefined, ...fields.text() };
    byHand = false;
    return sent;
  }

  async function isTaken() {
    if (trouble === 'signed-out' && !await isSignedInAgain()) {
      return false;
    }
    const isRepeated = unanswered !== null;
    const sent = unanswered ?? newest();
    unanswered = sent;
    keep();
    if (!trouble) {
      tell(SAID.saving, 'saving');
    }
    const slow = setTimeout(() => {
      trouble ??= 'away';
      say();
    }, SLOW);
    const answer = await call('PUT', address, sent);
    clearTimeout(slow);
    if (answer.status === 0 || answer.status >= 500) {
      failures++;
      tryAgain('away', Math.min(1000 * 2 ** (failures - 1), LONGEST_WAIT));
      keep();
      return false;
    }
    unanswered = null;
    failures = 0;
    trouble = null;
    if (answer.ok) {
      take(sent, answer);
      wanted ||= isRepeated && isDirty();
    } else {
      refuse(sent, answer);
    }
    keep();
    return answer.ok;
  }

  function take(sent, answer) {
    const merged = answer.merged;
    if (!merged) {
      base = { revision: answer.revision, text: textIn(sent), isOwn: false };
    } else if (isSame(fields.text(), sent)) {
      fields.takeIn(merged);
      base = { revision: answer.revision, text: fields.text(), isOwn: false };
      onTakenIn(merged.by);
    } else {
      // Something was typed meanwhile: it was made from what had been sent, and is merged once more before the fields are touched.
      base = { revision: base.revision, text: textIn(sent), isOwn: true };
      wanted = true;
    }
    dispute = null;
    complain(null);
    onSignedOut(null);
    onDisputes(null);
    onSaved(answer);
  }

  function refuse(sent, answer) {
    if (answer.status === 401) {
      sayWhoIsOut(answer);
      tryAgain('signed-out', LOOK_FOR_SIGN_IN);
    } else if (answer.status === 409 && answer.disputes) {
      trouble = 'disputed';
      dispute = { ...answer, sent };
      onDisputes(answer);
    } else {
      trouble = 'failed';
      complain(answer.problem);
    }
  }

  const sayWhoIsOut = answer => onSignedOut(answer.isSomebodyElse ? answer.problem : 'You are signed out.');

  async function isSignedInAgain() {
    const renewed = await renewFormToken();
    if (renewed.ok) {
      return true;
    }
    if (renewed.status === 401) {
      sayWhoIsOut(renewed);
    }
    tryAgain('signed-out', LOOK_FOR_SIGN_IN);
    return false;
  }

  // ---- a colleague in the same story

  /** @param seen  the revision that a colleague has saved */
  function catchUp(seen) {
    if (seen > Math.max(base.revision, dispute?.revision ?? 0) && !underWay && (!trouble || dispute)) {
      save();
    }
  }

  /**
   * What an editor has chosen is from then on a change of his own to a text that says theirs.
   * @param choice  'mine', 'theirs' or 'both'
   */
  async function choose(chosen, choice) {
    if (!isSame(fields.text(), dispute.sent)) {
      await save();
      chosen = dispute?.disputes.find(other => other.field === chosen.field && other.theirs === chosen.theirs);
    }
    if (!chosen || !isSame(fields.text(), dispute.sent)) {
      return;
    }
    const text = textIn(dispute.was);
    if (chosen.values) {
      Object.assign(text, chosen.values);
    } else {
      const { at, length, words } = chosen.settled;
      text[chosen.field] = text[chosen.field].slice(0, at) + words + text[chosen.field].slice(at + length);
    }
    base = { revision: base.revision, text, isOwn: true };
    if (choice !== 'mine') {
      if (chosen.values) {
        fields.set(chosen.values);
      } else {
        fields.splice(chosen.field, choice === 'both' ? chosen.keepBoth : chosen.takeTheirs);
      }
    }
    await saveByHand();
  }

  // ---- what was kept before, and what is kept for later

  function putBack(kept) {
    // An earlier version of this page did not keep what the text was made from; the server looks for it among the revisions.
    base = { revision: kept.basedOn, text: kept.wentOutFrom ?? base.text, isOwn: Boolean(kept.wentOutFrom) };
    unanswered = kept.unanswered ?? null;
    fields.fill(kept.text);
    keep();
    return save();
  }

  function leave() {
    if (!isDirty() && !unanswered) {
      return;
    }
    journal.keepAtOnce(forJournal());
    if (!unanswered && !trouble) {
      callOut('PUT', address, newest());
    }
  }

  return {
    changed, save, saveByHand, serverAnswers, catchUp, choose, putBack, leave, isDirty, forJournal, say,
    get revision() { return base.revision; },
    isSaved: kept => isSame(kept, base.text),
  };
}
