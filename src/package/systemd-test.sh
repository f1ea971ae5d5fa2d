#!/bin/bash
# Installs the .deb on a real systemd, in a container that is booted for it, and looks at what an operator relies on:
# start, metrics, crash, hang, restart, upgrade, removal. Prints one line for each finding; exit code 0 when all is well.
#   systemd-test.sh [--cache DIR] [--suite SUITE] target/backhaul_VERSION_ARCH.deb
# --cache keeps the Debian that is installed once by debootstrap (default /var/cache/backhaul-test); the container works on a
# copy, which is deleted. Needs root, debootstrap and systemd-nspawn (apt install debootstrap systemd-container).
set -euo pipefail

cache=/var/cache/backhaul-test
suite=bookworm
while [[ ${1:-} == --* ]]; do
    case $1 in
        --cache) cache=$2 ;;
        --suite) suite=$2 ;;
        *) printf 'unknown option %s\n' "$1" >&2 && exit 1 ;;
    esac
    shift 2
done
deb=$(realpath -- "$1")
here=$(dirname -- "$(realpath -- "${BASH_SOURCE[0]}")")

if [[ ! -e $cache/$suite ]]; then
    mkdir -p "$cache"
    rm -rf "$cache/$suite.part"
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,curl,procps "$suite" "$cache/$suite.part" >&2
    mv "$cache/$suite.part" "$cache/$suite"
fi

root=$(mktemp -d "$cache/run.XXXXXX")
trap 'rm -rf "$root"' EXIT
cp -a --reflink=auto "$cache/$suite/." "$root"

# The same package under a higher version, to upgrade to.
dpkg-deb -R "$deb" "$root/repack"
sed -i 's/^Version: .*/&+upgrade/' "$root/repack/DEBIAN/control"
dpkg-deb --root-owner-group -Znone --build "$root/repack" "$root/root/next.deb" >/dev/null
rm -r "$root/repack"
cp "$deb" "$root/root/this.deb"

install -m 755 "$here/systemd-checks.sh" "$root/root/checks.sh"
cat >"$root/etc/systemd/system/checks.service" <<'UNIT'
[Unit]
After=multi-user.target

[Service]
Type=oneshot
ExecStart=/root/checks.sh
ExecStopPost=systemctl poweroff --force
TimeoutStartSec=20min

[Install]
WantedBy=graphical.target
UNIT
mkdir -p "$root/etc/systemd/system/graphical.target.wants"
ln -s ../checks.service "$root/etc/systemd/system/graphical.target.wants/checks.service"
ln -sf /lib/systemd/system/graphical.target "$root/etc/systemd/system/default.target"

timeout --kill-after=30 1500 systemd-nspawn --quiet --boot --register=no --keep-unit --private-network --hostname=vm \
    --directory "$root" >"$root/root/console" 2>&1 || true
if [[ ! -s $root/root/findings ]]; then
    tail -50 "$root/root/console" >&2
    printf 'the container did not get as far as the checks\n' >&2
    exit 1
fi
cat "$root/root/findings"
if grep -q '^FAILED' "$root/root/findings" || ! grep -q '^end$' "$root/root/findings"; then
    cat "$root/root/journal" >&2
    exit 1
fi
