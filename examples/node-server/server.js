import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { answer } from "./answer.js";
import { Copier } from "./copying.js";

const checkpoint = await readFile(new URL(import.meta.resolve("tapehead/checkpoints/copy.safetensors")));
const copier = await Copier.create(checkpoint);

const server = createServer(async (incoming, outgoing) => {
  try {
    const response = await answer(requestOf(incoming), copier);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    await pipeline(Readable.fromWeb(response.body), outgoing);
  } catch (error) {
    if (error.code === "ERR_STREAM_PREMATURE_CLOSE") return; // the client has hung up
    console.error(error);
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  }
});
server.listen(process.env.PORT ?? 8787, () => console.log(`http://localhost:${server.address().port}/?text=hello`));

/** As every other host has it. */
function requestOf(incoming) {
  const { method, url, headers } = incoming;
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(new URL(url, `http://${headers.host ?? "localhost"}`), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
    ...(hasBody && { body: Readable.toWeb(incoming), duplex: "half" }),
  });
}
