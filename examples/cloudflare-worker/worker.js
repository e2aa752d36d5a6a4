import checkpoint from "tapehead/checkpoints/copy.safetensors"; // an ArrayBuffer: see "rules" in wrangler.jsonc
import { answer } from "./answer.js";
import { Copier } from "./copying.js";

// When the isolate starts, so that no request waits for it but the first.
const copier = await Copier.create(new Uint8Array(checkpoint));

export default { fetch: (request) => answer(request, copier) };
