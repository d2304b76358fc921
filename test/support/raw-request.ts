import { connect } from 'node:net';

/**
 * What a port of this machine says to an HTTP/1.1 request, byte for byte; empty where it says nothing or hangs up. At a
 * lower level than `fetch`, which forges no `Host` and connects to few ports.
 */
export function rawRequest(port: number, lines: readonly string[], body = ''): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => {
      const length = body && `content-length: ${Buffer.byteLength(body)}\r\n`;
      socket.write(`${lines.join('\r\n')}\r\nconnection: close\r\n${length}\r\n${body}`);
    });
    socket.setEncoding('latin1').on('data', (text) => {
      said += text;
    });
    // A port that waits for something else than HTTP.
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('error', () => undefined).on('close', () => resolve(said));
  });
}
