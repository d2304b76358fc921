import type { Stage } from '../../../domain/stages.ts';

/** Stages in words for people, and the tone they are shown in. */
export const stageWords: Record<
  Stage,
  { readonly word: string; readonly tone: 'work' | 'wait' | 'bad' | 'good' | 'off' }
> = {
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
