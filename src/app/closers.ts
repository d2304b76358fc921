/** What has been opened and must be closed, in the opposite order. */
export class Closers {
  private readonly closers: (() => unknown)[] = [];

  add(close: () => unknown): void {
    this.closers.push(close);
  }

  /** Closes everything; a second call finds nothing left to close. */
  readonly close = async (): Promise<void> => {
    for (let next = this.closers.pop(); next; next = this.closers.pop()) await next();
  };

  /** Runs `open`; when it fails, what it had opened is closed again. */
  async guard<T>(open: () => Promise<T>): Promise<T> {
    try {
      return await open();
    } catch (error) {
      await this.close();
      throw error;
    }
  }
}
