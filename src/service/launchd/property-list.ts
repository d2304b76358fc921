import { serviceMark } from '../mark.ts';
import { type ServicePlan, startArguments } from '../plan.ts';

export const agentLabel = 'local.cafe-badminton';

/**
 * Text of a property list for a launchd agent, by launchd.plist(5). No path may hold a control character.
 * @param output file for what the program cannot write to its own log, such as why Node could not start
 */
export function propertyListText(plan: ServicePlan, output: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- Written by \`npx badminton service install\`, which overwrites it. -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${agentLabel}</string>
  <key>ProgramArguments</key>
  <array>
${[plan.node, ...startArguments(plan)].map((text) => `    <string>${escaped(text)}</string>`).join('\n')}
  </array>
  <key>WorkingDirectory</key>
  <string>${escaped(plan.folder)}</string>
  <key>EnvironmentVariables</key>
  <dict>
    <key>PATH</key>
    <string>${escaped(plan.searchPath)}</string>
    <key>${serviceMark}</key>
    <string>launchd</string>
  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <true/>
  <key>ExitTimeOut</key>
  <integer>${plan.stopSeconds}</integer>
  <key>StandardOutPath</key>
  <string>${escaped(output)}</string>
  <key>StandardErrorPath</key>
  <string>${escaped(output)}</string>
</dict>
</plist>
`;
}

/** The folder in which the agent runs its program. */
export const folderOfPropertyList = (text: string): string | undefined =>
  unescaped(/<key>WorkingDirectory<\/key>\s*<string>([^<]*)<\/string>/.exec(text)?.[1]);

/** The Node that the agent starts. */
export const nodeOfPropertyList = (text: string): string | undefined =>
  unescaped(/<key>ProgramArguments<\/key>\s*<array>\s*<string>([^<]*)<\/string>/.exec(text)?.[1]);

export const stopSecondsOfPropertyList = (text: string) =>
  Number(/<key>ExitTimeOut<\/key>\s*<integer>(\d+)<\/integer>/.exec(text)?.[1] ?? Number.NaN);

const entities = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
] as const;

const escaped = (text: string) => entities.reduce((whole, [sign, entity]) => whole.replaceAll(sign, entity), text);
const unescaped = (text: string | undefined) =>
  text && entities.toReversed().reduce((whole, [sign, entity]) => whole.replaceAll(entity, sign), text);
