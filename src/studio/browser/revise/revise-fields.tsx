import type { Revision } from '../../../domain/revision.ts';
import type { RevisionReport } from '../../../domain/revision-report.ts';
import { byteLength } from '../../../domain/text.ts';
import { Count } from '../choose/count.tsx';
import { about } from '../state/about.ts';
import type { DeskSession } from '../state/session.ts';
import type { PickPicture } from './picture.ts';
import { PictureField } from './picture-field.tsx';
import { words } from './words.ts';

interface Props {
  readonly desk: DeskSession;
  readonly shown: RevisionReport;
  readonly wish: Revision;
  readonly onWish: (wish: Revision) => void;
  readonly onPick: PickPicture;
}

type Privacy = NonNullable<Revision['privacy']>;

/** What can be changed, with what the channel shows. A field that is as shown again is not asked for. */
export function ReviseFields({ desk, shown: { shown, isScheduled }, wish, onWish, onPick }: Props) {
  const { titleCharacters = 100, descriptionBytes = 5000 } = about.value?.limits ?? {};
  const set = (change: Partial<Revision>) => onWish({ ...wish, ...change });
  const unless = <T,>(value: T, same: T) => (value === same ? undefined : value);
  const title = wish.title ?? shown.title;
  const description = wish.description ?? shown.description;
  return (
    <>
      <label>
        <span>
          {words.title} <Count used={title.length} most={titleCharacters} of="characters" />
        </span>
        <input
          value={title}
          onInput={({ currentTarget }) => set({ title: unless(currentTarget.value, shown.title) })}
        />
      </label>
      <label>
        <span>
          {words.description} <Count used={byteLength(description)} most={descriptionBytes} of="bytes" />
        </span>
        <textarea
          rows={5}
          value={description}
          onInput={({ currentTarget }) => set({ description: unless(currentTarget.value, shown.description) })}
        />
      </label>
      <label>
        {words.privacy}
        <select
          value={wish.privacy ?? shown.privacy}
          onChange={({ currentTarget }) =>
            set({ privacy: unless(currentTarget.value as Privacy, shown.privacy), publishAt: undefined })
          }
        >
          {Object.entries(words.privacies).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {isScheduled ? (
        <label>
          {words.publishAt}
          <input
            type="datetime-local"
            value={localMoment(wish.publishAt ?? shown.publishAt)}
            onInput={({ currentTarget: { value } }) =>
              set({ publishAt: value ? new Date(value).toISOString() : undefined, privacy: undefined })
            }
          />
        </label>
      ) : (
        <p class="soft">{words.notScheduled}</p>
      )}
      <label>
        {words.playlist}
        <input
          value={wish.playlist ?? ''}
          placeholder={words.playlistStays}
          onInput={({ currentTarget }) => set({ playlist: currentTarget.value || undefined })}
        />
      </label>
      <PictureField desk={desk} wish={wish.thumbnail} onWish={(thumbnail) => set({ thumbnail })} onPick={onPick} />
    </>
  );
}

/** As a field for local times takes it; empty if there is none. */
function localMoment(moment: string | undefined): string {
  if (moment === undefined) return '';
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
