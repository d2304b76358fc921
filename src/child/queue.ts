/** Hands items from producers to waiting consumers, in order. */
export interface Queue<Item> {
  put(item: Item): void;
  /** The next item, as soon as there is one; undefined once the queue is closed and empty. */
  take(): Promise<Item | undefined>;
  close(): void;
}

export function createQueue<Item>(): Queue<Item> {
  const items: Item[] = [];
  const takers: ((item: Item | undefined) => void)[] = [];
  let closed = false;
  return {
    put(item) {
      const taker = takers.shift();
      if (taker) taker(item);
      else items.push(item);
    },
    take: () =>
      items.length > 0 || closed
        ? Promise.resolve(items.shift())
        : new Promise<Item | undefined>((resolve) => takers.push(resolve)),
    close() {
      closed = true;
      for (const taker of takers.splice(0)) taker(undefined);
    },
  };
}
