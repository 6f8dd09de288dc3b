(() => {
  // Lights, through the whole article, all that belongs to what the pointer or the focus is on. Without this script a
  // paragraph lights up by itself.
  const indexes = new WeakMap();
  let lit = [];
  const index = (article) => {
    let keys = indexes.get(article);
    if (!keys) {
      keys = new Map();
      for (const e of article.querySelectorAll('[data-k]')) {
        for (const k of e.dataset.k.split(' ')) {
          if (!keys.has(k)) keys.set(k, []);
          keys.get(k).push(e);
        }
      }
      indexes.set(article, keys);
    }
    return keys;
  };
  const light = (target) => {
    const on = target instanceof Element ? target.closest('[data-k]') : null;
    for (const e of lit) e.classList.remove('lit');
    lit = [];
    if (!on) return;
    const keys = index(on.closest('article'));
    const wanted = new Set([on.dataset.k.split(' ')[0]]);
    // what a statement belongs to, and the source that it names
    for (const k of wanted) for (const e of keys.get(k) || []) { e.classList.add('lit'); lit.push(e); }
  };
  document.addEventListener('pointerover', (event) => light(event.target));
  document.addEventListener('pointerleave', () => light(document.activeElement));
  document.addEventListener('focusin', (event) => light(event.target));
  document.addEventListener('focusout', () => light(null));
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') light(null); });
})();
