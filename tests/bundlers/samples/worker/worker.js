// A module worker, as Cloudflare runs them.
import { work } from "./work.js";

export default {
  async fetch() {
    return Response.json(await work().catch(({ name, message }) => ({ name, message })));
  },
};
