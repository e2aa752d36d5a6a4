// webpack would compile the binary itself; workerd wants it as a file beside the worker, so it stays an import.
export default {
  entry: "./worker.js",
  target: "webworker",
  experiments: { outputModule: true },
  output: { library: { type: "module" }, chunkFormat: "module" },
  resolve: { conditionNames: ["workerd", "import"] },
  externals: { "./tapehead.wasm": "module ./tapehead.wasm" },
};
