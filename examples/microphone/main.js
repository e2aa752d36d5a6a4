import { Ending } from "./ending.js";
import { Hearing } from "./hearing.js";
import { listen } from "./microphone.js";
import { Wave } from "./wave.js";

/** Seconds after which it stops by itself; the network takes 30. */
const MOST = 20;

const element = (id) => document.getElementById(id);
const wave = new Wave(element("wave"));
let hearing;
let stop; // ends the microphone, while it is open

element("toggle").onclick = () => (stop ? finish() : start());
element("file").onchange = ({ target }) => open(target);
addEventListener("keydown", (event) => {
  if (event.key !== " " || event.target.closest("button, input, a")) return; // there, the space bar has its own meaning
  event.preventDefault();
  element("toggle").click();
});

async function start() {
  const ending = new Ending();
  let seconds = 0;
  element("toggle").disabled = true;
  wave.clear();
  show("…", "Opening the microphone …");
  try {
    stop = await listen((block, sampleRate) => {
      wave.add(block, sampleRate);
      seconds += block.length / sampleRate;
      if (ending.endsWith(block, sampleRate) || seconds > MOST) void finish();
    });
    element("toggle").textContent = "Stop";
    show("…", "Speak: it stops when you do.");
  } catch (error) {
    show("–", error.message);
  }
  element("toggle").disabled = false;
}

async function finish() {
  const end = stop;
  if (!end) return;
  stop = undefined;
  element("toggle").textContent = "Listen";
  const recording = await end();
  answer(() => hearing.hear(recording, "what you said"));
}

async function open(input) {
  const [file] = input.files;
  input.value = ""; // so that the same file can be opened again
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  answer(() => {
    const recording = hearing.read(bytes, file.name);
    wave.clear();
    wave.add(recording.samples, recording.sampleRate);
    return hearing.hear(recording, file.name);
  });
}

/** Shows what was heard, or why it is not said. */
function answer(hear) {
  try {
    const { text, confidence, notes, page } = hear();
    const sure = `Right in ${(100 * confidence).toFixed(1)}% of such cases`;
    show(text, `${[sure, ...notes].join("; ")}.`, page);
  } catch (error) {
    show("?", error.message);
  }
}

function show(heard, status, page) {
  element("heard").value = heard;
  element("status").textContent = status;
  element("where").hidden = page === undefined;
  if (page !== undefined) element("where").srcdoc = page;
}

try {
  hearing = await Hearing.create();
  for (const id of ["toggle", "file"]) element(id).disabled = false;
  show("–", "Ready.");
} catch (error) {
  show("–", error.message);
}
