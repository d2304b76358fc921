import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { type LocalYouTube, startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { connect } from '../../src/temporal/connect.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/temporal/server/embedded.ts';
import { runProgram } from '../../test/support/program.ts';
import { serverBinary } from '../../test/support/rig.ts';
import type { Plan } from './plan.ts';
import { type Progress, watchProgress } from './progress.ts';
import { type Content, makeContent } from './recordings.ts';
import { type Supervised, supervise } from './supervised.ts';

/** A club's machine in a folder of its own: the real program in real processes, with a local YouTube as the real one. */
export interface Club extends AsyncDisposable {
  readonly plan: Plan;
  readonly folder: string;
  readonly dataFolder: string;
  readonly input: string;
  readonly completed: string;
  readonly settings: Record<string, string>;
  readonly youtube: LocalYouTube;
  readonly youtubeFolder: string;
  readonly progress: Progress;
  /** What arrives. */
  readonly contents: readonly Content[];
  /** Takes the place of the first one in some runs. */
  readonly replacement: Content;
  /** What is wrong so far. */
  readonly problems: string[];
  /** `up`, or the worker where it runs apart. */
  readonly program: Supervised;
  /** Where it runs apart. */
  readonly studio: Supervised | undefined;
  /** Process id of the Temporal server, if there is one at present. */
  serverPid(): number | undefined;
  client(): Promise<Client>;
  /** Ctrl-C for everything. */
  end(): Promise<void>;
}

const clockPreload = fileURLToPath(new URL('./shifted-clock.ts', import.meta.url));

/** Starts it all, with every recording in the input folder. */
export async function startClub(folder: string, plan: Plan): Promise<Club> {
  const dataFolder = path.join(folder, 'data');
  const [input, completed] = [path.join(folder, 'input'), path.join(dataFolder, 'completed')];
  const youtubeFolder = path.join(folder, 'youtube');
  for (const each of [input, completed]) mkdirSync(each, { recursive: true });
  await using opened = new AsyncDisposableStack();
  const progress = opened.use(watchProgress());
  const youtube = await startLocalYouTube({ folder: youtubeFolder, processingMs: 200, ...progress.requests });
  opened.defer(() => youtube.close());
  const contents: Content[] = [];
  for (const [index, padding] of plan.padding.entries()) {
    contents.push(await makeContent(path.join(folder, 'originals'), `ms_An${index + 1}vsBo_Kill Cup.mov`, padding));
  }
  const named = contents[0]?.name ?? '';
  const replacement = await makeContent(path.join(folder, 'replacements'), named, 1000);

  const problems: string[] = [];
  const settings = settingsOf(plan, { folder, dataFolder, input, completed, youtube });
  const isApart = plan.trouble.kind === 'kill' && ['worker', 'studio'].includes(plan.trouble.victim);
  const server = isApart ? await serverApart(dataFolder) : undefined;
  if (server) settings.TEMPORAL_ADDRESS = server.address;
  progress.watchRecordings(input, completed);
  for (const { videoId } of contents) progress.watchWorkspace(path.join(dataFolder, 'workspaces', videoId));
  for (const { name, original } of contents) arrive(original, path.join(input, name));

  const tell = (problem: string) => problems.push(problem);
  const ends: (() => Promise<string | undefined>)[] = [];
  const keep = (args: readonly string[]) => {
    const kept = supervise(args, settings, tell);
    ends.unshift(kept.end);
    return kept;
  };
  const program = keep([isApart ? 'worker' : 'up']);
  let isEnded = false;
  const end = async () => {
    if (isEnded) return;
    isEnded = true;
    for (const each of ends) {
      const problem = await each();
      if (problem !== undefined) problems.push(problem);
    }
    await server?.stop();
  };
  opened.defer(end);
  await program.printed(isApart ? 'Working for' : 'Ready.');
  const studio = isApart ? keep(['studio', '--no-open']) : undefined;
  await studio?.printed('Studio  http');
  if (isApart) {
    const files = contents.map(({ name }) => path.join(input, name));
    const { code, stderr } = await runProgram(['start', ...files], settings);
    if (code !== 0) problems.push(`start ended with ${code}: ${stderr}`);
  }

  const connections = opened.use(new AsyncDisposableStack());
  const ending = new AbortController();
  // First: a call that is tried again on a closed connection throws.
  opened.defer(() => ending.abort());
  let known: { address: string; client: Promise<Client> } | undefined;
  const client = async () => {
    const address = server?.address ?? readServer(dataFolder)?.address;
    if (address === undefined) throw new Error('There is no Temporal server at present.');
    if (known?.address !== address) {
      const connected = connect({ connection: { address }, namespace: 'default' }, 4000, ending.signal);
      known = { address, client: connected };
      connected.then(
        (found) =>
          connections.disposed ? found.connection.close() : connections.defer(() => found.connection.close()),
        () => {
          known = undefined;
        },
      );
    }
    return known.client;
  };
  for (const { videoId } of contents) progress.watchHistory(client, videoId);
  const running = opened.move();
  const places = { plan, folder, dataFolder, input, completed, settings, youtube, youtubeFolder };
  return {
    ...places,
    progress,
    contents,
    replacement,
    problems,
    program,
    studio,
    serverPid: () => readServer(dataFolder)?.pid,
    client,
    end,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** As a recording arrives that was copied elsewhere on the same disk: at once and whole. */
export function arrive(original: string, file: string): void {
  const draft = path.join(path.dirname(path.dirname(file)), `arriving-${path.basename(file)}`);
  copyFileSync(original, draft);
  renameSync(draft, file);
}

/** A server that none of the killed programs has started. */
const serverApart = (dataFolder: string): Promise<EmbeddedServer> =>
  startEmbeddedServer({ dataFolder, port: 0, uiPort: 0, binary: serverBinary });

function readServer(dataFolder: string): { readonly pid: number; readonly address: string } | undefined {
  try {
    return JSON.parse(readFileSync(path.join(dataFolder, 'temporal', 'server.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

interface Places extends Pick<Club, 'folder' | 'dataFolder' | 'input' | 'completed' | 'youtube'> {}

function settingsOf({ trouble, uploadEarly }: Plan, places: Places): Record<string, string> {
  const { folder, dataFolder, input, completed, youtube } = places;
  const isChosenByPerson = trouble.kind === 'kill' && trouble.victim === 'studio';
  return {
    BADMINTON_DATA_DIR: dataFolder,
    BADMINTON_INPUT_DIR: input,
    BADMINTON_COMPLETED_DIR: completed,
    BADMINTON_PUBLISH_TARGET: 'youtube',
    BADMINTON_YOUTUBE_URL: youtube.url,
    BADMINTON_YOUTUBE_CREDENTIALS: signedIn(folder, youtube),
    BADMINTON_POSE: trouble.kind === 'kill' && trouble.victim === 'pose' ? 'on' : 'off',
    BADMINTON_SELECTION_POLICY: isChosenByPerson ? 'wait' : 'best',
    BADMINTON_SELECTION_TIMEOUT: isChosenByPerson ? '0s' : '50ms',
    BADMINTON_UPLOAD_EARLY: uploadEarly ? 'on' : 'off',
    BADMINTON_UPLOAD_CHUNK_MIB: '1',
    BADMINTON_PLAYLIST: 'tournament',
    BADMINTON_HEARTBEAT_TIMEOUT: '3s',
    BADMINTON_RETRY_INTERVAL: '200ms',
    BADMINTON_SHUTDOWN_GRACE: '1s',
    BADMINTON_TEMPORAL_PORT: '0',
    BADMINTON_TEMPORAL_UI_PORT: '0',
    BADMINTON_STUDIO_PORT: '0',
    BADMINTON_LOG_LEVEL: 'info',
    ...(trouble.kind === 'clock' && {
      CHAOS_CLOCK_FILE: clockFile(folder),
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${clockPreload}`.trim(),
    }),
  };
}

export const clockFile = (folder: string) => path.join(folder, 'clock');

/** The local YouTube believes any token that it has not issued itself. */
function signedIn(folder: string, { url }: LocalYouTube): string {
  const file = path.join(folder, 'sign-in.json');
  const token = {
    type: 'authorized_user',
    client_id: 'chaos',
    client_secret: 'chaos',
    refresh_token: 'chaos',
    token_uri: `${url}token`,
    access_token: 'chaos',
    expiry_date: Date.now() + 20 * 365 * 86_400_000,
  };
  writeFileSync(file, JSON.stringify(token), { mode: 0o600 });
  return file;
}
