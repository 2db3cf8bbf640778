// Giving a story to readers, and taking it from them: the publish dialog, which asks the server what there is to say before each order and
// mends it at a key, the dialogs of taking back, and the receipts of what was done.

import { afterAPause, call, parts } from './calls.js';
import { openPicker } from './picker.js';

const RECEIPT_WAITS = 400;
const LONGEST_LOOK = 60;

/** Where the server's name of a field is not the page's. */
const IN_DIALOG = { at: 'publish-at', embargo: 'embargo' };
const ELSEWHERE = { frontHeadline: 'front-headline' };

/**
 * @param id  the story's
 * @param base  the address of its calls
 * @param copy  the field of the copy; see copy-field.js
 * @param text  the text as it stands in the page
 * @param orderSaved  orders something of the server once what is in the page is saved, and shows the page as it is then
 * @param orderAnyway  the same, though the text may not have been saved: what brooks no delay
 * @param showField  leads the editor to a field
 * @param changed  called when a field was mended
 */
export function publishingIn({ id, base, copy, text, orderSaved, orderAnyway, showField, changed }) {
  const byId = name => document.getElementById(name);
  const publish = byId('publish');

  // ---- the remarks

  let looks = 0;
  let lookedAt = null;

  /** Says what came of it: whether the server has answered. */
  async function look() {
    const turn = ++looks;
    const asked = text();
    const fresh = await parts(`${base}/preflight`, { fields: asked, at: whenChosen() === 'at' ? byId('publish-at')?.value ?? null : null, embargo: newEmbargo() });
    if (turn !== looks) {
      return false;
    }
    byId('remarks-away').hidden = fresh !== null;
    byId('do-publish').disabled = fresh === null || Number(fresh.querySelector('[data-part="remarks"]')?.dataset.stops ?? 1) > 0;
    if (fresh === null) {
      return false;
    }
    lookedAt = asked;
    renew(byId('remarks'), fresh.querySelector('[data-part="remarks"]'));
    for (const name of ['at', 'embargo']) {
      renew(byId(`moment-${name}`), fresh.querySelector(`[data-part="${name}"]`));
    }
    return true;
  }

  function renew(box, fresh) {
    if (box && fresh && box.innerHTML !== fresh.innerHTML) {
      box.replaceChildren(...fresh.childNodes);
    }
  }

  const remarks = () => [...publish.querySelectorAll('.remark')];
  const sum = () => publish.querySelector('.remarks-sum')?.textContent ?? '';

  function say(words) {
    byId('publish-said').textContent = words;
  }

  async function open() {
    if (!publish || publish.open) {
      return;
    }
    byId('do-publish').disabled = true;
    say('');
    publish.showModal();
    byId('publish-title').focus();
    if (await look()) {
      say(sum());
      (publish.querySelector('.remark.stops button, .remark.stops a') ?? byId('do-publish')).focus();
    }
  }

  byId('open-publish')?.addEventListener('click', open);
  byId('remarks-again')?.addEventListener('click', look);

  // ---- mending

  /** Where the text is another than the one that was looked at, nothing is written: the places are those of the older one. */
  const standsStill = (field, from, to, was) => field.value.slice(from, to) === was && text().copy === lookedAt.copy;

  function rewrite({ field: name, from, to, was, with: words }) {
    const [start, end] = [Number(from), Number(to)];
    if (name !== 'copy') {
      const field = byId(name);
      if (field.value.slice(start, end) !== was) {
        return false;
      }
      field.setRangeText(words, start, end, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return true;
    }
    if (!standsStill(copy, start, end, was)) {
      return false;
    }
    // The copy takes it like typing, so that its undo can take it back; under an open dialog nothing can be typed into.
    publish.close();
    copy.write(start, end, words);
    publish.showModal();
    return true;
  }

  function unpick({ id: story }) {
    byId('related').querySelector(`[data-id="${story}"]`)?.remove();
    changed();
    return true;
  }

  function jump({ field: said, from, to }) {
    const inDialog = byId(IN_DIALOG[said] ?? '');
    if (inDialog) {
      inDialog.closest('details')?.setAttribute('open', '');
      inDialog.focus();
      return;
    }
    const name = ELSEWHERE[said] ?? said;
    publish.close();
    showField(name);
    if (!from) {
      return;
    }
    if (name === 'copy') {
      copy.setSelectionRange(Number(from), Number(to));
    } else {
      byId(name)?.setSelectionRange?.(Number(from), Number(to));
    }
  }

  async function mend(button) {
    const { mend: what } = button.dataset;
    if (what === 'jump') {
      jump(button.dataset);
      return;
    }
    const place = remarks().indexOf(button.closest('.remark'));
    const isMended = what === 'unpick' ? unpick(button.dataset) : rewrite(button.dataset);
    await look();
    say(`${isMended ? 'Mended.' : 'The text has changed meanwhile, so nothing was done.'} ${sum()}`);
    const next = remarks()[Math.min(place, remarks().length - 1)];
    (next?.querySelector('button, a') ?? byId('do-publish')).focus();
  }

  publish?.addEventListener('click', event => {
    const button = event.target.closest('[data-mend]');
    if (button) {
      mend(button);
    }
  });

  publish?.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type="radio"]), textarea, select')) {
      return;
    }
    const first = publish.querySelector(`.remark [aria-keyshortcuts="${CSS.escape(event.key)}"]`);
    if (first) {
      event.preventDefault();
      first.click();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && event.target.closest('.remark')) {
      event.preventDefault();
      const all = remarks();
      const at = all.indexOf(event.target.closest('.remark')) + (event.key === 'ArrowDown' ? 1 : -1);
      all[Math.max(0, Math.min(at, all.length - 1))].querySelector('button, a')?.focus();
    }
  });

  // ---- when

  const lookSoon = afterAPause(250, look);
  const whenChosen = () => publish.querySelector('input[name="when"]:checked')?.value;

  byId('publish-at')?.addEventListener('input', () => {
    publish.querySelector('input[name="when"][value="at"]').checked = true;
    lookSoon();
  });
  byId('embargo')?.addEventListener('input', lookSoon);
  publish?.addEventListener('change', event => {
    if (event.target.name === 'when') {
      lookSoon();
    }
  });

  // A moment typed by half has no value and must not pass for none: the browser says so, but only where the field can be seen.
  publish?.addEventListener('invalid', event => event.target.closest('details')?.setAttribute('open', ''), true);

  /** In the two nights when the clocks change, what was typed may mean two moments, or none; then one of them was chosen. */
  const meant = name => publish.querySelector(`input[name="${name}-meant"]:checked`)?.value;

  /** Null when it was not changed here: what a colleague has set meanwhile is not lifted by a page that does not show it. */
  function newEmbargo() {
    const box = byId('embargo');
    return !box || box.value === box.defaultValue ? null : box.value;
  }

  const embargoMeant = () => newEmbargo() ? meant('embargo') ?? newEmbargo() : newEmbargo();

  // No button of the form, or Enter in a field would press it while the first may not be pressed.
  byId('not-yet')?.addEventListener('click', () => publish.close());

  // Enter in any of its fields publishes too.
  publish?.addEventListener('submit', event => {
    if (event.submitter !== byId('do-publish')) {
      return;
    }
    event.preventDefault();
    const isForLater = whenChosen() === 'at';
    const at = byId('publish-at')?.value;
    if (isForLater && !at) {
      byId('publish-at').focus();
      return;
    }
    orderSaved('publish', {
      at: isForLater ? meant('at') ?? at : null,
      embargo: embargoMeant(),
      isSubstantive: publish.querySelector('input[name="kind"]:checked')?.value === 'substantive',
      reason: byId('reason')?.value ?? '',
    });
  });
  byId('set-embargo')?.addEventListener('click', () => {
    if (byId('embargo').reportValidity()) {
      orderSaved('embargo', { at: byId('embargo').value ? meant('embargo') ?? byId('embargo').value : null });
    }
  });

  // ---- taking back

  let successor = null;
  function lead(story) {
    successor = story?.id ?? null;
    byId('successor-name').textContent = story?.headline ?? 'none';
    byId('drop-successor').hidden = !story;
  }
  byId('open-withdraw')?.addEventListener('click', () => byId('withdraw').showModal());
  byId('pick-successor')?.addEventListener('click', () => openPicker({ notThis: id, onStory: lead }));
  byId('drop-successor')?.addEventListener('click', () => {
    lead(null);
    byId('pick-successor').focus();
  });
  byId('withdraw')?.addEventListener('submit', event => {
    if (event.submitter === byId('do-withdraw')) {
      event.preventDefault();
      orderSaved('withdraw', { successorId: successor, reason: byId('withdraw-reason').value });
    }
  });

  const isAskedAgain = asks => {
    byId('kill-first').hidden = asks;
    byId('kill-sure').hidden = !asks;
    byId('kill-reason').readOnly = asks;
  };
  byId('open-kill')?.addEventListener('click', () => {
    isAskedAgain(false);
    byId('kill').showModal();
    byId('kill-reason').focus();
  });
  byId('kill')?.addEventListener('submit', event => {
    if (event.submitter === byId('ask-kill')) {
      event.preventDefault();
      isAskedAgain(true);
      byId('keep-it').focus();
    }
  });
  byId('do-kill')?.addEventListener('click', () => orderAnyway('kill', { reason: byId('kill-reason').value }));

  byId('open-revive')?.addEventListener('click', () => byId('revive').showModal());
  byId('do-revive')?.addEventListener('click', () => orderSaved('revive', { reason: byId('revive-reason').value }));

  // ---- proceedings

  byId('proceedings')?.addEventListener('change', async event => {
    const box = event.target;
    const answer = await call('POST', `${base}/proceedings`, { areActive: box.checked });
    if (!answer.ok) {
      box.checked = !box.checked;
    }
    byId('proceedings-said').textContent = answer.ok ? (box.checked ? 'Marked.' : 'The mark is off.') : answer.problem;
    changed();
    showReceipts();
  });

  // ---- receipts

  const receipts = byId('receipts');
  const isWaiting = () => receipts.querySelector('[data-waits="yes"]') !== null;

  /** Asks until everything has been looked at; nobody waits for it. */
  async function showReceipts(times = 0) {
    const fresh = await parts(`${base}/receipts`);
    const part = fresh?.querySelector('[data-part="receipts"]');
    if (part) {
      const wasOpen = receipts.querySelector('details')?.open;
      const hadFocus = receipts.contains(document.activeElement);
      receipts.hidden = part.childElementCount === 0;
      receipts.replaceChildren(part);
      if (wasOpen) {
        receipts.querySelector('details')?.setAttribute('open', '');
      }
      if (hadFocus) {
        receipts.querySelector('summary')?.focus();
      }
    }
    if (times < LONGEST_LOOK && (part === undefined || isWaiting())) {
      setTimeout(() => showReceipts(times + 1), RECEIPT_WAITS * Math.min(times + 1, 10));
    }
  }

  receipts?.addEventListener('click', async event => {
    if (event.target.closest('[data-look-again]')) {
      await call('POST', `${base}/look-again`, {});
      showReceipts();
    }
  });
  if (receipts && isWaiting()) {
    showReceipts();
  }

  return { open: publish ? open : null, lookAgain: () => publish?.open && look() };
}
