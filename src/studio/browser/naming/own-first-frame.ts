/** Milliseconds; a file on a slow card. */
const patience = 10_000;
/** Seconds from the beginning: a camera is often put down in the first moment. */
const moment = 1;
const width = 320;

let last: Promise<unknown> = Promise.resolve();

/**
 * Address of a small picture from the beginning of a file, drawn by the browser, one file after the other; undefined
 * where it cannot decode the recording.
 */
export function ownFirstFrame(file: File): Promise<string | undefined> {
  const drawn = last.then(() => draw(file)).catch(() => undefined);
  last = drawn;
  return drawn;
}

async function draw(file: File): Promise<string | undefined> {
  const address = URL.createObjectURL(file);
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  try {
    const isLoaded = comes(video, 'loadeddata');
    video.src = address;
    await isLoaded;
    const isThere = comes(video, 'seeked');
    video.currentTime = Math.min(moment, video.duration / 2 || 0);
    await isThere;
    const { videoWidth, videoHeight } = video;
    // Sound alone could be decoded.
    if (videoWidth === 0) return undefined;
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = Math.round((videoHeight / videoWidth) * width);
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
    return picture ? URL.createObjectURL(picture) : undefined;
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  }
}

function comes(video: HTMLVideoElement, event: 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), patience);
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      settle();
    };
    video.addEventListener(event, end(resolve), { once: true });
    video.addEventListener(
      'error',
      end(() => reject(video.error)),
      { once: true },
    );
  });
}
