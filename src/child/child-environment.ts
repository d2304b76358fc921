/**
 * What programs need of their surroundings, and nothing of ours: where things are, whose they are, in which language and
 * on which screen, and how Node runs and where it keeps compiled code.
 */
const needed = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TZ|TMPDIR|TEMP|TMP|LANG|LANGUAGE|LC_\w+)$/,
  /^(XDG_\w+|DBUS_SESSION_BUS_ADDRESS|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|FONTCONFIG_\w+)$/,
  /^(NODE_OPTIONS|NODE_COMPILE_CACHE|NODE_DISABLE_COMPILE_CACHE|NODE_EXTRA_CA_CERTS|NODE_V8_COVERAGE|UV_THREADPOOL_SIZE)$/,
  /^(LD_LIBRARY_PATH|LD_PRELOAD|DYLD_\w+|MALLOC_\w+|SSL_CERT_FILE|SSL_CERT_DIR)$/,
  // Windows, whose names are in any case.
  /^(PATHEXT|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA)$/i,
  /^(PATH|PROGRAMFILES(\(X86\))?|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE)$/i,
];

/**
 * The environment of a child process: tokens, keys and settings of this one are not in it, whoever has named them.
 * @param also names of what this kind of child needs besides
 */
export function childEnvironment(own: NodeJS.ProcessEnv = process.env, also?: RegExp): NodeJS.ProcessEnv {
  const isNeeded = (name: string) => needed.some((names) => names.test(name)) || also?.test(name) === true;
  return Object.fromEntries(Object.entries(own).filter(([name]) => isNeeded(name)));
}
