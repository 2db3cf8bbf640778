// The newsroom's calls to its own server. Every answer is an object with `ok`, `status` and what the server said;
// a server that is away is an answer too, so that no caller can lose a text to an exception.

export const formToken = () => document.querySelector('input[name="__RequestVerificationToken"]').value;

/** Half of a pasted character, which no server can read, goes as the sign for an unknown one; the rest of the text is saved. */
const asJson = body => JSON.stringify(body, (_, value) => typeof value === 'string' ? value.toWellFormed?.() ?? value : value);

export async function call(method, address, body) {
  try {
    const response = await fetch(address, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-Newsroom-Form': formToken(), Accept: 'application/json' },
      body: body === undefined ? undefined : asJson(body),
    });
    return { ok: response.ok, status: response.status, ...(await said(response)) };
  } catch {
    return { ok: false, status: 0, problem: 'The server does not answer. Your text is safe in this browser; it can be saved when the server is back.' };
  }
}

/** Fragments of the page that the server has rendered, keyed by their part's name; null when there is no answer. */
export async function parts(address, body) {
  try {
    const response = await fetch(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Newsroom-Form': formToken() },
      body: body === undefined ? undefined : asJson(body),
    });
    return response.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : null;
  } catch {
    return null;
  }
}

async function said(response) {
  return saidBy(response.status, await response.text());
}

/** What an answer says, also where it did not come by fetch. */
export function saidBy(status, body) {
  if (status === 401) {
    return { problem: 'You are signed out. Sign in again in another tab, then save here: your text stays.' };
  }
  try {
    return JSON.parse(body);
  } catch {
    return { problem: status === 403 ? 'That is not yours to do.' : 'The server could not do that. Your text is safe in this browser; try again in a moment.' };
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
