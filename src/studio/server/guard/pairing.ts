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
  newCode(wish?: LinkWish): string;
  /** Whether it is the present code, and has not expired. */
  isPresent(code: string): boolean;
  /** Whether it is the present code, and makes its device an administrator. */
  isForAdministrator(code: string): boolean;
  /**
   * A session for whoever brings the present code.
   * @param name what people will know the device by
   * @throws the problem
   */
  redeem(code: string, name?: string): string | undefined;
  /** Id of the device whose session it is; that it was seen is noted. */
  deviceOf(session: string | undefined): string | undefined;
  /** Whether the device of that id was paired as an administrator. */
  isAdministrator(id: string): boolean;
  /** Those that are paired, the one seen last first. */
  devices(): readonly PairedDevice[];
  /** False when no such device is paired. @throws the problem */
  unpair(id: string): boolean;
}

export interface LinkWish {
  /** The device may change settings and unpair others. */
  readonly administrator?: boolean | undefined;
}

export interface PairedDevice {
  readonly id: string;
  /** Not known of one that was paired by an earlier version. */
  readonly name?: string | undefined;
  readonly isAdministrator: boolean;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Milliseconds since 1970, to within ten minutes after a restart. */
  readonly lastSeen: number;
}

const codeLastsMs = 10 * 60_000;
const sessionLastsMs = 90 * 24 * 3600_000;
const mostSessions = 50;
/** Milliseconds; not each request is worth a write. */
const notedEvery = 10 * 60_000;
const digest = (secret: string) => createHash('sha256').update(secret).digest('hex');
const secret = () => randomBytes(18).toString('base64url');

const sessionSchema = z.object({
  id: z.string(),
  digest: z.string(),
  name: z.string().optional(),
  isAdministrator: z.boolean(),
  since: z.number(),
  lastSeen: z.number(),
});
type Session = Readonly<z.infer<typeof sessionSchema>>;

const sessionsRecord: RecordKind<{ sessions: Session[] }> = {
  file: 'sessions.json',
  schema: z.object({ sessions: z.array(sessionSchema) }),
  secret: true,
  upgrades: [
    // Version 1 was the list alone.
    (sessions) => ({ sessions }),
    // Version 2 had neither ids nor names, nor when a device was seen.
    ({ sessions }) => ({
      sessions: sessions.map(({ digest, since }: Session) => ({ id: idOf(digest), digest, since, lastSeen: since })),
    }),
    // Version 3 had no administrators.
    ({ sessions }) => ({
      sessions: sessions.map((session: Session) => ({ ...session, isAdministrator: false })),
    }),
  ],
};

/** Says which device it is, and nothing of its session. */
const idOf = (digestOfSession: string) => digest(digestOfSession).slice(0, 16);

/**
 * @param folder holds the digests of the sessions, so that phones stay paired after a restart
 * @param onNewCode called when the link changes because the previous one was used
 */
export function openPairing(folder: string, onNewCode: (code: string) => void, now: () => number = Date.now): Pairing {
  const file = path.join(folder, sessionsRecord.file);
  const { problem, ...kept } = readSessions(file);
  let sessions: readonly Session[] = kept.sessions;
  const makeCode = (isAdministrator = false) => ({ code: secret(), since: now(), isAdministrator });
  let present = makeCode();
  // Compare digests, so that the time this takes reveals nothing about the code.
  const isPresent = (code: string) => now() - present.since <= codeLastsMs && digest(code) === digest(present.code);
  const isValid = ({ since }: Session) => now() - since < sessionLastsMs;
  const seen = new Map<string, number>();
  const keep = (wanted: readonly Session[]) => {
    const noted = wanted.map((session) => ({ ...session, lastSeen: seen.get(session.id) ?? session.lastSeen }));
    writeRecord(file, sessionsRecord, { sessions: noted });
    sessions = noted;
  };
  const see = ({ id, lastSeen }: Session) => {
    seen.set(id, now());
    if (now() - lastSeen < notedEvery) return;
    try {
      keep(sessions);
    } catch {
      // On a full disk it is known until the studio ends.
    }
  };
  const requireKnown = () => {
    if (problem) throw problem;
  };
  return {
    problem,
    newCode({ administrator } = {}) {
      requireKnown();
      present = makeCode(administrator);
      return present.code;
    },
    isPresent,
    isForAdministrator: (code) => isPresent(code) && present.isAdministrator,
    redeem(code, name) {
      requireKnown();
      if (!isPresent(code)) return undefined;
      const session = secret();
      const { isAdministrator } = present;
      const own = {
        id: idOf(digest(session)),
        digest: digest(session),
        isAdministrator,
        since: now(),
        lastSeen: now(),
      };
      keep([...sessions.filter(isValid), { ...own, ...(name && { name }) }].slice(-mostSessions));
      present = makeCode();
      onNewCode(present.code);
      return session;
    },
    deviceOf(session) {
      if (session === undefined) return undefined;
      const wanted = digest(session);
      const found = sessions.find((each) => each.digest === wanted && isValid(each));
      if (found) see(found);
      return found?.id;
    },
    isAdministrator: (id) => sessions.some((each) => each.id === id && isValid(each) && each.isAdministrator),
    devices: () =>
      sessions
        .filter(isValid)
        .map(({ id, name, isAdministrator, since, lastSeen }) => ({
          ...{ id, name, isAdministrator, since },
          lastSeen: seen.get(id) ?? lastSeen,
        }))
        .toSorted((a, b) => b.lastSeen - a.lastSeen),
    unpair(id) {
      requireKnown();
      const left = sessions.filter((session) => session.id !== id);
      if (left.length === sessions.length) return false;
      keep(left);
      return true;
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
