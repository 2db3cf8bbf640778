// Gives a front to readers, now or at a moment; shows which versions there were, and brings one back into the draft.

import { call } from '../calls.js';
import { isSame, normal } from './arrangement.js';
import { element } from './board.js';

const LOOKS_AGAIN = 60_000;
const SAID = { Scheduled: 'Scheduled', Live: 'Readers have it', Earlier: '', TakenBack: 'Taken back' };
const MARK = { Scheduled: 'state due', Live: 'state live', Earlier: 'hint', TakenBack: 'state' };

export function publishingOf({ address, data, saving, complain, announce, front, look, restore }) {
  const byId = name => document.getElementById(name);
  const dialog = byId('publish');
  const versions = byId('versions');
  let present = data.front;

  /** How the draft stands to what readers have. */
  function show() {
    const waiting = present.versions.filter(({ state }) => state === 'Scheduled').at(-1);
    const words = !present.live ? 'Readers have the newest, by itself.'
      : isSame(normal(present.live), front()) ? 'Readers have this.'
      : 'Readers do not see these changes yet.';
    const all = waiting ? `${words} A swap is due ${waiting.at}.` : words;
    if (byId('standing').textContent !== all) {
      byId('standing').textContent = all;
    }
  }

  async function ask() {
    const answer = await call('GET', `${address}/versions`);
    if (answer.ok) {
      present = answer;
      show();
      showVersions();
    }
  }

  // ---- publishing

  function open() {
    byId('publish-remarks').replaceChildren(...remarks());
    dialog.showModal();
    byId('do-publish').focus();
  }

  function remarks() {
    const cards = front().containers.flatMap(({ pins }) => pins);
    const waiting = cards.filter(card => look().stories[card.storyId] && look().stories[card.storyId].state !== 'Live');
    const drifted = cards.filter(card => card.headline && card.headlineWas && look().stories[card.storyId] && look().stories[card.storyId].headline !== card.headlineWas);
    const items = [
      ...waiting.map(card => `“${look().stories[card.storyId].headline}” is not live; readers do not see it until it is.`),
      ...drifted.map(card => `“${card.headline}” was written for another headline: the story now says “${look().stories[card.storyId].headline}”.`),
      ...present.versions.filter(({ state }) => state === 'Scheduled').map(({ at }) => `A version is due ${at}. It takes the place of this one then, unless it is taken back.`),
      ...(front().containers.length === 0 ? ['Without a container the front shows the newest by itself.'] : []),
    ];
    return items.length === 0 ? [] : [element('ul', { class: 'advice' }, ...items.map(words => element('li', {}, words)))];
  }

  dialog.addEventListener('submit', event => {
    if (event.submitter === byId('do-publish')) {
      event.preventDefault();
      publish();
    }
  });
  byId('publish-at').addEventListener('input', () => {
    dialog.querySelector('input[value="at"]').checked = true;
  });

  async function publish() {
    const isLater = dialog.querySelector('input[name="when"]:checked').value === 'at';
    const at = byId('publish-at').value;
    if (isLater && !at) {
      byId('publish-at').required = true;
      byId('publish-at').reportValidity();
      byId('publish-at').required = false;
      return;
    }
    const isSaved = await saving.saveByHand();
    const answer = isSaved ? await call('POST', `${address}/publish`, { basedOn: saving.revision, at: isLater ? at : null }) : null;
    dialog.close();
    if (answer?.ok) {
      complain(null);
      announce(isLater ? 'Scheduled.' : 'Published.');
      await ask();
    } else if (answer?.status === 409) {
      await saving.save();
      complain('Somebody changed this front while you were at it. What they did is on the page now; look again, and publish then.');
    } else {
      complain(answer?.problem ?? 'Not published: what you see here is not saved yet. The bar above says what it waits for.');
    }
  }

  // ---- versions

  function showVersions() {
    byId('versions-list').replaceChildren(...present.versions.map(version => element('li', { class: 'version' },
      element('p', {}, element('strong', {}, version.at), ' ', element('span', { class: MARK[version.state] }, SAID[version.state])),
      element('p', { class: 'hint' }, `${version.by ? `By ${version.by}` : 'By the paper itself'}, ordered ${version.orderedAt}`),
      element('p', { class: 'inline' },
        element('button', { type: 'button', class: 'quiet', 'data-restore': `${version.id}`, 'aria-label': `Restore into the draft: the version of ${version.at}` }, 'Restore into the draft'),
        ...(version.state === 'Scheduled' ? [element('button', { type: 'button', 'data-take-back': `${version.id}`, 'aria-label': `Take back the version of ${version.at}` }, 'Take it back')] : [])))));
    if (present.versions.length === 0) {
      byId('versions-list').append(element('li', { class: 'hint' }, 'None yet: this front arranges itself.'));
    }
  }

  byId('versions-list').addEventListener('click', async event => {
    const { restore: version, takeBack } = event.target.dataset;
    const answer = version ? await call('GET', `${address}/versions/${version}`) : takeBack ? await call('POST', `${address}/versions/${takeBack}/take-back`, {}) : null;
    if (!answer) {
      return;
    }
    byId('versions-problem').hidden = answer.ok;
    byId('versions-problem').textContent = answer.problem ?? '';
    if (answer.ok && version) {
      versions.close();
      restore(answer.arrangement, `Restored the version of ${present.versions.find(({ id }) => `${id}` === version).at}. Ctrl-Z brings back what was there.`);
    } else {
      await ask();
    }
  });

  byId('open-publish').addEventListener('click', open);
  byId('open-versions').addEventListener('click', () => {
    byId('versions-problem').hidden = true;
    showVersions();
    versions.showModal();
    ask();
  });
  setInterval(ask, LOOKS_AGAIN);

  return { show, open };
}
