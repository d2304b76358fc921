export { processVideoWorkflow } from './process-video.ts';
