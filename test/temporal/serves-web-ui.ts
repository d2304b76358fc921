import { startEmbeddedServer } from '../../src/temporal/server/embedded.ts';
import { findRunningServer } from '../../src/temporal/server/record.ts';
import { childrenOf, treeOf } from '../support/children.ts';
import { serverBinary } from '../support/rig.ts';

/** A program for a test to kill: an embedded server whose Web UI is in use. */
const [, , dataFolder = ''] = process.argv;
const server = await startEmbeddedServer({ dataFolder, port: 0, uiPort: 0, binary: serverBinary });
await fetch(server.uiUrl);
const serverPid = (await findRunningServer(dataFolder))?.pid;
const pages = childrenOf(process.pid)
  .filter((pid) => pid !== serverPid)
  .flatMap(treeOf);
process.send?.({ pages, serverPid });
