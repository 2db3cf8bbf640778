// The page of one picture: the focal point is set by a click or the arrow keys, and every cut follows at once.

const place = document.getElementById('focus');
const [left, top_] = [document.getElementById('focus-x'), document.getElementById('focus-y')];
if (place && left) {
  const [width, height] = [Number(place.dataset.width), Number(place.dataset.height)];
  const mark = document.getElementById('focus-mark');
  const clamp = (value, most) => Math.min(most, Math.max(0, value));
  const said = value => String(Math.round(value * 100) / 100);

  const read = () => [left, top_].map(field => clamp(Number(field.value), 100));

  function write(x, y) {
    [left.value, top_.value] = [said(clamp(x, 100)), said(clamp(y, 100))];
    show();
  }

  function show() {
    const [x, y] = read();
    mark.setAttribute('transform', `translate(${width * x / 100} ${height * y / 100})`);
    for (const cut of document.querySelectorAll('#crops img')) {
      follow(cut, x / 100, y / 100);
    }
  }

  /** As the paper cuts: the point in the middle, or as near to it as the picture's edges let it be. */
  function follow(cut, x, y) {
    if (!cut.dataset.follows) {
      cut.dataset.follows = 'yes';
      cut.src = place.dataset.whole;
    }
    const ratio = cut.parentElement.clientWidth / cut.parentElement.clientHeight;
    const [partWidth, partHeight] = [Math.min(1, ratio * height / width), Math.min(1, width / height / ratio)];
    cut.style.objectPosition = `${position(x, partWidth)}% ${position(y, partHeight)}%`;
  }

  const position = (point, part) => part >= 1 ? 50 : 100 * clamp(point - part / 2, 1 - part) / (1 - part);

  place.addEventListener('click', event => {
    const box = place.getBoundingClientRect();
    write(100 * (event.clientX - box.left) / box.width, 100 * (event.clientY - box.top) / box.height);
  });

  place.addEventListener('keydown', event => {
    const step = event.shiftKey ? 5 : 1;
    const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    event.preventDefault();
    const [x, y] = read();
    write(x + way[0], y + way[1]);
  });

  for (const field of [left, top_]) {
    field.addEventListener('input', show);
  }
}
