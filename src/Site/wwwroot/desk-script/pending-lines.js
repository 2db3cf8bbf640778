// Lines that wait for their story, by keys: from line to line, and a figure ties the line to the headline of that number.

const lines = [...document.querySelectorAll('.pending-line')];

document.querySelector('.pending-lines')?.addEventListener('keydown', event => {
  const line = event.target.closest('.pending-line');
  if (!line || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (/^[1-9]$/.test(event.key)) {
    line.querySelector(`[aria-keyshortcuts="${event.key}"]`)?.click();
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    const next = lines[lines.indexOf(line) + (event.key === 'ArrowDown' ? 1 : -1)];
    next?.querySelector('button')?.focus();
  }
});
