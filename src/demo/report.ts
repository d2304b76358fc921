import { stages } from '../domain/stages.ts';
import type { VideoResult } from '../temporal/names.ts';

export interface DemoVideo {
  readonly recording: string;
  readonly videoId: string;
  /** Absent when the video did not get through. */
  readonly result?: VideoResult;
  readonly problem?: string;
}

export interface DemoReport {
  readonly ok: boolean;
  readonly videos: readonly DemoVideo[];
  readonly seconds: number;
  readonly temporalUi?: string;
  readonly folder: string;
}

const shown = stages.slice(0, stages.indexOf('COMPLETED'));

export function reportText({ videos, seconds, temporalUi, folder }: DemoReport): string {
  const lines = videos.flatMap(({ recording, result, problem }) => [
    '',
    result ? `Published: ${result.title}   (REHEARSAL)` : `NOT published: ${recording}`,
    ...(problem ? [`  Problem    ${problem}`] : []),
    ...(result
      ? [`  Thumbnail  ${result.thumbnail ?? 'as already published'}`, `  Watch      ${result.watchUrl}`]
      : []),
    ...(result ? [`  Stages     ${stageTimes(result)}`] : []),
  ]);
  return [
    ...lines,
    '',
    `It took ${seconds.toFixed(1)} s. The Temporal Web UI was at ${temporalUi ?? 'your own Temporal'}; everything is kept in ${folder}.`,
    'To stay and look around: npm run demo -- --keep.  For real work: npm start.',
  ].join('\n');
}

function stageTimes({ stageSeconds }: VideoResult): string {
  return shown
    .filter((stage) => stageSeconds[stage] !== undefined)
    .map((stage) => `${stage.toLowerCase().replaceAll('_', ' ')} ${stageSeconds[stage]?.toFixed(1)} s`)
    .join(', ');
}
