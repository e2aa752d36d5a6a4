import { tsImport } from "tsx/esm/api";

/** Pages about trained models, from the runs in docs/results/runs. */
export default async function results() {
  const { generatedPages } = await tsImport("../../reproduce/pages.ts", import.meta.url);
  return generatedPages();
}
