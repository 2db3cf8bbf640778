// Signing in with a passkey, and adding one. Without what it needs of the browser, nothing of it is shown.

import { call } from './calls.js';

// A passkey belongs to a name; an address of numbers can have none.
const hasName = !/^[\d.]+$|:/.test(location.hostname);
const canKeepPasskeys = hasName && isSecureContext && Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON);
const byId = name => document.getElementById(name);

if (canKeepPasskeys) {
  offer('passkey', 'use-passkey', signIn);
  offer('new-passkey', 'add-passkey', addPasskey);
  byId('no-passkeys')?.setAttribute('hidden', '');
}

function offer(part, button, act) {
  const box = byId(part);
  if (!box) {
    return;
  }
  box.hidden = false;
  byId(button).addEventListener('click', async () => {
    byId(button).disabled = true;
    complain(await act(box));
    byId(button).disabled = false;
  });
}

function complain(sentence) {
  byId('passkey-problem').textContent = sentence ?? '';
  byId('passkey-problem').hidden = !sentence;
}

/** Each gives a sentence where it did not work. */
async function signIn(box) {
  const question = await call('POST', '/desk/sign-in/passkey/question');
  if (!question.ok) {
    return question.problem;
  }
  const credential = await asked(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) }));
  if (!credential) {
    return 'No passkey was shown. You can try again, or sign in with your password.';
  }
  const answer = await call('POST', '/desk/sign-in/passkey', { credential });
  if (answer.ok) {
    location.assign(box.dataset.to);
  }
  return answer.problem;
}

async function addPasskey() {
  const question = await call('POST', '/desk/own-sign-in/passkey/question');
  if (!question.ok) {
    return question.problem;
  }
  const credential = await asked(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) }));
  if (!credential) {
    return 'No passkey was made. This machine may have one for you already.';
  }
  const answer = await call('POST', '/desk/own-sign-in/passkey', { name: byId('passkey-name').value, credential });
  if (answer.ok) {
    location.reload();
  }
  return answer.problem;
}

/** The credential as JSON; null when the person thought better of it, or has none. */
async function asked(ask) {
  try {
    return JSON.stringify((await ask()).toJSON());
  } catch {
    return null;
  }
}
