// Shows a state on the page: which scene, who speaks, who waits, where in the run sheet.

const all = (selector) => document.querySelectorAll(selector);
const find = (kind, code) => code && document.querySelector(`template[data-${kind}="${CSS.escape(code)}"]`);
const write = (selector, text) => all(selector).forEach((place) => (place.textContent = text));

export function nameOf(code) {
  return find("person", code)?.dataset.name ?? "";
}

export function flagsOf(state) {
  const mine = state.speaker !== null && state.speaker === document.body.dataset.me;
  const live = state.phase === "live";
  return {
    live,
    mine,
    others: !mine,
    floor: state.speaker !== null,
    nofloor: state.speaker === null,
    paused: live && state.paused_at !== null,
    running: live && state.paused_at === null,
    waiting: state.ahead !== null && state.waiting.length > 0,
  };
}

function fill(slot, kind, codes) {
  const key = codes.join(" ");
  if (slot.dataset.filled === key) return;
  const pieces = codes.map((code) => find(kind, code)?.content.cloneNode(true));
  slot.replaceChildren(...pieces.filter(Boolean));
  slot.dataset.filled = key;
}

function showParts(state) {
  let following = "";
  if (state.segment === null) write("[data-part-name]", document.body.dataset.group);
  for (const part of all("[data-part]")) {
    const index = Number(part.dataset.part);
    part.toggleAttribute("aria-current", false);
    if (index === state.segment) part.setAttribute("aria-current", "step");
    part.classList.toggle("done", state.segment !== null && index < state.segment);
    if (index === state.segment) write("[data-part-name]", part.dataset.name);
    if (index === (state.segment ?? -1) + 1) following = part.dataset.name;
  }
  write("[data-following]", following);
  all("[data-following-line]").forEach((line) => (line.hidden = !following || state.phase === "over"));
}

export function show(state) {
  const scene = state.kind ?? state.phase;
  const flags = flagsOf(state);
  document.body.dataset.scene = scene;
  showParts(state);
  for (const slot of all("[data-slot]")) {
    const waiting = slot.dataset.slot === "waiting";
    const codes = waiting ? (flags.waiting ? state.waiting : []) : [state.speaker];
    const limit = Number(slot.dataset.limit ?? codes.length);
    fill(slot, waiting ? "line" : "person", codes.filter(Boolean).slice(0, limit));
  }
  for (const round of all("[data-round]")) round.hidden = Number(round.dataset.round) !== state.talk;
  for (const next of all("[data-before]")) next.hidden = Number(next.dataset.before) !== state.talk + 1;
  for (const place of all("[data-when], [data-if]")) {
    const { when, if: flag } = place.dataset;
    place.hidden = (when !== undefined && !when.split(" ").includes(scene)) || (flag !== undefined && !flags[flag]);
  }
  write("[data-talk]", String(state.talk));
  write("[data-coming]", flags.waiting ? nameOf(state.waiting[0]) : "");
  all("[data-seen]").forEach((field) => (field.value = state.version));
}
