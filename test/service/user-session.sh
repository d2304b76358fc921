# Runs a command beside a systemd of its own for the user: in new mount and process namespaces, so that nothing is left.
# Exit code 77: there is no systemd that could run here.
set -eu
systemd=/usr/lib/systemd/systemd
[ -x "$systemd" ] && command -v systemctl >/dev/null || exit 77
control=/sys/fs/cgroup
mount -t cgroup2 none "$control"
own="$control/badminton-test-$1"
shift
manager=
leave() {
  [ -z "$manager" ] || { kill "$manager" && wait "$manager"; } || true
  echo $$ >"$control/cgroup.procs"
  tries=0
  # What has just ended may still be counted there.
  until find "$own" -depth -type d -exec rmdir {} + 2>/dev/null || [ "$tries" -ge 20 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
}
mkdir "$own"
trap leave EXIT
echo $$ >"$own/cgroup.procs"
mount -t tmpfs tmpfs /run
XDG_RUNTIME_DIR=/run/user/$(id -u)
export XDG_RUNTIME_DIR
mkdir -p "$XDG_RUNTIME_DIR" /run/systemd/system
"$systemd" --user >/dev/null 2>&1 &
manager=$!
tries=0
until systemctl --user show --property=Version >/dev/null 2>&1; do
  tries=$((tries + 1))
  kill -0 "$manager" 2>/dev/null && [ "$tries" -lt 100 ] || exit 77
  sleep 0.1
done
"$@"
