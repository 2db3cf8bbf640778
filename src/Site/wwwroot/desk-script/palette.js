// Everything that can be done on this page, and everywhere one can go, by a few letters: Ctrl-Shift-P. There is no list of commands: the
// page says where its links and buttons are (data-commands) and its fields (data-fields), and what has neither adds itself when asked.

import { afterAPause, parts } from './calls.js';
import { choosingIn } from './hits.js';

const SHOWN = 100;
const FEWEST_LETTERS = 2;

const dialog = document.createElement('dialog');
dialog.className = 'picker palette';
dialog.setAttribute('aria-labelledby', 'palette-title');
dialog.innerHTML = `
  <form method="dialog">
    <h2 id="palette-title">Commands</h2>
    <label for="palette-words">What do you want to do, or where to go?</label>
    <input id="palette-words" enterkeyhint="go" spellcheck="false" role="combobox" aria-expanded="true" aria-controls="palette-hits" aria-autocomplete="list" autocomplete="off">
    <ul id="palette-hits" role="listbox" aria-label="Commands found"></ul>
    <p class="hint" id="palette-none" role="status" hidden>Nothing here is called that.</p>
    <p class="picker-foot"><span class="hint">↑ ↓ choose · Enter does it · Esc closes</span> <button value="close" class="quiet">Close</button></p>
  </form>`;
document.body.append(dialog);

const [words, hits, none] = ['words', 'hits', 'none'].map(name => dialog.querySelector(`#palette-${name}`));
const { chosen, choose } = choosingIn(words, hits, run);
let commands = [];
let shown = [];
let asked = 0;

// ---- what there is

const folded = element => element.closest('details:not([open])');
const isVisible = element => folded(element) ? !element.closest('[hidden]') : element.checkVisibility?.() ?? element.offsetParent !== null;

function nameOf(element) {
  if (element.ariaLabel || element.dataset.command) {
    return element.dataset.command || element.ariaLabel;
  }
  const copy = element.cloneNode(true);
  copy.querySelectorAll('kbd, [hidden]').forEach(part => part.remove());
  return copy.textContent.trim().replace(/\s+/g, ' ');
}

const keysOf = element => element.querySelector('kbd')?.textContent ?? element.getAttribute('aria-keyshortcuts')?.replaceAll('+', '-').replaceAll('Control', 'Ctrl') ?? '';

function fromLinksAndButtons() {
  const found = [...document.querySelectorAll('[data-commands] :is(a[href], button), [data-command]')];
  return found.filter(element => isVisible(element) && !element.disabled && !element.closest('dialog') && element.id !== 'open-palette')
    .map(element => ({ name: `${element.localName === 'a' && !element.dataset.command ? 'Go to: ' : ''}${nameOf(element)}`, keys: keysOf(element), run: () => { folded(element)?.setAttribute('open', ''); element.click(); } }));
}

function fromFields() {
  const labels = [...document.querySelectorAll('[data-fields] label[for]')].filter(label => label.control && !label.closest('dialog, [hidden]'));
  return labels.map(label => ({
    name: `Field: ${nameOf(label)}`,
    keys: '',
    run: () => {
      label.closest('details')?.setAttribute('open', '');
      label.control.scrollIntoView({ block: 'center' });
      label.click();
      label.control.focus();
    },
  }));
}

function all() {
  const added = [];
  document.dispatchEvent(new CustomEvent('commands-wanted', { detail: { add: (...more) => added.push(...more) } }));
  const known = new Set();
  return [...fromLinksAndButtons(), ...added, ...fromFields()].filter(({ name }) => name && !known.has(name) && known.add(name));
}

async function stories(asking) {
  const found = asking.length < FEWEST_LETTERS ? null : await parts(`/desk/find-story?q=${encodeURIComponent(asking)}&not=0`);
  return [...found?.querySelectorAll('[data-id]') ?? []].map(hit => ({
    name: `Story: ${hit.dataset.headline}`,
    keys: hit.querySelector('.hit-facts')?.textContent.trim().replace(/\s+/g, ' ') ?? '',
    run: () => location.assign(`/desk/stories/${hit.dataset.id}`),
  }));
}

// ---- what is meant

/** How well a name answers; the less the better, null not at all. */
function distance(name, asking) {
  const text = name.toLowerCase();
  const parts = text.split(/[^\p{L}\p{N}&]+/u);
  const bare = text.replace(/^(go to|field|put in): /, '');
  if (asking.every(word => text.includes(word))) {
    return bare.startsWith(asking.join(' ')) ? 0 : asking.every(word => parts.some(part => part.startsWith(word))) ? 1 : 2;
  }
  return null;
}

function find() {
  const asking = words.value.toLowerCase().trim().split(/\s+/).filter(Boolean);
  show(commands.map(command => ({ command, by: distance(command.name, asking) })).filter(({ by }) => by !== null)
    .sort((a, b) => a.by - b.by).map(({ command }) => command).slice(0, SHOWN));
  findStories(words.value.trim());
}

const findStories = afterAPause(150, async asking => {
  const turn = ++asked;
  const found = await stories(asking);
  if (turn === asked && dialog.open && found.length > 0) {
    show([...shown, ...found], chosen());
  }
});

function show(found, stays = null) {
  const kept = stays === null ? 0 : shown.length;
  shown = found;
  if (stays === null) {
    hits.replaceChildren();
  }
  hits.append(...found.slice(kept).map((command, i) => {
    const option = document.createElement('li');
    const [name, keys] = [document.createElement('span'), document.createElement('span')];
    option.id = `palette-${kept + i}`;
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', 'false');
    Object.assign(name, { className: 'hit-headline', textContent: command.name });
    Object.assign(keys, { className: 'hit-facts', textContent: command.keys });
    option.append(name, ' ', keys);
    return option;
  }));
  words.setAttribute('aria-expanded', String(shown.length > 0));
  none.hidden = shown.length > 0;
  if (!chosen()) {
    choose(hits.firstElementChild);
  }
}

function run(hit) {
  const command = shown[[...hits.children].indexOf(hit)];
  dialog.close();
  command?.run();
}

// ---- opening it

function open() {
  commands = all();
  words.value = '';
  dialog.showModal();
  words.focus();
  find();
}

words.addEventListener('input', find);
words.addEventListener('keydown', event => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const at = chosen();
  const next = { ArrowDown: at?.nextElementSibling ?? hits.firstElementChild, ArrowUp: at?.previousElementSibling ?? hits.lastElementChild }[event.key];
  if (next) {
    event.preventDefault();
    choose(next);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    if (at) {
      run(at);
    }
  }
});

document.addEventListener('keydown', event => {
  if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey || event.key.toLowerCase() !== 'p') {
    return;
  }
  event.preventDefault();
  if (dialog.open) {
    dialog.close();
  } else if (!document.querySelector('dialog[open]')) {
    open();
  }
});

const button = document.getElementById('open-palette');
if (button) {
  button.hidden = false;
  button.addEventListener('click', open);
}
