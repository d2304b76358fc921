import { constants, hkdfSync } from 'node:crypto';

/**
 * How two machines prove to each other that they know the shared key: TLS with a pre-shared key (RFC 5489, and RFC 7905
 * for the cipher). The key itself never travels, what does is encrypted, and a recorded connection cannot be played
 * again. Whoever does not know the key learns the two ids, and gets no request and no answer.
 */
const channel = {
  ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
  // With 1.3, Node also negotiates ciphers that take a certificate.
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  // Each connection proves the key: none continues an earlier one.
  secureOptions: constants.SSL_OP_NO_TICKET,
} as const;

const identityOf = (from: string, to: string) => `badminton-studio-1 ${from} ${to}`;

/** Bytes: a different secret for each direction, so that no machine's proof is good for another one. */
const secretFor = (key: string, identity: string) => Buffer.from(hkdfSync('sha256', key, '', identity, 32));

/** TLS options of the machine that answers: only to those that ask it, and not another machine. */
export const answering = (key: string, own: string) => ({
  ...channel,
  pskCallback: (_socket: unknown, identity: string) => {
    const [, from = ''] = /^badminton-studio-1 ([\w-]{1,40}) /.exec(identity) ?? [];
    return identity === identityOf(from, own) ? secretFor(key, identity) : null;
  },
});

/** TLS options of the machine that asks: nobody but that other machine can answer. */
export function asking(key: string, own: string, other: string) {
  const identity = identityOf(own, other);
  return {
    ...channel,
    pskCallback: () => ({ psk: secretFor(key, identity), identity }),
    // There is no certificate: the key says who it is.
    checkServerIdentity: () => undefined,
  };
}

/** The `Host` of a request to a machine's studio, whatever its address. */
export const machineName = (id: string) => `machine-${id}`;
