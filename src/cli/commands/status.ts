import { setTimeout as sleep } from 'node:timers/promises';
import { thisHost } from '../../app/host.ts';
import { describeVideo, type RunningStep, type VideoDetails } from '../../temporal/client/progress.ts';
import { findVideo } from '../../temporal/client/videos.ts';
import { hostNameOf } from '../../temporal/client/whereabouts.ts';
import type { Host } from '../../temporal/worker-parts.ts';
import { ago, bold, onOneLine, print, say } from '../output.ts';
import { describeQuota, quotaToday } from '../quota.ts';
import { type CommandSession, withTemporal } from '../session.ts';

interface Options {
  readonly watch?: true;
  readonly json?: true;
}

export async function status(id: string, { watch, json }: Options): Promise<void> {
  await withTemporal(async (session) => {
    const { videoId } = await findVideo(session.client, id);
    const details = await describeVideo(session.client, videoId);
    const quota = quotaToday(session.config);
    if (!watch) {
      return print(
        json,
        { ...details, quota },
        () => `${describe(details, thisHost(session.config.DATA_DIR))}\n${'Quota:'.padEnd(12)}${describeQuota(quota)}`,
      );
    }
    return follow(session, details, json);
  });
}

/** Prints a line each time the video changes, until it ends. With `--json`: one document, at the end. */
async function follow({ client, config }: CommandSession, first: VideoDetails, json?: true): Promise<void> {
  let details = first;
  let shown = '';
  for (;;) {
    const line = oneLine(details);
    if (line !== shown) say(line);
    shown = line;
    if (details.stage === 'COMPLETED' || details.stage === 'CANCELLED') break;
    await sleep(1000);
    details = await describeVideo(client, first.videoId);
  }
  print(json, details, () => describe(details, thisHost(config.DATA_DIR)));
}

function oneLine({ stage, step, note, next }: VideoDetails): string {
  return onOneLine(`${stage}  ${step && note === undefined ? describeStep(step) : next}`);
}

/** Describes a video for people, in lines of `label: text`. */
export function describe(details: VideoDetails, host: Host): string {
  const { videoId, recording, title, stage, since, attention, warnings, watchUrl, rehearsal, step, next } = details;
  const { waiting, privateUrl, recordedOn, ended } = details;
  const tidy = (text: string | undefined) => text && onOneLine(text);
  const lines: [string, string | undefined][] = [
    ['Video', videoId],
    ['Recording', tidy(recording)],
    ['Match', tidy(title)],
    ['Date', recordedOn],
    ['Stage', `${bold(stage)} for ${ago(since)}`],
    ['Progress', step && tidy(describeStep(step))],
    ['Last error', tidy(attention?.reason ?? waiting?.reason ?? ended?.reason ?? step?.lastError)],
    ['Machine', tidy(describeMachine(details, host))],
    ...warnings.map((warning): [string, string] => ['Note', onOneLine(warning)]),
    ['On channel', privateUrl && `${privateUrl} (private so far)`],
    ['Watch', watchUrl && `${watchUrl}${rehearsal ? ' (REHEARSAL)' : ''}`],
    ['Next', tidy(next)],
  ];
  return lines
    .filter(([, text]) => text !== undefined)
    .map(([label, text]) => `${`${label}:`.padEnd(12)}${text}`)
    .join('\n');
}

function describeMachine(details: VideoDetails, host: Host): string | undefined {
  const name = hostNameOf(details, host);
  return name && `${name} (accepted the recording)`;
}

function describeStep({ attempt, maximumAttempts, waiting, nextTry, progress, lastError }: RunningStep): string {
  const percent = progress?.fraction === undefined ? undefined : `${Math.floor(progress.fraction * 100)} %`;
  const tries =
    attempt > 1 || lastError ? `attempt ${attempt}${maximumAttempts ? ` of ${maximumAttempts}` : ''}` : undefined;
  const wait = waiting
    ? `waiting${lastError && nextTry ? `, tried again at ${new Date(nextTry).toLocaleTimeString()}` : ' for a worker'}`
    : undefined;
  return [percent, progress?.note, tries, wait].filter(Boolean).join(', ') || 'running';
}
