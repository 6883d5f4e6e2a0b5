// Follows the meeting. Closed while nobody looks, opened again by itself with a delay of its own.

const LEAST = 500;
const FIRST = 4_000;
const MOST = 15_000;
const SILENCE = 45_000; // the server gives a sign of life every 20 seconds

export function follow(address, { version, onState, onLink }) {
  let source = null;
  let timer = null;
  let watch = null;
  let patience = FIRST;
  let seen = version;

  function alive() {
    clearTimeout(watch);
    watch = setTimeout(lost, SILENCE);
  }

  function close() {
    clearTimeout(timer);
    clearTimeout(watch);
    if (source) source.close();
    source = null;
  }

  function lost() {
    close();
    onLink(false);
    timer = setTimeout(open, LEAST + Math.random() * (patience - LEAST));
    patience = Math.min(patience * 2, MOST);
  }

  function open() {
    close();
    source = new EventSource(`${address}?seen=${seen}`);
    source.addEventListener("open", () => {
      patience = FIRST;
      onLink(true);
      alive();
    });
    source.addEventListener("state", (event) => {
      seen = Number(event.lastEventId);
      alive();
      onState(JSON.parse(event.data));
    });
    source.addEventListener("beat", alive);
    source.addEventListener("error", lost);
    alive();
  }

  addEventListener("offline", lost);
  addEventListener("online", open);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && open());
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  if (!document.hidden) open();
}
