// The day list: taps take effect at once, wait for the network when there is none, and are sent once.
import { keep, flush, waiting } from "./waiting-taps.js";

const day = document.querySelector("[data-day]");
const meeting = day.dataset.day;
const part = (html) => Object.assign(document.createElement("template"), { innerHTML: html }).content;
function show(name, text) {
  const line = day.querySelector(`[data-${name}]`);
  line.hidden = !text;
  const place = line.querySelector("[data-count]") ?? line;
  if (text) place.textContent = text;
}

function replace(html) {
  for (const fresh of [...part(html).children]) {
    const old = document.getElementById(fresh.id);
    const held = old?.contains(document.activeElement);
    old?.replaceWith(fresh);
    if (held) fresh.querySelector(".tap")?.focus({ preventScroll: true });
  }
}

function foresee(form, button) {
  const row = form.closest("li");
  const before = row.cloneNode(true);
  const tap = row.querySelector(".tap");
  if (button.name === "mark") {
    const here = ["here", "late"].includes(button.value);
    tap.setAttribute("aria-pressed", String(here));
    tap.value = here ? "away" : "here";
  }
  row.querySelector("[popover]:popover-open")?.hidePopover();
  return () => document.getElementById(row.id)?.replaceWith(before);
}

async function send(tap) {
  const token = day.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(tap.address, {
    method: "POST",
    headers: { "X-CSRFToken": token, "X-Kawka-Part": "row", "Content-Type": "application/x-www-form-urlencoded" },
    body: tap.body,
    redirect: "error",
  });
  const text = await answer.text();
  if (answer.ok) replace(text);
  else show("problem", answer.status === 409 ? text : day.dataset.problem);
  return answer.ok;
}

async function sendAll() {
  await flush(meeting, send);
  show("waiting", waiting(meeting) ? String(waiting(meeting)) : "");
}

day.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("[data-filter]")) event.preventDefault();
  if (!form.matches("[data-tap]") || !event.submitter) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  body.delete("csrfmiddlewaretoken");
  const key = `${event.submitter.name}:${body.get("person")}`;
  const undo = foresee(form, event.submitter);
  show("problem", "");
  keep(meeting, key, { address: form.getAttribute("action"), body: body.toString(), undo });
  await sendAll();
});

const plain = (text) => text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
day.querySelector("[data-filter]").addEventListener("input", (event) => {
  const words = plain(event.target.value).split(/\s+/);
  for (const row of day.querySelectorAll("[data-search]")) {
    row.hidden = !words.every((word) => plain(row.dataset.search).includes(word));
  }
});

addEventListener("online", sendAll);
setInterval(() => waiting(meeting) && sendAll(), 8000);
sendAll();
