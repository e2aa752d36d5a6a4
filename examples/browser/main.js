import { onSchemeChange } from "./colors.js";
import { History } from "./history.js";
import { Learner } from "./learner.js";
import { Pace } from "./pace.js";
import { short, showCurve, showSequence, showThreads, showTraining } from "./view.js";

const element = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let learner;
let history = new History();
let sequence;
let sequenceSeed = 7;
let wanted = false; // whether training is to go on
let wake = () => {}; // ends a pause

element("toggle").onclick = () => (wanted ? pause() : start());
element("reset").onclick = () => reset();
element("seed").onchange = () => reset();
element("save").onclick = saveModel;
element("length").oninput = () => newSequence();
element("another").onclick = () => (++sequenceSeed, newSequence());
element("controls").onsubmit = (event) => event.preventDefault();
addEventListener("keydown", (event) => {
  const isElsewhere = event.target.closest("button, input, a");
  if (event.key !== " " || isElsewhere) return; // there, the space bar has its own meaning
  event.preventDefault();
  element("toggle").click();
});
onSchemeChange(() => look());
new ResizeObserver(() => showCurve(history)).observe(element("curve"));

function start() {
  wanted = true;
  element("toggle").textContent = "Pause";
  say("Training.");
  wake();
}

function pause() {
  wanted = false;
  element("toggle").textContent = element("seen").value === "0" ? "Start" : "Go on";
  if (element("seen").value !== "0") say("Paused.");
}

/** A new network with the seed that is there, waiting for its start. */
async function reset() {
  const { value, validity } = element("seed");
  if (!validity.valid) return say("The seed must be a whole number from 0 to 4,294,967,295.");
  pause();
  const last = learner;
  learner = undefined; // ends its loop
  wake();
  try {
    await last?.dispose();
    learner = await Learner.create(Number(value));
  } catch (error) {
    return say(error.message);
  }
  history = new History();
  for (const id of ["loss", "wrong", "speed"]) element(id).value = "–";
  element("seen").value = "0";
  element("toggle").textContent = "Start";
  for (const id of ["toggle", "reset", "save"]) element(id).disabled = false;
  showThreads(learner.threads);
  say("Ready: it has learned nothing yet.");
  newSequence();
  showCurve(history);
  void learn(learner);
}

/** Trains for as long as this learner is the page's; waits while there is a pause. */
async function learn(mine) {
  const pace = new Pace();
  let shown = 0;
  let milestone = 10; // wrong bits that are worth a word
  try {
    await unpaused();
    if (learner !== mine) return;
    for await (const step of mine.steps) {
      history.add(step);
      pace.count(step.sequences);
      const due = performance.now() - shown > (calm.matches ? 1000 : 50);
      if (due || !wanted) {
        showTraining(step, pace.speed, history);
        look();
        shown = performance.now();
      }
      if (step.bitError < milestone) {
        while (step.bitError < milestone) milestone = milestone > 0.01 ? milestone / 10 : 0;
        say(
          `Training: ${short(step.bitError)} wrong bits a sequence after ${step.sequences.toLocaleString("en")} of them.`,
        );
      }
      if (!wanted) {
        await unpaused();
        pace.restart();
      }
      if (learner !== mine) return;
    }
  } catch (error) {
    if (learner === mine) say(error.message);
  }
}

const unpaused = () => (wanted ? undefined : new Promise((resolve) => (wake = resolve)));

function newSequence() {
  const length = Number(element("length").value);
  element("length-text").value = `${length} ${length === 1 ? "vector" : "vectors"}`;
  sequence = learner?.sequence(length, sequenceSeed);
  look();
}

/** Shows what the network makes of the sequence now. */
function look() {
  if (learner) showSequence(sequence, learner.answer(sequence));
}

function saveModel() {
  const url = URL.createObjectURL(new Blob([learner.save()], { type: "application/octet-stream" }));
  Object.assign(document.createElement("a"), { href: url, download: "copy.safetensors" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  say("Saved as copy.safetensors.");
}

function say(text) {
  element("status").textContent = text;
}

await reset();
