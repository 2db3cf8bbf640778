// Cards, containers and stories found are dragged by pointer: mouse, pen or finger. What is dragged follows the pointer, a line shows where
// it would come to stand, and Escape lets it go where it was.

const BEFORE_IT_IS_A_DRAG = 6;
const EDGE = 56;

/**
 * @param scrolls  what is scrolled while somebody drags along its edge
 * @param take  called with what the pointer went down on: what is dragged as { kind, words, … }, or null
 * @param drop  called with what was dragged, and where: { key, index } among the pinned cards or, for a container, { index }
 */
export function dragsIn(root, { board, scrolls, take, drop, began, ended }) {
  const line = Object.assign(document.createElement('div'), { className: 'drop-line', hidden: true });
  const ghost = Object.assign(document.createElement('div'), { className: 'drag-ghost', hidden: true });
  document.body.append(line, ghost);
  let dragged = null;
  let start = null;
  let place = null;
  let scrolling;

  root.addEventListener('pointerdown', event => {
    if (event.button !== 0 || dragged || event.target.closest('input, textarea, select, a, .card-more, .container-settings, button:not(.grab)')) {
      return;
    }
    // A finger scrolls the page, except on what is there to be dragged by.
    if (event.pointerType === 'touch' && !event.target.closest('.grab')) {
      return;
    }
    const what = take(event.target);
    if (what) {
      start = { what, x: event.clientX, y: event.clientY, id: event.pointerId };
    }
  });

  document.addEventListener('pointermove', event => {
    if (!start || event.pointerId !== start.id) {
      return;
    }
    if (!dragged && Math.hypot(event.clientX - start.x, event.clientY - start.y) > BEFORE_IT_IS_A_DRAG) {
      begin();
    }
    if (dragged) {
      event.preventDefault();
      follow(event.clientX, event.clientY);
    }
  });

  document.addEventListener('pointerup', event => {
    if (dragged && event.pointerId === start?.id) {
      follow(event.clientX, event.clientY);
      const [what, where] = [dragged, place];
      end();
      if (where) {
        drop(what, where);
      }
    }
    start = null;
  });
  document.addEventListener('pointercancel', end);
  document.addEventListener('keydown', event => {
    if (dragged && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      end();
    }
  }, true);
  // The browser's own dragging of pictures and links, and the click that follows a drag, would both be in the way.
  root.addEventListener('dragstart', event => event.preventDefault());
  root.addEventListener('click', event => {
    if (root.classList.contains('has-dragged')) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);

  function begin() {
    dragged = start.what;
    ghost.textContent = dragged.words;
    ghost.hidden = false;
    document.documentElement.classList.add('is-dragging');
    root.classList.add('has-dragged');
    getSelection().removeAllRanges();
    began(dragged);
  }

  function end() {
    if (!dragged) {
      start = null;
      return;
    }
    dragged = start = place = null;
    ghost.hidden = line.hidden = true;
    cancelAnimationFrame(scrolling);
    document.documentElement.classList.remove('is-dragging');
    setTimeout(() => root.classList.remove('has-dragged'));
    ended();
  }

  function follow(x, y) {
    ghost.style.translate = `${x + 12}px ${y + 8}px`;
    place = dragged.kind === 'container' ? betweenContainers(y) : betweenCards(x, y);
    line.hidden = !place;
    if (place) {
      Object.assign(line.style, { translate: `${place.box.left}px ${place.at - 1}px`, inlineSize: `${place.box.width}px` });
    }
    cancelAnimationFrame(scrolling);
    scrollAlong(y);
  }

  function betweenContainers(y) {
    const all = [...board.children];
    const others = all.filter(item => item.dataset.key !== dragged.key).map(item => item.getBoundingClientRect());
    const index = others.findIndex(box => y < box.top + box.height / 2);
    const box = others[index] ?? others.at(-1);
    return box ? { index: index < 0 ? others.length : index, box, at: index < 0 ? box.bottom + 6 : box.top - 6 } : null;
  }

  function betweenCards(x, y) {
    const container = document.elementFromPoint(x, y)?.closest('.container');
    const list = container?.querySelector('.pins');
    if (!list) {
      return null;
    }
    const boxes = [...list.children].filter(item => Number(item.dataset.story) !== dragged.story).map(item => item.getBoundingClientRect());
    const found = boxes.findIndex(box => y < box.top + box.height / 2);
    const index = found < 0 ? boxes.length : found;
    const box = boxes[index] ?? boxes.at(-1) ?? container.querySelector('.container-head').getBoundingClientRect();
    return { key: container.dataset.key, index, box, at: found < 0 ? box.bottom : box.top };
  }

  function scrollAlong(y) {
    const box = scrolls.scrollHeight > scrolls.clientHeight + 1 && getComputedStyle(scrolls).overflowY !== 'visible' ? scrolls.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    const by = y < box.top + EDGE ? -10 : y > box.bottom - EDGE ? 10 : 0;
    if (by) {
      (box.top === 0 && box.bottom === innerHeight ? document.scrollingElement : scrolls).scrollBy(0, by);
      scrolling = requestAnimationFrame(() => scrollAlong(y));
    }
  }
}
