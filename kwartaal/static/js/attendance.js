/* At the door: the list narrows while somebody types. Everything works without this file. */
(() => {
  'use strict';
  const TYPING = 200, LOOKING = 20_000, IDLE = 600_000; // milliseconds
  const form = document.querySelector('form[data-narrows]');
  if (!form) return;
  const results = () => document.querySelector(form.dataset.narrows);
  const field = form.querySelector('input[type="search"]');
  let asked = null, timer = null, used = Date.now();

  function address() {
    const url = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value) url.searchParams.set(name, value);
    return url;
  }

  // Asks the list at an address and puts it in place; a newer question ends an older one
  async function load(url, says) {
    asked?.abort();
    const asking = asked = new AbortController();
    try {
      const answer = await fetch(url, {
        headers: { 'X-Kwartaal-Fragment': results().id }, signal: asking.signal,
      }).catch((error) => { throw Object.assign(error, { unreached: error.name !== 'AbortError' }); });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (asking.signal.aborted) return;
      for (const fresh of page.querySelectorAll('[data-swap-too][id]')) {
        document.getElementById(fresh.id)?.replaceWith(document.importNode(fresh, true));
      }
      const fresh = document.importNode(page.getElementById(results().id), true);
      results().replaceWith(fresh);
      tell('kw:announce', says ? fresh.dataset.announce : '');
    } catch (error) {
      if (error.unreached && says) tell('kw:unreached');
      else if (!error.unreached && error.name !== 'AbortError' && says) form.submit();
    }
  }

  function tell(what, detail) {
    document.dispatchEvent(new CustomEvent(what, { detail }));
  }

  function narrow() {
    const url = address();
    history.replaceState(null, '', url);
    keepWords(url.searchParams);
    load(url, true);
  }

  // Whoever is not found is looked for among all people, without typing the name again
  function keepWords(asked) {
    const link = document.getElementById('walk-in');
    if (!link) return;
    const to = new URL(link.href);
    for (const name of ['zoek', 'onderdeel']) {
      if (asked.get(name)) to.searchParams.set(name, asked.get(name)); else to.searchParams.delete(name);
    }
    link.href = to;
  }

  field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(narrow, TYPING); });
  form.addEventListener('change', (event) => { if (event.target !== field) narrow(); });
  form.addEventListener('submit', (event) => { event.preventDefault(); clearTimeout(timer); narrow(); });
  // On a phone the names found are in view below the field, above the keyboard
  const small = matchMedia('(max-width: 44rem)');
  field.addEventListener('focus', () => { field.select(); if (small.matches) form.scrollIntoView(); });

  // Arrows go from the field to the buttons of the rows and back; Escape goes to the field
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && results().contains(event.target)) { field.focus(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !(event.target === field || event.target.closest('.kw-table__actions'))) return;
    const stops = [field, ...results().querySelectorAll('.kw-table__actions button')];
    const next = stops[stops.indexOf(event.target) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });

  // What others noted comes in by itself, while somebody is there and in nobody's way
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => { used = Date.now(); });
  const look = () => {
    const away = document.hidden || Date.now() - used > IDLE;
    if (!away && !results().contains(document.activeElement)) load(location.href.split('#')[0], false);
  };
  setInterval(look, LOOKING);
  document.addEventListener('visibilitychange', look);
})();
