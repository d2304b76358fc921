/** The file name of the frame at a given time: sorts chronologically, e.g. `frame-0012480ms.jpg` for 12.48 s. */
export function frameName(seconds: number): string {
  return `frame-${String(Math.round(seconds * 1000)).padStart(7, '0')}ms.jpg`;
}

/** Seconds; undefined of any other name. */
export function timeOfFrame(name: string): number | undefined {
  const [, milliseconds] = /^frame-(\d+)ms\.jpg$/.exec(name) ?? [];
  return milliseconds === undefined ? undefined : Number(milliseconds) / 1000;
}
