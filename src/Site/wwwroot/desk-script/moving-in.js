// An import under way: its page looks again every two seconds, until it is over.

import { parts } from './calls.js';

const run = document.getElementById('run');
if (run?.dataset.state === 'under-way') {
  const looking = setInterval(async () => {
    const fresh = (await parts(location.href))?.getElementById('run');
    if (!fresh) {
      return;
    }

    if (fresh.dataset.state !== 'under-way') {
      clearInterval(looking);
      location.reload();
      return;
    }

    // The same bar goes on, so that nobody's place on the page is lost.
    const [bar, newBar] = [run, fresh].map(part => part.querySelector('progress'));
    [bar.max, bar.value] = [newBar.max, newBar.value];
    bar.labels[0].textContent = fresh.querySelector('label').textContent;
  }, 2000);
}
