// ArrayBuffers: see "rules" in wrangler.jsonc
import copying from "tapehead/checkpoints/copy.safetensors";
import listening from "tapehead/checkpoints/digits.safetensors";
import pronouncing from "tapehead/checkpoints/pronunciation-small.safetensors";
import { RecordingError, UnsureError } from "tapehead/listen";
import { answer } from "./answer.js";
import { Copier } from "./copying.js";
import { Hearing, MOST_FILE_BYTES } from "./hearing.js";
import { lettersOf, MOST_LETTERS, Pronouncer } from "./pronouncing.js";

// When the isolate starts, so that no request waits for it but the first.
const copier = await Copier.create(new Uint8Array(copying));
const pronouncer = await Pronouncer.create(new Uint8Array(pronouncing));
const hearing = await Hearing.create(new Uint8Array(listening));

export default {
  fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/pronounce") return pronounce(searchParams.get("word") ?? "");
    if (pathname === "/hear") return hear(request);
    return answer(request, copier);
  },
};

/** GET /pronounce?word=hello: phonemes, and which letter each comes from. */
function pronounce(word) {
  const letters = lettersOf(word.trim());
  if (!letters.length) return refuse(400, "There is no word: send one as ?word=…");
  if (letters.length > MOST_LETTERS) return refuse(413, `The word is too long: it may have ${MOST_LETTERS} letters`);
  return Response.json(pronouncer.pronounce(word.trim()));
}

/** POST /hear with a WAV file as the body: the digits that are said. */
async function hear(request) {
  if (request.method !== "POST") return refuse(405, `${request.method} is not for this; use POST`, { Allow: "POST" });
  if (Number(request.headers.get("Content-Length")) > MOST_FILE_BYTES) return tooLarge();
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MOST_FILE_BYTES) return tooLarge();
  try {
    return Response.json(hearing.hear(bytes));
  } catch (error) {
    if (error instanceof RecordingError) return refuse(400, error.message);
    if (error instanceof UnsureError) return refuse(422, error.message);
    throw error;
  }
}

const tooLarge = () => refuse(413, `The file is too large: it may have ${MOST_FILE_BYTES} bytes`);

const refuse = (status, error, headers = {}) => Response.json({ error }, { status, headers });
