import { PATIENCE } from "../support/soon.js";

/** Holds a claim to be true soon: a page that is scrolled sees what the mouse is on with its next frame. */
export async function soon(claim) {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await claim();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resume) => setTimeout(resume, 20));
    }
  }
}
