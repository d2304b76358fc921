import { existsSync } from 'node:fs';
import { cacheFolder } from '../../app/cache-folder.ts';
import { payloadConverter } from '../../app/payload-converter.ts';
import { workflowBundle } from '../../temporal/bundle.ts';
import { findVideo } from '../../temporal/client/videos.ts';
import { encodes } from '../../temporal/payloads/data-converter.ts';
import { readHistory, replay } from '../../temporal/replay.ts';
import { print } from '../output.ts';
import { readSettings, withTemporal } from '../session.ts';

type History = Parameters<typeof replay>[0];

interface Replayed {
  /** The file or the id, as given. */
  readonly name: string;
  readonly replays: boolean;
  /** Without its history, nothing is known of it. */
  readonly isRead: boolean;
  /** How the workflow would depart from the history first, or why the history cannot be read. */
  readonly difference?: string;
}

/** Exit code 1 if a history is not followed or cannot be read. */
export async function replayHistories(names: readonly string[], { json }: { json?: true }): Promise<void> {
  const { config } = readSettings();
  const dataConverter = await payloadConverter(config);
  const code = await workflowBundle(cacheFolder(process.env), { encodesFailures: encodes(dataConverter) });
  const outcomes: Replayed[] = [];
  for (const name of names) {
    outcomes.push(await outcomeOf(name, (history) => replay(history, code, dataConverter)));
  }
  print(json, { histories: outcomes }, () => outcomes.map(describe).join('\n'));
  if (outcomes.some(({ replays }) => !replays)) process.exitCode = 1;
}

async function outcomeOf(name: string, replayed: (history: History) => Promise<string | undefined>): Promise<Replayed> {
  let history: History;
  try {
    history = await historyOf(name);
  } catch (error) {
    return { name, replays: false, isRead: false, difference: (error as Error).message };
  }
  const difference = await replayed(history);
  return { name, replays: difference === undefined, isRead: true, ...(difference !== undefined && { difference }) };
}

/** Of a file, or of the newest run of a video on the server. */
const historyOf = (name: string): Promise<History> => (existsSync(name) ? readHistory(name) : fetchHistory(name));

const fetchHistory = (id: string): Promise<History> =>
  withTemporal(async ({ client }) => {
    const { videoId, runId } = await findVideo(client, id);
    return client.workflow.getHandle(videoId, runId).fetchHistory();
  });

const describe = ({ name, isRead, difference }: Replayed): string =>
  difference === undefined ? `replays  ${name}` : `${isRead ? 'DIFFERS' : 'UNKNOWN'}  ${name}\n         ${difference}`;
