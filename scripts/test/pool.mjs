/** Starts tasks in the order in which it is given them, and at most `size` at a time. */
export function pool(size) {
  const waiting = [];
  const next = () => {
    if (size === 0 || !waiting.length) return;
    --size;
    void waiting
      .shift()()
      .finally(() => {
        ++size;
        next();
      });
  };
  return (task) =>
    new Promise((resolve, reject) => {
      waiting.push(() => task().then(resolve, reject));
      next();
    });
}
