import { readFile } from "node:fs/promises";

const root = new URL("../", import.meta.url);

/** A generated text as `npm run format` leaves it, by the path that it will have. The formatters do not know pictures. */
export async function formatted(path, text) {
  if (path.endsWith(".svg")) return text;
  if (path.startsWith("assembly/")) {
    const { default: prettier } = await import("prettier");
    return prettier.format(text, { ...(await prettier.resolveConfig(path)), filepath: path });
  }
  const { format } = await import("oxfmt");
  const { printWidth } = JSON.parse(await readFile(new URL(".oxfmtrc.json", root), "utf8"));
  const { code, errors } = await format(path, text, { printWidth });
  if (errors.length) throw new Error(`Cannot format ${path}: ${errors.map(({ message }) => message).join("; ")}`);
  return code;
}
