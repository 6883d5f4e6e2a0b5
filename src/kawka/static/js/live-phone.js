// A participant's phone: quiet taps that survive a dead network.

import { start } from "./live-face.js";
import { put, send } from "./live-outbox.js";

const form = document.querySelector("#hands");

// The same tap stands in the card on screen and in the one kept for later: both remember it.
function mark(tap, pressed) {
  const kept = [...document.querySelectorAll("template[data-person]")].map((card) => card.content);
  for (const root of [document, ...kept]) {
    for (const button of root.querySelectorAll(`[data-tap="${CSS.escape(tap)}"]`)) {
      button.setAttribute("aria-pressed", String(pressed));
    }
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tap]");
  if (!button) return;
  event.preventDefault();
  const pressed = button.getAttribute("aria-pressed") === "true";
  mark(button.dataset.tap, !pressed);
  put(form, button.dataset.tap, pressed);
});

addEventListener("linked", () => send(form));
send(form);
start();
