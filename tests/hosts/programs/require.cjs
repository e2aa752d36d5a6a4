/** Prints the proof, with a library that was required. For Node. */
const { readFileSync } = require("node:fs");

const [entry, options] = process.argv.slice(2);
const tapehead = require(entry);
const checkpoint = readFileSync(require.resolve("tapehead/checkpoints/copy.safetensors"));
const systems = entry === "tapehead" ? { systems: [] } : import("./systems.js");
Promise.all([import("./proof.js"), systems])
  .then(([{ prove }, { systems }]) => prove(tapehead, checkpoint, JSON.parse(options) ?? undefined, systems))
  .then((proof) => console.log(JSON.stringify(proof)));
