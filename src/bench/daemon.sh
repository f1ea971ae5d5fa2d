#!/usr/bin/env bash
# Compares the daemon with a bare download: how long it takes for many small backups, each a verified and synced set of
# its own with all its rows in the embedded PostgreSQL, and how long aria2 takes for their bare files: the first that it
# brings home after its start, while Java still compiles, and as many again, as in the months after. One nginx serves the
# files to both.
#
#   src/bench/daemon.sh [-r ROUNDS] [-n BACKUPS]
#
# Needs nginx, aria2c, curl, a package (mvn -DskipTests -Ppackage package) and JAVA_HOME at a JDK from 21 on for the
# cloud that lists them and hands out the links, simulated in a process of its own; requests-per-second is set so high that
# the provider's rate is no bound.
set -euo pipefail

rounds=3 backups=2000
while [ $# -gt 0 ]; do
  case $1 in
    -r) rounds=$2; shift 2 ;;
    -n) backups=$2; shift 2 ;;
    *) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 1 ;;
  esac
done

top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=src/bench/nginx.sh
. "$top/src/bench/nginx.sh"
require nginx aria2c curl
make_folder ''
port=18486 admin=18487
for ((i = 0; i < backups; i++)); do
  head -c 65536 /dev/urandom >"$dir/www/$i.bin"
  echo "http://127.0.0.1:$port/$i.bin"
done >"$dir/links.txt"
serve "server {
  listen 127.0.0.1:$port;
  rewrite ^/dcs-backup-.*(/[0-9]+\.bin)\$ \$1;
}"

daemon='' cloud=''
stop() {
  [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true
  [ -z "$daemon" ] || wait "$daemon" || true
  [ -z "$cloud" ] || { exec 3>&-; wait "$cloud" || true; }
  daemon='' cloud=''
}
trap 'stop; cleanup' EXIT
# Waits until a command succeeds; looks every $1 seconds.
await() {
  local pause=$1
  shift
  until "$@" >/dev/null 2>&1; do
    kill -0 "${daemon:-$cloud}" || { tail -n 5 "$dir/said" "$dir/logged" >&2; echo "daemon.sh: it ended" >&2; exit 1; }
    sleep "$pause"
  done
}
# Whether $1 sets are home. The time of the newest is the end: looks may be rare, and take little from the daemon.
all_home() { [ "$(find "$run/archive/bench" -mindepth 2 -maxdepth 2 2>/dev/null | wc -l)" -ge "$1" ]; }
newest() { find "$run/archive/bench" -mindepth 2 -maxdepth 2 -printf '%C@\n' | sort -n | awk 'END { printf "%.0f", $1 * 1000 }'; }
now() { date +%s%3N; }

aria2() {
  fresh_run
  began=$(now)
  (cd "$run" && aria2c -q -i "$dir/links.txt" >/dev/null)
  bare=$(($(now) - began))
}
archive() {
  fresh_run
  rm -f "$dir/ends" && mkfifo "$dir/ends"
  run_source "$top/src/bench/ManyBackups.java" "$backups" 65536 "$run" "$admin" "http://127.0.0.1:$port" \
    <"$dir/ends" >"$dir/said" 2>&1 &
  cloud=$!
  exec 3>"$dir/ends"
  await 0.1 grep -q ready "$dir/said"
  "$backhaul" run --config "$run/backhaul.yaml" >"$dir/logged" 2>&1 &
  daemon=$!
  await 0.1 curl -sf "http://127.0.0.1:$admin/readyz"
  began=$(now)
  await 1 all_home "$backups"
  first=$(($(newest) - began))
  echo >&3
  await 0.1 grep -q listed "$dir/said"
  began=$(sed -n 's/^listed //p' "$dir/said")
  await 1 all_home $((2 * backups))
  next=$(($(newest) - began))
  stop
}

ratio() { awk -v a="$1" -v b="$bare" 'BEGIN { printf "%.2f", a / b }'; }
median() { printf '%s\n' "$@" | sort -n | awk '{ r[NR] = $1 } END { print r[int((NR + 1) / 2)] }'; }
firsts=() nexts=()
for ((round = 1; round <= rounds; round++)); do
  aria2
  archive
  firsts+=("$(ratio "$first")") nexts+=("$(ratio "$next")")
  echo "round $round: aria2c $bare ms, backhaul's first $first ms, ratio ${firsts[-1]}, its next $next ms, ratio ${nexts[-1]}"
done
echo "median ratio $(median "${firsts[@]}"), its next $(median "${nexts[@]}")"
