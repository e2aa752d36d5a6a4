import { answer } from "./answer.js";
import { Copier } from "./copying.js";

const checkpoint = await Deno.readFile(new URL(import.meta.resolve("tapehead/checkpoints/copy.safetensors")));
const copier = await Copier.create(checkpoint);

export default { fetch: (request) => answer(request, copier) };
