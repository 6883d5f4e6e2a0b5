// Taps wait here until the server has them: each has a key of its own, so it counts exactly once.

const FIRST = 1_000;
const MOST = 15_000;
const place = `kawka-taps ${location.pathname}`;
let timer = null;
let patience = FIRST;
let sending = false;

const read = () => JSON.parse(localStorage.getItem(place) ?? "[]");
const keep = (taps) => localStorage.setItem(place, JSON.stringify(taps));

export function put(form, tap, lower) {
  keep([...read(), { tap, lower, key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` }]);
  send(form);
}

async function deliver(form, one) {
  const body = new FormData(form);
  body.set("tap", one.tap);
  body.set("key", one.key);
  if (one.lower) body.set("lower", "on");
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.status >= 500 || answer.status === 429) throw new Error("later");
}

export async function send(form) {
  clearTimeout(timer);
  if (sending) return;
  sending = true;
  try {
    while (read().length) {
      const [first] = read();
      await deliver(form, first);
      keep(read().filter((one) => one.key !== first.key));
    }
    patience = FIRST;
  } catch {
    timer = setTimeout(() => send(form), patience * (0.5 + Math.random() / 2));
    patience = Math.min(patience * 2, MOST);
  } finally {
    sending = false;
  }
}
