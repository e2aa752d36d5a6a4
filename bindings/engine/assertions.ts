/** What the debug build imports: its assertions end here. The shipped binary imports nothing. */
export function assertions(memory: () => WebAssembly.Memory): WebAssembly.Imports {
  /** AssemblyScript's strings are UTF-16, with their size in bytes in front. */
  const text = (at: number): string => {
    const { buffer } = memory();
    const bytes = new DataView(buffer).getUint32(at - 4, true);
    return new TextDecoder("utf-16le").decode(new Uint8Array(buffer).slice(at, at + bytes));
  };
  const abort = (message: number, file: number, line: number, column: number): never => {
    throw new Error(`${message ? text(message) : "An assertion failed"}, at ${text(file)}:${line}:${column}`);
  };
  return { env: { abort } };
}
