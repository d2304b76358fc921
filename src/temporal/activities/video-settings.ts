import type { Config } from '../../config.ts';
import type { VideoSettings } from '../activity-types.ts';

/** What a video that was started without wishes of its own gets. */
export function videoSettings(config: Config): VideoSettings {
  return {
    topN: config.TOP_N,
    templateName: config.TEMPLATE,
    selectionTimeoutSeconds: config.SELECTION_TIMEOUT,
    selectionPolicy: config.SELECTION_POLICY,
    heartbeatTimeoutSeconds: config.HEARTBEAT_TIMEOUT,
    hostTimeoutSeconds: config.HOST_TIMEOUT,
    retryIntervalSeconds: config.RETRY_INTERVAL,
    retryAttempts: config.RETRY_ATTEMPTS,
    uploadEarly: config.UPLOAD_EARLY === 'on',
    timeZone: config.TIME_ZONE,
    uploadRetryAttempts: config.UPLOAD_RETRY_ATTEMPTS,
    studioUrl: `http://localhost:${config.STUDIO_PORT}/`,
  };
}
