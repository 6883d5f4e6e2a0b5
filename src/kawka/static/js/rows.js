// Rows of offers and asks: one more, up, down and away without loading the page anew.
// Without this module the same buttons do the same on the server.

function renumber(list) {
  list.querySelectorAll("[data-row]").forEach((row, at) => {
    const prefix = list.closest("[data-rows]").dataset.rows;
    for (const field of row.querySelectorAll("[id]")) {
      const id = field.id.replace(/^\D+\d+/, `${prefix}${at}`);
      row.querySelector(`label[for="${field.id}"]`)?.setAttribute("for", id);
      field.id = id;
    }
    for (const label of row.querySelectorAll("label")) {
      label.textContent = label.textContent.replace(/\d+$/, at + 1);
    }
  });
}

function addRow(list) {
  const rows = list.querySelectorAll("[data-row]");
  const last = rows[rows.length - 1];
  const text = last.querySelector("textarea");
  if (text.value.trim() !== "") {
    const fresh = last.cloneNode(true);
    fresh.querySelectorAll(".error, button").forEach((part) => part.remove());
    fresh.querySelector("[data-coach-line]").textContent = "";
    fresh.querySelectorAll("textarea, input").forEach((field) => {
      field.value = "";
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    });
    fresh.querySelector("select").value = last.querySelector("select").value;
    list.append(fresh);
    renumber(list);
  }
  list.querySelector("[data-row]:last-child textarea").focus();
}

function move(button) {
  const row = button.closest("[data-row]");
  const list = row.parentElement;
  const { move: way } = button.dataset;
  if (way === "drop") {
    (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("textarea").focus();
    row.remove();
  } else if (way === "up" && row.previousElementSibling) {
    row.previousElementSibling.before(row);
  } else if (way === "down" && row.nextElementSibling?.querySelector("textarea").value) {
    row.nextElementSibling.after(row);
  }
  renumber(list);
  if (row.isConnected) button.focus();
}

for (const rows of document.querySelectorAll("[data-rows]")) {
  rows.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move], [data-rows-add]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.move) move(button);
    else addRow(rows.querySelector("[data-rows-list]"));
  });
}
