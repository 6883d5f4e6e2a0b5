// The server's time on this screen, as milliseconds since the epoch, told by a clock that never jumps.
//
// The offset lies between (server time - moment of receipt) and (server time - moment of sending); each ping
// narrows that interval, and every event of the stream raises its lower end. Its middle is used.

const PINGS = 8;
const PAUSE = 120; // milliseconds between two pings
const AGAIN = 5 * 60_000; // clocks of phones drift

let low = -Infinity;
let high = Infinity;
let guess = Date.now() - performance.now();

export function now() {
  return performance.now() + guess;
}

function settle() {
  if (low > high) {
    low = -Infinity;
    high = Infinity;
    return false;
  }
  if (high - low < Infinity) guess = (low + high) / 2;
  return true;
}

// An event says when it was written; it cannot have arrived before that.
export function heardAt(serverTime) {
  low = Math.max(low, serverTime - performance.now());
  if (!settle()) measure();
}

async function ping(address) {
  const sent = performance.now();
  const answer = await fetch(address, { cache: "no-store" });
  const serverTime = Number(await answer.text());
  const received = performance.now();
  if (!answer.ok || !serverTime) return;
  low = Math.max(low, serverTime - received);
  high = Math.min(high, serverTime + 1 - sent);
  settle();
}

export async function measure() {
  const address = document.body.dataset.clock;
  if (!address) return;
  low = -Infinity;
  high = Infinity;
  try {
    for (let turn = 0; turn < PINGS; turn += 1) {
      await ping(address);
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  } catch {
    // No connection: the guess made so far goes on.
  }
}

setInterval(measure, AGAIN);
