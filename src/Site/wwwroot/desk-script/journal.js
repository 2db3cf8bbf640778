// What this browser keeps of a story's text until the server has said that it is saved. It lies in IndexedDB, which has room for long
// texts and does not hold up typing; where there is none, in localStorage.

/**
 * Each opened page has a place of its own, so that two tabs do not write over each other, and what an earlier page left behind stays until
 * the editor has decided about it.
 *
 * @param person  whose text it is; a colleague at the same browser is not offered it
 * @param onFull  called when this browser has no room left
 */
export async function openJournal(story, { person, onFull }) {
  const shelf = await openDatabase().then(texts => inDatabase(texts), () => inLocalStorage());
  const prefix = `story-${story}-`;
  const newPlace = () => `${prefix}${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
  const mine = newPlace();
  const isOpenSomewhere = holdWhileOpen(mine);

  // One write under way, one waiting, the newest text wins: writes of one page stay in their order, and none piles up behind a slow disk.
  let writing = false;
  let waiting = null;

  async function write(step) {
    if (writing) {
      waiting = step;
      return;
    }
    writing = true;
    for (let next = step; next; [next, waiting] = [waiting, null]) {
      await next().catch(onFull);
    }
    writing = false;
  }

  return {
    place: mine,
    keep: kept => write(() => shelf.put({ ...kept, story, person, place: mine })),
    /** As the page is being left: there is no time to wait for a turn. */
    keepAtOnce: kept => shelf.put({ ...kept, story, person, place: mine }).catch(onFull),
    empty: () => write(() => shelf.remove(mine)),
    forget: kept => shelf.remove(kept.place).catch(() => { }),
    async setAside(kept) {
      const aside = { ...kept, story, person, place: newPlace() };
      await shelf.put(aside).catch(onFull);
      return aside;
    },
    /** Left behind by pages that are no longer open, the newest first. */
    async others() {
      const open = await isOpenSomewhere();
      const found = await shelf.of(story, prefix).catch(() => []);
      return found.filter(kept => kept.place !== mine && (kept.person ?? person) === person && !open.has(kept.place)).sort((a, b) => b.at.localeCompare(a.at));
    },
  };
}

/** Other tabs can tell by it whether this one is still open. Without secure transport browsers have no such thing. */
function holdWhileOpen(place) {
  navigator.locks?.request(place, () => new Promise(() => { }));
  return async () => {
    const locks = await navigator.locks?.query();
    return new Set((locks?.held ?? []).map(lock => lock.name));
  };
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('newsroom', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('texts', { keyPath: 'place' }).createIndex('story', 'story');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error('Another page holds the journal in an older form.'));
  });
}

function inDatabase(database) {
  const older = inLocalStorage();
  const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.transaction.onabort = () => reject(request.transaction.error);
  });
  const texts = mode => database.transaction('texts', mode).objectStore('texts');
  const attempt = async ask => done(ask());

  return {
    put: kept => attempt(() => texts('readwrite').put(kept)),
    async remove(place) {
      await older.remove(place);
      await attempt(() => texts('readwrite').delete(place));
    },
    // What an earlier version of this page has kept in localStorage is found, too.
    of: async (story, prefix) => [...await attempt(() => texts('readonly').index('story').getAll(story)), ...await older.of(story, prefix)],
  };
}

function inLocalStorage() {
  return {
    put: async kept => localStorage.setItem(kept.place, JSON.stringify(kept)),
    remove: async place => localStorage.removeItem(place),
    of: async (_, prefix) => Object.keys(localStorage).filter(place => place.startsWith(prefix)).map(place => ({ ...JSON.parse(localStorage.getItem(place)), place })),
  };
}
