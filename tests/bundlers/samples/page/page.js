// A page. Whoever wants to know waits for `outcome`.
import { work } from "./work.js";

globalThis.outcome = work().catch((error) => ({ name: error.name, message: error.message }));
globalThis.outcome.then((outcome) => {
  document.body.textContent = JSON.stringify(outcome, null, 2);
});
