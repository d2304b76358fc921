import { describeFaults } from './matrix/describe-faults.ts';
import { localYouTube } from './matrix/servers.ts';

describeFaults(localYouTube);
