/** A priority queue (binary heap): `pop` returns the item of least priority, and of equals the one pushed first. */
export class Heap<Item> {
  readonly #items: { readonly priority: number; readonly order: number; readonly item: Item }[] = [];
  #pushed = 0;

  push(priority: number, item: Item): void {
    const items = this.#items;
    const added = { priority, order: this.#pushed++, item };
    let at = items.length;
    items.push(added);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(added, items[parent]!)) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = added;
  }

  pop(): Item | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (!first || !last || !items.length) return first?.item;
    let at = 0;
    while (true) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.#isBefore(items[child + 1]!, items[child]!)) ++child;
      if (!this.#isBefore(items[child]!, last)) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return first.item;
  }

  #isBefore(a: { priority: number; order: number }, b: { priority: number; order: number }): boolean {
    return a.priority < b.priority || (a.priority === b.priority && a.order < b.order);
  }
}
