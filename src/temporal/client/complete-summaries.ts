import type { Client } from '@temporalio/client';
import { noteAbsentHosts } from './absent-hosts.ts';
import { explainEndings } from './ending.ts';
import { noteRevisedTitles } from './revised-titles.ts';
import type { VideoSummary } from './video-summary.ts';

/** The same videos, with what their own runs do not say: why they ended, that a machine is off, their revised titles. */
export const completeSummaries = async <T extends VideoSummary>(client: Client, videos: readonly T[]): Promise<T[]> =>
  noteRevisedTitles(client, await noteAbsentHosts(client, await explainEndings(client, videos)));
