import { MOST_BYTES } from "./copying.js";

/**
 * Answers an HTTP request, on any host that has Request and Response:
 *
 *   GET  /?text=hello   or POST / with the text as body: JSON, the copy and where the heads were
 *   … &trace            and every head's weight on every slot at every step
 *   GET  /stream?text=… or POST /stream: the copy itself, byte by byte as the network writes it
 */
export async function answer(request, copier) {
  try {
    const url = new URL(request.url);
    if (url.pathname !== "/" && url.pathname !== "/stream") throw new HTTPError(404, "There is / and /stream");
    const bytes = await textOf(request, url);
    if (url.pathname === "/stream") return streamed(copier.stream(bytes));
    return Response.json(report(bytes, copier.copy(bytes), url.searchParams.has("trace")));
  } catch (error) {
    if (!(error instanceof HTTPError)) throw error;
    return Response.json({ error: error.message }, { status: error.status, headers: error.headers });
  }
}

class HTTPError extends Error {
  constructor(status, message, headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** The text of a request as bytes; no more of a body is read than a text may have. */
async function textOf(request, url) {
  let bytes;
  if (request.method === "GET") bytes = new TextEncoder().encode(url.searchParams.get("text") ?? "");
  else if (request.method === "POST") bytes = await readBody(request);
  else throw new HTTPError(405, `${request.method} is not for this; use GET or POST`, { Allow: "GET, POST" });
  if (!bytes.length) throw new HTTPError(400, "There is no text: send one as ?text=… or as the body of a POST");
  if (bytes.length > MOST_BYTES) throw tooLong();
  return bytes;
}

async function readBody(request) {
  const bytes = [];
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.push(...value.subarray(0, MOST_BYTES + 1));
    if (bytes.length > MOST_BYTES) {
      void reader.cancel();
      throw tooLong();
    }
  }
  return Uint8Array.from(bytes);
}

const tooLong = () => new HTTPError(413, `The text is too long: it may have ${MOST_BYTES} bytes`);

function report(bytes, { copied, writeWeights, readWeights }, trace) {
  const decode = (text) => new TextDecoder().decode(text);
  return {
    input: decode(bytes),
    output: decode(copied),
    wrongBits: wrongBits(bytes, copied),
    steps: writeWeights.map((written, step) => ({
      step,
      phase: step < bytes.length ? "input" : step === bytes.length ? "delimiter" : "output",
      wrote: strongest(written),
      read: strongest(readWeights[step]),
    })),
    ...(trace && { writeWeights: writeWeights.map(rounded), readWeights: readWeights.map(rounded) }),
  };
}

/** The slot a head was on, and how much of its attention. */
function strongest(weights) {
  const weight = Math.max(...weights);
  return { slot: weights.indexOf(weight), weight: round(weight) };
}

const round = (value) => Math.round(value * 10_000) / 10_000;
const rounded = (values) => Array.from(values, round);

function wrongBits(a, b) {
  let wrong = 0;
  a.forEach((byte, i) => {
    for (let rest = byte ^ b[i]; rest; rest &= rest - 1) ++wrong;
  });
  return wrong;
}

function streamed(steps) {
  const body = new ReadableStream({
    pull(controller) {
      const { value, done } = steps.next();
      if (done) controller.close();
      else controller.enqueue(Uint8Array.of(value));
    },
    cancel: () => void steps.return(), // who hangs up ends the session
  });
  return new Response(body, { headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
