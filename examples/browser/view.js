import { BITS, SLOTS } from "./learner.js";
import { drawCurve } from "./curve.js";
import { drawMatrix } from "./picture.js";

const element = (id) => document.getElementById(id);
const number = (value, digits = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
/** Three digits that mean something. */
export const short = (value) => number(value, value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0);

/** Training: figures and curve. */
export function showTraining({ bitError, sequences }, speed, history) {
  element("loss").value = short(history.loss);
  element("wrong").value = short(bitError);
  element("seen").value = number(sequences);
  if (speed) element("speed").value = number(speed);
  showCurve(history);
}

export function showCurve(history) {
  const last = history.points.at(-1);
  drawCurve(element("curve"), history.points);
  const text = last
    ? `after ${number(last.sequences)} sequences, loss ${short(last.loss)} nats and ${short(last.wrong)} wrong bits a sequence`
    : "nothing yet";
  element("curve").setAttribute("aria-label", `Learning curve: ${text}`);
}

export function showThreads(threads) {
  element("threads").value = threads;
  element("thread-word").textContent = threads === 1 ? "thread" : "threads";
}

/** One sequence: what goes in, where the heads are, what comes out. Returns the number of wrong bits. */
export function showSequence({ length, inputs, targets }, { logits, writeWeights, readWeights }) {
  const steps = inputs.length;
  const isDue = (t) => t > length;
  const isWrong = (t, bit) => logits[t][bit] > 0 !== targets[t][bit] > 0;
  const probability = (logit) => 1 / (1 + Math.exp(-logit));
  drawMatrix(element("input"), steps, BITS + 1, (t, i) => (t <= length ? inputs[t][i] : undefined));
  drawMatrix(element("write"), steps, SLOTS, (t, slot) => writeWeights[t][slot]);
  drawMatrix(element("read"), steps, SLOTS, (t, slot) => readWeights[t][slot]);
  drawMatrix(element("copied"), steps, BITS, (t, i) => (isDue(t) ? probability(logits[t][i]) : undefined), isWrong);
  drawMatrix(element("wanted"), steps, BITS, (t, i) => (isDue(t) ? targets[t][i] : undefined));

  let wrong = 0;
  for (let t = length + 1; t < steps; ++t) for (let i = 0; i < BITS; ++i) wrong += Number(isWrong(t, i));
  const verdict = wrong ? `${wrong} of ${length * BITS} bits are wrong` : `All ${length * BITS} bits are right`;
  element("verdict").textContent = verdict;
  element("verdict").classList.toggle("right", !wrong);
  const label = (id, text) => element(id).setAttribute("aria-label", text);
  label("input", `Input: ${length} vectors of ${BITS} bits, then the delimiter in channel 9`);
  label("write", `Write head: strongest on slots ${strongest(writeWeights.slice(0, length))} during the input`);
  label("read", `Read head: strongest on slots ${strongest(readWeights.slice(length + 1))} during the output`);
  label("copied", `Copied: ${verdict}`);
  label("wanted", `Wanted: the ${length} vectors of the input`);
  element("phases").style.setProperty("--length", length);
  const [input, , output] = element("phases").children;
  input.textContent = length > 3 ? `in: ${length} steps` : "in";
  output.textContent = length > 3 ? `out: ${length} steps` : "out";
  return wrong;
}

const strongest = (weights) => weights.map((row) => row.indexOf(Math.max(...row))).join(", ");
