const NAMES = { first: "yours", second: "its" };

/** The board: a button for each column, in which the stones lie. */
export class Board {
  #game;
  #columns;

  constructor(element, game, onDrop) {
    this.#game = game;
    const [rows, columns] = game.planes;
    this.#columns = Array.from({ length: columns }, (_, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "column";
      button.tabIndex = i === (columns - 1) / 2 ? 0 : -1;
      button.append(...Array.from({ length: rows }, () => document.createElement("span")));
      button.onclick = () => onDrop(i + 1);
      return button;
    });
    element.replaceChildren(...this.#columns);
    element.onkeydown = (event) => this.#move(event);
  }

  /**
   * Shows a state, and which of its stones the person has: those of the first player or of the second. What the page
   * says of a column is what lies in it, from the bottom up.
   */
  show(state, { person, last, best, isOpen }) {
    const [rows, columns, planes] = this.#game.planes;
    const seen = new Float32Array(rows * columns * planes);
    this.#game.encode(state, seen);
    const mover = state.plies % 2;
    const ownerAt = (row, column) => {
      const at = (row * columns + column) * planes;
      if (seen[at]) return mover;
      return seen[at + 1] ? 1 - mover : undefined;
    };
    const won = fours(rows, columns, ownerAt);
    this.#columns.forEach((button, column) => {
      const stones = [];
      [...button.children].forEach((square, row) => {
        const owner = ownerAt(row, column);
        square.className = ["square", ["first", "second"][owner] ?? "", won.has(row * columns + column) ? "won" : ""]
          .join(" ")
          .trim();
        if (owner !== undefined) stones.unshift(NAMES[owner === person ? "first" : "second"]);
      });
      const isFull = stones.length === rows;
      button.classList.toggle("last", column + 1 === last);
      button.classList.toggle("best", column + 1 === best);
      button.setAttribute("aria-disabled", String(!isOpen || isFull));
      button.setAttribute(
        "aria-label",
        `Column ${column + 1}: ${stones.join(", ") || "empty"}${isFull ? "; full" : ""}`,
      );
    });
  }

  /** Arrows go from column to column; only the one that was gone to last is in the order of tabs. */
  #move(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = this.#columns.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = this.#columns[Math.min(this.#columns.length - 1, Math.max(0, at + step))];
    for (const button of this.#columns) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }
}

/** Squares of lines of four of one owner. */
function fours(rows, columns, ownerAt) {
  const squares = new Set();
  for (let row = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column) {
      for (const [down, right] of [
        [0, 1],
        [1, 0],
        [1, 1],
        [1, -1],
      ]) {
        const line = [0, 1, 2, 3].map((i) => [row + i * down, column + i * right]);
        const isInside = line.every(([y, x]) => y < rows && x >= 0 && x < columns);
        const owner = ownerAt(row, column);
        if (!isInside || owner === undefined || !line.every(([y, x]) => ownerAt(y, x) === owner)) continue;
        for (const [y, x] of line) squares.add(y * columns + x);
      }
    }
  }
  return squares;
}
