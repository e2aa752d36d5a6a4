/** The script of a page with an alignment: arrow keys, and what is pointed at in one picture is lit in the others. */
const groups = (selector: string): SVGGElement[] => [...document.querySelectorAll<SVGGElement>(selector)];
const rows = [groups(".target"), groups(".source"), groups(".step")];
const [targets, sources, steps] = rows as [SVGGElement[], SVGGElement[], SVGGElement[]];

/** One symbol of a row is what Tab comes to; from there the arrow keys go on. */
for (const row of rows) {
  row.forEach((symbol, i) => {
    const setStop = (stop: number): void =>
      row.forEach((each, j) => each.setAttribute("tabindex", j === stop ? "0" : "-1"));
    if (i === 0) setStop(0);
    symbol.addEventListener("focus", () => setStop(i));
    symbol.addEventListener("keydown", (event) => {
      const { key, altKey, ctrlKey, metaKey } = event;
      if (altKey || ctrlKey || metaKey) return;
      if (key === "Escape") symbol.blur();
      const across = row === targets ? sources : row === sources ? targets : row;
      const beside: Record<string, SVGGElement | undefined> = {
        ArrowLeft: row[i - 1],
        ArrowRight: row[i + 1],
        Home: row[0],
        End: row.at(-1),
        ArrowDown: row === targets ? across[Math.min(i, across.length - 1)] : row[i],
        ArrowUp: row === sources ? across[Math.min(i, across.length - 1)] : row[i],
      };
      if (!(key in beside)) return;
      event.preventDefault();
      beside[key]?.focus();
    });
  });
}

const table = document.querySelector<HTMLTableElement>(".weights");
const now = document.querySelector<HTMLOutputElement>(".now");
const columns = [...(table?.tHead?.rows[0]?.cells ?? [])];
const lines = [...(table?.tBodies[0]?.rows ?? [])];
const nameOf = (cell: HTMLElement): string => cell.querySelector("abbr")?.title ?? cell.textContent;

/** Lights a row, or a column, of the matrix and the same symbol elsewhere; −1 lights none. */
function light(target: number, source: number): void {
  lines.forEach((line, i) => line.cells[0]!.classList.toggle("on", i === target));
  columns.forEach((cell, j) => cell.classList.toggle("on", j > 0 && j - 1 === source));
  const cell = target >= 0 && source >= 0 ? lines[target]!.cells[source + 1] : undefined;
  if (now)
    now.textContent = cell
      ? `“${nameOf(lines[target]!.cells[0]!)}” reads “${nameOf(columns[source + 1]!)}”: ${cell.textContent}`
      : "";
}

/** Of the pictures that no pointer is on. */
function show(target: number, source: number): void {
  targets.forEach((symbol, i) => symbol.classList.toggle("on", i === target));
  sources.forEach((symbol, j) => symbol.classList.toggle("on", target < 0 && j === source));
  steps.forEach((symbol, i) => symbol.classList.toggle("on", i === target));
}

table?.addEventListener("pointerover", ({ target }) => {
  const cell = (target as Element).closest<HTMLTableCellElement>("td,th");
  const line = cell?.parentElement as HTMLTableRowElement | undefined;
  const index = line ? lines.indexOf(line) : -1;
  const source = cell ? cell.cellIndex - 1 : -1;
  light(index, source);
  show(index, source);
});
table?.addEventListener("pointerleave", () => {
  light(-1, -1);
  show(-1, -1);
});
targets.forEach((symbol, i) => link(symbol, i, -1));
steps.forEach((symbol, i) => link(symbol, i, -1));
sources.forEach((symbol, j) => link(symbol, -1, j));

function link(symbol: SVGGElement, target: number, source: number): void {
  for (const name of ["pointerenter", "focus"]) symbol.addEventListener(name, () => light(target, source));
  for (const name of ["pointerleave", "blur"]) symbol.addEventListener(name, () => light(-1, -1));
}
