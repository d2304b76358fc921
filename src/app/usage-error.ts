/** What the person typed or configured cannot be used; the message says what and how to mend it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
