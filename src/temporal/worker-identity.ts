import type { Host } from './worker-parts.ts';

/** What a worker calls itself to the server, so that anybody can read there which machines are running. */
export const workerIdentity = ({ id, name }: Host, processId: number): string => `${name}/${processId}@${id}`;

/** The machine of a worker; its name alone for another program's worker, or one from before it gave its id. */
export function readWorkerIdentity(identity: string): Host | { readonly name: string } {
  const { name, id } = /^(?<name>.*)\/\d+@(?<id>[A-Za-z0-9._-]{1,64})$/s.exec(identity)?.groups ?? {};
  if (name !== undefined && id !== undefined) return { id, name };
  return { name: /^(?<name>.+)\/\d+$/s.exec(identity)?.groups?.name ?? identity };
}
