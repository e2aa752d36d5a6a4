type Host = {
  readonly setImmediate?: (resume: () => void) => unknown;
  readonly MessageChannel?: typeof MessageChannel;
};

/**
 * Yields to the event loop: signals, a page's events and frames get their turn. A message to oneself comes behind all that
 * waits, and at once when nothing does; `setTimeout` waits at least 4 ms in a browser, and a second in a hidden page.
 * (After `scheduler.yield` we would come first again, and the page would never get its turn.)
 */
export class EventLoop {
  readonly #host = globalThis as Host;
  #channel: MessageChannel | undefined;

  yield(): Promise<void> {
    const { setImmediate, MessageChannel } = this.#host;
    return new Promise((resume) => {
      if (setImmediate) return void setImmediate(resume);
      if (!MessageChannel) return void setTimeout(resume, 0);
      this.#channel ??= new MessageChannel();
      this.#channel.port1.onmessage = () => resume();
      this.#channel.port2.postMessage(0);
    });
  }

  /** An open channel keeps some hosts from ending. */
  end(): void {
    this.#channel?.port1.close();
  }
}
