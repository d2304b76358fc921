import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { StageError } from '../../../domain/errors.ts';
import { type RecordKind, readRecord, writeRecord } from '../../../workspace/record.ts';

/** Devices on the home network that may use the studio. */
export interface Pairing {
  /**
   * Set when a newer version of this program has written down the devices: then none is recognised, and none can be
   * paired, until the program is updated.
   */
  readonly problem: StageError | undefined;
  /** A code for a new link: good once, for ten minutes. The one before is good no more. @throws the problem */
  newCode(): string;
  /** A session for whoever brings the present code. @throws the problem */
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
  // Version 1 was the list alone.
  upgrades: [(sessions) => ({ sessions })],
};

/**
 * @param folder keeps the digests of the sessions, so that phones stay paired over a restart
 * @param onNewCode the link has changed, because the one before was used
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
      // Digests are compared, so that the time it takes says nothing about the code.
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
    // Damaged: devices are paired anew.
    return { sessions: [] };
  }
}
