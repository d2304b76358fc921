import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { StageError } from '../../../domain/errors.ts';
import { type RecordKind, readRecord, writeRecord } from '../../../workspace/record.ts';

/** Devices on the home network that may use the studio. */
export interface Pairing {
  /**
   * Set if a newer version of this program wrote the list of devices: until the program is updated, no device is
   * recognised or can be paired.
   */
  readonly problem: StageError | undefined;
  /** A code for a new link, valid once, for ten minutes. The previous code becomes invalid. @throws the problem */
  newCode(): string;
  /** A session in return for the current code; undefined if the code is wrong or has expired. @throws the problem */
  redeem(code: string): string | undefined;
  isPaired(session: string | undefined): boolean;
}

const codeLastsMs = 10 * 60_000;
const sessionLastsMs = 90 * 24 * 3600_000;
const mostSessions = 50;
const digest = (secret: string) => createHash('sha256').update(secret).digest('hex');
const secret = () => randomBytes(18).toString('base64url');

interface Session {
  readonly digest: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

const sessionsRecord: RecordKind<{ sessions: Session[] }> = {
  file: 'sessions.json',
  schema: z.object({ sessions: z.array(z.object({ digest: z.string(), since: z.number() })) }),
  secret: true,
  // Version 1 was just the list.
  upgrades: [(sessions) => ({ sessions })],
};

/**
 * @param folder holds the digests of the sessions, so that phones stay paired after a restart
 * @param onNewCode called when the link changes because the previous one was used
 */
export function openPairing(folder: string, onNewCode: (code: string) => void, now: () => number = Date.now): Pairing {
  const file = path.join(folder, sessionsRecord.file);
  const { problem, ...kept } = readSessions(file);
  let { sessions } = kept;
  let present = { code: secret(), since: now() };
  const renew = () => {
    present = { code: secret(), since: now() };
  };
  const isValid = ({ since }: Session) => now() - since < sessionLastsMs;
  const requireKnown = () => {
    if (problem) throw problem;
  };
  return {
    problem,
    newCode() {
      requireKnown();
      renew();
      return present.code;
    },
    redeem(code) {
      requireKnown();
      // Compare digests, so that the time this takes reveals nothing about the code.
      if (now() - present.since > codeLastsMs || digest(code) !== digest(present.code)) return undefined;
      const session = secret();
      const wanted = [...sessions.filter(isValid), { digest: digest(session), since: now() }].slice(-mostSessions);
      writeRecord(file, sessionsRecord, { sessions: wanted });
      sessions = wanted;
      renew();
      onNewCode(present.code);
      return session;
    },
    isPaired(session) {
      if (session === undefined) return false;
      const wanted = digest(session);
      return sessions.some((each) => each.digest === wanted && isValid(each));
    },
  };
}

function readSessions(file: string): { readonly sessions: readonly Session[]; readonly problem?: StageError } {
  try {
    return readRecord(file, sessionsRecord) ?? { sessions: [] };
  } catch (error) {
    if (error instanceof StageError && error.code === 'NEWER_DATA') return { sessions: [], problem: error };
    // Damaged: devices have to be paired again.
    return { sessions: [] };
  }
}
