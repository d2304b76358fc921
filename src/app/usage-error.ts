/** What the person typed or configured cannot be used; the message says what is wrong and how to fix it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
