/** A search attribute's moment as ISO 8601, whichever way the SDK hands it over. */
export function decodeTime(value: unknown): string | undefined {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined;
}
