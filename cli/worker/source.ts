/** Files of a Cloudflare worker around a compiled model, beside the model itself. */
export const workerFiles = (name: string, version: string): Readonly<Record<string, string>> => ({
  "worker.js": WORKER,
  "wrangler.toml": `name = "${name}"
main = "worker.js"
compatibility_date = "2026-06-01"

# The model is a module of the worker: an ArrayBuffer.
[[rules]]
type = "Data"
globs = ["**/*.tape"]
`,
  "package.json": `${JSON.stringify(
    {
      name,
      private: true,
      type: "module",
      scripts: { start: "wrangler dev", deploy: "wrangler deploy" },
      dependencies: { tapehead: `^${version}` },
      devDependencies: { wrangler: "^4.0.0" },
    },
    null,
    2,
  )}\n`,
});

/** File of the model. */
export const MODEL = "model.tape";

const WORKER = `import bytes from "./${MODEL}";
import { answerTexts } from "tapehead/learn";
import { Engine, loadCompiled } from "tapehead/run";

/** Bytes of the longest body, and its most lines. */
const MOST_BYTES = 16_384;
const MOST_LINES = 100;

// When the isolate starts, so that no request waits for it but the first.
const model = loadCompiled(new Uint8Array(bytes), { file: "${MODEL}" });
const engine = await Engine.create();

/**
 * GET  /?text=…   { source, answer, confidence }, or { source, refused } with status 422
 * POST /          a list of these: one for each line of the body
 *
 * &confidence=0.9 says how often such answers must be right, instead of what the model was made for.
 */
export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/") return refuse(404, "There is / alone");
    const least = searchParams.has("confidence") ? Number(searchParams.get("confidence")) : undefined;
    if (least !== undefined && !(least >= 0 && least <= 1)) return refuse(400, "confidence must be from 0 to 1");
    const answers = (texts) => answerTexts(model, engine, texts, least === undefined ? {} : { least }).map(told);
    if (request.method === "GET") {
      const text = searchParams.get("text");
      if (!text?.trim()) return refuse(400, "There is no text: send one as ?text=…, or a line each as the body of a POST");
      const [answer] = answers([text]);
      return Response.json(answer, { status: "refused" in answer ? 422 : 200 });
    }
    if (request.method !== "POST") return refuse(405, "Use GET or POST");
    const body = await bodyOf(request);
    const lines = body?.split(/\\r?\\n/).filter((line) => line.trim());
    if (!lines || lines.length > MOST_LINES)
      return refuse(413, \`The body may have \${MOST_BYTES} bytes and \${MOST_LINES} lines\`);
    return Response.json(lines.length ? answers(lines) : []);
  },
};

const told = ({ source, answer, confidence, error }) =>
  error ? { source, refused: error.reason } : { source, answer, confidence };

const refuse = (status, error) => Response.json({ error }, { status });

/** The body as text, or undefined where it is too long. */
async function bodyOf(request) {
  const bytes = [];
  for await (const chunk of request.body ?? []) {
    bytes.push(...chunk.subarray(0, MOST_BYTES + 1));
    if (bytes.length > MOST_BYTES) return undefined;
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
`;
