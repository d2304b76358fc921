import { useEffect, useRef } from 'preact/hooks';
import type { Group } from '../../groups.ts';
import { clockTime } from '../state/clock.ts';
import type { DeskSession, Frame, ShownCandidate } from '../state/session.ts';
import { Icon } from '../ui/icon.tsx';
import { addressOfFrame } from './large-frame.tsx';

interface Props {
  readonly session: DeskSession;
  /** The current moment is not in the strip. */
  readonly isElsewhere: boolean;
  readonly onShow: (at: number) => void;
}

/** All candidates, grouped by rally, best first; then the moments the person has kept. */
export function Strip({ session, isElsewhere, onShow }: Props) {
  const { groups, frames, index, pinned, moments } = session;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [index.value]);
  const tile = (frame: Frame) => {
    const at = frames.value.indexOf(frame);
    const isCurrent = at === index.value && !isElsewhere;
    return (
      <button key={at} type="button" class="tile" aria-pressed={isCurrent} onClick={() => onShow(at)}>
        <img src={addressOfFrame(session.id, frame, 320)} alt="" draggable={false} />
        <span class="unseen">Frame </span>
        <span class="tile-number">{at + 1}</span>
        {pinned.value === frame && (
          <span class="tile-pin">
            <Icon name="pin" />
          </span>
        )}
        <span class="unseen"> at </span>
        <span class="tile-time">{clockTime(frame.time, 0)}</span>
        <span class="unseen"> {frame.kind === 'candidate' ? frame.candidate.why : 'kept by you'}</span>
      </button>
    );
  };
  const candidates = frames.value.filter((frame) => frame.kind === 'candidate');
  return (
    <div class="strip" ref={list} role="group" aria-label="Candidates">
      {groups.value.map((group) => (
        <div key={group.candidates[0]?.frame} class="tiles">
          <span class="tiles-name soft">{nameOf(group, session)}</span>
          <div>{candidates.filter(({ candidate }) => group.candidates.includes(candidate)).map(tile)}</div>
        </div>
      ))}
      {moments.value.length > 0 && (
        <div class="tiles">
          <span class="tiles-name soft">Kept by you</span>
          <div>{frames.value.filter(({ kind }) => kind === 'moment').map(tile)}</div>
        </div>
      )}
    </div>
  );
}

/** Where a group is; if rallies are not known only the time tells. */
function nameOf({ rally, candidates: [best] }: Group<ShownCandidate>, { view }: DeskSession): string {
  if (rally !== undefined) return `Rally ${rally}`;
  const isKnown = (view.value?.activity?.rallies.length ?? 0) > 0;
  return isKnown ? 'Between rallies' : `Around ${clockTime(best?.time ?? 0, 0)}`;
}
