import type { Stage } from '../../../domain/stages.ts';
import type { Video } from '../state/live.ts';

interface StageWords {
  readonly word: string;
  readonly tone: 'work' | 'wait' | 'bad' | 'good' | 'off';
}

/** Stages in words for people, and the tone they are shown in. */
const stageWords: Record<Stage, StageWords> = {
  PREPARING: { word: 'Checking', tone: 'work' },
  RANKING: { word: 'Finding frames', tone: 'work' },
  WAITING_FOR_SELECTION: { word: 'Waits for you', tone: 'wait' },
  SELECTING: { word: 'Taking the frame', tone: 'work' },
  ENHANCING: { word: 'Drawing', tone: 'work' },
  UPLOADING: { word: 'Publishing', tone: 'work' },
  CLEANING_UP: { word: 'Putting away', tone: 'work' },
  COMPLETED: { word: 'Published', tone: 'good' },
  NEEDS_ATTENTION: { word: 'Needs attention', tone: 'bad' },
  CANCELLED: { word: 'Cancelled', tone: 'off' },
};

/** What a video is doing. One that the server ended was not cancelled by anybody; a chosen one waits for nobody. */
export function wordsFor({ stage, ended, undoUntil }: Pick<Video, 'stage' | 'ended' | 'undoUntil'>): StageWords {
  if (ended) return { word: 'Ended', tone: 'bad' };
  return undoUntil ? { word: 'Chosen', tone: 'work' } : stageWords[stage];
}
