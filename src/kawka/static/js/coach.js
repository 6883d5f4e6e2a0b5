// While an ask or offer is typed: one friendly question about what it leaves open, with words to add by one press.
// Without this module the same question stands on the page of the saved card.

const PAUSE = 300; // milliseconds without a key
const form = document.querySelector("form[data-coach]");
let timer = null;
let asked = new AbortController();

function chipOf(example, join) {
  const chip = document.createElement("button");
  Object.assign(chip, { type: "button", className: "chip", textContent: example });
  chip.dataset.add = join + example;
  return chip;
}

function show(place, { question, examples, join, fine }) {
  const line = place.querySelector("[data-coach-line]");
  if (line.textContent !== question) line.textContent = question; // the same words are not read out twice
  place.classList.toggle("coach-fine", fine);
  place.querySelector("[data-coach-examples]").replaceChildren(...examples.map((one) => chipOf(one, join)));
}

async function ask(field, place) {
  asked.abort();
  asked = new AbortController();
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("part", place.dataset.coachPart);
  body.set("text", field.value);
  if (form.elements.client) body.set("client", form.elements.client.value);
  body.set("kind", place.closest("[data-row]")?.querySelector("select").value ?? form.elements.kind.value);
  try {
    const answer = await fetch(form.dataset.coach, { method: "POST", body, signal: asked.signal, redirect: "error" });
    if (answer.ok) show(place, await answer.json());
  } catch {
    // No connection, or newer words: what stands there stays.
  }
}

function placeOf(field) {
  return field.closest?.("[data-coached]")?.querySelector("[data-coach-part]");
}

function soon(event, pause) {
  const field = event.target;
  const place = field.matches?.("textarea, select") && placeOf(field);
  if (!place) return;
  clearTimeout(timer);
  timer = setTimeout(() => ask(place.closest("[data-coached]").querySelector("textarea"), place), pause);
}

form.addEventListener("input", (event) => soon(event, PAUSE));
form.addEventListener("focusin", (event) => soon(event, 0));
form.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-add]");
  if (!chip) return;
  const field = chip.closest("[data-coached]").querySelector("textarea");
  field.value = field.value.trimEnd().replace(/[.,;:!?]+$/, "") + chip.dataset.add;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
