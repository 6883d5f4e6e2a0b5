// Results while one types. Without this module the form finds the same when it is sent.

const WAIT = 160;
const form = document.querySelector("[data-who-helps]");
const results = document.querySelector("[data-results]");
const status = document.querySelector("[data-status]");
let timer = 0;
let asked = form.q.value.trim();
let running = new AbortController();

async function find() {
  const query = new URLSearchParams(new FormData(form));
  const address = `${location.pathname}?${query}`;
  running.abort();
  running = new AbortController();
  try {
    const answer = await fetch(address, { headers: { "X-Kawka-Part": "results" }, signal: running.signal });
    if (!answer.ok) return;
    results.innerHTML = await answer.text();
    status.textContent = results.firstElementChild.dataset.found;
    history.replaceState(null, "", address);
  } catch {
    // Another letter was typed, or there is no network: what was found before stays.
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(find, WAIT);
}

form.q.addEventListener("input", () => {
  if (form.q.value.trim() === asked) return;
  asked = form.q.value.trim();
  soon();
});
form.elements.everywhere?.addEventListener("change", find);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});
