#!/usr/bin/env bash
# Kills `backhaul fetch` (kill -9) at a random moment of a download, starts it again until the file is there, and tells
# how many bytes came twice. An nginx on loop-back serves the file; each run's result is compared with it.
#
#   src/bench/kill.sh [-r RUNS] [-s MIB] [-d DIR]
#
# Needs nginx and a package (mvn -DskipTests -Ppackage package). DIR (default: a temporary folder) gets twice the size of
# the file. The moment lies between 10 and 90 % of the time that an undisturbed run takes.
set -euo pipefail

runs=20 mib=2048 folder=''
while [ $# -gt 0 ]; do
  case $1 in
    -r) runs=$2; shift 2 ;;
    -s) mib=$2; shift 2 ;;
    -d) folder=$2; shift 2 ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 1 ;;
  esac
done

top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=src/bench/nginx.sh
. "$top/src/bench/nginx.sh"
require nginx sha256sum
make_folder "$folder"
port=18485
head -c "${mib}M" /dev/urandom >"$dir/www/large.bin"
truth=$(sha256sum <"$dir/www/large.bin")
size=$((mib << 20))
serve "server { listen 127.0.0.1:$port; }"

running=''
# Nobody else's process, and none once it has ended.
kill_backhaul() {
  if [ -n "$running" ]; then
    kill -9 "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
    running=''
  fi
}
trap 'kill_backhaul; cleanup' EXIT

# Starts a fetch and goes on; its pid is in $running.
start() {
  "$backhaul" fetch --to "$dir/runs/large" "http://127.0.0.1:$port/large.bin" >"$dir/said" 2>&1 &
  running=$!
}
finish() {
  wait "$running" || { tail -3 "$dir/said" >&2; echo "kill.sh: backhaul failed" >&2; exit 1; }
  running=''
}
clear() {
  rm -rf "$dir/runs/large" && mkdir "$dir/runs/large" && sync
  : >"$dir/bytes.log"
}
compare() {
  [ "$(sha256sum <"$dir/runs/large/large.bin")" = "$truth" ] || { echo "kill.sh: the file is wrong" >&2; exit 1; }
}
now() { date +%s%N; }

# The bytes that nginx has put on the wire, once it has noticed that the killed client is gone: it logs an answer at
# its end, so the log must have as many lines as there were requests.
moved() { awk '{ n += $1 } END { printf "%.0f", n }' "$dir/bytes.log"; }
wait_for_nginx() {
  local before
  before=$(moved)
  sleep 1
  while [ "$(moved)" != "$before" ]; do
    before=$(moved)
    sleep 1
  done
}

clear
began=$(now)
start
finish
whole=$((($(now) - began) / 1000000))
compare
echo "an undisturbed run takes $whole ms"

total=0
for ((run = 1; run <= runs; run++)); do
  clear
  moment=$((whole * (100 + (RANDOM << 15 | RANDOM) % 801) / 1000))
  start
  sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
  kill_backhaul
  start
  finish
  compare
  wait_for_nginx
  # what nginx had sent and the killed process had not read yet counts too
  again=$(($(moved) - size))
  total=$((total + again))
  awk -v run="$run" -v moment="$moment" -v again="$again" -v size="$size" \
    'BEGIN { printf "run %d: killed after %d ms, fetched again %.1f MiB, %.2f %%\n", run, moment, again / 1048576, 100 * again / size }'
done
awk -v total="$total" -v runs="$runs" -v size="$size" \
  'BEGIN { printf "on average of %d runs: %.2f %% of the file fetched again\n", runs, 100 * total / runs / size }'
