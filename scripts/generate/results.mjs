import { tsImport } from "tsx/esm/api";

/** Pages about trained models, from the runs in docs/results/runs. */
export default async function results() {
  const { generatedPages } = await tsImport("../../reproduce/generated.ts", import.meta.url);
  return generatedPages();
}
