/** Runs a built worker in workerd, and returns what it answers. */
import { hosts } from "./hosts.mjs";

export async function answerOf(files, main) {
  const { Miniflare } = hosts("miniflare");
  const modules = files.map(([path, contents]) => {
    return { type: path.endsWith(".wasm") ? "CompiledWasm" : "ESModule", path, contents };
  });
  modules.sort((a, b) => Number(b.path === main) - Number(a.path === main)); // the first one is the worker
  const miniflare = new Miniflare({ compatibilityDate: "2026-07-01", modules, cf: false });
  try {
    return await (await miniflare.dispatchFetch("http://localhost/")).json();
  } finally {
    await miniflare.dispose();
  }
}
