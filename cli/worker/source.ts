import type { CompileModelOptions } from "../../bindings/compile.js";

/** File of the model. */
export const MODEL = "model.tape";

/** How a worker answers: a module with `answersTo` and `textsIn`, and how its model is compiled. */
export interface WorkerKind {
  readonly source: string;
  /** What is compiled of the model: what the module calls, with as many beams as it was calibrated with. */
  readonly compiled: Pick<CompileModelOptions, "beam" | "methods">;
}

/** Files of a Cloudflare worker around a compiled model, beside the model itself. */
export const workerFiles = (
  name: string,
  version: string,
  { source }: WorkerKind,
): Readonly<Record<string, string>> => ({
  "worker.js": WORKER,
  "answers.js": source,
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

const WORKER = `import { answersTo, textsIn } from "./answers.js";

/** Bytes of the longest body, and its most texts. */
const MOST_BYTES = 16_384;
const MOST_TEXTS = 100;

/**
 * GET  /?text=…   { source, answer, confidence }, or { source, refused } with status 422
 * POST /          a list of these: one for each text of the body
 *
 * &confidence=0.9 says how often such answers must be right, instead of what the model was made for.
 */
export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/") return refuse(404, "There is / alone");
    const confidence = searchParams.get("confidence");
    if (confidence !== null && !(confidence.trim() && Number(confidence) >= 0 && Number(confidence) <= 1))
      return refuse(400, "confidence must be from 0 to 1");
    const isGet = request.method === "GET";
    if (!isGet && request.method !== "POST") return refuse(405, "Use GET or POST");
    const texts = textsIn(isGet ? (searchParams.get("text") ?? "") : await bodyOf(request));
    if (!texts || texts.length > MOST_TEXTS)
      return refuse(413, \`The body may have \${MOST_BYTES} bytes and \${MOST_TEXTS} texts\`);
    if (isGet && !texts.length)
      return refuse(400, "There is no text: send one as ?text=…, or several as the body of a POST");
    const answers = texts.length ? answersTo(texts, searchParams).map(told) : [];
    if (!isGet || answers.length > 1) return Response.json(answers);
    return Response.json(answers[0], { status: "refused" in answers[0] ? 422 : 200 });
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
