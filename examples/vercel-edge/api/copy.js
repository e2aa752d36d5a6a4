import { answer } from "../answer.js";
import { Copier } from "../copying.js";

export const config = { runtime: "edge" };

let copier;

export default async function handler(request) {
  copier ??= start(new URL("/copy.safetensors", request.url));
  copier.catch(() => (copier = undefined)); // so that the next request tries again
  return answer(request, await copier);
}

/** An edge function has no files: the checkpoint is in public/, from where it is deployed beside the function. */
async function start(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}; \`npm run build\` puts the checkpoint there`);
  return Copier.create(new Uint8Array(await response.arrayBuffer()));
}
