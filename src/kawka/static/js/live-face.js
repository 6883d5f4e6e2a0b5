// What all three faces do: begin with the state in the page, follow the stream, count down, stay awake.

import { heardAt, measure } from "./live-clock.js";
import { showCups } from "./live-cup.js";
import { follow } from "./live-stream.js";
import { flagsOf, show } from "./live-view.js";

const BEATS = 50; // milliseconds between two looks at the clock
const SPREAD = 800; // milliseconds over which the phones of a room ask for the new people
const TABLES = "[data-roster=now-talk], [data-roster=tables]";
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

// Somebody came, left, or changed their card: where one sits next is fetched at once, the rest a little later.
async function refreshPeople() {
  const wanted = state.roster;
  try {
    if (document.querySelector(TABLES)) await swapIn({ "X-Kawka-Part": "tables" });
    await new Promise((done) => setTimeout(done, Math.random() * SPREAD));
    if (await swapIn({})) roster = Math.max(roster, wanted);
  } catch {
    // No connection: the next state tries again.
  }
}

// Fetches the page, or one part of it, and puts what it says of people in place of what stood there.
async function swapIn(headers) {
  const answer = await fetch(location.href, { headers });
  if (!answer.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-roster]")) {
    const other = fresh.querySelector(`[data-roster="${part.dataset.roster}"]`);
    if (other) part.replaceChildren(...other.childNodes);
  }
  document.querySelectorAll("[data-filled]").forEach((slot) => delete slot.dataset.filled);
  show(state);
  showCups(state);
  return true;
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
