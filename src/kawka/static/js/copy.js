// Buttons that copy what a field holds; they appear only where a script can do it.

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-said]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    said.textContent = said.dataset.said;
    setTimeout(() => (said.textContent = ""), 4000);
  });
}
