/** One object, one line. */
export const print = (object: object): void => console.log(JSON.stringify(object));

/** Writes text, and waits until it is taken. False once nobody reads any more. */
export const isTaken = (text: string): Promise<boolean> =>
  new Promise((resolve) => process.stdout.write(text, (error) => resolve(!error)));
