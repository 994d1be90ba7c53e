/* Kwartaal: improvements only. Everything works without this file. */
(() => {
  'use strict';
  document.documentElement.classList.add('js');

  // Menu on a small screen; Escape closes it
  for (const button of document.querySelectorAll('[data-menu-button]')) {
    const nav = document.getElementById(button.getAttribute('aria-controls'));
    const set = (open) => {
      nav.classList.toggle('kw-nav--open', open);
      button.setAttribute('aria-expanded', String(open));
    };
    button.hidden = false;
    button.addEventListener('click', () => set(button.getAttribute('aria-expanded') !== 'true'));
    nav.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { set(false); button.focus(); }
    });
  }

  // The error summary takes the focus after the server reported errors
  document.querySelector('[data-error-summary]')?.focus();

  // What the server said is there before a screen reader listens: set afresh, it is read out
  const said = document.querySelector('.kw-messages');
  if (said?.firstElementChild) {
    setTimeout(() => said.replaceChildren(...[...said.childNodes].map((part) => part.cloneNode(true))), 300);
  }

  // Copy a link
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const field = document.getElementById(button.dataset.copy);
      const status = document.getElementById(button.dataset.status);
      try {
        await navigator.clipboard.writeText(field.value);
        status.textContent = button.dataset.done;
      } catch {
        field.focus();
        field.select();
        status.textContent = button.dataset.failed;
      }
    });
  }

  // The summary beside a form follows what is chosen in it
  for (const line of document.querySelectorAll('[data-follows]')) {
    const follow = () => {
      const inputs = [...document.getElementsByName(line.dataset.follows)];
      const chosen = inputs.find((input) => input.checked);
      if (inputs[0]?.type === 'checkbox') {
        line.textContent = chosen ? line.dataset.yes : line.dataset.no;
      } else if (chosen) {
        line.textContent = chosen.closest('label').querySelector('.kw-choice__title').textContent;
        line.classList.remove('kw-empty');
      }
    };
    document.addEventListener('change', follow);
    follow();
  }

  // A button that says why it cannot be used yet does nothing
  document.addEventListener('click', (event) => {
    if (event.target.closest('button[aria-disabled="true"]')) event.preventDefault();
  });

  // Rows with data-drag can be dragged; a drop posts before which row it is. Keyboard and touch
  // keep the buttons
  const dragForm = document.querySelector('[data-drag-form]');
  const rows = dragForm ? [...document.querySelectorAll('[data-key]')] : [];
  let dragged = null;

  function markDrop(row, name) {
    for (const marked of document.querySelectorAll('.kw-row--drop-before, .kw-row--drop-behind')) {
      marked.classList.remove('kw-row--drop-before', 'kw-row--drop-behind');
    }
    if (name) row.classList.add(name);
  }

  // A row takes the place of the one it is dropped on; on the quarter that comes first, it does not pass it
  function landsBehind(row, event) {
    const box = row.getBoundingClientRect();
    const comesFromAbove = rows.indexOf(dragged) < rows.indexOf(row);
    return event.clientY > box.top + box.height * (comesFromAbove ? 0.25 : 0.75);
  }

  for (const row of rows) {
    row.draggable = Boolean(row.dataset.drag);
    if (row.draggable) row.querySelector('.kw-row__time')?.setAttribute('title', dragForm.dataset.dragForm);
    row.addEventListener('dragstart', (event) => {
      dragged = row;
      row.classList.add('kw-row--dragged');
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', row.dataset.place);
    });
    row.addEventListener('dragend', () => {
      dragged = null;
      row.classList.remove('kw-row--dragged');
      markDrop(row, '');
    });
    row.addEventListener('dragover', (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      markDrop(row, landsBehind(row, event) ? 'kw-row--drop-behind' : 'kw-row--drop-before');
    });
    row.addEventListener('drop', (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const before = landsBehind(row, event) ? rows[rows.indexOf(row) + 1] : row;
      dragForm.action = dragged.dataset.drag;
      dragForm.elements.before.value = before?.dataset.key ?? '';
      dragForm.elements.from.value = dragged.dataset.place;
      dragForm.submit();
    });
  }

  // Forms with data-swap="#id": post in the background and replace only that part, and what else
  // the answer marks with data-swap-too, such as counters
  document.addEventListener('submit', async (event) => {
    const form = event.target.closest('form[data-swap]');
    if (!form) return;
    const button = event.submitter;
    const part = document.querySelector(form.dataset.swap);
    if (!part) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = 'true';
    try {
      const fresh = await fetchPart(form, button);
      const focused = part.contains(document.activeElement);
      for (const other of fresh.ownerDocument.querySelectorAll('[data-swap-too][id]')) {
        document.getElementById(other.id)?.replaceWith(document.importNode(other, true));
      }
      part.replaceWith(fresh);
      if (focused) focusAgain(button, fresh);
      announce(fresh.dataset.announce);
    } catch (error) {
      delete form.dataset.busy;
      // Nothing was reached: the page stays, so that the same button works once there is a network
      if (error.unreached) { announceUnreached(); return; }
      // The normal way always works: post again and show the whole page
      form.removeAttribute('data-swap');
      form.requestSubmit(button);
    }
  });

  // Forms with data-progress="id": send the files in the background and show how far it is. The page
  // that follows is shown as the server gave it; any failure submits the form the normal way
  let sent = false;
  document.addEventListener('submit', (event) => {
    const form = event.target.closest('form[data-progress]');
    if (!form) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = 'true';
    const bar = document.getElementById(form.dataset.progress);
    const request = new XMLHttpRequest();
    request.responseType = 'document';
    request.upload.addEventListener('progress', ({ loaded, total }) => { bar.value = (100 * loaded) / total; });
    request.addEventListener('load', () => {
      const fresh = request.response?.querySelector('main');
      if (!fresh) { form.submit(); return; }
      history.pushState(null, '', request.responseURL);
      sent = true;
      document.title = request.response.title;
      const main = document.importNode(fresh, true);
      document.querySelector('main').replaceWith(main);
      (main.querySelector('[data-error-summary]') || main).focus();
      scrollTo(0, 0);
    });
    request.addEventListener('error', () => form.submit());
    request.open(form.method, form.action);
    request.send(new FormData(form));
    bar.hidden = false;
    announce(form.dataset.sending);
  });
  addEventListener('popstate', () => { if (sent) location.reload(); });

  async function fetchPart(form, button) {
    const selector = form.dataset.swap;
    const body = new FormData(form, button);
    const reads = form.method === 'get';
    const url = new URL(form.action);
    if (reads) url.search = new URLSearchParams(body);
    const answer = await fetch(url, {
      method: form.method,
      body: reads ? undefined : body,
      headers: { 'X-Kwartaal-Fragment': selector.slice(1) },
    }).catch((error) => { throw Object.assign(error, { unreached: true }); });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    // A lone table row is dropped by the HTML parser unless a table stands around it
    const table = html.trimStart().startsWith('<tr') ? `<table>${html}</table>` : html;
    const fresh = new DOMParser().parseFromString(table, 'text/html').querySelector(selector);
    if (!fresh) throw new Error('part missing');
    return fresh;
  }

  function focusAgain(button, fresh) {
    // The part may say where the next thing is done, such as the search field of a list
    const asked = fresh.dataset.focus && document.querySelector(fresh.dataset.focus);
    const same = asked || (button?.id && document.getElementById(button.id));
    const target = same || fresh.querySelector('button, a[href]');
    target?.focus();
  }

  function announce(sentence) {
    say(sentence, 'kw-visually-hidden');
  }

  function announceUnreached() {
    say(document.getElementById('status-message')?.dataset.unreached, 'kw-unreached');
  }

  function say(sentence, look) {
    const status = document.getElementById('status-message');
    if (!status) return;
    status.className = look;
    if (sentence) status.textContent = sentence;
  }

  // Other scripts say what happened in the same place
  document.addEventListener('kw:announce', (event) => announce(event.detail));
  document.addEventListener('kw:unreached', announceUnreached);
})();
