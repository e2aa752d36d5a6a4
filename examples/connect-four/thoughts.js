/** A table of what a search thinks of each move, which changes while it thinks. */
export class Thoughts {
  #body;
  #about;
  #line;

  constructor({ body, about, line }) {
    this.#body = body;
    this.#about = about;
    this.#line = line;
  }

  clear() {
    this.#about.textContent = "What it thinks of each move";
    this.#line.textContent = "";
    this.#body.replaceChildren();
  }

  show({ moves, best, line }, whose) {
    this.#about.textContent = `What it thinks of ${whose} moves`;
    this.#line.textContent = line.length ? `It expects ${line.join(", ")}.` : "";
    this.#body.replaceChildren(
      ...moves.map(({ column, share, atFirstSight, value, result }) => {
        const row = document.createElement("tr");
        row.className = column === best ? "best" : "";
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = column;
        row.append(head, bar(share), cell(percent(atFirstSight)), cell(worth(value, result)));
        return row;
      }),
    );
  }
}

export const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
const worth = (value, result) =>
  result === undefined ? (value === undefined ? "–" : signed(value)) : { 1: "wins", 0: "draws", "-1": "loses" }[result];
const percent = (part) => `${Math.round(100 * part)}%`;

function cell(text) {
  const element = document.createElement("td");
  element.textContent = text;
  return element;
}

function bar(share) {
  const element = cell(percent(share));
  element.className = "bar";
  element.style.setProperty("--share", share);
  return element;
}
