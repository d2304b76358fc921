import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import { asReason } from '../../domain/bounds.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { decideHost, type HostAnswer, type NamedHost, pauseBeforeAskingAgain } from '../../domain/find-host.ts';
import { askHost, askServer, lookUp } from '../activity-options.ts';
import type { AcceptedVideo, Activities } from '../activity-types.ts';
import { questionQueue } from '../names.ts';
import { checkedActivities, OddResult } from './checked-activities.ts';
import { Obstacle } from './obstacle.ts';

/** Finds the machine of a recording whose starter has not named one: each running machine is asked by itself. */
export class HostSearch {
  /** How often every host was asked in vain. */
  timesInVain = 0;
  private readonly videoPath: string;
  private readonly chosenHost: () => string | undefined;

  /** @param chosenHost id of the machine that a person has chosen among several */
  constructor(videoPath: string, chosenHost: () => string | undefined) {
    this.videoPath = videoPath;
    this.chosenHost = chosenHost;
  }

  /** @throws Obstacle where it is on no running machine, or on several; ActivityFailure; OddResult */
  async find(): Promise<AcceptedVideo> {
    const { taskQueue } = workflowInfo();
    const { videoPath } = this;
    const { hosts, others: unaskable } = await proxyLocalActivities<Activities>(askServer).listHostsActivity(taskQueue);
    const answers = await Promise.all(hosts.map((host) => ask(host, videoPath)));
    const decision = decideHost({ videoPath, answers, unaskable, chosen: this.chosenHost() });
    if (decision.kind === 'here') return decision.accepted;
    if (decision.kind === 'several') {
      const { reason, hosts: having } = decision;
      throw obstacle('HOST_AMBIGUOUS', { reason, action: chooseOne, hosts: having });
    }
    const elsewhere = unaskable.length > 0 ? await askAnyWorker(videoPath) : undefined;
    if (elsewhere) return elsewhere;
    this.timesInVain += 1;
    const pause = pauseBeforeAskingAgain(this.timesInVain);
    throw obstacle('HOST_UNKNOWN', {
      reason: decision.reason,
      action: startItsMachine,
      ...(pause !== undefined && { notBefore: Date.now() + pause }),
    });
  }
}

async function ask(host: NamedHost, videoPath: string): Promise<HostAnswer<AcceptedVideo>> {
  const taskQueue = questionQueue(workflowInfo().taskQueue, host.id);
  const { acceptVideoActivity } = checkedActivities(
    proxyActivities<Activities>({ ...askHost, taskQueue, summary: `asks ${host.name}` }),
  );
  try {
    return { host, answer: 'here', accepted: await acceptVideoActivity(videoPath) };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return { host, answer: isMissing(error) ? 'not-here' : 'none' };
  }
}

/** Workers of an earlier version, or of another program, have no queue for questions: whichever gets it answers. */
async function askAnyWorker(videoPath: string): Promise<AcceptedVideo | undefined> {
  try {
    return await checkedActivities(proxyActivities<Activities>(lookUp)).acceptVideoActivity(videoPath);
  } catch (error) {
    if (isCancellation(error) || error instanceof OddResult) throw error;
    if (error instanceof ActivityFailure) return undefined;
    throw error;
  }
}

const isMissing = ({ cause }: ActivityFailure) => cause instanceof ApplicationFailure && cause.type === 'FILE_MISSING';

const obstacle = (code: ErrorCode, { reason, ...rest }: Omit<Obstacle['explained'], 'code'>) =>
  new Obstacle({ code, reason: asReason(reason), ...rest });

const startItsMachine =
  'Start the machine that has the recording, and the video continues automatically. Or put the recording back.';
const chooseOne =
  'Choose the machine whose recording is meant, with --machine and its name. Or remove the recording from all others.';
