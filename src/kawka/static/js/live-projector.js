// The projector: a soft chime, if wanted, when somebody's time is over.

import { now } from "./live-clock.js";
import { left } from "./live-cup.js";
import { current, start } from "./live-face.js";

const LOUD = 0.12;
const button = document.querySelector("[data-chime]");
let sound = null;
let rungFor = null;

function ring() {
  for (const [pitch, delay] of [[660, 0], [880, 0.18]]) {
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    const at = sound.currentTime + delay;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(LOUD, at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 1.6);
    tone.connect(volume).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 1.7);
  }
}

button.addEventListener("click", () => {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  sound = on ? new AudioContext() : (sound?.close(), null);
  if (on) ring();
});

setInterval(() => {
  const state = current();
  const item = left(state, now());
  const key = `${state.started_at} ${state.duration}`;
  const fresh = item.rest <= 0 && item.rest > -2000 && rungFor !== key;
  if (!sound || !fresh || state.phase !== "live" || item.of === 0) return;
  rungFor = key;
  ring();
}, 200);

start();
