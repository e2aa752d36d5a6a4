/** One object, one line. */
export const print = (object: object): void => console.log(JSON.stringify(object));
