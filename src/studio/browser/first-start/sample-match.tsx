import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SampleView } from '../../server/sample.ts';
import { api, ask, inWords } from '../api.ts';
import { showOnScreen, steps, videos } from '../state/live.ts';
import { addressOf, follow, go } from '../state/route.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { wordsFor } from '../ui/stage.ts';
import { words } from './words.ts';

/** Milliseconds between two looks at how much is drawn. */
const lookEvery = 500;

/** A drawn match for the first choice, and how far drawing and ranking are; then it leads to the choice. */
export function SampleMatch({ onBegin }: { readonly onBegin: () => Promise<boolean> }) {
  const sample = useSignal<SampleView | undefined>(undefined);
  const problem = useSignal('');
  /** It was begun, or is being drawn, before these eyes: not where it only was at some time. */
  const isFollowed = useSignal(false);
  const take = async (answer: Promise<SampleView>) => {
    try {
      sample.value = await answer;
      problem.value = '';
      if (sample.value.state === 'drawing') isFollowed.value = true;
    } catch (error) {
      problem.value = inWords(error);
    }
  };
  const look = () => take(ask(api['first-start'].sample.$get()));
  const begin = async () => {
    if (!(await onBegin())) return;
    isFollowed.value = true;
    await take(ask(api['first-start'].sample.$post()));
  };
  useEffect(() => void look(), []);
  const isDrawing = sample.value?.state === 'drawing';
  useEffect(() => {
    if (!isDrawing) return undefined;
    const clock = setInterval(() => void look(), lookEvery);
    return () => clearInterval(clock);
  }, [isDrawing]);
  const id = sample.value?.state === 'started' ? sample.value.videoId : undefined;
  const video = id === undefined ? undefined : videos.value?.get(id);
  useEffect(() => {
    showOnScreen(id === undefined ? [] : [id]);
    return () => showOnScreen([]);
  }, [id]);
  useEffect(() => {
    if (id !== undefined && isFollowed.peek() && video?.stage === 'WAITING_FOR_SELECTION') go(addressOf(id));
  }, [id, video?.stage]);
  const { value: shown } = sample;
  if (shown?.state === 'refused') return <p>{words.sample.refused}</p>;
  const step = id === undefined ? undefined : steps.value.get(id);
  return (
    <div class="sample-match">
      <p>{words.sample.about}</p>
      <p role="status">
        <b>
          {shown?.state === 'drawing'
            ? words.sample.drawing
            : id && (video ? wordsFor(video).word : words.sample.starting)}
        </b>
      </p>
      {shown?.state === 'drawing' && (
        <div class="progress">
          <progress aria-label={words.sample.drawing} max={100} value={Math.floor(shown.fraction * 100)} />
          <span class="soft">{words.sample.percent(Math.floor(shown.fraction * 100))}</span>
        </div>
      )}
      {id !== undefined && step && video?.stage !== 'WAITING_FOR_SELECTION' && <ProgressBar step={step} />}
      {shown?.state === 'published' && (
        <p>
          {words.sample.published}{' '}
          <a href={addressOf(shown.videoId)} onClick={follow}>
            {words.sample.open}
          </a>
        </p>
      )}
      {id !== undefined && video && (
        <a href={addressOf(id)} onClick={follow}>
          {words.sample.open}
        </a>
      )}
      {shown?.state === 'failed' && <p class="problem-text">{shown.problem}</p>}
      {problem.value && <p class="problem-text">{problem.value}</p>}
      {(shown?.state === 'none' || shown?.state === 'failed') && (
        <button type="button" class="primary" onClick={() => void begin()}>
          {words.sample.begin}
        </button>
      )}
    </div>
  );
}
