import { useEffect } from 'preact/hooks';
import { pictures } from '../api.ts';
import { about } from '../state/about.ts';
import { after, queue } from '../state/choosing.ts';
import { showOnScreen, steps, videos } from '../state/live.ts';
import { leaveMoment } from '../state/moment.ts';
import { preload } from '../state/preload.ts';
import { prepare } from '../state/previews.ts';
import { follow } from '../state/route.ts';
import { correctionsOf, type DeskSession, preloadFrames, sessionOf } from '../state/session.ts';
import { openVideo } from '../state/title.ts';
import { useKeptFocus } from '../ui/kept-focus.ts';
import { ChangeOfChoice } from './change-of-choice.tsx';
import { ChosenElsewhere } from './chosen-elsewhere.tsx';
import { SelectionDesk } from './selection-desk.tsx';
import { Unavailable } from './unavailable.tsx';
import { VideoStatePanel } from './video-state-panel.tsx';

/** One video: choosing its frame while it waits, otherwise what it is doing. */
export function ChoosePage({ id }: { readonly id: string }) {
  const session = sessionOf(id);
  const video = videos.value?.get(id) ?? session.view.value?.video;
  const stamp = video && `${video.firstRunId} ${video.stage} ${video.undoUntil} ${video.title}`;
  // What the server reports as changed is read again; the first time it has already been read.
  useEffect(() => {
    const shown = session.view.peek()?.video;
    if (stamp && shown && stamp !== `${shown.firstRunId} ${shown.stage} ${shown.undoUntil} ${shown.title}`)
      void session.read();
  }, [stamp]);
  useEffect(() => showOnScreen([id]), [id]);
  useEffect(() => leaveMoment, []);
  useEffect(
    () => () => {
      session.isChanging.value = false;
    },
    [session],
  );
  useEffect(() => void loadAhead(session), [session.frames.value, queue.value[0]?.videoId]);
  const machine = video?.hostId === about.value?.machineId ? about.value?.machine : video?.hostName;
  const name = video?.title ?? video?.recording ?? id;
  const isOpen = video !== undefined && canChoose(video.stage, session);
  const hasEnded = video?.stage === 'COMPLETED' || video?.stage === 'CANCELLED';
  const isChanging = session.isChanging.value && !isOpen && !hasEnded;
  const isChoosable = (isOpen || isChanging) && !video?.undoUntil;
  const keepFocus = useKeptFocus(isChoosable);
  useEffect(() => {
    openVideo.value = name;
    return () => {
      openVideo.value = undefined;
    };
  }, [name]);

  if (!video && session.problem.value) {
    return (
      <div class="empty">
        <h1>{session.problem.value}</h1>
        <a class="primary" href="/board" onClick={follow}>
          All videos
        </a>
      </div>
    );
  }
  if (!video) return <h1 class="booting">Opening the video …</h1>;
  const place = queue.value.findIndex(({ videoId }) => videoId === id);
  return (
    <section class="video" aria-labelledby="video-name" {...keepFocus}>
      <div class="video-head">
        <h1 id="video-name">{name}</h1>
        <span class="soft">
          {video.title && <span class="wide-only">{video.recording} · </span>}
          {place >= 0 && queue.value.length > 1
            ? `${place + 1} of ${queue.value.length} waiting for you`
            : machine && `Its recording is on ${machine}`}
        </span>
      </div>
      <ChosenElsewhere video={video} session={session} />
      <Unavailable session={session} />
      {isChanging && !video.undoUntil && <ChangeOfChoice session={session} isInTime={video.changeable === true} />}
      {isChoosable ? (
        <SelectionDesk session={session} video={video} />
      ) : (
        <VideoStatePanel
          session={session}
          video={video}
          step={steps.value.get(id) ?? session.view.value?.step ?? null}
        />
      )}
    </section>
  );
}

/** A parked video may just need another frame; its workflow says whether it does. */
function canChoose(stage: string, { view }: DeskSession): boolean {
  const parkedAt = view.value?.video.attention?.stage;
  if (stage === 'NEEDS_ATTENTION') return parkedAt === 'SELECTING' || parkedAt === 'ENHANCING';
  return stage === 'WAITING_FOR_SELECTION';
}

/** Neighbours and the next video are loaded before they are needed. */
async function loadAhead(session: DeskSession): Promise<void> {
  preloadFrames(session);
  // The first frame of a recording starts the process that the scrubber will need.
  if (session.view.peek()?.recording?.isHere) preload(pictures.frame(session.id, 0, 320, 'key'));
  const next = after(session.id);
  if (!next || session.frames.peek().length === 0) return;
  const following = sessionOf(next.videoId);
  sessionOf(session.id);
  await following.read();
  preloadFrames(following);
  for (const { frame } of following.view.peek()?.candidates ?? [])
    preload(pictures.candidate(next.videoId, frame, 320));
  const [best] = following.frames.peek();
  if (best) prepare({ id: next.videoId, frame: best, look: {}, corrections: correctionsOf(following) });
}
