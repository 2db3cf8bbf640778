// Choosing stories in the list: all of a page, from one to another, and by keys. Without it the ticks and the buttons do the same, one by one.

const form = document.getElementById('bulk');
const all = document.getElementById('choose-all');
const count = document.getElementById('bulk-count');
const ticks = [...(form?.querySelectorAll('input[name="story"]') ?? [])];

let last = null;

function tell() {
  const chosen = ticks.filter(tick => tick.checked).length;
  count.textContent = chosen === 0 ? '' : chosen === 1 ? '(1 story)' : `(${chosen} stories)`;
  all.checked = chosen === ticks.length;
  all.indeterminate = chosen > 0 && chosen < ticks.length;
}

/** As everywhere: with Shift all from the one before to this one. */
function tickBetween(from, to, checked) {
  const [first, end] = [ticks.indexOf(from), ticks.indexOf(to)].sort((a, b) => a - b);
  ticks.slice(first, end + 1).forEach(tick => { tick.checked = checked; });
}

form?.addEventListener('click', event => {
  if (!ticks.includes(event.target)) {
    return;
  }
  if (event.shiftKey && last) {
    tickBetween(last, event.target, event.target.checked);
  }
  last = event.target;
});

form?.addEventListener('change', event => {
  if (event.target === all) {
    ticks.forEach(tick => { tick.checked = all.checked; });
  }
  tell();
});

form?.addEventListener('keydown', event => {
  const at = ticks.indexOf(event.target);
  const next = ticks[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !['ArrowDown', 'ArrowUp'].includes(event.key)) {
    return;
  }
  event.preventDefault();
  if (!next) {
    return;
  }
  if (event.shiftKey) {
    event.target.checked = next.checked = true;
    tell();
  }
  last = next;
  next.focus();
});

if (all) {
  all.hidden = false;
  tell();
  // A browser that goes back keeps the ticks, and says so only afterwards.
  addEventListener('pageshow', tell);
}
