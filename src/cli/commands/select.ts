import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { type Candidate, type Choice, refuseChoice } from '../../domain/selection.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import { candidatesFolder } from '../../stages/records.ts';
import { queryStatus, selectThumbnail, undoSelection } from '../../temporal/client/control.ts';
import { RefusedError } from '../../temporal/client/errors.ts';
import { endWord, isActive } from '../../temporal/client/video-summary.ts';
import { findVideo, type VideoSummary } from '../../temporal/client/videos.ts';
import type { VideoStatus } from '../../temporal/names.ts';
import { openStore } from '../../workspace/store.ts';
import { askForChoice, type ChoiceOptions, candidateTable, choiceOf } from '../choice.ts';
import { chooseInStudio } from '../choose-in-studio.ts';
import { print, say } from '../output.ts';
import { type CommandSession, withTemporal } from '../session.ts';

interface Options extends ChoiceOptions {
  readonly open: boolean;
  readonly template?: string;
  readonly theme?: string;
  readonly undo?: true;
  readonly ask?: true;
  readonly json?: true;
}

export async function select(id: string, options: Options): Promise<void> {
  const { frame, at, best, undo, ask, json } = options;
  const saysWhat = frame !== undefined || at !== undefined || best || undo || ask || json;
  if (saysWhat) return selectHere(id, options);
  await chooseInStudio((await withTemporal(({ client }) => chooseable(client, id))).videoId, options);
}

async function chooseable(client: Client, id: string): Promise<VideoSummary> {
  const video = await findVideo(client, id);
  if (isActive(video)) return video;
  throw new RefusedError(`${video.videoId} has ended (${endWord(video)}), so there is nothing to choose.`);
}

async function selectHere(id: string, options: Options): Promise<void> {
  await withTemporal(async (session) => {
    const { client } = session;
    const { videoId } = await chooseable(client, id);
    if (options.undo) {
      const after = await undoSelection(client, videoId);
      print(options.json, after, () => `Undone for ${after.title ?? after.recording}.\nNext: ${after.next}`);
      return;
    }
    const status = await queryStatus(client, videoId);
    const candidates = status.candidates ?? [];
    const choice = choiceOf(options, candidates) ?? (await show(session, status, options));
    if (!choice) return;
    const problem = refuseChoice(choice, { fixed: false, candidates: status.candidates });
    if (problem) throw new RefusedError(problem);
    const { template, theme } = options;
    const look = { ...(template !== undefined && { template }), ...(theme !== undefined && { theme }) };
    const after = await selectThumbnail(client, videoId, { ...choice, look });
    print(options.json, after, () => `Chosen for ${after.title ?? after.recording}.\nNext: ${after.next}`);
  });
}

/** Shows the candidates and their pictures; on a terminal, also asks a person to choose. */
async function show(
  session: CommandSession,
  status: VideoStatus,
  { open, json }: Options,
): Promise<Choice | undefined> {
  const { candidates, videoId, recording } = status;
  if (!candidates)
    throw new RefusedError(`${recording} has not been ranked yet (${status.stage}). Next: ${status.next}`);
  const pictures = await picturesOf(session, status, candidates);
  const shown = candidates.map((candidate, index) => ({
    ...candidate,
    ...(pictures[index] && { file: pictures[index] }),
  }));
  if (json) {
    print(json, { videoId, recording, candidates: shown }, String);
    return undefined;
  }
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  print(false, shown, () => `${status.title ?? recording}\n\n${candidateTable(shown)}`);
  if (open && interactive) await openPictures(pictures);
  if (interactive) return askForChoice(candidates);
  say(`Choose with: npx badminton select ${videoId} --frame 1 (or --at SECONDS, or --best)`);
  return undefined;
}

async function picturesOf({ config }: CommandSession, { videoPath }: VideoStatus, candidates: readonly Candidate[]) {
  const store = openStore(config.DATA_DIR);
  try {
    const folder = path.join(
      store.workspaceRoot,
      videoIdOf(await store.recordings.fingerprint(videoPath)),
      candidatesFolder,
    );
    return candidates.map(({ frame }) => path.join(folder, frame)).filter(existsSync);
  } catch {
    // The recording is on another machine, and so are its pictures.
    return [];
  } finally {
    store.close();
  }
}

async function openPictures(files: readonly string[]): Promise<void> {
  const { default: open } = await import('open');
  for (const file of files) {
    const viewer = await open(file).catch(() => undefined);
    viewer?.once('error', () => undefined);
  }
}
