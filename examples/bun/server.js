import { answer } from "./answer.js";
import { Copier } from "./copying.js";

const checkpoint = await Bun.file(new URL(import.meta.resolve("tapehead/checkpoints/copy.safetensors"))).bytes();
const copier = await Copier.create(checkpoint);

export default { port: process.env.PORT ?? 8787, fetch: (request) => answer(request, copier) };
