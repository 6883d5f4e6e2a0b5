// How long a text lasts when it is read aloud, while it is being typed.

const WORDS_A_SECOND = 2;
const form = document.querySelector("[data-pitch]");
const text = form.querySelector("textarea");
const told = form.querySelector("[data-pitch-length]");

function tell() {
  const words = text.value.split(/\s+/).filter(Boolean).length;
  told.hidden = words === 0;
  told.textContent = `${words} ${told.dataset.words} ${Math.round(words / WORDS_A_SECOND)} ${told.dataset.seconds}`;
}

text.addEventListener("input", tell);
tell();
