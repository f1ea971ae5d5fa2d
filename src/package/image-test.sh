#!/bin/bash
# Builds the image of the Dockerfile and looks at what an operator relies on: it runs the demo as a user of its own on a
# root file system that cannot be written, becomes healthy, says what ails it, ends on SIGTERM, comes back after SIGKILL.
# Prints one line for each finding; exit code 0 when all is well. Neither a container engine nor a registry is needed:
# buildah builds, on a Debian made by debootstrap under the name of the FROM lines, and systemd-nspawn runs.
#   image-test.sh [--base DIR] [--authorities DIR] [--maven-repository DIR]
# --base              a Debian trixie of debootstrap --variant=minbase, which is only read; else one is made
# --authorities       certificates (*.crt) that the build must believe, where a proxy looks into TLS
# --maven-repository  a local repository that the build may read, so that it downloads less
# Needs root, and on Debian: apt install buildah debootstrap systemd-container
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

base=
authorities=
repository=
while (($# > 0)); do
    case $1 in
        --base) base=$(realpath -- "$2") ;;
        --authorities) authorities=$(realpath -- "$2") ;;
        --maven-repository) repository=$(realpath -- "$2") ;;
        *) printf 'unknown option %s\n' "$1" >&2 && exit 1 ;;
    esac
    shift 2
done

image=localhost/backhaul-image-test
revision=$(git rev-parse HEAD)
uid=10001
stop_seconds=10
work=$(mktemp -d /var/tmp/backhaul-image.XXXXXX)
store=(--root "$work/store" --runroot "$work/runroot" --storage-driver "${STORAGE_DRIVER:-overlay}")
container=
nspawn=
failures=0

clean_up() {
    local path
    if [[ -n $nspawn ]]; then
        kill -KILL "$nspawn" 2>/dev/null || true
        wait "$nspawn" 2>/dev/null || true
    fi
    if [[ -n $container ]]; then
        images umount "$container" >/dev/null || true
    fi
    # Deepest first: what the storage and a build that was cut short have left mounted.
    awk -v under="$work/" 'index($2, under) == 1 { print $2 }' /proc/self/mounts | sort -r | while read -r path; do
        umount "$path" || true
    done
    rm -rf --one-file-system "$work"
}
trap clean_up EXIT

say() {
    printf 'image: %s\n' "$*" >&2
}

# finding WHAT COMMAND…: what should be, and whether it is.
finding() {
    local what=$1
    shift
    if "$@"; then
        printf 'ok      %s\n' "$what"
    else
        printf 'FAILED  %s\n' "$what"
        failures=$((failures + 1))
    fi
}

images() {
    buildah "${store[@]}" "$@"
}

# --- the image ---

