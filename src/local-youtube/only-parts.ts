/** Only the requested parts of a resource. */
export function onlyParts(all: Record<string, unknown>, parts: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(parts.flatMap((part) => (all[part] ? [[part, all[part]]] : [])));
}
