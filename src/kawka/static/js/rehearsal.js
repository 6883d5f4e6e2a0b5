// Speaking one's 60 seconds aloud by the same clock as in the round; needs no network once the page is there.

import { now } from "./live-clock.js";
import { showCups } from "./live-cup.js";

const BEATS = 50; // milliseconds between two looks at the clock
const button = document.querySelector("[data-press]");
const took = document.querySelector("[data-took]");
const words = { stop: button.dataset.wordsStop, again: button.dataset.wordsAgain };
const state = { phase: "live", duration: document.body.dataset.seconds * 1000, rest: 0, speaker: null, ahead: null };

async function stayAwake() {
  if (!document.hidden && state.paused_at === null) await navigator.wakeLock?.request("screen").catch(() => {});
}

function wholeScreen(wanted) {
  const asked = wanted ? document.documentElement.requestFullscreen?.() : document.fullscreenElement && document.exitFullscreen();
  asked?.catch?.(() => {});
}

function begin() {
  state.started_at = now();
  state.paused_at = null;
  took.textContent = "";
  button.textContent = words.stop;
  wholeScreen(true);
  scrollTo(0, 0);
  stayAwake();
}

function stop() {
  state.paused_at = now();
  const seconds = Math.round((state.paused_at - state.started_at) / 1000);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  took.textContent = took.dataset.wordsTook.replace("{time}", time);
  button.textContent = words.again;
  wholeScreen(false);
}

button.addEventListener("click", () => (state.paused_at === null ? stop() : begin()));
document.addEventListener("visibilitychange", stayAwake);
state.started_at = now();
state.paused_at = state.started_at;
button.hidden = false;
setInterval(() => showCups(state), BEATS);
showCups(state);
