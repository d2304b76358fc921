import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../../../workspace/atomic-file.ts';

/** Devices on the home network that may use the studio. */
export interface Pairing {
  /** A code for a new link: good once, for ten minutes. The one before is good no more. */
  newCode(): string;
  /** A session for whoever brings the present code. */
  redeem(code: string): string | undefined;
  isPaired(session: string | undefined): boolean;
}

const codeLastsMs = 10 * 60_000;
const sessionLastsMs = 90 * 24 * 3600_000;
const mostSessions = 50;
const digest = (secret: string) => createHash('sha256').update(secret).digest('hex');
const secret = () => randomBytes(18).toString('base64url');

const sessionsSchema = z.array(z.object({ digest: z.string(), since: z.number() }));

/**
 * @param file keeps the digests of the sessions, so that phones stay paired over a restart
 * @param onNewCode the link has changed, because the one before was used
 */
export function openPairing(file: string, onNewCode: (code: string) => void, now: () => number = Date.now): Pairing {
  let sessions = readSessions(file);
  let present = { code: secret(), since: now() };
  const renew = () => {
    present = { code: secret(), since: now() };
  };
  const isValid = ({ since }: { since: number }) => now() - since < sessionLastsMs;
  return {
    newCode() {
      renew();
      return present.code;
    },
    redeem(code) {
      // Digests are compared, so that the time it takes says nothing about the code.
      if (now() - present.since > codeLastsMs || digest(code) !== digest(present.code)) return undefined;
      const session = secret();
      sessions = [...sessions.filter(isValid), { digest: digest(session), since: now() }].slice(-mostSessions);
      writeFileAtomic(file, JSON.stringify(sessions), 0o600);
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

function readSessions(file: string): z.infer<typeof sessionsSchema> {
  try {
    return sessionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Missing or damaged: devices are paired anew.
    return [];
  }
}
