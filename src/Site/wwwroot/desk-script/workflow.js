// The work on a story beside its text: moved from stage to stage, given to somebody, talked about. All of it goes over plain HTTP, and what was
// written and could not be sent stays where it was written.

import { call, parts } from './calls.js';

const LOOK_EVERY = 10_000;
const AROUND = 200;

const byId = id => document.getElementById(id);

/**
 * @param copy  the field of the copy, whichever form it is shown in
 * @param refresh  asks the server anew for what stands beside the text
 * @param isShown  whether that is about the copy as it is
 * @param showTab  shows one of the parts beside the text
 */
export function workflowOf({ address, copy, saving, refresh, isShown, showTab }) {
  const side = byId('workflow');
  const stage = byId('stage');
  const composer = byId('composer');
  const words = byId('composer-words');
  const panels = byId('panels');
  const keptAs = `composer ${address}`;
  if (!stage) {
    return;
  }

  const bar = () => stage.querySelector('.stage-bar');
  const version = () => Number(bar().dataset.version);

  // What is typed here is no text of the story.
  side.addEventListener('input', event => event.stopPropagation());

  function say(sentence, problem = null) {
    byId('workflow-said').textContent = sentence ?? '';
    byId('workflow-problem').textContent = problem ?? '';
    byId('workflow-problem').hidden = !problem;
    if (problem) {
      byId('workflow-problem').scrollIntoView({ block: 'nearest' });
    }
  }

  // ---- how it stands

  async function show({ evenWhereFocused = true } = {}) {
    const fresh = (await parts(`${address}/work`))?.querySelector('.stage-bar');
    if (!fresh) {
      return;
    }
    const hasNewComments = fresh.dataset.comments !== bar().dataset.comments;
    if (fresh.outerHTML !== servedBar && (evenWhereFocused || !stage.contains(document.activeElement))) {
      const focused = stage.contains(document.activeElement) ? document.activeElement.id : null;
      const open = [...stage.querySelectorAll('details[open]')].map(details => details.id);
      servedBar = fresh.outerHTML;
      stage.replaceChildren(fresh);
      open.forEach(id => byId(id)?.setAttribute('open', ''));
      (focused ? byId(focused) : null)?.focus();
    } else {
      bar().dataset.comments = fresh.dataset.comments;
    }
    if (hasNewComments) {
      await refresh();
      count();
    }
  }

  let servedBar = bar().outerHTML;

  function count() {
    const open = panels.querySelector('[data-open]')?.dataset.open ?? '0';
    byId('comment-count').textContent = open;
    byId('comment-count').hidden = open === '0';
  }

  async function after(answer, sentence) {
    say(answer.ok ? answer.said ?? sentence : '', answer.ok ? null : answer.problem);
    await show();
    return answer.ok;
  }

  setInterval(() => document.visibilityState === 'visible' && show({ evenWhereFocused: false }), LOOK_EVERY);

  // ---- handing on

  const MOVED = { Draft: 'Sent back.', InReview: 'Sent to review.', Legal: 'Sent to the lawyer.', Ready: 'Marked ready.' };

  /** What is handed on is what is saved. */
  async function move(to, note = '') {
    say('');
    if (!await saving.saveByHand()) {
      say('', 'The text is not saved yet, so the story stays where it is. Try again when it is.');
      return false;
    }
    return await after(await call('POST', `${address}/stage`, { version: version(), basedOn: saving.revision, to, note }), MOVED[to]);
  }

  async function assign(personId, dueAt) {
    await after(await call('POST', `${address}/assignment`, { version: version(), personId, dueAt }), 'Set.');
  }

  stage.addEventListener('click', async event => {
    const button = event.target.closest('button');
    if (button?.dataset.stage) {
      await move(button.dataset.stage);
    } else if (button?.id === 'send-back') {
      compose({ kind: 'back' });
    } else if (button?.id === 'waive') {
      compose({ kind: 'waive' });
    } else if (button?.id === 'take-it') {
      await assign(Number(button.dataset.person), byId('due-at').defaultValue);
    } else if (button?.id === 'assign' && byId('due-at').reportValidity()) {
      await assign(Number(byId('assignee').value) || null, byId('due-at').value);
    }
  });

  // ---- writing about it

  const KINDS = {
    comment: { label: 'Comment', act: 'Comment', names: true, send: made => call('POST', `${address}/comments`, made), done: 'The comment is made.' },
    answer: { label: 'Answer', act: 'Answer', names: true, send: made => call('POST', `${address}/comments`, made), done: 'Answered.' },
    back: { label: 'What is to be done?', act: 'Send back', names: false },
    waive: { label: 'Why it goes out without a second pair of eyes', act: 'Let it through', names: false, send: made => call('POST', `${address}/second-eyes`, { basedOn: saving.revision, reason: made.words }), done: 'It may be published now.' },
  };

  let order = null;
  let cameFrom = null;

  function compose(next) {
    if (words.value.trim() && order && (order.kind !== next.kind || order.answers !== next.answers || order.quote !== next.quote)) {
      say('', 'Something is written here already. Send it, or close it, first.');
      words.focus();
      return;
    }
    cameFrom = composer.hidden ? document.activeElement : cameFrom;
    order = next;
    const kind = KINDS[order.kind];
    byId('composer-label').textContent = order.to ? `Answer to ${order.to}` : kind.label;
    byId('composer-act').textContent = kind.act;
    byId('composer-hint').hidden = byId('composer-names').hidden = !kind.names;
    byId('composer-quote').hidden = !order.quote;
    byId('composer-quote').textContent = order.quote ?? '';
    composer.hidden = false;
    composer.scrollIntoView({ block: 'nearest' });
    words.focus();
    keep();
  }

  function close() {
    composer.hidden = true;
    words.value = '';
    order = null;
    sessionStorage.removeItem(keptAs);
    backToWork();
  }

  function backToWork() {
    if (cameFrom && !copy.shown.contains(cameFrom) && document.contains(cameFrom)) {
      cameFrom.focus();
    } else {
      copy.focus({ preventScroll: true });
    }
  }

  /** Until it is sent it is kept for this tab, as everything that is typed. */
  function keep() {
    sessionStorage.setItem(keptAs, JSON.stringify({ ...order, words: words.value }));
  }

  words.addEventListener('input', keep);

  let isSending = false;

  async function send() {
    if (isSending || !order) {
      return;
    }
    isSending = true;
    byId('composer-send').disabled = true;
    const kind = KINDS[order.kind];
    const { quote, before, after: behind, answers } = order;
    const isDone = order.kind === 'back'
      ? await move('Draft', words.value)
      : await after(await kind.send({ words: words.value, quote, before, after: behind, answers }), kind.done);
    isSending = false;
    byId('composer-send').disabled = false;
    if (isDone) {
      close();
    } else {
      words.focus();
    }
  }

  byId('composer-send').addEventListener('click', send);
  byId('composer-close').addEventListener('click', close);
  byId('composer-mention').addEventListener('change', event => {
    const before = words.value.slice(0, words.selectionStart);
    words.setRangeText(`${before && !/\s$/.test(before) ? ' ' : ''}${event.target.value}`, words.selectionStart, words.selectionEnd, 'end');
    event.target.value = '';
    keep();
    words.focus();
  });
  composer.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      send();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
  });

  // ---- comments

  /** About the words that are selected; about the whole story where none are. */
  function comment() {
    const [from, to] = [copy.selectionStart, copy.selectionEnd];
    const quote = copy.value.slice(from, to);
    showTab(byId('tab-comments'));
    compose(quote.trim()
      ? { kind: 'comment', quote, before: copy.value.slice(Math.max(0, from - AROUND), from), after: copy.value.slice(to, to + AROUND) }
      : { kind: 'comment' });
  }

  async function jumpTo(id) {
    if (!isShown()) {
      await refresh();
    }
    const item = byId(`comment-${id}`);
    if (!item?.dataset.from) {
      say('', 'Those words are not there any more.');
      return;
    }
    const [from, to] = [Number(item.dataset.from), Number(item.dataset.to)];
    copy.focus({ preventScroll: true });
    copy.setSelectionRange(from, to);
    scrollTo(from);
  }

  /** Rich text scrolls to its selection by itself; a textarea that is as tall as its text does not. */
  function scrollTo(from) {
    if (copy.shown.tagName !== 'TEXTAREA') {
      return;
    }
    const fields = byId('fields');
    const top = copy.shown.getBoundingClientRect().top - fields.getBoundingClientRect().top + fields.scrollTop;
    fields.scrollTop = top + copy.shown.offsetHeight * from / Math.max(1, copy.value.length) - fields.clientHeight / 3;
  }

  panels.addEventListener('click', async event => {
    const button = event.target.closest('[data-part=comments] button');
    const item = button?.closest('[data-comment]');
    if (!button) {
      return;
    }
    const id = Number(item?.dataset.comment);
    if ('compose' in button.dataset) {
      comment();
    } else if ('jump' in button.dataset) {
      await jumpTo(id);
    } else if (button.dataset.answer) {
      compose({ kind: 'answer', answers: id, to: button.dataset.answer });
    } else if (button.dataset.resolve) {
      const isResolved = button.dataset.resolve === 'yes';
      if (await after(await call('POST', `${address}/comments/${id}/resolved`, { isResolved }), isResolved ? 'Resolved.' : 'Open again.')) {
        (isResolved ? panels.querySelector('[data-part=comments] button') : byId(`comment-${id}`))?.focus();
      }
    }
  });

  /** From the words to what is said about them. Whoever clicked there to write goes on writing, and whoever selects some is left alone. */
  copy.around.addEventListener('click', event => {
    const item = byId(`comment-${event.target.closest('.commented')?.dataset.comment}`);
    // What was selected before goes only after the click.
    setTimeout(() => item && getSelection().isCollapsed && pointOut(item));
  });

  function pointOut(item) {
    showTab(byId('tab-comments'));
    panels.querySelector('.comment.is-meant')?.classList.remove('is-meant');
    item.classList.add('is-meant');
    if (matchMedia('(width >= 64rem)').matches) {
      item.scrollIntoView({ block: 'nearest' });
    }
  }

  // ---- keys

  document.addEventListener('keydown', event => {
    // AltGr makes letters in many languages, and some browsers call it Ctrl and Alt.
    if (!event.ctrlKey || !event.altKey || event.shiftKey || event.metaKey || event.repeat || event.getModifierState('AltGraph') || document.querySelector('dialog[open]')) {
      return;
    }
    const act = {
      KeyM: comment,
      KeyN: bar().dataset.next ? () => move(bar().dataset.next) : null,
      KeyB: byId('send-back') ? () => compose({ kind: 'back' }) : null,
    }[event.code];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  const kept = JSON.parse(sessionStorage.getItem(keptAs) ?? 'null');
  if (kept?.words) {
    const { words: written, ...about } = kept;
    words.value = written;
    order = about;
    const focused = document.activeElement;
    compose(about);
    focused?.focus();
  }
  if (location.hash.startsWith('#comment')) {
    showTab(byId('tab-comments'));
  }
}
