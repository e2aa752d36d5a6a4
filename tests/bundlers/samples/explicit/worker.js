// For a bundler that does not know the condition "workerd": the binary is handed over.
import module from "tapehead/tapehead.wasm";
import { work } from "./work.js";

export default {
  async fetch() {
    return Response.json(await work({ module }));
  },
};
