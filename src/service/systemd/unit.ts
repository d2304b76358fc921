import { restartExitCode, serviceMark, usageExitCode } from '../mark.ts';
import { type ServicePlan, startArguments } from '../plan.ts';

export const unitName = 'cafe-badminton.service';

/**
 * Text of a systemd user unit. Escaping follows systemd.syntax(7) "Quoting", systemd.unit(5) "Specifiers" and
 * systemd.service(5) "Command lines"; no path may hold a control character.
 */
export function unitText(plan: ServicePlan): string {
  return `# Written by \`npx badminton service install\`, which overwrites it.
[Unit]
Description=Cafe Badminton Uploader
# However often it has failed, it is started again.
StartLimitIntervalSec=0

[Service]
Type=exec
WorkingDirectory=${withoutSpecifiers(plan.folder)}${folderEnd}
Environment=${quoted(`PATH=${plan.searchPath}`)} ${serviceMark}=systemd
ExecStart=/bin/sh -c ${[becomeNode, plan.node, ...startArguments(plan)].map(argument).join(' ')}
Restart=always
RestartSec=3
# It asks for a restart itself.
SuccessExitStatus=${restartExitCode}
# A setting is wrong: starting again would not help.
RestartPreventExitStatus=${usageExitCode}
# Only the program itself is told to stop; it stops its server and its children in order.
KillMode=mixed
TimeoutStopSec=${plan.stopSeconds}

[Install]
WantedBy=default.target
`;
}

/** systemd takes no program whose path has quotes in it; the shell does, and becomes that program. */
const becomeNode = 'exec "$0" "$@"';

/** A folder of this setting is not quoted: this keeps a space or a backslash at its end. It means the same folder. */
const folderEnd = '/.';

/** The folder in which the unit runs its program. */
export function folderOfUnit(unit: string): string | undefined {
  const value = /^WorkingDirectory=(.*)$/m.exec(unit)?.[1];
  return value?.replace(/\/\.$/, '').replaceAll('%%', '%');
}

/** The Node that the unit starts. */
export function nodeOfUnit(unit: string): string | undefined {
  const start = /^ExecStart=\/bin\/sh -c (.*)$/m.exec(unit)?.[1] ?? '';
  const [, node] = Array.from(start.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, value = '']) => value);
  return node?.replace(/\\(.)/g, '$1').replaceAll('%%', '%').replaceAll('$$', '$');
}

export const stopSecondsOfUnit = (unit: string) => Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1] ?? Number.NaN);

const withoutSpecifiers = (text: string) => text.replaceAll('%', '%%');
const quoted = (text: string) => `"${withoutSpecifiers(text).replace(/["\\]/g, '\\$&')}"`;
/** In a command line, `$` begins a variable; in `Environment=` it does not. */
const argument = (text: string) => quoted(text.replaceAll('$', '$$$$'));
