// The readers' page beside the text, in a frame of its own, so that it is laid out for the width it is shown in. What has not changed in
// it stays as it is: pictures do not flicker, and whoever has scrolled stays there.

const WIDTHS = { phone: 360, desk: 1280 };
const REMEMBERED = 'preview-width';

export function previewIn(panel) {
  const frame = panel.querySelector('iframe');
  const box = frame.parentElement;
  const buttons = [...panel.querySelectorAll('[data-width]')];
  let chosen = localStorage.getItem(REMEMBERED) === 'desk' ? 'desk' : 'phone';
  let shown = '';
  let isThere = false;

  // ---- how wide

  function choose(width) {
    chosen = width;
    localStorage.setItem(REMEMBERED, width);
    fit();
  }

  function fit() {
    buttons.forEach(button => button.setAttribute('aria-pressed', String(button.dataset.width === chosen)));
    const [wanted, room] = [WIDTHS[chosen], box.clientWidth];
    if (room === 0) {
      return;
    }
    const scale = Math.min(1, room / wanted);
    frame.style.inlineSize = `${wanted}px`;
    frame.style.blockSize = `${box.clientHeight / scale}px`;
    frame.style.insetInlineStart = `${Math.max(0, (room - wanted * scale) / 2)}px`;
    frame.style.transform = scale < 1 ? `scale(${scale})` : 'none';
  }

  buttons.forEach(button => button.addEventListener('click', () => choose(button.dataset.width)));
  document.addEventListener('keydown', event => {
    if (event.key === 'F8' && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      choose(chosen === 'phone' ? 'desk' : 'phone');
    }
  });
  new ResizeObserver(fit).observe(box);

  // ---- what it shows

  frame.addEventListener('load', () => {
    const page = frame.contentDocument;
    isThere = shown !== '';
    page.addEventListener('click', leadOut);
    // The newsroom's keys mean the same wherever the focus is.
    page.addEventListener('keydown', event => {
      if (!document.dispatchEvent(new KeyboardEvent('keydown', event))) {
        event.preventDefault();
      }
    });
  });

  /** The text being written stays where it is; what the page leads to opens beside it. */
  function leadOut(event) {
    const link = event.target.closest?.('a[href]');
    if (link && !link.getAttribute('href').startsWith('#')) {
      event.preventDefault();
      window.open(new URL(link.getAttribute('href'), location.href), '_blank', 'noopener');
    }
  }

  return {
    /** @param answer  the panels as the server has rendered them */
    show(answer) {
      const html = answer.querySelector('iframe').getAttribute('srcdoc');
      if (html === shown) {
        return;
      }
      const fresh = new DOMParser().parseFromString(html, 'text/html');
      const page = frame.contentDocument;
      if (isThere) {
        addSheets(page, fresh);
        bringUp(page.body, fresh.body);
      } else {
        frame.srcdoc = html;
      }
      shown = html;
    },
  };
}

/** A style sheet that only some stories have comes in beside the others: a frame loaded anew stands without any for a moment, and at its top. */
function addSheets(page, fresh) {
  const hrefOf = sheet => sheet.getAttribute('href');
  const known = new Set([...page.querySelectorAll('link[rel=stylesheet]')].map(hrefOf));
  const missing = [...fresh.querySelectorAll('link[rel=stylesheet]')].filter(sheet => !known.has(hrefOf(sheet)));
  page.head.append(...missing.map(sheet => page.importNode(sheet)));
}

function bringUp(old, fresh) {
  if (old.isEqualNode(fresh)) {
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  [...old.attributes].filter(({ name }) => !fresh.hasAttribute(name)).forEach(({ name }) => old.removeAttribute(name));
  [...fresh.attributes].filter(({ name, value }) => old.getAttribute(name) !== value).forEach(({ name, value }) => old.setAttribute(name, value));

  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start].isEqualNode(after[start])) {
    start++;
  }
  let end = 0;
  while (end < least - start && before.at(-1 - end).isEqualNode(after.at(-1 - end))) {
    end++;
  }
  const [gone, come] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (gone.length === come.length && gone.every((node, at) => node.nodeName === come[at].nodeName)) {
    gone.forEach((node, at) => bringUp(node, come[at]));
    return;
  }
  const next = before[before.length - end] ?? null;
  gone.forEach(node => node.remove());
  come.forEach(node => old.insertBefore(node, next));
}
