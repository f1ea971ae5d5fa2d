# shellcheck shell=bash
# Sourced by the benchmarks: a folder to work in, an nginx on loop-back that serves its www, and Backhaul as its package
# installs it, with its own Java and its cache of classes. Whoever sources it has set top, the checkout.

# Stops with a word on what is missing.
require() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { echo "${0##*/}: $tool is not installed" >&2; exit 1; }
  done
  package=$(find "${top:?}/target" -maxdepth 1 -name 'backhaul-*-linux-*.tar.gz' 2>/dev/null | sort | tail -n 1)
  [ -n "$package" ] || { echo "${0##*/}: nothing is built; run: mvn -DskipTests -Ppackage package" >&2; exit 1; }
}

# Uses the folder $1, or a temporary one, for www, runs and tmp; cleans up at the end. Backhaul is "$backhaul".
make_folder() {
  made=''
  dir=$1
  [ -n "$dir" ] || { dir=$(mktemp -d); made=yes; }
  rm -rf "$dir/installed"
  mkdir -p "$dir/www" "$dir/runs" "$dir/tmp" "$dir/installed"
  chmod 755 "$dir" # nginx may serve as another user
  trap cleanup EXIT
  tar -xzf "$package" -C "$dir/installed" --strip-components 1
  "$top/src/package/train.sh" "$dir/installed/lib/backhaul"
  export backhaul=$dir/installed/bin/backhaul
}
# Makes the folder "$run" for one run, and leaves the others alone until the end: for minutes after many files were
# deleted, ext4 makes new ones several times as slowly, and whoever comes next would pay for it.
fresh_run() {
  run=$(mktemp -d "$dir/runs/XXXXXX")
  export run
  sync
}
# The Java of a checkout, for what is not in a package: runs a source file with the simulators at hand, and with as little
# work beside it as may be, since it shares the processors with what is measured.
run_source() {
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  "$java" -version 2>&1 | awk -F '["."]+' '/ version "/ { suits = $2 >= 21 } END { exit !suits }' \
    || { echo "${0##*/}: $java is older than 21; set JAVA_HOME" >&2; exit 1; }
  "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$top/target/classes:$top/target/lib/*" "$@"
}
cleanup() {
  [ ! -f "$dir/nginx.pid" ] || kill "$(cat "$dir/nginx.pid")" 2>/dev/null || true
  rm -rf "$dir/runs"
  [ -z "$made" ] || rm -rf "$dir"
}

# Serves www by the server blocks $1; the sizes of the answers' bodies go to bytes.log.
serve() {
  cat >"$dir/nginx.conf" <<CONF
worker_processes auto;
pid $dir/nginx.pid;
error_log $dir/error.log;
events { worker_connections 4096; }
http {
  log_format bytes '\$body_bytes_sent';
  access_log $dir/bytes.log bytes;
  sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path $dir/tmp; proxy_temp_path $dir/tmp; fastcgi_temp_path $dir/tmp;
  uwsgi_temp_path $dir/tmp; scgi_temp_path $dir/tmp;
  root $dir/www;
  $1
}
CONF
  nginx -c "$dir/nginx.conf" 2>"$dir/nginx.log"
}
