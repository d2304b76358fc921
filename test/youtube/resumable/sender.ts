/** The process that is killed: uploads one file and keeps its session in a folder. */
import { uploadResumable } from '../../../src/youtube/resumable/upload-resumable.ts';
import { fileStore, plainUpload } from '../support.ts';

const [url = '', file = '', size = '', folder = ''] = process.argv.slice(2);
await uploadResumable({ ...plainUpload(url, file, Number(size), fileStore(folder)), stallTimeoutMs: 60_000 });
