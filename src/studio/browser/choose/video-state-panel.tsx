import { useSignal } from '@preact/signals';
import type { RunningStep } from '../../../temporal/client/progress.ts';
import { wordsHere } from '../../words-here.ts';
import { pictures } from '../api.ts';
import { VideoActions } from '../board/video-actions.tsx';
import type { PictureWish } from '../revise/picture.ts';
import { PictureDesk } from '../revise/picture-desk.tsx';
import { ago, now } from '../state/clock.ts';
import type { Video } from '../state/live.ts';
import { reachable } from '../state/reachable.ts';
import { follow } from '../state/route.ts';
import type { DeskSession } from '../state/session.ts';
import { actionHere, needsCorrection } from '../ui/attention.ts';
import { lazily } from '../ui/lazily.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { wordsFor } from '../ui/stage.ts';
import { FrameViewer } from './frame-viewer.tsx';
import { MatchForm } from './match-form.tsx';

const ReviseForm = lazily(async () => (await import('../rarely-shown.ts')).ReviseForm);

/** Another thumbnail is being chosen. */
interface Picking {
  readonly wish: PictureWish | undefined;
  readonly settle: (wish: PictureWish | undefined) => void;
}

interface Props {
  readonly session: DeskSession;
  readonly video: Video;
  readonly step: RunningStep | null;
}

const stillCorrectable = ['PREPARING', 'RANKING', 'WAITING_FOR_SELECTION', 'SELECTING', 'ENHANCING', 'NEEDS_ATTENTION'];

const isOpen = ({ stage }: Video) => stage !== 'COMPLETED' && stage !== 'CANCELLED';

/** A video that is not waiting for anybody: what it is doing, how it ended, or what it needs. */
export function VideoStatePanel({ session, video, step }: Props) {
  const { stage, since, attention, waiting, watchUrl, rehearsal, privateUrl, warnings, next } = video;
  const { word, tone } = wordsFor(video);
  const watch = reachable(watchUrl);
  const onChannel = reachable(privateUrl);
  const view = session.view.value;
  const picture = view?.thumbnail
    ? pictures.thumbnail(video.videoId, view.thumbnail.version)
    : view?.candidates[0] && pictures.candidate(video.videoId, view.candidates[0].frame, 1280);
  const isShown = isOpen(video) && (view?.recording?.isHere || session.frames.value.length > 0);
  const picking = useSignal<Picking | undefined>(undefined);
  const pick = (wish: PictureWish | undefined) =>
    new Promise<PictureWish | undefined>((settle) => {
      picking.value = { wish, settle };
    });
  return (
    <>
      {picking.value && (
        <PictureDesk
          desk={session}
          wish={picking.value.wish}
          onDone={(wish) => {
            picking.peek()?.settle(wish);
            picking.value = undefined;
          }}
        />
      )}
      <div class="state" hidden={picking.value !== undefined}>
        <div class="state-frames">
          {(view?.thumbnail || !isShown) && (
            <figure class="state-picture">
              {picture ? (
                <img src={picture} alt={view?.thumbnail ? 'The thumbnail' : 'The best frame'} />
              ) : (
                <span class="blank">{view ? 'There is no picture of it' : ''}</span>
              )}
            </figure>
          )}
          {isShown && <FrameViewer session={session} />}
        </div>
        <div class="state-text">
          <p>
            <span class={`badge ${tone}`}>{word}</span>{' '}
            <span class="soft">{isOpen(video) ? `for ${ago(since, now.value)}` : `${ago(since, now.value)} ago`}</span>
          </p>
          {step && stage !== 'COMPLETED' && <ProgressBar step={step} />}
          {attention ? (
            <div class="attention">
              <p class="problem-text">{attention.reason}</p>
              <p>
                {needsCorrection(attention) ? 'Say what the match is, below, and it continues.' : actionHere(attention)}
              </p>
            </div>
          ) : (
            <p>{waiting ? wordsHere(`${waiting.reason} ${waiting.action}`) : wordsHere(next)}</p>
          )}
          {waiting && (
            <p>
              Resumes automatically{' '}
              {new Date(waiting.until).toLocaleString([], { dateStyle: 'full', timeStyle: 'short' })}.
            </p>
          )}
          {warnings.map((warning) => (
            <p key={warning} class="hint">
              {wordsHere(warning)}
            </p>
          ))}
          {stage === 'UPLOADING' && (
            <p class="soft">Once it is published, its title, texts and thumbnail can be changed here.</p>
          )}
          {privateUrl && (
            <p>
              On the channel, private so far:{' '}
              {onChannel ? (
                <a href={onChannel} target="_blank" rel="noreferrer">
                  {onChannel}
                </a>
              ) : (
                'it can be watched on the machine that runs the studio'
              )}
            </p>
          )}
          {watchUrl && !watch && (
            <p class="soft">The rehearsed video can be watched on the machine that runs the studio.</p>
          )}
          {watch && (
            <p>
              <a class="primary" href={watch} target="_blank" rel="noreferrer">
                Watch it{rehearsal ? ' (rehearsal)' : ''}
              </a>
            </p>
          )}
          <VideoActions video={video} />
          <a class="link" href="/board" onClick={follow}>
            All videos
          </a>
          {stage === 'COMPLETED' && watchUrl && <ReviseForm desk={session} onPick={pick} />}
          {stillCorrectable.includes(stage) && !video.undoUntil && <MatchForm session={session} />}
        </div>
      </div>
    </>
  );
}
