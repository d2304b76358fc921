/** What a Google API says when it refuses: the machine-readable part, and a short, harmless text. */
export interface ApiError {
  readonly status: number;
  /** `error.errors[0].reason`, the only part meant for programs. */
  readonly reason: string | undefined;
  /** `error.errors[0].domain`, e.g. `youtube.thumbnail`. */
  readonly domain: string | undefined;
  /** The limit reached is a daily one: `quota_unit` of a `google.rpc.ErrorInfo` among the details. */
  readonly isDailyQuota: boolean;
  /** At most 200 characters, without addresses and tokens. */
  readonly message: string;
}

const longestMessage = 200;

/**
 * Reads Google's JSON error shape `{ error: { code, message, errors: [{ reason, domain, message }] } }`.
 *
 * @param body the answer's text, or the JSON already parsed; any other shape gives no reason
 */
export function readApiError(status: number, body: unknown): ApiError {
  const error = field(typeof body === 'string' ? parseJson(body) : body, 'error');
  const errors = field(error, 'errors');
  const first = Array.isArray(errors) ? errors[0] : undefined;
  return {
    status,
    reason: text(field(first, 'reason')),
    domain: text(field(first, 'domain')),
    isDailyQuota: isDaily(field(error, 'details')),
    message: withoutSecrets(text(field(error, 'message')) ?? ''),
  };
}

/** `1/d/{project}`: a daily limit per project; `1/min/{project}` would be over in a minute. */
function isDaily(details: unknown): boolean {
  if (!Array.isArray(details)) return false;
  return details.some((detail) => text(field(field(detail, 'metadata'), 'quota_unit'))?.startsWith('1/d/'));
}

/** A server's text may repeat what was sent to it: addresses (with their upload ids) and tokens are cut out. */
function withoutSecrets(message: string): string {
  return message
    .slice(0, 4 * longestMessage)
    .replaceAll(/https?:\/\/[^\s"'<>]+/gi, '(address)')
    .replaceAll(/upload_id[=: ]*[^\s"'&]+/gi, '(upload id)')
    .replaceAll(/Bearer\s+[^\s"']+/gi, '(token)')
    .slice(0, longestMessage);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
