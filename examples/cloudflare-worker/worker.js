// ArrayBuffers: see "rules" in wrangler.jsonc
import copying from "tapehead/checkpoints/copy.safetensors";
import pronouncing from "tapehead/checkpoints/pronunciation-small.safetensors";
import { answer } from "./answer.js";
import { Copier } from "./copying.js";
import { lettersOf, MOST_LETTERS, Pronouncer } from "./pronouncing.js";

// When the isolate starts, so that no request waits for it but the first.
const copier = await Copier.create(new Uint8Array(copying));
const pronouncer = await Pronouncer.create(new Uint8Array(pronouncing));

export default {
  fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    return pathname === "/pronounce" ? pronounce(searchParams.get("word") ?? "") : answer(request, copier);
  },
};

/** GET /pronounce?word=hello: phonemes, and which letter each comes from. */
function pronounce(word) {
  const letters = lettersOf(word.trim());
  if (!letters.length) return refuse(400, "There is no word: send one as ?word=…");
  if (letters.length > MOST_LETTERS) return refuse(413, `The word is too long: it may have ${MOST_LETTERS} letters`);
  return Response.json(pronouncer.pronounce(word.trim()));
}

const refuse = (status, error) => Response.json({ error }, { status });
