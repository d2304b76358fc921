import { serverBinary } from '../test/support/rig.ts';

// The first time, the Temporal server is downloaded or built, which takes minutes: no test shall wait for that.
console.log(await serverBinary());
