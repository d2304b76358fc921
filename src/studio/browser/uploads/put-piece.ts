import { Refusal } from '../api.ts';
import { patience } from '../state/patience.ts';

export interface Piece {
  readonly id: string;
  readonly offset: number;
  readonly bytes: Blob;
  readonly signal: AbortSignal;
  /** @param sent bytes of the piece */
  readonly onProgress: (sent: number) => void;
}

/**
 * Sends a piece, and returns the offset that is due next. By XMLHttpRequest, because fetch does not report how much has
 * been sent.
 * @throws Refusal, with status 0 when the network failed or nothing moved for a while; AbortError
 */
export function putPiece({ id, offset, bytes, signal, onProgress }: Piece): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      clearTimeout(silence);
      silence = setTimeout(stop, patience.peek());
    };
    signal.addEventListener('abort', stop, { once: true });
    request.upload.addEventListener('progress', ({ loaded }) => {
      moved();
      onProgress(loaded);
    });
    request.addEventListener('loadend', () => {
      clearTimeout(silence);
      signal.removeEventListener('abort', stop);
      const reply = parse(request.responseText);
      if (signal.aborted) reject(signal.reason);
      else if (request.status === 200 && reply.offset !== undefined) resolve(reply.offset);
      else reject(new Refusal(request.status, { problem: 'The connection to the studio was lost.', ...reply }));
    });
    request.open('PATCH', `/api/uploads/${encodeURIComponent(id)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('upload-offset', String(offset));
    moved();
    request.send(bytes);
  });
}

function parse(text: string): { readonly offset?: number; readonly problem?: string } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
