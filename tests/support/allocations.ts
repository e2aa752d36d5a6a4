const kinds = ["Float32Array", "Uint32Array", "Uint8Array", "ArrayBuffer"] as const;

/** Bytes of the largest block of numbers that is allocated while something runs. */
export function largestAllocation(run: () => void): number {
  let largest = 0;
  const host = globalThis as unknown as Record<string, new (...args: unknown[]) => ArrayBuffer>;
  const originals = kinds.map((kind) => host[kind]!);
  kinds.forEach((kind, i) => {
    const original = originals[i]!;
    host[kind] = new Proxy(original, {
      construct(_, args, target) {
        const made = Reflect.construct(original, args, target as never) as ArrayBuffer;
        if (!(args[0] instanceof ArrayBuffer)) largest = Math.max(largest, made.byteLength); // else it is a view
        return made;
      },
    });
  });
  try {
    run();
  } finally {
    kinds.forEach((kind, i) => (host[kind] = originals[i]!));
  }
  return largest;
}
