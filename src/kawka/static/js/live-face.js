// What all three faces do: begin with the state in the page, follow the stream, count down, stay awake.

import { heardAt, measure } from "./live-clock.js";
import { showCups } from "./live-cup.js";
import { follow } from "./live-stream.js";
import { flagsOf, show } from "./live-view.js";

const BEATS = 50; // milliseconds between two looks at the clock
const SPREAD = 800; // milliseconds over which the phones of a room ask for the new people
let state = JSON.parse(document.body.dataset.state);
let roster = state.roster;
const listeners = [];

export const current = () => state;
export const onChange = (listener) => listeners.push(listener);

export function take(next) {
  if (next.now) heardAt(next.now);
  if (next.version < state.version) return;
  const before = state;
  state = next;
  show(state);
  showCups(state);
  listeners.forEach((listener) => listener(state, before));
  if (state.roster > roster) refreshPeople();
}

// Somebody came, left, or changed their card: fetch the page again and swap in what it says of people.
async function refreshPeople() {
  const wanted = state.roster;
  try {
    await new Promise((done) => setTimeout(done, Math.random() * SPREAD));
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-roster]")) {
      const other = fresh.querySelector(`[data-roster="${part.dataset.roster}"]`);
      if (other) part.replaceChildren(...other.childNodes);
    }
    roster = Math.max(roster, wanted);
    document.querySelectorAll("[data-filled]").forEach((slot) => delete slot.dataset.filled);
    show(state);
    showCups(state);
  } catch {
    // No connection: the next state tries again.
  }
}

async function stayAwake() {
  if (!document.hidden && flagsOf(state).live) await navigator.wakeLock?.request("screen").catch(() => {});
}

export function start() {
  const link = document.querySelector("[data-lost]");
  show(state);
  setInterval(() => showCups(state), BEATS);
  follow(document.body.dataset.stream, {
    version: state.version,
    onState: take,
    onLink: (there) => {
      link.hidden = there;
      document.body.dataset.link = there ? "there" : "lost";
      if (there) measure().then(() => dispatchEvent(new Event("linked")));
    },
  });
  document.addEventListener("visibilitychange", stayAwake);
  onChange((after, before) => after.phase !== before.phase && stayAwake());
  stayAwake();
}
