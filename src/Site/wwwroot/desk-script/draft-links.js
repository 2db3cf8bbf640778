// Links by which somebody outside reads a draft: made, listed and revoked in a dialog of the editing page.

import { call, parts } from './calls.js';

const dialog = document.getElementById('draft-links');
const byId = name => document.getElementById(name);

document.getElementById('open-draft-links')?.addEventListener('click', open);

async function open() {
  byId('draft-made').hidden = byId('draft-problem').hidden = true;
  dialog.showModal();
  byId('draft-for').focus();
  await list();
}

async function list() {
  const fresh = await parts(dialog.dataset.address);
  const links = fresh?.querySelector('[data-part="draft-links"]');
  if (links) {
    byId('draft-links-list').replaceChildren(links);
  } else {
    complain('The links there are cannot be listed just now.');
  }
}

function complain(sentence) {
  byId('draft-problem').textContent = sentence ?? '';
  byId('draft-problem').hidden = !sentence;
}

dialog?.addEventListener('submit', async event => {
  if (event.submitter?.value === 'close') {
    return;
  }
  event.preventDefault();
  const answer = await call('POST', dialog.dataset.address, { forWhom: byId('draft-for').value, hours: Number(byId('draft-lasts').value) });
  complain(answer.ok ? null : answer.problem);
  byId('draft-made').hidden = !answer.ok;
  if (!answer.ok) {
    byId(answer.field ?? 'draft-for').focus();
    return;
  }
  byId('draft-made-words').textContent = `Send this link to ${answer.forWhom}. It is shown only now.`;
  byId('draft-address').value = answer.address;
  byId('draft-address').select();
  byId('draft-for').value = '';
  await list();
});

byId('copy-draft-link')?.addEventListener('click', async () => {
  byId('draft-address').select();
  try {
    await navigator.clipboard.writeText(byId('draft-address').value);
    byId('draft-made-words').textContent = 'The link is copied. It is shown only now.';
  } catch {
    byId('draft-made-words').textContent = 'The browser did not allow it; the link is selected, copy it with Ctrl-C.';
  }
});

byId('draft-links-list')?.addEventListener('click', async event => {
  const button = event.target.closest('[data-revoke]');
  if (!button) {
    return;
  }
  const answer = await call('DELETE', `${dialog.dataset.address}/${button.dataset.revoke}`);
  complain(answer.ok ? null : answer.problem);
  await list();
  (byId('draft-links-list').querySelector('[data-revoke]') ?? byId('draft-for')).focus();
});
