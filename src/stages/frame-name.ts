/** The file name of the frame at a given time: sorts chronologically, e.g. `frame-0012480ms.jpg` for 12.48 s. */
export function frameName(seconds: number): string {
  return `frame-${String(Math.round(seconds * 1000)).padStart(7, '0')}ms.jpg`;
}
