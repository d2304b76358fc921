import { useSignal } from '@preact/signals';
import { observeWindowOffset, observeWindowRect, Virtualizer, windowScroll } from '@tanstack/virtual-core';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { select } from '../several/selection.ts';
import { showOnScreen, type Video } from '../state/live.ts';
import { BoardRow } from './board-row.tsx';

const usualHeight = 96;

/** A thousand videos scroll smoothly, because only those on screen are in the page. */
export function BoardList({ videos }: { readonly videos: readonly Video[] }) {
  const list = useRef<HTMLUListElement>(null);
  const drawn = useSignal(0);
  const virtualizer = useRef<Virtualizer<Window, Element> | undefined>(undefined);
  const options = {
    count: videos.length,
    getScrollElement: (): Window => window,
    estimateSize: () => usualHeight,
    getItemKey: (index: number) => videos[index]?.videoId ?? index,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    scrollMargin: list.current?.offsetTop ?? 0,
    overscan: 6,
    onChange: () => {
      drawn.value += 1;
    },
  };
  virtualizer.current ??= new Virtualizer<Window, Element>(options);
  const rows = virtualizer.current;
  rows.setOptions({ ...rows.options, ...options });
  useEffect(() => rows._didMount(), []);
  useLayoutEffect(() => rows._willUpdate());
  void drawn.value;
  const items = rows.getVirtualItems();
  const margin = options.scrollMargin;
  const onScreen = items.map(({ index }) => videos[index]?.videoId ?? '').join();
  useEffect(() => showOnScreen(onScreen.split(',').filter(Boolean)), [onScreen]);
  return (
    <ul ref={list} class="rows" style={{ height: `${rows.getTotalSize()}px` }}>
      {items.map(({ key, index, start }) => {
        const video = videos[index];
        return (
          video && (
            <li
              key={key}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={videos.length}
              ref={(element) => {
                if (element) rows.measureElement(element);
              }}
              style={{ transform: `translateY(${start - margin}px)` }}
            >
              <BoardRow
                video={video}
                onSelect={(isRange) =>
                  select(
                    video.videoId,
                    videos.map(({ videoId }) => videoId),
                    isRange,
                  )
                }
              />
            </li>
          )
        );
      })}
    </ul>
  );
}
