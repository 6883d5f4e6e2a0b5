// My 60 seconds: saved by themselves while they are typed, kept on this device while there is no network.
// Without this module "Save" does the same, and what is missing stands on the saved page.

const PAUSE = 600; // milliseconds without a key
const AGAIN = 8_000; // milliseconds until the network is tried once more
const form = document.querySelector("[data-pitch]");
const place = `kawka-pitch ${location.pathname}`;
const token = form.elements.csrfmiddlewaretoken.value;
let waiting = stored();
let sending = false;
let timer = null;

function stored() {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function keep(typed) {
  waiting = typed;
  try {
    if (typed) localStorage.setItem(place, JSON.stringify(typed));
    else localStorage.removeItem(place);
  } catch {
    // A browser that keeps nothing: it waits in memory.
  }
}

function write(name, text) {
  const part = form.querySelector(`[data-pitch-${name}]`);
  if (part.textContent !== text) part.textContent = text; // the same words are not read out twice
}

function show({ told, seconds, question, fine, seen }) {
  form.elements.seen.value = seen;
  form.querySelector("[data-pitch-bar]").value = seconds;
  form.querySelector("[data-pitch-coach]").classList.toggle("coach-fine", fine);
  write("told", told);
  write("question", question);
}

async function send() {
  clearTimeout(timer);
  if (!waiting || sending) return;
  const sent = waiting;
  sending = true;
  try {
    const body = new URLSearchParams({ ...sent, csrfmiddlewaretoken: token });
    const answer = await fetch(form.dataset.pitch, { method: "POST", body, redirect: "error", keepalive: true });
    const said = await answer.json();
    write("state", said.problem ?? form.dataset.wordsSaved);
    if (answer.ok) {
      show(said);
      keep(waiting === sent ? null : { ...waiting, seen: said.seen });
      if (sent.as !== form.elements.as.value) location.reload();
    }
  } catch {
    write("state", form.dataset.wordsHere);
  }
  sending = false;
  if (waiting) timer = setTimeout(send, AGAIN);
}

form.addEventListener("input", () => {
  keep(Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken")));
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
});
form.addEventListener("submit", () => waiting && keep({ ...waiting, submitted: "yes" }));
addEventListener("online", send);
document.addEventListener("visibilitychange", send);
document.querySelectorAll("[data-pitch-way]").forEach((link) => link.addEventListener("pointerdown", send));
if (waiting?.submitted && waiting.seen !== form.elements.seen.value) keep(null); // it arrived with the button
for (const area of form.querySelectorAll("textarea")) area.value = waiting?.[area.name] ?? area.value;
send();
