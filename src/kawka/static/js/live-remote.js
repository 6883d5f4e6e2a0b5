// The host's remote: presses go without a new page, each with the version that was seen.

import { current, start, take } from "./live-face.js";

const form = document.querySelector("[data-press]");
const told = document.querySelector("[data-told]");
const REST = 500; // milliseconds

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

// A finger that trembles presses once: the same button rests for a moment.
function rests(button) {
  if ("resting" in button.dataset) return true;
  button.dataset.resting = "";
  setTimeout(() => delete button.dataset.resting, REST);
  return false;
}

form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button) return;
  event.preventDefault();
  if (!rests(button)) press(button).catch(() => tell(form.dataset.wordsFailed));
});

start();
