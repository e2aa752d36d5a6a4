import checkpoint from "tapehead/checkpoints/copy.safetensors"; // an ArrayBuffer: see "rules" in wrangler.jsonc
import { answer } from "./answer.js";
import { Copier } from "./copying.js";

let copier;

export default {
  async fetch(request) {
    copier ??= await Copier.create(new Uint8Array(checkpoint));
    return answer(request, copier);
  },
};
