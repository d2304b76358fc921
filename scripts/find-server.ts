import { serverBinary } from '../test/support/rig.ts';

// The first time, the Temporal server is downloaded or built, which takes minutes: no test should wait for that.
console.log(await serverBinary());
