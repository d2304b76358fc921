import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { pictures } from '../api.ts';
import { pausePlaying } from '../state/moment.ts';
import { showInTime } from '../state/pictures-in-time.ts';
import { type Playing, playedTo } from '../state/playing.ts';
import { tellProblem } from '../state/toasts.ts';

interface Props {
  readonly played: Playing;
  readonly recording: { readonly durationSeconds: number; readonly frameRate: number; readonly codec: string };
}

/** The recording as it plays, over its picture: with sound, or as the pictures of the studio. */
export function Player({ played, recording }: Props) {
  const { id } = played;
  const cannotPlay = useSignal(unplayable.has(id));
  const giveUp = () => {
    unplayable.add(id);
    cannotPlay.value = true;
  };
  if (cannotPlay.value) return <PlayedPictures played={played} recording={recording} />;
  return <PlayedVideo played={played} recording={recording} onImpossible={giveUp} />;
}

/** Videos whose recordings this browser has turned out not to play. */
const unplayable = new Set<string>();

/** Codes of MediaError (HTML, "Error codes"): the network, unlike what the browser cannot decode, is no reason to give up. */
const networkFailed = 2;

function PlayedVideo({ played, recording, onImpossible }: Props & { readonly onImpossible: () => void }) {
  const element = useRef<HTMLVideoElement>(null);
  const { id, from, isPaused } = played;
  useEffect(() => {
    const video = element.current;
    if (!video) return undefined;
    let isOver = false;
    // Inside the frame that was shown, so that the studio finds the same one.
    const inside = 1 / Math.max(1, recording.frameRate) / 100;
    const follow = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      if (isOver) return;
      playedTo.value = mediaTime + inside;
      video.requestVideoFrameCallback(follow);
    };
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(follow);
    else (video as HTMLVideoElement).ontimeupdate = () => (playedTo.value = (video as HTMLVideoElement).currentTime);
    return () => {
      isOver = true;
      video.pause();
      // Otherwise the browser keeps one of its few connections for it.
      video.removeAttribute('src');
      video.load();
    };
  }, []);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    if (isPaused) return video.pause();
    video.currentTime = from;
    video.play().catch((error: Error) => {
      if (error.name !== 'NotAllowedError') return;
      pausePlaying();
      tellProblem(new Error('This browser does not let the page play anything.'));
    });
  }, [played]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in a sports hall
    <video
      ref={element}
      class="large-picture played"
      src={pictures.recording(id)}
      playsInline
      preload="auto"
      aria-label="The recording, playing"
      onLoadedMetadata={({ currentTarget }) => currentTarget.videoWidth === 0 && onImpossible()}
      onEnded={() => pausePlaying()}
      onError={({ currentTarget }) => {
        if (currentTarget.error?.code !== networkFailed) return onImpossible();
        pausePlaying();
        tellProblem(new Error('The recording could not be read any further.'));
      }}
    />
  );
}

function PlayedPictures({ played, recording }: Props) {
  const picture = useSignal<string | undefined>(undefined);
  const rate = useSignal<number | undefined>(undefined);
  const { id, isPaused } = played;
  useEffect(() => {
    if (isPaused) return undefined;
    const ending = new AbortController();
    const shownAt: number[] = [];
    const show = (url: string, time: number) => {
      const old = picture.peek();
      picture.value = url;
      playedTo.value = time;
      if (old) URL.revokeObjectURL(old);
      shownAt.push(performance.now());
      const [first = 0] = shownAt.slice(-8);
      const last = shownAt.at(-1) ?? first;
      if (last > first) rate.value = ((Math.min(8, shownAt.length) - 1) * 1000) / (last - first);
    };
    // The browser may have played a part before it gave up.
    const start = playedTo.peek();
    showInTime({ id, from: start, until: recording.durationSeconds, signal: ending.signal, show }).then(
      () => ending.signal.aborted || pausePlaying(),
      (error: Error) => {
        pausePlaying();
        tellProblem(error);
      },
    );
    return () => ending.abort();
  }, [played]);
  useEffect(
    () => () => {
      if (picture.peek()) URL.revokeObjectURL(picture.peek() ?? '');
    },
    [],
  );
  return (
    <>
      {picture.value && <img class="large-picture played" src={picture.value} alt="The recording, playing" />}
      {!isPaused && (
        <span class="large-note">
          {`This browser cannot play this recording (${recording.codec}): pictures of the studio, without sound`}
          {rate.value !== undefined && <span aria-hidden="true">{`, ${inWords(rate.value)} a second`}</span>}
        </span>
      )}
    </>
  );
}

const inWords = (rate: number) => (rate < 9.5 ? rate.toFixed(rate < 2 ? 1 : 0) : String(Math.round(rate)));
