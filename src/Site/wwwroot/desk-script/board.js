// The board by keyboard: up and down within a column, left and right between them, Enter opens a story, M goes to where it can be moved.

const board = document.getElementById('board');
const columns = () => [...board.querySelectorAll('.board-column')].map(column => [...column.querySelectorAll('.board-card')]).filter(cards => cards.length > 0);

/** The board is one stop of Tab; from card to card go the arrows, and Tab goes on to what a card holds. */
function rove(card) {
  for (const other of board.querySelectorAll('.board-card')) {
    other.tabIndex = other === card ? 0 : -1;
  }
}

function goTo(card) {
  if (card) {
    rove(card);
    card.focus();
    card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

board.addEventListener('keydown', event => {
  const card = event.target.closest('.board-card');
  if (!card || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  if (event.key === 'Escape' && event.target !== card) {
    goTo(card);
    return;
  }
  if (event.target !== card) {
    return;
  }
  const all = columns();
  const at = all.findIndex(cards => cards.includes(card));
  const row = all[at].indexOf(card);
  const beside = step => all[at + step]?.[Math.min(row, all[at + step].length - 1)];
  const act = {
    ArrowDown: () => goTo(all[at][row + 1]),
    ArrowUp: () => goTo(all[at][row - 1]),
    ArrowRight: () => goTo(beside(1)),
    ArrowLeft: () => goTo(beside(-1)),
    Enter: () => card.querySelector('h3 a')?.click(),
    m: () => card.querySelector('select')?.focus(),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// Whoever has just come need not look for the way in.
document.addEventListener('keydown', event => {
  if (event.target === document.body && event.key.startsWith('Arrow') && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    goTo(board.querySelector('.board-card[tabindex="0"]'));
  }
});

board.addEventListener('focusin', event => {
  const card = event.target.closest('.board-card');
  if (card) {
    rove(card);
  }
});

rove(board.querySelector('.board-card'));
if (location.hash.startsWith('#story-')) {
  goTo(document.getElementById(location.hash.slice(1)));
}
