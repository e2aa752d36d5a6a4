/**
 * The first Ctrl-C or SIGTERM saves what is at hand and gives it back; the second ends the process at once. A reader of
 * stdout that has gone is the first of them, too.
 */
export function stopOnSignals(onStop: () => void): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) return;
    onStop();
    controller.abort();
    end();
  };
  const end = (): void => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    process.stdout.off("error", stop);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  process.stdout.on("error", stop);
  return { signal: controller.signal, end };
}
