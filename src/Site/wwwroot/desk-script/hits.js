// A list of what was found for the words in a field: one of them is chosen by keys, and any can be clicked.

/**
 * @param words  the field; it keeps the focus
 * @param list  holds the hits, each with the role of an option and an id
 * @param onTaken  called with the hit that was clicked
 */
export function choosingIn(words, list, onTaken) {
  const chosen = () => list.querySelector('[aria-selected="true"]');

  list?.addEventListener('click', event => {
    const hit = event.target.closest('[role="option"]');
    if (hit) {
      onTaken(hit);
    }
  });

  return {
    chosen,
    choose(hit) {
      chosen()?.setAttribute('aria-selected', 'false');
      if (!hit) {
        words.removeAttribute('aria-activedescendant');
        return;
      }
      hit.setAttribute('aria-selected', 'true');
      hit.scrollIntoView({ block: 'nearest' });
      words.setAttribute('aria-activedescendant', hit.id);
    },
  };
}
