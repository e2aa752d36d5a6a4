import { unpack } from "../../bindings/trace/pack.js";
import type { PageData } from "../../bindings/trace/page/data.js";

/** What a page's script is given. */
export function dataOf(html: string): PageData {
  const [, json] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)!;
  return JSON.parse(json!) as PageData;
}

/** A value over time as the page has it. */
export const seriesOf = (html: string, name: string): Float64Array => unpack(dataOf(html).series[name]!);

/** Half of what two numbers that a page tells apart differ by. */
export const precisionOf = (html: string, name: string): number => dataOf(html).series[name]!.step / 2;

const EMPTY = /^(meta|input|br|hr)$/;

/** What is wrong with a page's tags: every element that is opened is closed, in order, and has proper attributes. */
export function faultsOf(html: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const markup = html.replace(/<(style|script)\b([^>]*)>.*?<\/\1>/gs, "<$1$2></$1>").replace("<!doctype html>", "");
  for (const [tag, slash, name, attributes] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:[^<>"]|"[^"<>]*")*)>/g)) {
    if (slash) {
      const last = open.pop();
      if (last !== name) faults.push(`</${name}> closes <${last}>`);
    } else {
      if (!/^(\s+[a-zA-Z-]+\d*(="[^"]*")?)*\s*\/?$/.test(attributes!)) faults.push(`attributes of ${tag}`);
      if (!EMPTY.test(name!) && !attributes!.endsWith("/")) open.push(name!);
    }
  }
  if (open.length) faults.push(`not closed: ${open.join(", ")}`);
  const text = markup.replace(/<(\/?)([a-z][a-z0-9]*)((?:[^<>"]|"[^"<>]*")*)>/g, "");
  if (/[<>]/.test(text)) faults.push(`a stray bracket in ${/.{0,20}[<>].{0,20}/.exec(text)![0]}`);
  return faults;
}

/** Everything in a page by which a browser would ask for something else. */
export const requestsOf = (html: string): string[] =>
  html.match(
    /https?:|\b(src|href|action|srcset|poster)\s*=|@import|url\(|\bimport\(|\bfetch\(|XMLHttpRequest|WebSocket/g,
  ) ?? [];

const unescaped = (html: string): string => html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
const textsOf = (html: string, tag: RegExp): string[] => [...html.matchAll(tag)].map(([, text]) => unescaped(text!));

/** A symbol in the line diagram of a page with an alignment, or a step in its plane. */
export interface DrawnSymbol {
  readonly kind: string;
  /** What those hear who do not see it. */
  readonly name: string;
  readonly label: string;
  /** Of its lines. */
  readonly widths: readonly number[];
  /** Weights that are written beside them. */
  readonly values: readonly string[];
}

/** What a page with an alignment shows. */
export function alignmentIn(html: string): {
  rows: string[];
  columns: string[];
  cells: string[][];
  symbols: DrawnSymbol[];
} {
  const [table = ""] = /<table class="weights.*?<\/table>/s.exec(html) ?? [];
  const [, head = "", body = ""] = /<thead>(.*?)<\/thead>\s*<tbody>(.*)<\/tbody>/s.exec(table) ?? [];
  const symbols = html.matchAll(
    /<g class="symbol (\w+)" tabindex="0" role="img" aria-label="([^"]*)"><g class="links">(.*?)<\/g>(.*?)<\/g>/gs,
  );
  return {
    columns: textsOf(head, /<th scope="col"><span>(?:<abbr[^>]*>)?(.*?)</g),
    rows: textsOf(body, /<th scope="row"><span>(?:<abbr[^>]*>)?(.*?)</g),
    cells: [...body.matchAll(/<tr>.*?<\/tr>/g)].map(([row]) => textsOf(row, /<td[^>]*><span>(.*?)</g)),
    symbols: [...symbols].map(([, kind, name, links, rest]) => ({
      kind: kind!,
      name: unescaped(name!),
      label: textsOf(rest!, /<text[^>]*>(.*?)</g).join(),
      widths: [...links!.matchAll(/stroke-width="([^"]*)"/g)].map(([, width]) => Number(width)),
      values: textsOf(links!, /<text[^>]*>(.*?)</g),
    })),
  };
}

/** A cell of a page with a program: its classes, its colour, and what it says. */
export interface DrawnCell {
  readonly classes: readonly string[];
  readonly weight: number;
  readonly text: string;
  readonly title: string;
}

const cellsIn = (row: string): DrawnCell[] =>
  [
    ...row.matchAll(
      /<td class="([^"]*)"(?: style="--w:([\d.]+)")?(?: title="([^"]*)")?>(?:<span>)?(.*?)(?:<\/span>)?<\/td>/g,
    ),
  ].map(([, classes, weight, title = "", text]) => ({
    classes: classes!.split(" "),
    weight: Number(weight),
    title: unescaped(title),
    text: unescaped(text!),
  }));

/** What a page with a program shows. */
export function programIn(html: string): {
  words: { role: string; text: string }[];
  lines: { said: string; note: string; isUsed: boolean }[];
  /** By group and name, a cell for each step. */
  choices: Record<string, Record<string, DrawnCell[]>>;
  header: string[];
  rows: { strip: DrawnCell[]; cells: string[]; printed: number[] }[];
} {
  const [, question = ""] = /<h1[^>]*>(.*?)<\/h1>/s.exec(html) ?? [];
  const plain = (text: string): string => unescaped(text.replace(/<[^>]*>/g, ""));
  const [, choices = "", rows = ""] =
    /<table class="choices">(.*?)<\/table>.*<table class="rows[^"]*">(.*?)<\/table>/s.exec(html) ?? [];
  const groups = [...choices.matchAll(/<tbody>\s*<tr class="group"><th[^>]*>(.*?)<\/th>.*?<\/tr>(.*?)<\/tbody>/gs)];
  return {
    words: [...question.matchAll(/<span class="word (\w+)"[^>]*>(.*?)<\/span>/g)].map(([, role, text]) => ({
      role: role!,
      text: unescaped(text!),
    })),
    lines: [...html.matchAll(/<li class="s\d+( idle)?"><span>(.*?)<\/span> <small>(.*?)<\/small><\/li>/g)].map(
      ([, idle, said, note]) => ({ said: plain(said!), note: note!, isUsed: !idle }),
    ),
    choices: Object.fromEntries(
      groups.map(([, title, body]) => [
        title!,
        Object.fromEntries(
          [...body!.matchAll(/<tr><th scope="row"[^>]*>(.*?)<\/th>(.*?)<\/tr>/g)].map(([, name, row]) => [
            unescaped(name!),
            cellsIn(row!),
          ]),
        ),
      ]),
    ),
    header: [...rows.matchAll(/<th scope="col"(?: class="numeric")?>(.*?)<\/th>/g)]
      .slice(1)
      .map(([, name]) => plain(name!)),
    rows: [...rows.matchAll(/<tr>((?:<td class="strip.*?<\/td>)+)<th scope="row">\d+<\/th>(.*?)<\/tr>/g)].map(
      ([, strip, rest]) => {
        const cells = [...rest!.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell!);
        const printed = cells.flatMap((cell, i) => (cell.startsWith("<mark>") ? [i] : []));
        return { strip: cellsIn(strip!), cells: cells.map(plain), printed };
      },
    ),
  };
}
