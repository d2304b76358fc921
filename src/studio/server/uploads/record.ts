import { z } from 'zod';
import type { RecordKind } from '../../../workspace/record.ts';

/** What is known of a recording that is sent in pieces; beside it lies what has arrived. */
export interface UploadRecord {
  /** The recording's own name. */
  readonly name: string;
  /** Size of the whole recording. */
  readonly bytes: number;
  /** Milliseconds since 1970: the last modification of the file where it comes from. */
  readonly lastModified?: number | undefined;
  /** SHA-256 of parts of the file, made by the sender to recognise it; hexadecimal. */
  readonly digest: string;
  /** Bytes that have arrived and are on the disk. */
  readonly offset: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** It is whole and is given its name: what has arrived may lie in the input folder already. */
  readonly isBeingPlaced?: boolean | undefined;
  /** ISO 8601: when it became a recording of the input folder. */
  readonly arrivedAt?: string | undefined;
}

export const uploadRecord = (id: string): RecordKind<UploadRecord> => ({
  file: `${id}.json`,
  schema: z.object({
    name: z.string(),
    bytes: z.number(),
    lastModified: z.number().optional(),
    digest: z.string(),
    offset: z.number(),
    createdAt: z.string(),
    isBeingPlaced: z.boolean().optional(),
    arrivedAt: z.string().optional(),
  }),
  upgrades: [],
});
