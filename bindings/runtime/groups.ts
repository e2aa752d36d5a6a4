/**
 * Runs items in groups of like size, so that little of a batch is padding; results are in the order of the items.
 *
 * @param most items in a group.
 * @param alike whether an item may be in the group of a smaller one. Default: always.
 */
export function inGroups<Item, Result>(
  items: readonly Item[],
  { sizeOf, most, alike = () => true }: GroupOptions<Item>,
  run: (group: readonly Item[]) => readonly Result[],
): Result[] {
  const order = [...items.keys()].sort((a, b) => sizeOf(items[a]!) - sizeOf(items[b]!));
  const results: Result[] = [];
  for (let begin = 0, size = 0; begin < order.length; begin += size) {
    const smallest = items[order[begin]!]!;
    const group = order.slice(begin, begin + most).filter((i) => alike(smallest, items[i]!));
    size = group.length;
    run(group.map((i) => items[i]!)).forEach((result, i) => (results[group[i]!] = result));
  }
  return results;
}

interface GroupOptions<Item> {
  readonly sizeOf: (item: Item) => number;
  readonly most: number;
  readonly alike?: (smallest: Item, item: Item) => boolean;
}
