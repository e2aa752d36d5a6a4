import { escape } from "../html.js";
/** An answer's symbols as one text. */
type Say = (symbols: readonly string[]) => string;

/** Something that a model says, and what it thinks of it. */
export interface AlignmentAnswer {
  readonly symbols: readonly string[];
  /** Natural logarithm of its probability. */
  readonly score?: number;
  /** From 0 to 1. */
  readonly probability?: number;
  /** What answers are ordered by, such as the score of a symbol in the mean. */
  readonly rank?: number;
  /** Whether it came to its end. Default: true. */
  readonly ended?: boolean;
  /** Whether it is what was wanted, if that is known. */
  readonly right?: boolean;
}

/** The beams that were found, the best first. */
export function answersIn(answers: readonly AlignmentAnswer[], say: Say): string {
  const has = (name: keyof AlignmentAnswer): boolean => answers.some((answer) => answer[name] !== undefined);
  const columns = [
    ["", (_: AlignmentAnswer, i: number) => String(i + 1)],
    ["Answer", (answer: AlignmentAnswer) => answerIn(answer, say)],
    ...(has("probability") ? [["Probability", ({ probability }: AlignmentAnswer) => barOf(probability)] as const] : []),
    ...(has("score") ? [["Log probability", ({ score }: AlignmentAnswer) => signed(score)] as const] : []),
    ...(has("rank") ? [["Ordered by", ({ rank }: AlignmentAnswer) => signed(rank)] as const] : []),
  ] as const;
  const head = columns.map(([name]) => (name ? `<th scope="col">${name}</th>` : "<td></td>")).join("");
  const rows = answers.map(
    (answer, i) => `<tr>${columns.map(([, cell]) => `<td>${cell(answer, i)}</td>`).join("")}</tr>`,
  );
  return `<div class="scroll"><table class="answers"><thead><tr>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>`;
}

/** What was said; nothing is said in words. */
export const saidOf = ({ symbols }: AlignmentAnswer, say: Say): string => (symbols.length ? say(symbols) : "nothing");

function answerIn(answer: AlignmentAnswer, say: Say): string {
  const text = answer.symbols.length ? escape(saidOf(answer, say)) : "<i>nothing</i>";
  const right = answer.right ? ` <span class="right">✓ right</span>` : "";
  return text + right + (answer.ended === false ? " <small>cut off</small>" : "");
}

function barOf(probability: number | undefined): string {
  if (probability === undefined) return "";
  const share = Number((Math.min(Math.max(probability, 0), 1) * 100).toFixed(2));
  return `<span class="bar" style="--p:${share}%"></span>${percent(probability)}`;
}

/** A probability in three digits, however small. */
export const percent = (probability: number): string =>
  probability >= 0.0005 || probability <= 0 ? `${(probability * 100).toFixed(1)}%` : probability.toExponential(1);

/** A number with its sign, in two digits. */
export const signed = (value: number | undefined): string =>
  value === undefined
    ? ""
    : value
        .toFixed(2)
        .replace(/^-(?=.*[1-9])/, "−")
        .replace("-", "");
