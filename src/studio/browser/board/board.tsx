import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { SeveralBar } from '../several/several-bar.tsx';
import { about } from '../state/about.ts';
import { type Video, videos } from '../state/live.ts';
import { BoardList } from './board-list.tsx';
import { type Filter, filters, isShown, queryOf, readWish } from './filters.ts';

/** All videos and what they are doing. */
export function Board({ onAdd }: { readonly onAdd: () => void }) {
  const wish = useRef(readWish(location.search));
  const filter = useSignal<Filter>(wish.current.filter);
  const search = useSignal(wish.current.search);
  useSignalEffect(() => {
    const query = queryOf({ filter: filter.value, search: search.value });
    if (location.search !== query) history.replaceState(null, '', `${location.pathname}${query}`);
  });
  const all = useComputed(() => [...(videos.value?.values() ?? [])].sort(byUrgency));
  const shown = useComputed(() => all.value.filter((video) => isShown(video, filter.value, search.value)));
  if (videos.value === undefined) return <h1 class="booting">Looking for videos …</h1>;
  if (all.value.length === 0) return <NoVideos onAdd={onAdd} />;
  return (
    <section class="board" aria-labelledby="board-name">
      <h1 id="board-name" class="unseen">
        All videos
      </h1>
      <div class="board-tools">
        <div class="chips" role="group" aria-label="Which videos">
          {(Object.keys(filters) as Filter[]).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={filter.value === name}
              onClick={() => {
                filter.value = name;
              }}
            >
              {filters[name].word} <b>{all.value.filter((video) => isShown(video, name, search.value)).length}</b>
            </button>
          ))}
        </div>
        <input
          type="search"
          aria-label="Search by team, tournament or file name"
          placeholder="Search team, tournament, file …"
          value={search.value}
          onInput={(event) => {
            search.value = event.currentTarget.value;
          }}
        />
      </div>
      {shown.value.length === 0 ? (
        <div class="empty">
          <h2>No video fits</h2>
          <p>
            {search.value
              ? `Nothing here is called “${search.value}”.`
              : `No video is ${filters[filter.value].word.toLowerCase()} at the moment.`}
          </p>
          <button
            type="button"
            class="plain"
            onClick={() => {
              filter.value = 'all';
              search.value = '';
            }}
          >
            Show all videos
          </button>
        </div>
      ) : (
        <BoardList videos={shown.value} />
      )}
      <SeveralBar shown={shown.value} filter={filters[filter.value].word} />
    </section>
  );
}

/** Those that need somebody come first, then those running, then those done; newest first in each group. */
function byUrgency(a: Video, b: Video): number {
  const rank = ({ stage }: Video) =>
    stage === 'NEEDS_ATTENTION'
      ? 0
      : stage === 'WAITING_FOR_SELECTION'
        ? 1
        : stage === 'COMPLETED' || stage === 'CANCELLED'
          ? 3
          : 2;
  return rank(a) - rank(b) || (rank(a) === 1 ? a.since.localeCompare(b.since) : b.startedAt.localeCompare(a.startedAt));
}

function NoVideos({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <div class="empty">
      <img src="/assets/icon.svg" alt="" width="72" height="72" />
      <h1>No videos yet</h1>
      <p>
        Drop match recordings on this page, or copy them to the input folder
        {about.value && <code>{about.value.inputFolder}</code>}
      </p>
      <p class="soft">
        Name them like <code>md_KhanhzLeovsHuyzViet_Friendly Game.mov</code>: type, teams, tournament.
      </p>
      <button type="button" class="primary" onClick={onAdd}>
        Add recordings
      </button>
    </div>
  );
}
