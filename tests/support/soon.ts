/** Far longer than anything waits on a machine that has ten times as much to do. */
export const PATIENCE = 120_000;

/** Tries again until what is waited for holds, or is a value. Between tries, the host has a turn. */
export async function soon<T>(what: string, state: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (const deadline = performance.now() + PATIENCE; ;) {
    const now = await state();
    if (now !== undefined && now !== null && now !== false) return now;
    if (performance.now() > deadline) throw new Error(`Waited ${PATIENCE / 1000} s in vain until ${what}`);
    await new Promise((resume) => setTimeout(resume, 5));
  }
}
