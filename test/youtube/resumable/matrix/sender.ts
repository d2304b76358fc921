/** The process that is killed: `node sender.ts URL FILE SIZE FOLDER START_BODY`; its session is kept in the folder. */
import { uploadResumable } from '../../../../src/youtube/resumable/index.ts';
import { fileStore, plainUpload } from '../../plain-upload.ts';
import { chunkBytes } from './cells.ts';

const [url = '', file = '', size = '', folder = '', startBody = ''] = process.argv.slice(2);
const upload = plainUpload(url, file, Number(size), fileStore(folder));
await uploadResumable({ ...upload, startBody, chunkBytes, stallTimeoutMs: 60_000 });
