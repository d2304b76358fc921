/** The server process that is killed: prints its port. */
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';

const [folder = '', port = '0'] = process.argv.slice(2);
const server = await startLocalYouTube({ folder, port: Number(port) });
process.stdout.write(String(server.port));
