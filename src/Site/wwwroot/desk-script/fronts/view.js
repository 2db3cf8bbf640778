// The front as readers would have it, at the width of a phone or of a desk. Only what has changed is put in anew, so that it does not flicker
// and stays where it was scrolled to.

import { parts } from '../calls.js';

export function viewIn({ address, front }) {
  const frame = document.getElementById('view-page');
  const room = frame.parentElement;
  const waits = document.getElementById('view-waits');
  const widths = [...document.querySelectorAll('[data-width]')];
  let turn = 0;
  let width = 390;

  async function refresh() {
    const now = ++turn;
    const fresh = await parts(`${address}/preview`, { arrangement: front() });
    if (now !== turn) {
      return;
    }
    waits.hidden = fresh !== null;
    if (fresh) {
      show(fresh);
    }
  }

  function show(fresh) {
    const [old, now] = [frame.contentDocument?.getElementById('main'), fresh.getElementById('main')];
    if (!old) {
      frame.srcdoc = `<!DOCTYPE html>${fresh.documentElement.outerHTML}`;
    } else if (old.innerHTML !== now.innerHTML) {
      old.replaceChildren(...now.childNodes);
    }
  }

  frame.addEventListener('load', () => {
    // What the preview leads to opens beside it: here it would stand in a box.
    frame.contentDocument?.addEventListener('click', event => {
      const outward = event.target.closest('a');
      if (outward) {
        event.preventDefault();
        if (outward.getAttribute('href') !== '#main') {
          window.open(outward.href, '_blank', 'noopener');
        }
      }
    });
  });

  function fit() {
    const scale = Math.min(1, room.clientWidth / width);
    Object.assign(frame.style, { inlineSize: `${width}px`, blockSize: `${room.clientHeight / scale}px`, scale: `${scale}` });
    frame.style.marginInlineStart = `${Math.max(0, (room.clientWidth - width * scale) / 2)}px`;
  }

  for (const button of widths) {
    button.addEventListener('click', () => {
      width = Number(button.dataset.width);
      widths.forEach(other => other.setAttribute('aria-pressed', String(other === button)));
      fit();
    });
  }
  new ResizeObserver(fit).observe(room);
  return { refresh };
}
