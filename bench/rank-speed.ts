#!/usr/bin/env node
// How long the rank stage takes, against bare decoding of the same key frames by the same library:
//   node bench/rank-speed.ts [minutes]
// It draws its own footage (1080p30, a key frame a second, noise), which takes a while.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFrames, scanKeyFrames } from '../src/media/index.ts';
import { activityOf } from '../src/stages/rank/activity.ts';
import { findPlayers } from '../src/stages/rank/find-players.ts';
import { rankRecording } from '../src/stages/rank/rank-recording.ts';
import { ratePostures, rateSilhouettes } from '../src/stages/rank/rate.ts';
import { surveyRecording } from '../src/stages/rank/survey.ts';
import { drawNoisyMatch, repeatRecording } from './footage.ts';

const minutes = Number(process.argv[2] ?? 10);
const drawnSeconds = 20;
const scratch = await mkdtemp(path.join(tmpdir(), 'badminton-bench-'));
const signal = new AbortController().signal;

async function timed<T>(name: string, run: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const began = performance.now();
  const result = await run();
  const seconds = (performance.now() - began) / 1000;
  console.log(`| ${name} | ${seconds.toFixed(1)} s |`);
  return { seconds, result };
}

try {
  const [short, file] = [path.join(scratch, 'short.mov'), path.join(scratch, 'match.mov')];
  await drawNoisyMatch(short, drawnSeconds);
  await repeatRecording(short, file, Math.round((minutes * 60) / drawnSeconds));
  const megabits = ((await stat(file)).size * 8) / (minutes * 60) / 1e6;
  console.log(`${minutes} minutes of 1080p30 H.264, ${megabits.toFixed(1)} Mb/s\n\n| step | time |\n| --- | --- |`);

  const bare = await timed('bare decoding of the key frames to 320 px', () =>
    scanKeyFrames(file, { width: 320, onFrame: () => {} }),
  );
  const { result: survey } = await timed('survey: decoding, looks, views', () =>
    surveyRecording(file, signal, () => {}),
  );
  await timed('activity', async () =>
    activityOf(
      survey.looks.map(({ time }) => time),
      survey.foregrounds,
      survey.views,
    ),
  );
  await timed('players', () =>
    findPlayers(survey, rateSilhouettes(survey), (people) => ratePostures(survey, people), {
      signal,
      onFraction: () => {},
    }),
  );
  const whole = await timed('the whole ranking', async () => {
    const { moments } = await rankRecording(file, 5, { signal, report: () => {} });
    await extractFrames(
      file,
      moments.map(({ time }, nth) => ({ time, file: path.join(scratch, `${nth}.jpg`) })),
    );
  });
  console.log(`\nThe whole stage takes ${(whole.seconds / bare.seconds).toFixed(2)} × bare decoding.`);
  console.log(`Peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB.`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
