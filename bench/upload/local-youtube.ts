/** A local YouTube in a process of its own, in the folder that is named; sends its port to the process that started it. */
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';

const [folder = ''] = process.argv.slice(2);
const server = await startLocalYouTube({ folder });
process.send?.(server.port);
process.on('disconnect', () => process.exit());
