/** Something cached in an engine's memory that can be given back. */
export interface Freeable {
  free(): void;
}

type Entries = Map<string, unknown>;

/**
 * Cache of what models and sessions need in an engine, by owner and key. Entries are freed when the owner releases them
 * (`release`), or, where the host says which objects are gone (FinalizationRegistry), before something new is cached.
 * When that happens does not change a result: blocks of memory hold nothing that is read before it is written.
 *
 * No entry may refer to its owner, or the owner is never collected.
 */
export class EngineCache {
  readonly #entries = new WeakMap<object, Entries>();
  /** Entries whose owners are gone. */
  #left: Entries[] = [];
  // workerd had none for long.
  readonly #registry =
    typeof FinalizationRegistry === "undefined"
      ? undefined
      : new FinalizationRegistry<Entries>((entries) => void this.#left.push(entries));

  /** The entry under a key; made when it is first asked for. */
  keep<T>(owner: object, key: string, make: () => T): T {
    let entries = this.#entries.get(owner);
    if (entries?.has(key)) return entries.get(key) as T;
    this.sweep();
    const made = make(); // which may cache something for the same owner
    entries = this.#entries.get(owner);
    if (!entries) {
      this.#entries.set(owner, (entries = new Map()));
      this.#registry?.register(owner, entries, owner);
    }
    entries.set(key, made);
    return made;
  }

  /** Frees all entries of an owner, which may cache again. */
  release(owner: object): void {
    const entries = this.#entries.get(owner);
    if (!entries) return;
    this.#entries.delete(owner);
    this.#registry?.unregister(owner);
    clear(entries);
  }

  /** Frees the entries of owners that are gone. */
  sweep(): void {
    const left = this.#left;
    if (!left.length) return;
    this.#left = [];
    left.forEach(clear);
  }
}

/** The latest entry goes first: it may use those before. */
function clear(entries: Entries): void {
  for (const value of [...entries.values()].reverse()) (value as Partial<Freeable>).free?.();
}
