/** Prints the proof, with a library that was required. For Node. */
const { readFileSync } = require("node:fs");

const [entry, options] = process.argv.slice(2);
const tapehead = require(entry);
const checkpoint = readFileSync(require.resolve("tapehead/checkpoints/copy.safetensors"));
import("./proof.js")
  .then(({ prove }) => prove(tapehead, checkpoint, JSON.parse(options) ?? undefined))
  .then((proof) => console.log(JSON.stringify(proof)));
