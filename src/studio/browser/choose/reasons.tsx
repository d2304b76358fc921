import type { VideoView } from '../../server/video-view.ts';
import type { Frame } from '../state/session.ts';

/** Why a frame was ranked where it is. */
export function Reasons({ frame, view }: { readonly frame: Frame | undefined; readonly view: VideoView | undefined }) {
  if (frame?.kind !== 'candidate') return null;
  const { rank, why, parts } = frame.candidate;
  const bars: [string, number | undefined][] = [
    ['Posture', parts?.posture],
    ['Action', parts?.activity],
    ['Sharpness', parts?.sharpness],
    ['Clear view', parts && 1 - parts.occlusion],
  ];
  return (
    <details class="reasons" open>
      <summary>
        Ranked {rank} of {view?.candidates.length}: <b>{why}</b>
      </summary>
      <dl>
        {bars.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <meter min={0} max={1} value={value} aria-label={name} />
                  <span class="soft">{Math.round(value * 100)}</span>
                </dd>
              </div>
            ),
        )}
        {parts?.players !== undefined && (
          <div>
            <dt>Players</dt>
            <dd>{parts.players}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}
