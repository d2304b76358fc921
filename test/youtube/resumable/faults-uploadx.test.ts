import { describeFaults } from './matrix/describe-faults.ts';
import { uploadx } from './matrix/servers.ts';

describeFaults(uploadx);
