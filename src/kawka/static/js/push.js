// The button that lets this device be woken up: shown where it works, guidance where a phone wants more first.
const place = document.querySelector("[data-push]");
const form = place.querySelector("form[data-push-on]");
const show = (name) => {
  place.querySelector(`[data-push-${name}]`).hidden = false;
};
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const isApple = /iPhone|iPad/.test(navigator.userAgent) || (navigator.maxTouchPoints > 1 && /Mac/.test(navigator.platform));

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") return show("denied");
  const registration = await navigator.serviceWorker.register("/push-worker.js");
  await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(place.dataset.push),
  });
  const { endpoint, keys } = subscription.toJSON();
  for (const [name, value] of Object.entries({ endpoint, ...keys })) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.submit();
}

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  if (Notification.permission === "denied") show("denied");
  else form.hidden = false;
} else if (isApple) show("apple");
else show("none");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  subscribe().catch(() => show("none"));
});
