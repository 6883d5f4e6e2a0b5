// Taps that wait for the network: the last one for each key, kept over a reload, each sent once.

const undos = new Map();
const flushing = new Map();
const place = (meeting) => `kawka-taps-${meeting}`;

function read(meeting) {
  try {
    return JSON.parse(localStorage.getItem(place(meeting))) ?? {};
  } catch {
    return {};
  }
}

function write(meeting, taps) {
  localStorage.setItem(place(meeting), JSON.stringify(taps));
}

/** Keep a tap; it takes the place of an earlier one with the same key. */
export function keep(meeting, key, { address, body, undo }) {
  const taps = read(meeting);
  if (!(key in taps)) undos.set(key, undo);
  delete taps[key];
  taps[key] = { address, body, id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` };
  write(meeting, taps);
}

/** How many taps wait. */
export const waiting = (meeting) => Object.keys(read(meeting)).length;

/** Forget a tap, unless a later one has taken its place meanwhile. */
function settle(meeting, key, tap) {
  const taps = read(meeting);
  if (taps[key]?.id !== tap.id) return;
  delete taps[key];
  write(meeting, taps);
}

async function sendWaiting(meeting, send) {
  for (let entries; (entries = Object.entries(read(meeting))).length; ) {
    const [key, tap] = entries[0];
    let taken;
    try {
      taken = await send(tap);
    } catch {
      return;
    }
    settle(meeting, key, tap);
    if (!taken) undos.get(key)?.();
    undos.delete(key);
  }
}

/** Send what waits, oldest first, one after another; what cannot be sent for lack of a network stays. */
export async function flush(meeting, send) {
  const running = flushing.get(meeting) ?? Promise.resolve();
  const next = running.then(() => sendWaiting(meeting, send));
  flushing.set(meeting, next);
  await next;
}
