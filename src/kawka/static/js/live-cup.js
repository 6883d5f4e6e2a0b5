// Counts down what is on: the cup, the expected end, and when it is my turn.

import { now } from "./live-clock.js";

const SOON = 10_000;
const WELCOME = 20 * 60_000; // before the start the cup is full twenty minutes ahead
const words = document.body.dataset;
const zone = { hour: "numeric", minute: "2-digit", timeZone: words.zone };
const clock = new Intl.DateTimeFormat(document.documentElement.lang, zone);

// What is left, of how much, and in which phase: calm, soon, over or paused.
export function left(state, at) {
  if (state.phase === "before") return { rest: state.starts_at - at, of: WELCOME, paused: false };
  const rest = state.started_at + state.duration - (state.paused_at ?? at);
  return { rest, of: state.duration, paused: state.paused_at !== null };
}

function told(rest) {
  const seconds = rest > 0 ? Math.ceil(rest / 1000) : Math.floor(-rest / 1000);
  if (seconds >= 24 * 3600) return "";
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const pad = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

export function phaseOf({ rest, paused }) {
  if (paused) return "paused";
  if (rest <= 0) return "over";
  return rest <= SOON ? "soon" : "calm";
}

function wordOf(state, phase) {
  if (state.phase !== "before") return words[`words${phase[0].toUpperCase()}${phase.slice(1)}`] ?? "";
  return phase === "over" ? words.wordsSoonStart : words.wordsStart;
}

export function showCups(state, at = now()) {
  const item = left(state, at);
  const phase = phaseOf(item);
  const late = phase === "over";
  const time = late && state.phase === "before" ? "" : `${late ? "+" : ""}${told(item.rest)}`;
  for (const cup of document.querySelectorAll("[data-cup]")) {
    cup.hidden = item.of === 0;
    cup.dataset.phase = phase;
    cup.style.setProperty("--left", Math.max(0, Math.min(1, item.rest / (item.of || 1))).toFixed(4));
    const place = cup.querySelector("[data-cup-time]");
    place.textContent = time;
    place.toggleAttribute("data-long", time.length > 4);
    cup.querySelector("[data-cup-word]").textContent = wordOf(state, phase);
  }
  write("[data-left]", time);
  write("[data-left-word]", wordOf(state, phase));
  const ends = Math.max(at, at + item.rest) + state.rest;
  if (state.phase === "live") write("[data-end]", clock.format(ends));
  showTurn(state, Math.max(at, at + item.rest));
}

function write(selector, text) {
  document.querySelectorAll(selector).forEach((place) => {
    if (place.textContent !== text) place.textContent = text;
  });
}

function showTurn(state, itemEnds) {
  const line = document.querySelector("[data-turn]");
  if (!line) return;
  const mine = state.speaker !== null && state.speaker === words.me;
  const place = state.ahead === null ? -1 : state.waiting.indexOf(words.me);
  line.hidden = !mine && place < 0;
  const text = mine ? line.dataset.wordsNow : place === 0 ? line.dataset.wordsNext : line.dataset.wordsLater;
  const time = clock.format(itemEnds + (state.ahead ?? 0) + Math.max(0, place) * state.turn);
  write("[data-turn]", text.replace("{n}", place + 1 + (state.speaker ? 1 : 0)).replace("{time}", time));
}
