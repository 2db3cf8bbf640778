// Who else has the story open, and who typed last. Asked every few seconds over plain HTTP; it is no lock, and keeps nobody out.

import { call, callOut } from './calls.js';

const WHILE_SEEN = 3_000;
const WHILE_HIDDEN = 10_000;
const AT_MOST_EVERY = 2_000;

/**
 * @param tab  the name of this page among others
 * @param onRevision  called with the newest revision that the server has
 * @param does  what somebody does there, in words
 */
export function presenceIn({ address, tab, onRevision, does = { now: 'is typing', before: 'typed' } }) {
  const box = document.getElementById('present');
  let hasTyped = false;
  let timer;
  let said = 0;

  async function say() {
    clearTimeout(timer);
    said = Date.now();
    const typed = hasTyped;
    hasTyped = false;
    const answer = await call('POST', `${address}/presence`, { tab, hasTyped: typed });
    if (answer.ok) {
      show(answer.others);
      onRevision(answer.revision);
    } else {
      hasTyped ||= typed;
      show([]);
    }
    clearTimeout(timer);
    timer = setTimeout(say, document.visibilityState === 'visible' ? WHILE_SEEN : WHILE_HIDDEN);
  }

  function show(others) {
    const words = others.map(({ name, isSamePerson, secondsSinceTyping }) => `${isSamePerson ? 'You, in another window,' : name} ${lately(secondsSinceTyping, does)}`).join('; ');
    if (box.textContent !== words) {
      box.textContent = words;
      box.hidden = !words;
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      say();
    }
  });
  window.addEventListener('pagehide', () => callOut('DELETE', `${address}/presence?tab=${encodeURIComponent(tab)}`));
  window.addEventListener('pageshow', event => event.persisted && say());
  say();

  return {
    typed() {
      hasTyped = true;
      if (Date.now() - said > AT_MOST_EVERY) {
        say();
      }
    },
  };
}

function lately(seconds, does) {
  if (seconds === null) {
    return 'has it open';
  }
  if (seconds < 10) {
    return does.now;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 1 ? `${does.before} just now` : minutes === 1 ? `${does.before} a minute ago` : `${does.before} ${minutes} minutes ago`;
}
