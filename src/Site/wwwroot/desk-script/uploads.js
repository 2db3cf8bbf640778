// Sends pictures in: several at once, each with its progress, a way to stop and a sentence when it fails; the others go on.

import { formToken, saidBy } from './calls.js';

const AT_ONCE = 2;
const LARGEST = 40 * 1024 * 1024;
const PATIENCE = 8;

/**
 * @param box  what UploadList.razor renders
 * @param options.onTaken  called with each picture that is in, and with its line in the list
 * @param options.onRest  called when nothing is on its way any more
 */
export function uploadsIn(box, { onTaken = () => {}, onRest = () => {} } = {}) {
  const list = box.querySelector('ul');
  const status = box.querySelector('[role="status"]');
  const stopAll = box.querySelector('[data-stop-all]');
  const clear = box.querySelector('[data-clear]');
  const waiting = [];
  const running = new Set();
  let [all, taken, failed, stopped] = [0, 0, 0, 0];

  function add(files) {
    for (const file of files) {
      const line = lineFor(file);
      list.append(line.item);
      all++;
      if (file.size > LARGEST) {
        end(line, 'failed', `The file has ${Math.ceil(file.size / 1024 / 1024)} MB; 40 MB is the most the paper takes.`);
      } else {
        waiting.push(line);
      }
    }
    box.hidden = list.children.length === 0;
    next();
  }

  function next() {
    while (running.size < AT_ONCE && waiting.length > 0) {
      const line = waiting.shift();
      running.add(line);
      send(line);
    }
    stopAll.hidden = running.size + waiting.length < 2;
    clear.hidden = running.size + waiting.length > 0;
    tell();
    if (running.size === 0 && taken > 0) {
      onRest();
    }
  }

  function tell() {
    const left = running.size + waiting.length;
    const words = [left > 0 ? `${taken} of ${all} in` : taken === 1 ? '1 picture is in' : `${taken} pictures are in`];
    if (failed > 0) {
      words.push(failed === 1 ? '1 could not be taken' : `${failed} could not be taken`);
    }
    if (stopped > 0) {
      words.push(stopped === 1 ? '1 stopped' : `${stopped} stopped`);
    }
    const said = `${words.join(', ')}.`;
    if (status.textContent !== said) {
      status.textContent = said;
    }
  }

  function send(line, tries = 0) {
    const request = new XMLHttpRequest();
    line.request = request;
    request.open('POST', `/desk/pictures/files?name=${encodeURIComponent(line.file.name)}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-Newsroom-Form', formToken());
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', event => {
      if (event.lengthComputable) {
        line.bar.value = event.loaded / event.total;
        line.say(`${Math.round(100 * event.loaded / event.total)} %`);
      }
    });
    request.upload.addEventListener('load', () => {
      line.bar.removeAttribute('value');
      line.say('Being looked at…');
    });
    request.addEventListener('load', () => {
      // Too many at a moment: it waits, and tries again.
      if (request.status === 503 && tries < PATIENCE) {
        line.say('Waiting for its turn…');
        line.again = setTimeout(() => {
          line.again = null;
          send(line, tries + 1);
        }, 1000 * Number(request.getResponseHeader('Retry-After') ?? 3));
        return;
      }
      const answer = saidBy(request.status, request.responseText);
      if (request.status === 200) {
        end(line, 'taken', answer.isNew ? 'In' : 'Was here already; this is the picture there is.');
        line.show(answer);
        onTaken(answer, line.item);
      } else {
        end(line, 'failed', answer.problem);
      }
    });
    request.addEventListener('error', () => end(line, 'failed', 'It did not get through to the server.', true));
    request.addEventListener('abort', () => end(line, 'stopped', 'Stopped.', true));
    request.send(line.file);
  }

  function end(line, how, words, mayTryAgain = false) {
    running.delete(line);
    [taken, failed, stopped] = [taken + (how === 'taken'), failed + (how === 'failed'), stopped + (how === 'stopped')];
    line.end(how, words, mayTryAgain ? () => {
      [failed, stopped] = [failed - (how === 'failed'), stopped - (how === 'stopped')];
      waiting.push(line);
      next();
    } : null);
    next();
  }

  function stop(line) {
    const place = waiting.indexOf(line);
    if (place >= 0) {
      waiting.splice(place, 1);
      end(line, 'stopped', 'Stopped.', true);
    } else if (line.again) {
      clearTimeout(line.again);
      line.again = null;
      end(line, 'stopped', 'Stopped.', true);
    } else {
      line.request?.abort();
    }
  }

  function lineFor(file) {
    const item = document.createElement('li');
    const thumb = part('span', 'thumb');
    const name = part('span', 'upload-name', file.name);
    const bar = part('progress');
    const words = part('span', 'hint', 'Waiting');
    const button = part('button', 'quiet', 'Stop');
    const line = { file, item, bar, say: said => { words.textContent = said; } };
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute('aria-label', file.name);
    button.type = 'button';
    button.setAttribute('aria-label', `Stop ${file.name}`);
    item.append(thumb, name, bar, words, button);
    let press = () => stop(line);
    button.addEventListener('click', () => press());

    line.show = picture => {
      const image = part('img');
      [image.src, image.alt, image.width, image.height] = [picture.thumb, '', 64, 64];
      thumb.append(image);
      const link = part('a', '', file.name);
      link.href = `/desk/pictures/${picture.id}`;
      name.replaceChildren(link);
    };
    line.end = (how, said, tryAgain) => {
      item.dataset.state = how;
      bar.remove();
      line.say(said);
      button.hidden = !tryAgain;
      button.textContent = 'Try again';
      button.setAttribute('aria-label', `Try ${file.name} again`);
      press = () => {
        item.dataset.state = '';
        bar.value = 0;
        words.before(bar);
        button.textContent = 'Stop';
        button.setAttribute('aria-label', `Stop ${file.name}`);
        press = () => stop(line);
        tryAgain();
      };
    };
    return line;
  }

  stopAll.addEventListener('click', () => [...waiting, ...running].forEach(stop));
  clear.addEventListener('click', () => {
    list.replaceChildren();
    [all, taken, failed, stopped] = [0, 0, 0, 0];
    box.hidden = true;
  });
  window.addEventListener('beforeunload', event => {
    if (running.size + waiting.length > 0) {
      event.preventDefault();
    }
  });

  return { add };
}

function part(kind, className = '', words = '') {
  const element = document.createElement(kind);
  if (className) {
    element.className = className;
  }
  element.textContent = words;
  return element;
}

const bringsFiles = event => [...(event.dataTransfer?.types ?? [])].includes('Files');

/** Lets files be dropped on a part of the page, which shows that it would take them. */
export function takesDrops(place, take) {
  let depth = 0;
  const mark = () => place.classList.toggle('takes-drop', depth > 0);
  place.addEventListener('dragenter', event => {
    if (bringsFiles(event)) {
      event.preventDefault();
      event.stopPropagation();
      depth++;
      mark();
    }
  });
  place.addEventListener('dragleave', event => {
    if (bringsFiles(event)) {
      event.stopPropagation();
      depth = Math.max(0, depth - 1);
      mark();
    }
  });
  place.addEventListener('dragover', event => {
    if (bringsFiles(event)) {
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = 'copy';
    }
  });
  place.addEventListener('drop', event => {
    if (bringsFiles(event)) {
      event.preventDefault();
      event.stopPropagation();
      depth = 0;
      mark();
      take([...event.dataTransfer.files], event);
    }
  });
}

/** A file dropped beside its place must not make the browser leave the page for it. */
export function missesNoDrop() {
  for (const name of ['dragover', 'drop']) {
    window.addEventListener(name, event => {
      if (bringsFiles(event) && !event.defaultPrevented) {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'none';
      }
    });
  }
}

/** Pictures on the clipboard. Words win: programs that copy text often lay a picture of it beside. */
export function picturesPasted(event) {
  if (event.clipboardData.types.includes('text/plain')) {
    return [];
  }
  const now = new Date().toISOString().slice(0, 16).replace(/[T:]/g, '-');
  return [...event.clipboardData.files].filter(file => file.type.startsWith('image/'))
    .map(file => file.name === 'image.png' ? new File([file], `pasted-${now}.png`, { type: file.type }) : file);
}
