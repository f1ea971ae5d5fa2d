#!/usr/bin/env bash
# Compares `backhaul fetch` with curl, aria2 and rclone on this machine: an nginx on loop-back serves, every tool brings
# the same files to the same disk, and its time ends when the files are hashed and synced. The tools take turns, another
# first in each round, so that a noisy machine is unfair to all of them alike; what counts is the median of the ratios
# within a round.
#
#   src/bench/compare.sh [-r ROUNDS] [-s MIB] [-d DIR] [CASE...]      cases: http https capped small
#
# Needs nginx, curl, openssl, GNU time and a package (mvn -DskipTests -Ppackage package); aria2c and rclone where they are
# installed. DIR (default: a temporary folder) gets three times the size of the large file.
set -euo pipefail

rounds=5 mib=2048 folder='' cases=()
while [ $# -gt 0 ]; do
  case $1 in
    -r) rounds=$2; shift 2 ;;
    -s) mib=$2; shift 2 ;;
    -d) folder=$2; shift 2 ;;
    http | https | capped | small) cases+=("$1"); shift ;;
    *) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 1 ;;
  esac
done
[ ${#cases[@]} -gt 0 ] || cases=(http https capped small)

top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=src/bench/nginx.sh
. "$top/src/bench/nginx.sh"
require nginx curl openssl /usr/bin/time
make_folder "$folder"
mkdir -p "$dir/www/small"
plain=18480 tls=18481 capped=18482
smalls=2000

head -c "${mib}M" /dev/urandom >"$dir/www/large.bin"
for ((i = 0; i < smalls; i++)); do
  head -c 65536 /dev/urandom >"$dir/www/small/$i.bin"
  echo "http://127.0.0.1:$plain/small/$i.bin"
done >"$dir/small.txt"
sed 's/.*/url = "&"\nremote-name/' "$dir/small.txt" >"$dir/small.curl"

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
  -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>"$dir/openssl.log"

serve "
  server { listen 127.0.0.1:$plain; }
  server { listen 127.0.0.1:$capped; limit_rate 50m; }
  server { listen 127.0.0.1:$tls ssl; ssl_certificate $dir/cert.pem; ssl_certificate_key $dir/key.pem; }"

hash_and_sync() { openssl dgst -sha256 "$@" >/dev/null && sync "$@"; }

# One tool, one case: brings the files into the working folder.
fetch() {
  local tool=$1 url=$2
  case $tool in
    backhaul) "$backhaul" fetch --ca-file "$dir/cert.pem" --segments 16 --to . "$url" ;;
    curl) curl -sS --cacert "$dir/cert.pem" -O "$url" && hash_and_sync large.bin ;;
    aria2)
      aria2c -q --ca-certificate="$dir/cert.pem" -x16 -s16 -k1M --file-allocation=falloc --disk-cache=64M "$url" \
        && hash_and_sync large.bin
      ;;
    rclone) rclone copyurl --ca-cert "$dir/cert.pem" "$url" large.bin && hash_and_sync large.bin ;;
  esac
}
fetch_small() {
  case $1 in
    backhaul) "$backhaul" fetch --concurrency 16 --to . --input "$dir/small.txt" ;;
    curl) curl -sS --parallel --parallel-max 16 -K "$dir/small.curl" && hash_and_sync ./*.bin ;;
    aria2) aria2c -q -j16 -i "$dir/small.txt" && hash_and_sync ./*.bin ;;
    rclone) return 1 ;;
  esac
}
run_case() {
  cd "$run"
  case $2 in
    http) fetch "$1" "http://127.0.0.1:$plain/large.bin" ;;
    https) fetch "$1" "https://localhost:$tls/large.bin" ;;
    capped) fetch "$1" "http://127.0.0.1:$capped/large.bin" ;;
    small) fetch_small "$1" ;;
  esac
}
export -f hash_and_sync fetch fetch_small run_case
export dir plain tls capped

tools=(backhaul curl)
command -v aria2c >/dev/null && tools+=(aria2)
command -v rclone >/dev/null && tools+=(rclone)

: >"$dir/results"
for case in "${cases[@]}"; do
  for ((round = 1; round <= rounds; round++)); do
    first=$(((round - 1) % ${#tools[@]}))
    for tool in "${tools[@]:first}" "${tools[@]:0:first}"; do
      [ "$tool $case" != "rclone small" ] || continue
      fresh_run
      : >"$dir/bytes.log"
      /usr/bin/time -o "$dir/time" -f '%e %U %S %M' bash -c "set -e; run_case $tool $case" >"$dir/said" 2>&1 \
        || { tail -3 "$dir/said" >&2; echo "compare.sh: $tool failed at $case" >&2; exit 1; }
      if [ "$case" != small ]; then
        cmp -s "$run/large.bin" "$dir/www/large.bin" || { echo "compare.sh: $tool brought a wrong file" >&2; exit 1; }
        rm "$run/large.bin"
      fi
      echo "$case $round $tool $(cat "$dir/time") $(awk '{ n += $1 } END { printf "%.0f", n / 1048576 }' "$dir/bytes.log")" \
        | tee -a "$dir/results" >&2
    done
  done
done

awk '
  { at = $1 SUBSEP $2; wall[at, $3] = $4; cpu[at, $3] = $5 + $6; rss[$1, $3] = rss[$1, $3] > $7 ? rss[$1, $3] : $7
    mib[$1, $3] = $8; if (!($1 in cases)) { cases[$1]; order[++n] = $1 } if (!($3 in tools)) { tools[$3]; names[++m] = $3 }
    if ($2 > rounds) rounds = $2 }
  function median(list, count,    i, j, x) {
    for (i = 2; i <= count; i++) { x = list[i]; for (j = i - 1; j > 0 && list[j] > x; j--) list[j + 1] = list[j]; list[j + 1] = x }
    return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
  }
  END {
    printf "%-8s %-9s %8s %8s %8s %9s %22s %22s\n", "case", "tool", "wall s", "cpu s", "rss MiB", "moved MiB", "backhaul wall / its", "backhaul cpu / its"
    for (c = 1; c <= n; c++) for (t = 1; t <= m; t++) {
      k = 0; delete w; delete u; delete rw; delete ru
      for (r = 1; r <= rounds; r++) {
        at = order[c] SUBSEP r
        if (!((at, names[t]) in wall)) continue
        k++; w[k] = wall[at, names[t]]; u[k] = cpu[at, names[t]]
        rw[k] = wall[at, "backhaul"] / w[k]; ru[k] = cpu[at, "backhaul"] / (u[k] > 0 ? u[k] : 0.01)
      }
      if (k) printf "%-8s %-9s %8.2f %8.2f %8.0f %9s %22.2f %22.2f\n", order[c], names[t], median(w, k), median(u, k), \
        rss[order[c], names[t]] / 1024, mib[order[c], names[t]], median(rw, k), median(ru, k)
    }
  }' "$dir/results"
