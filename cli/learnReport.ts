import type { LearningReport } from "../bindings/learn.js";
import type { LearningOutcome } from "./learning.js";
import { count, duration, percent, plural } from "./numbers.js";
import { table } from "./table.js";
import { visible } from "../bindings/common/visible.js";

/** Mistakes that are shown. */
const MOST_MISTAKES = 5;
/** Characters of a text of a mistake. */
const MOST_CHARACTERS = 40;

/** Says how well pairs were learned, for people. */
export function sayReport({ learned, seconds, steps: own, interrupted }: LearningOutcome, file: string): void {
  const { report, calibration } = learned;
  const { sources, exact, errorRate, refusals, unknown, coverage, mistakes, steps } = report;
  const ended = interrupted ? "Stopped after" : "Learned in";
  const last = own < steps ? `the last ${count(own)} in ` : "";
  console.log(`${ended} ${plural(steps, "step")}, ${last}${duration(seconds)}: ${file}`);
  const rows = [["exactly right", percent(exact), `of ${plural(sources.test, "source")} that it has not seen`]];
  rows.push(["error rate", percent(errorRate), `of the targets' ${learned.sides.target}`]);
  for (const { precision, coverage: part, right } of coverage)
    rows.push([
      `for ${percent(precision)} right`,
      percent(part),
      right === null ? "are answered" : `are answered, and ${percent(right)} of these are right`,
    ]);
  if (refusals.wanted)
    rows.push(["to be refused", count(refusals.wanted), `of which ${count(refusals.answered)} would be answered`]);
  if (unknown) rows.push(["unknown", count(unknown), "have symbols that it has not seen, and are refused"]);
  console.log(table(rows.map(([name, value, what]) => [`  ${name}`, value!, what!])));
  console.log(acceptedLine(calibration, sources));
  if (!mistakes.length) return;
  console.log("The surest mistakes:");
  const shown = mistakes.slice(0, MOST_MISTAKES).map(({ source, answer, targets, confidence }) => {
    const wanted = targets.map((target) => (target ? cut(target) : "a refusal")).join(" or ");
    return [`  ${cut(source)}`, answer ? cut(answer) : "refused", `not ${wanted}`, `${percent(confidence)} sure`];
  });
  console.log(table(shown));
}

function acceptedLine(
  calibration: LearningOutcome["learned"]["calibration"],
  { development }: LearningReport["sources"],
): string {
  const precision = percent(calibration?.precision ?? 0);
  if (calibration && calibration.threshold !== null)
    return `\`run\` gives the answers of which ${precision} are right: ${percent(calibration.coverage)} of all`;
  const few =
    development < 100
      ? `${plural(development, "held-out source")} are too few to promise anything: give more pairs`
      : "too many of the answers are wrong: give more pairs, or promise less with --precision";
  return `\`run\` refuses all unless it is given --min-confidence, since ${few}`;
}

const cut = (text: string): string => {
  const characters = [...visible(text)];
  return characters.length > MOST_CHARACTERS
    ? `${characters.slice(0, MOST_CHARACTERS).join("")}…`
    : characters.join("");
};
