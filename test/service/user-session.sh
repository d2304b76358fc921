# Runs a command beside a systemd of its own for the user: in new mount and process namespaces, so that nothing is left.
set -eu
control=/sys/fs/cgroup
mount -t cgroup2 none "$control"
own="$control/badminton-test-$1"
shift
mkdir "$own"
echo $$ >"$own/cgroup.procs"
mount -t tmpfs tmpfs /run
XDG_RUNTIME_DIR=/run/user/$(id -u)
export XDG_RUNTIME_DIR
mkdir -p "$XDG_RUNTIME_DIR" /run/systemd/system
/usr/lib/systemd/systemd --user >/dev/null 2>&1 &
manager=$!
tries=0
until systemctl --user show --property=Version >/dev/null 2>&1; do
  kill -0 "$manager" 2>/dev/null || exit 77
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || exit 77
  sleep 0.1
done
code=0
"$@" || code=$?
kill "$manager" && wait "$manager" || true
echo $$ >"$control/cgroup.procs"
find "$own" -depth -type d -exec rmdir {} +
exit "$code"
