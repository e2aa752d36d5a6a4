import { bitmapOf } from "./bitmap.js";
import { factsOf, type ModelDescription } from "./facts.js";
import { frameOf } from "./frame.js";
import { escape } from "./html.js";
import { pictureStyle } from "./style.js";

/** A picture, what was told of it, and where the model looked. */
export interface PictureDrawing {
  /** Grey or red, green and blue, from 0 to 1, row by row from above. */
  readonly picture: {
    readonly height: number;
    readonly width: number;
    readonly channels: number;
    readonly pixels: ArrayLike<number>;
  };
  /** The grid of cells that it looked at. */
  readonly rows: number;
  readonly columns: number;
  readonly answer: {
    readonly symbols: readonly string[];
    /** The symbols as people write them. */
    readonly text: string;
    /** How likely the model thinks that it is right. */
    readonly probability: number;
    /** Weights of each symbol, and of its end, over the cells, if the model has attention. */
    readonly attention: ArrayLike<ArrayLike<number>> | null;
  };
}

/** What a page says of it. */
export interface PicturePageOptions {
  readonly model: ModelDescription;
  /** What was looked at, such as the name of a file. */
  readonly input: string;
  /** Name of the task, for the title. */
  readonly task?: string;
  /** Facts about where the model comes from, by name. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** Symbols of a page, and pixels of a picture, at most. */
const MOST_SYMBOLS = 200;
const MOST_PIXELS = 0x10_0000;
/** Weights below this part of the largest are not drawn. */
const LEAST = 0.02;

/**
 * Where a model looked while it told what is in a picture, as Xu et al. 2015 draw it: the picture once for each word,
 * lit where it looked, softly. An HTML file that needs nothing else, no script either.
 *
 * @throws RangeError when there are more than 200 symbols or 2²⁰ pixels to draw.
 * @example
 * const [answer] = model.run(engine, [picture], { attention: true });
 * const told = { ...answer, text: answer.symbols.join(" "), probability: Math.exp(answer.score) };
 * const html = picturePage({ picture, ...model.encoder, answer: told }, { model, input: "digits.png" });
 */
export function picturePage(drawing: PictureDrawing, { model, input, task, facts = {} }: PicturePageOptions): string {
  const { picture, answer } = drawing;
  const { height, width } = picture;
  const { symbols, text, attention } = answer;
  if (symbols.length > MOST_SYMBOLS || height * width > MOST_PIXELS)
    throw new RangeError(
      `picturePage: there are ${symbols.length} symbols about ${height} × ${width} pixels, and must be at most ` +
        `${MOST_SYMBOLS} about ${MOST_PIXELS} to be drawn`,
    );
  const figures = attention
    ? symbols.map((symbol, i) => figureOf(drawing, symbol, Array.from(attention[i]!)))
    : [figureOf(drawing, "", [])];
  const body = `<header>
<p class="eyebrow">${escape(model.name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}, ${width} × ${height} pixels</p>
<h1>${escape(input)}</h1>
<p class="said">${escape(text) || "nothing"} <small>${(100 * answer.probability).toFixed(1)}% probable</small></p>
</header>
<main>
<section class="panel"><h2>Where it looked</h2>
<p>${
    attention
      ? `The picture as the model saw it, once for each word, lit where it looked: ${drawing.rows} × ${drawing.columns} cells.`
      : "The model has no attention: at every step it sees the mean of the whole picture."
  }</p>
<svg class="shared" aria-hidden="true" width="0" height="0"><defs>
<image id="picture" href="${bitmapOf(picture)}" width="${width}" height="${height}"/>
<filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${(height / drawing.rows / 3).toFixed(2)}"/></filter>
<clipPath id="inside"><rect width="${width}" height="${height}"/></clipPath>
</defs></svg>
<div class="looks">${figures.join("\n") || "It told nothing."}</div></section>
</main>
<footer>
${factsOf(model, facts)}
</footer>`;
  const title = [model.name, task, input, text].filter(Boolean).join(" · ");
  return frameOf({ title, style: lookStyle(), body, hasPictures: true });
}

/** The picture, with light on the cells that a word looked at. */
function figureOf({ picture, rows, columns }: PictureDrawing, symbol: string, weights: readonly number[]): string {
  const { height, width } = picture;
  const [cellHeight, cellWidth] = [height / rows, width / columns];
  const most = Math.max(...weights, 0);
  const lights = weights.flatMap((weight, cell) => {
    if (!(weight > LEAST * most)) return [];
    const place = `x="${((cell % columns) * cellWidth).toFixed(2)}" y="${(Math.floor(cell / columns) * cellHeight).toFixed(2)}"`;
    return [
      `<rect ${place} width="${cellWidth}" height="${cellHeight}" fill-opacity="${(weight / most).toFixed(2)}"/>`,
    ];
  });
  const at = weights.indexOf(most);
  const where = weights.length
    ? `, most at row ${Math.floor(at / columns) + 1} and column ${(at % columns) + 1}, ${(100 * most).toFixed(0)}%`
    : "";
  const light = lights.length
    ? `<g class="light" clip-path="url(#inside)"><g filter="url(#soft)">${lights.join("")}</g></g>`
    : "";
  const label = escape(symbol ? `${symbol}${where}` : "the picture");
  return `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}"><use href="#picture"/>${light}</svg>${
    symbol ? `<figcaption>${escape(symbol)} <small>${(100 * most).toFixed(0)}% in one cell</small></figcaption>` : ""
  }</figure>`;
}

const lookStyle = (): string =>
  `${pictureStyle()}
.shared{position:absolute}
.looks{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(12rem,100%),1fr));gap:1rem}
figure{margin:0}
figure svg{display:block;width:100%;height:auto;border:1px solid var(--edge);border-radius:.3rem;image-rendering:pixelated}
.light rect{fill:#f9731a}
.light{opacity:.65}
figcaption{margin-top:.3rem;font-size:1.1rem;overflow-wrap:anywhere}`.trim();
