const mostKept = 80;
const kept = new Map<string, HTMLImageElement>();

/** Loads and decodes a picture ahead of time, so that it shows immediately when its turn comes. */
export function preload(url: string): void {
  if (kept.has(url)) return;
  const image = new Image();
  image.src = url;
  image.decode().catch(() => kept.delete(url));
  kept.set(url, image);
  for (const old of kept.keys()) if (kept.size > mostKept) kept.delete(old);
}
