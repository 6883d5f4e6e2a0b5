// The host's remote: presses go without a new page, each with the version that was seen.

import { current, start, take } from "./live-face.js";

const form = document.querySelector("[data-press]");
const told = document.querySelector("[data-told]");
let busy = false;

function tell(words) {
  told.textContent = words;
  told.hidden = !words;
}

async function press(button) {
  const body = new FormData(form);
  body.set("seen", String(current().version));
  body.set(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  const data = await answer.json();
  tell(data.message ?? "");
  if (answer.ok) take(data);
}

form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  try {
    await press(button);
  } catch {
    tell(form.dataset.wordsFailed);
  } finally {
    busy = false;
  }
});

start();
