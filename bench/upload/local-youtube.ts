/** A local YouTube in its own process, in the given folder; sends its port to the process that started it. */
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';

const [folder = ''] = process.argv.slice(2);
const server = await startLocalYouTube({ folder });
process.send?.(server.port);
process.on('disconnect', () => process.exit());
