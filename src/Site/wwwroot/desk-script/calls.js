// The newsroom's calls to its own server. Every answer is an object with `ok`, `status` and what the server said;
// a server that is away is an answer too, so that no caller can lose a text to an exception.

const tokenFields = () => document.querySelectorAll('input[name="__RequestVerificationToken"]');

export const formToken = () => tokenFields()[0].value;

/** Half of a pasted character, which no server can read, goes as the sign for an unknown one; the rest of the text is saved. */
const asJson = body => JSON.stringify(body, (_, value) => typeof value === 'string' ? value.toWellFormed?.() ?? value : value);

const AWAY = { ok: false, status: 0, problem: 'The server does not answer. Your text is safe in this browser; it can be saved when the server is back.' };

/** A server that has died on its way holds its line open, perhaps for ever. */
const LONGEST = 30_000;

export async function call(method, address, body) {
  try {
    const answer = await askedOnce(method, address, body);
    if (!answer.formIsOld) {
      return answer;
    }
    const renewed = await renewFormToken();
    return renewed.ok ? await askedOnce(method, address, body) : renewed;
  } catch {
    return AWAY;
  }
}

async function askedOnce(method, address, body) {
  const response = await send(method, address, body);
  // A sign-in page, which a door before ours may lead to, is not the answer.
  const isElsewhere = response.redirected || (response.ok && response.headers.get('Content-Type')?.includes('html'));
  const status = isElsewhere ? 401 : response.status;
  return { ok: response.ok && !isElsewhere, status, ...saidBy(status, isElsewhere ? '' : await response.text()) };
}

function send(method, address, body, how = { signal: AbortSignal.timeout?.(LONGEST) }) {
  return fetch(address, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-Newsroom-Form': formToken(), Accept: 'application/json' },
    body: body === undefined ? undefined : asJson(body),
    ...how,
  });
}

/** The last words of a page that is being left. Whether they arrived it will never know. */
export function callOut(method, address, body) {
  send(method, address, body, { keepalive: true }).catch(() => { });
}

/** A page may stay open longer than its token, or than somebody's sign-in. Says whether the same person is signed in as when it was opened. */
export async function renewFormToken() {
  try {
    const response = await fetch('/desk/form-token', { headers: { Accept: 'application/json' } });
    if (!response.ok || response.redirected) {
      return { ok: false, status: response.status, ...saidBy(response.redirected ? 401 : response.status, '') };
    }
    const { token, person, name } = await response.json();
    const owner = document.querySelector('[data-person]')?.dataset.person;
    if (owner && owner !== person) {
      return { ok: false, status: 401, isSomebodyElse: true, problem: `${name} has signed in in this browser, and your text is not saved under another name.` };
    }
    tokenFields().forEach(field => { field.value = token; });
    return { ok: true, status: 200 };
  } catch {
    return AWAY;
  }
}

/** Fragments of the page that the server has rendered, keyed by their part's name; null when there is no answer. */
export async function parts(address, body) {
  try {
    const response = await send(body === undefined ? 'GET' : 'POST', address, body);
    return response.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : null;
  } catch {
    return null;
  }
}

/** What an answer says, also where it did not come by fetch. */
export function saidBy(status, body) {
  if (status === 401) {
    return { problem: 'You are signed out. Sign in again in another tab, then save here: your text stays.' };
  }
  try {
    return JSON.parse(body);
  } catch {
    return status < 400 ? {} : { problem: status === 403 ? 'That is not yours to do.' : 'The server could not do that. Your text is safe in this browser; try again in a moment.' };
  }
}

/** Runs the last of a burst of calls, once it has been quiet for a while. */
export function afterAPause(milliseconds, run) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), milliseconds);
  };
}
