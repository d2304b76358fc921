/** `video-` and the first 16 hex digits of the content fingerprint: the video's name everywhere, workflow id included. */
export type VideoId = `video-${string}`;

export const videoIdPattern = /^video-[0-9a-f]{16}$/;

export function videoIdOf(fingerprint: string): VideoId {
  return `video-${fingerprint.slice(0, 16)}`;
}
