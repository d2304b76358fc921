export { askHostsWorkflow } from './ask-hosts.ts';
export { processVideoWorkflow } from './process-video.ts';
export { reviseVideoWorkflow } from './revise-video.ts';
