/** Something kept in an engine's memory that can be given back. */
export interface Freeable {
  free(): void;
}

type Shelf = Map<string, unknown>;

/**
 * What models and sessions keep in an engine, by owner and key. What they keep is freed when they let go of it
 * (`release`), or, where the host says which objects are gone (FinalizationRegistry), before something new is kept.
 * When that happens does not change a result: blocks of memory hold nothing that is read before it is written.
 *
 * Nothing kept may refer to its owner, or the owner never goes.
 */
export class Kept {
  readonly #shelves = new WeakMap<object, Shelf>();
  /** Shelves whose owners are gone. */
  #left: Shelf[] = [];
  // workerd had none for long.
  readonly #registry =
    typeof FinalizationRegistry === "undefined"
      ? undefined
      : new FinalizationRegistry<Shelf>((shelf) => void this.#left.push(shelf));

  /** What is kept under a key; made when it is first asked for. */
  keep<T>(owner: object, key: string, make: () => T): T {
    let shelf = this.#shelves.get(owner);
    if (shelf?.has(key)) return shelf.get(key) as T;
    this.sweep();
    const made = make(); // which may keep something for the same owner
    shelf = this.#shelves.get(owner);
    if (!shelf) {
      this.#shelves.set(owner, (shelf = new Map()));
      this.#registry?.register(owner, shelf, owner);
    }
    shelf.set(key, made);
    return made;
  }

  /** Frees all that an owner keeps. It may come back. */
  release(owner: object): void {
    const shelf = this.#shelves.get(owner);
    if (!shelf) return;
    this.#shelves.delete(owner);
    this.#registry?.unregister(owner);
    clear(shelf);
  }

  /** Frees what owners that are gone have left. */
  sweep(): void {
    const left = this.#left;
    if (!left.length) return;
    this.#left = [];
    left.forEach(clear);
  }
}

/** What was kept last goes first: it may use what was kept before. */
function clear(shelf: Shelf): void {
  for (const value of [...shelf.values()].reverse()) (value as Partial<Freeable>).free?.();
}