make_base() {
    local scratch
    if [[ -z $base ]]; then
        base=$work/debian
        debootstrap --variant=minbase trixie "$base" >"$work/debootstrap.log" ||
            { tail -n 20 "$work/debootstrap.log" >&2 && exit 1; }
    fi
    scratch=$(images from scratch)
    # As slim as the image it stands for.
    tar --create --directory "$base" --exclude='./proc/*' --exclude='./sys/*' --exclude='./dev/*' \
        --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' \
        --exclude='./var/lib/apt/lists/*' --exclude='./var/cache/apt/*' --file "$work/base.tar" .
    images add --quiet "$scratch" "$work/base.tar" / >/dev/null
    images commit --quiet --rm "$scratch" docker.io/library/debian:trixie-slim >/dev/null
    rm "$work/base.tar"
}

build() {
    local options=()
    if [[ -n $authorities ]]; then
        options+=(--volume "$authorities:/usr/local/share/ca-certificates:ro")
    fi
    if [[ -n $repository ]]; then
        # Its folder may be closed to others; here, and only for the build, it must not be.
        mkdir "$work/repository"
        cp -r "$repository/." "$work/repository"
        chmod -R a+rX "$work/repository"
        printf 'MAVEN_OPTS="-Dmaven.repo.local.tail=/var/cache/maven"\n' >"$work/mavenrc"
        options+=(--volume "$work/repository:/var/cache/maven:ro" --volume "$work/mavenrc:/etc/mavenrc:ro")
    fi
    images bud --isolation chroot --format docker --pull-never --tag "$image" \
        --build-arg VERSION=test --build-arg REVISION="$revision" \
        ${options[@]+"${options[@]}"} . >"$work/build.log" 2>&1 ||
        { grep -v '^    at ' "$work/build.log" | tail -n 40 >&2 && exit 1; }
}

says() {
    images inspect --type image --format "{{$1}}" "$image"
}

size() {
    du -smx "$@" | cut -f 1
}

look_at_the_image() {
    finding 'its user is a number other than 0' [ "$(says .Docker.Config.User)" = "$uid:$uid" ]
    finding 'it runs the daemon unless told otherwise' \
        [ "$(says .Docker.Config.Entrypoint) $(says .Docker.Config.Cmd)" = '[/usr/bin/backhaul] [run]' ]
    finding 'its health check is the command health' \
        [ "$(says .Docker.Config.Healthcheck.Test)" = '[CMD /usr/bin/backhaul health]' ]
    finding 'its labels name the revision' \
        [ "$(says 'index .Docker.Config.Labels "org.opencontainers.image.revision"')" = "$revision" ]
    finding 'nothing in it is writable for its user but volumes and temporary folders' \
        [ -z "$(cd "$root" && find . -xdev \( -user "$uid" -o -group "$uid" -o -perm -o=w \) ! -type l \
            ! -path ./var/lib/backhaul ! -path ./srv/backups \
            ! -path ./tmp ! -path ./var/tmp ! -path ./run/lock -print)" ]
    finding 'its program is root'"'"'s' [ -z "$(find "$root/usr/lib/backhaul" "$root/usr/bin/backhaul" ! -user 0)" ]
    finding 'nothing in it gains root by a file mode' [ -z "$(find "$root/usr/lib/backhaul" "$root/usr/bin/backhaul" -perm /6000)" ]
    finding 'no compiler, no Maven, no Java but its own is in it' \
        [ -z "$(find "$root/usr" -xdev \( -name javac -o -name mvn -o -name libjvm.so \) ! -path '*/backhaul/runtime/*')" ]
    printf 'size    %s MiB in files: Java %s, its cache of classes %s, libraries %s; Debian %s\n' "$(size "$root")" \
        "$(size "$root/usr/lib/backhaul/runtime")" "$(size "$root/usr/lib/backhaul/backhaul.jsa")" \
        "$(size "$root/usr/lib/backhaul/lib")" "$(size "$root" --exclude="$root/usr/lib/backhaul")"
}

# --- containers ---

# shellcheck disable=SC2054 # the commas are systemd-nspawn's
# How a container is started, as docs/container.md says; what follows is the program. No network but loopback.
set_box() {
    box=(systemd-nspawn --quiet --register=no --keep-unit --console=pipe --directory "$root" --user backhaul
        --read-only --tmpfs /tmp:mode=1777,nosuid,nodev,noexec,size=64m
        --bind "$work/state:/var/lib/backhaul" --bind "$work/backups:/srv/backups" --bind-ro "$work/etc:/etc/backhaul"
        --drop-capability=all --no-new-privileges=yes --private-network
        --resolv-conf=off --timezone=off --link-journal=no --kill-signal=SIGTERM
        /usr/bin/env --unset=NOTIFY_SOCKET) # which systemd-nspawn sets and no engine does
}

boxed() {
    timeout --kill-after=10 300 "${box[@]}" "$@"
}

fresh_volumes() {
    rm -rf "${work:?}"/{state,backups,etc}
    install -d -m 700 -o $uid -g $uid "$work/state"
    install -d -m 750 -o $uid -g $uid "$work/backups"
    install -d "$work/etc"
    # A provider that nobody is at: the daemon is up and ready, its listings fail.
    cat >"$work/etc/backhaul.yaml" <<'YAML'
state-dir: /var/lib/backhaul
admin: {listen: "0.0.0.0:9464"}
archives:
  - {name: nas, type: filesystem, directory: /srv/backups}
sources:
  - name: prod-redis
    provider: huawei-dcs
    endpoint: https://127.0.0.1:9
    project-id: 0123456789abcdef0123456789abcdef
    credentials: {access-key: "AKIDOFTHEIMAGETEST01", secret-key: "${file:secret}"}
    archives: [nas]
YAML
    printf 'a-secret-of-the-image-test\n' >"$work/etc/secret"
}

start_daemon() {
    "${box[@]}" /usr/bin/backhaul run >>"$work/daemon.log" 2>&1 &
    nspawn=$!
}

# The host's number of the container's first process.
first_process() {
    pgrep --parent "$nspawn"
}

# The health check as an engine runs it: in the daemon's container, as its user. Its lines are in health.log.
healthy() {
    local first
    first=$(first_process) || return 2
    nsenter --target "$first" --all --root --wd --setuid $uid --setgid $uid /usr/bin/backhaul health >"$work/health.log" 2>&1
}

unhealthy() {
    local code=0
    healthy || code=$?
    [[ $code == 1 ]]
}

# within SECONDS COMMAND…: tries until it holds.
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        if ((SECONDS >= end)); then
            tail -n 20 "$work/daemon.log" "$work/health.log" >&2 || true
            return 1
        fi
        sleep 0.2
    done
}

# The container's exit code and the seconds to its end are in code and took.
signal_daemon() {
    local begun
    begun=$(date +%s%N)
    kill "-$1" "$(first_process)"
    code=0
    wait "$nspawn" || code=$?
    nspawn=
    took=$((($(date +%s%N) - begun) / 1000000))
}

each_set_is_whole() {
    local set
    ((${#sets[@]} > 0)) || return 1
    for set in "${sets[@]}"; do
        (cd "${set%/*}" && sha256sum --check --quiet --strict SHA256SUMS) || return 1
    done
}

try_the_demo() {
    local code=0 begun=$SECONDS
    boxed /usr/bin/backhaul demo --once --dir /var/lib/backhaul/demo >"$work/demo.log" 2>&1 || code=$?
    finding "the demo ends with 0 ($((SECONDS - begun)) s)" [ $code = 0 ]
    [[ $code == 0 ]] || tail -n 30 "$work/demo.log" >&2
    mapfile -t sets < <(find "$work/state/demo/archive" -name SHA256SUMS)
    finding "it has brought sets home (${#sets[@]})" [ ${#sets[@]} -gt 0 ]
    finding 'sha256sum finds each of them whole' each_set_is_whole
}

# Of an own root file system: who it is, and what can be written where.
# shellcheck disable=SC2016 # the dollars are the container's
try_the_walls() {
    local said
    said=$(boxed /bin/sh -c 'id -u; sed -n "s/^CapEff:\t//p" /proc/self/status
        for place in / /etc /usr/lib/backhaul /var /run /etc/backhaul; do
            touch "$place/here" 2>/dev/null && echo "writable: $place"
        done
        for place in /tmp /var/lib/backhaul /srv/backups; do
            touch "$place/here" || echo "not writable: $place"
        done')
    finding 'it is not root, can do nothing as root, and writes to its volumes and /tmp alone' \
        [ "$said" = "$uid"$'\n0000000000000000' ]
    finding 'the cache of classes fits its Java' boxed /usr/lib/backhaul/runtime/bin/java -XX:+UseSerialGC \
        -Xshare:on -XX:SharedArchiveFile=/usr/lib/backhaul/backhaul.jsa -jar /usr/lib/backhaul/backhaul.jar --version
}

try_the_daemon() {
    local code took
    finding 'health without a daemon is 1' health_alone_is_one
    start_daemon
    finding 'the daemon becomes healthy' within 60 healthy
    chmod 500 "$work/backups/.staging"
    finding 'it is unhealthy while its archive cannot be written' within 30 unhealthy
    finding 'and says so' grep -q '^archive nas: ' "$work/health.log"
    chmod 750 "$work/backups/.staging"
    finding 'it is healthy again afterwards' within 30 healthy

    signal_daemon TERM
    finding "SIGTERM ends it in order within $stop_seconds s ($took ms, exit code $code)" \
        ended_in_order

    for _ in 1 2 3; do
        start_daemon
        finding 'it comes back with the same volumes' within 60 healthy
        signal_daemon KILL
    done
    start_daemon
    finding 'also when all that came before was SIGKILL' within 60 healthy
    signal_daemon TERM
    finding "and ends in order ($took ms, exit code $code)" ended_in_order
    finding 'its secret is in no log' [ -z "$(grep -l 'a-secret-of-the-image-test' "$work"/*.log)" ]
}

ended_in_order() {
    [[ $code == 0 && $took -le $((stop_seconds * 1000)) ]]
}

health_alone_is_one() {
    local code=0
    boxed /usr/bin/backhaul health >"$work/health.log" 2>&1 || code=$?
    [[ $code == 1 ]]
}

say "building in $work"
make_base
build
container=$(images from --pull-never "$image")
root=$(images mount "$container")
look_at_the_image
set_box
fresh_volumes
try_the_walls
try_the_demo
fresh_volumes
try_the_daemon
if ((failures > 0)); then
    tail -n 60 "$work/daemon.log" >&2
    say "$failures findings failed"
    exit 1
fi
