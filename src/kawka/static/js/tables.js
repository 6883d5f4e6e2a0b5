// Drag somebody onto somebody at another table of the same round: the page then says what that costs, and asks.

const seats = document.querySelectorAll("[data-seat]");
let taken = null;

function fits(seat) {
  return taken !== null && seat.dataset.round === taken.dataset.round && seat.dataset.table !== taken.dataset.table;
}

function rest() {
  for (const seat of seats) seat.classList.remove("taken", "open", "over");
  taken = null;
}

for (const seat of seats) {
  seat.draggable = true;
  seat.addEventListener("dragstart", (event) => {
    taken = seat;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", seat.dataset.seat);
    seat.classList.add("taken");
    for (const other of seats) other.classList.toggle("open", fits(other));
  });
  seat.addEventListener("dragover", (event) => {
    if (!fits(seat)) return;
    event.preventDefault();
    seat.classList.add("over");
  });
  seat.addEventListener("dragleave", () => seat.classList.remove("over"));
  seat.addEventListener("drop", (event) => {
    if (!fits(seat)) return;
    event.preventDefault();
    const asked = new URLSearchParams({ round: seat.dataset.round, one: taken.dataset.seat, other: seat.dataset.seat });
    location.href = `?${asked}#swap`;
  });
  seat.addEventListener("dragend", rest);
}

document.querySelector("#swap")?.focus();
